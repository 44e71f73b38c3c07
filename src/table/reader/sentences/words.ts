/** The closed classes of English words that carry the grammar of a sentence, all in lower case. */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

export const determiners = set(
  'a an the this that these those its their his her our my your each every all both some any no another other such',
);

export const possessives = set('its their his her our my');

export const pronouns = set('it they we he she i you them him us who which whom whose that there one');

export const prepositions = set(
  'of in on at to by for from with without within into onto over under between among across against during before ' +
    'after since until till per via than through throughout toward towards around about above below near along ' +
    'amid despite except including excluding versus as like upon off out up down beyond behind inside outside following worth beneath underneath alongside',
);

export const conjunctions = set(
  'and or but nor so yet while whereas because although though if unless when where whether',
);

export const auxiliaries = set(
  "is are was were be been being am has have had having do does did isn't aren't wasn't weren't hasn't haven't hadn't",
);

export const copulas = set('is are was were');

export const adverbs = set(
  'not only also just still now then currently already approximately about around nearly almost roughly even too ' +
    'well very again once recently previously originally initially subsequently finally later first formerly jointly ' +
    'ever never since officially successfully randomly eventually further together alone directly today yesterday ' +
    'respectively therefore thus however meanwhile',
);

/** Participles that do not end in -ed. */
const irregularParticiples = set(
  'taken given built rebuilt sold resold made found lost withdrawn chosen held drawn shown born sent paid won known ' +
    'seen left put cut hurt shot kept brought caught bought taught grown begun written rewritten spoken broken stolen ' +
    'driven flown thrown torn worn sworn beaten eaten hidden ridden risen fallen forgotten frozen bitten laid led fed ' +
    'met read said told set spent stood struck sung sunk swept understood undertaken undergone overtaken wound hit ' +
    'hung cast bound burnt dug done gone come become run split spread lent bred fought sought sworn overthrown underlain overlain',
);

/** Words that end in -ed and are no participles. */
const notParticiples = set('hundred need speed seed feed breed indeed weed shed sacred naked wicked united');

export function isParticiple(word: string): boolean {
  if (irregularParticiples.has(word)) return true;
  return word.length > 3 && word.endsWith('ed') && !notParticiples.has(word);
}

/** Plurals that stand before the noun they qualify: "sales offices". */
export const attributivePlurals = set(
  'sales sports arts goods services operations systems customs savings claims works means women men',
);

export const negations = set(
  "not no never neither nor none without cannot can't didn't doesn't don't wasn't weren't isn't aren't won't hasn't haven't hadn't",
);

/** Words after which a statement is no fact yet, or is somebody's claim, wish or condition. */
export const hedges = set(
  'would could might should may will shall must can if unless whether expect expects expected expecting expectation expectations ' +
    'forecast forecasts forecasted project projects projected projection projections predict predicts predicted plan plans ' +
    'planned planning target targets targeted targeting aim aims aimed aiming goal goals objective guidance outlook hope ' +
    'hopes hoped hoping anticipate anticipates anticipated intend intends intended propose proposes proposed potential ' +
    'potentially possible possibly perhaps allegedly alleged reportedly rumoured rumored supposedly assume assumes assumed ' +
    'assuming hypothetical budgeted deny denies denied refuse refused fail fails failed seek seeks sought consider ' +
    'considers considering wants want wanted ambition estimate estimates believe believes believed think thinks thought ' +
    'estimated likely unlikely probably apparently threatened demand demanded demands threat "quote"',
);

/** What stands before a figure of another time: "compared with $3 billion". */
export const comparisons = set('compared versus vs against from than');

/** Nouns for the thing a whole document is about, when they have a definite article. */
export const documentNouns = set(
  'company group firm corporation bank business organisation organization institution institute foundation university ' +
    'school college hospital clinic museum gallery library archive city town village municipality borough district county ' +
    'country nation state province region island republic kingdom territory study trial survey club airline airport station ' +
    'bridge tower building castle palace ship vessel aircraft film movie book novel album song painting work sculpture ' +
    'drawing object piece collection network party agency association society church cathedral hotel park lake river ' +
    'mountain product software package game fund brand retailer manufacturer provider operator developer startup start-up ' +
    'council union federation league team band festival stadium theatre theater reservoir dam canal railway community parish zoo garden farm factory plant mill',
);

const months = set('january february march april may june july august september october november december');
export const isMonthWord = (word: string): boolean => months.has(word);
