/** Names that people use for one place, the usual one first. */
const names: readonly (readonly string[])[] = [
  ['united states', 'usa', 'u s', 'u s a', 'us', 'america', 'united states of america'],
  ['united kingdom', 'uk', 'u k', 'britain', 'great britain'],
  ['united arab emirates', 'uae', 'u a e'],
  ['netherlands', 'holland'],
  ['czech republic', 'czechia'],
  ['european union', 'eu', 'e u'],
  ['turkey', 'turkiye'],
  ['myanmar', 'burma'],
  ['ivory coast', "cote d'ivoire"],
];

/** What is of a place, where no ending makes it of the place's name. */
const irregular: ReadonlyMap<string, readonly string[]> = new Map(
  `united states:american|united kingdom:british|scotland:scottish|england:english|wales:welsh|ireland:irish
  france:french|germany:german|spain:spanish|portugal:portuguese|netherlands:dutch|belgium:belgian
  switzerland:swiss|denmark:danish|norway:norwegian|sweden:swedish|finland:finnish|iceland:icelandic
  greenland:greenlandic|poland:polish|hungary:hungarian|greece:greek|turkey:turkish|czech republic:czech
  slovakia:slovak slovakian|slovenia:slovene slovenian|croatia:croat croatian|serbia:serb serbian|cyprus:cypriot
  ukraine:ukrainian|china:chinese|malta:maltese|monaco:monegasque|peru:peruvian|argentina:argentine argentinian
  philippines:filipino philippine|thailand:thai|afghanistan:afghan|kazakhstan:kazakh|uzbekistan:uzbek
  lebanon:lebanese|myanmar:burmese|saudi arabia:saudi|united arab emirates:emirati|ghana:ghanaian
  congo:congolese|madagascar:malagasy|ivory coast:ivorian|dominican republic:dominican|barbados:barbadian
  el salvador:salvadoran salvadorean|new zealand:kiwi|soviet union:soviet|antarctica:antarctic|bahamas:bahamian
  quebec:quebecois|moscow:muscovite|naples:neapolitan|venice:venetian|florence:florentine|vienna:viennese`
    .split(/[|\n]/)
    .map((pair) => pair.trim().split(':'))
    .map(([name = '', adjectives = '']) => [name, adjectives.split(' ')]),
);

/** By what a name ends in: the ending that is taken off, and what may stand in its place. */
const endings: readonly (readonly [RegExp, readonly string[]])[] = [
  [/as$/, ['an', 'asian', 'asan']],
  [/a$/, ['an', 'ian', 'anian', 'aean']],
  [/o$/, ['an', 'oan', 'onian', 'ian']],
  [/e$/, ['ean', 'ian', 'ese', 'er']],
  [/y$/, ['ian', 'yan', 'ese']],
  [/i$/, ['ian', 'iian', 'ese']],
  [/u$/, ['uan', 'uese', 'ese']],
  [/$/, ['ian', 'ean', 'an', 'ese', 'i', 'ish', 'ite', 'er']],
];

const shortestName = 4;

/** Other names of the place: of the United States, "usa". */
export function otherPlaceNames(name: string): readonly string[] {
  const group = names.find((each) => each.includes(name));
  return group?.filter((each) => each !== name) ?? [];
}

/**
 * What is said to be of a place, in lower case: of "alaska", "alaskan". Of names that no table holds, all forms that
 * English makes; what is no place has such forms too, so they mean it only where they are written with a capital.
 */
export function placeAdjectives(name: string): readonly string[] {
  const usual = names.find((each) => each.includes(name))?.[0] ?? name;
  const known = irregular.get(usual);
  if (known !== undefined) return known;
  if (usual.length < shortestName || !/^\p{L}+(?: \p{L}+)*$/u.test(usual)) return [];
  const [ending, forms] = endings.find(([each]) => each.test(usual)) ?? [/$/, []];
  return forms.map((form) => usual.replace(ending, form));
}
