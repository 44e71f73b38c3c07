const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Words that hold a sentence together; none of them names anything. */
const joiningWords = words(`
  all any every each some no none not both either neither nor and or but than then that this these those which what who
  whose whom where when how why many much more most less least fewer fewest few other others another same such only just
  also too very first last next be have do can could would should will may might must shall let
  in on at by for from to of with without within into onto over under above below between among across per as than
  against about after before since until during through up down out off along
  it its they them their he his she her we us our you your i me my one ones
  there here yes if so now still ever together combined respectively
`);

/** Words that say what to do or to calculate; a field may be called so, a row may not. */
const taskWords = words(`
  list show give name find tell identify return display enumerate provide report state count compute calculate determine
  rank order sort compare define consider take
  average mean median sum total maximum minimum max min highest lowest largest smallest biggest greatest longest shortest
  top bottom percent percentage share proportion fraction ratio difference gap rate number amount value figure quartile
  percentile decile standard deviation variance correlation range index score group category second
  million billion trillion thousand hundred dozen half quarter third twice double times
  greater higher larger bigger lower smaller longer shorter older younger exceed
`);

/** Words that hold a sentence together or say what to calculate; none of them is a noun for a row. */
export const functionWords: ReadonlySet<string> = new Set([...joiningWords, ...taskWords]);

const joining: ReadonlySet<string> = new Set(joiningWords);

/** Whether the word can name nothing, not even a field that is called just so: "that", unlike "state". */
export const namesNothing = (word: string): boolean => joining.has(word);
