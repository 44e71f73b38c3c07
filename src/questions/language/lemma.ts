/** Forms that no rule below gives; grammatical words that end in s are listed so that they stay as they are. */
const irregular: ReadonlyMap<string, string> = new Map(
  Object.entries({
    has: 'have',
    had: 'have',
    having: 'have',
    is: 'be',
    are: 'be',
    was: 'be',
    were: 'be',
    been: 'be',
    being: 'be',
    does: 'do',
    did: 'do',
    goes: 'go',
    ids: 'id',
    lies: 'lie',
    ties: 'tie',
    dies: 'die',
    children: 'child',
    women: 'woman',
    men: 'man',
    feet: 'foot',
    teeth: 'tooth',
    mice: 'mouse',
    indices: 'index',
    indexes: 'index',
    matrices: 'matrix',
    appendices: 'appendix',
    criteria: 'criterion',
    phenomena: 'phenomenon',
    analyses: 'analysis',
    bases: 'base',
    crises: 'crisis',
    theses: 'thesis',
    hypotheses: 'hypothesis',
    diagnoses: 'diagnosis',
    axes: 'axis',
    leaves: 'leaf',
    halves: 'half',
    shelves: 'shelf',
    movies: 'movie',
    cpus: 'cpu',
    gpus: 'gpu',
    menus: 'menu',
    calories: 'calorie',
    cookies: 'cookie',
    smoothies: 'smoothie',
    brownies: 'brownie',
    rookies: 'rookie',
    prairies: 'prairie',
    hoodies: 'hoodie',
    zombies: 'zombie',
    selfies: 'selfie',
    eyries: 'eyrie',
    series: 'series',
    species: 'species',
    rose: 'rise',
    risen: 'rise',
    fell: 'fall',
    fallen: 'fall',
    grew: 'grow',
    grown: 'grow',
    spent: 'spend',
    lost: 'lose',
    made: 'make',
    held: 'hold',
    built: 'build',
    written: 'write',
    wrote: 'write',
    began: 'begin',
    begun: 'begin',
    took: 'take',
    taken: 'take',
    paid: 'pay',
    sold: 'sell',
    bought: 'buy',
    ran: 'run',
    led: 'lead',
    won: 'win',
  }),
);

const unchanged: ReadonlySet<string> = new Set([
  'this',
  'its',
  'as',
  'us',
  'his',
  'hers',
  'ours',
  'yes',
  'thus',
  'plus',
  'minus',
  'versus',
  'vs',
  'less',
  'gas',
  'bus',
  'always',
  'besides',
  'perhaps',
  'news',
  'times',
  'across',
  'whereas',
  'towards',
  'afterwards',
  'others',
  'sales',
  'earnings',
  'census',
  'campus',
  'lens',
  'mathematics',
  'physics',
  'economics',
  'status',
  'virus',
  'bias',
  'atlas',
  'canvas',
  'texas',
  'overseas',
]);

const cache = new Map<string, string>();

function derive(word: string): string {
  const known = irregular.get(word);
  if (known !== undefined) return known;
  if (word.length < 4 || !word.endsWith('s') || unchanged.has(word)) return word;
  if (/(?:ss|us|is)$/.test(word)) return word;
  // "Gases", "buses": of what ends in s in the singular.
  if (word.endsWith('es') && unchanged.has(word.slice(0, -2))) return word.slice(0, -2);
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(?:sses|shes|ches|xes|zzes)$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('oes') && word.length > 5) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** The singular of a noun and the base of a verb in -s, of a word in lower case: `countries` → `country`. */
export function lemmaOf(word: string): string {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const lemma = derive(word);
  if (cache.size > 20_000) cache.clear();
  cache.set(word, lemma);
  return lemma;
}

const suffixes = [
  'ization',
  'isation',
  'ational',
  'ations',
  'ation',
  'ating',
  'ated',
  'ates',
  'ator',
  'ements',
  'ement',
  'ments',
  'ment',
  'encies',
  'ancies',
  'ency',
  'ancy',
  'ence',
  'ance',
  'ings',
  'ing',
  'ions',
  'ion',
  'ers',
  'ors',
  'ees',
  'er',
  'or',
  'ee',
  'ed',
  'ent',
  'ant',
  'al',
  'ally',
  'ly',
  'ity',
  'ive',
  's',
  'e',
  'y',
];

/**
 * A rough stem that a verb and the nouns made from it share: `maintained`, `maintainer` → `maintain`;
 * `dependencies`, `depends` → `depend`. Words whose stem would be under four letters are their own.
 */
export function stemOf(word: string): string {
  // "Fined", "filed", "aged": too short for the endings below. What is rated has a rating, and not a rate.
  if (/^[a-z]{0,2}[aeiou][bcdfgklmnprstvz]ed$/.test(word) && word !== 'rated')
    return stemOf(word.slice(0, -1));
  let stem = lemmaOf(word);
  for (let round = 0; round < 3; round += 1) {
    const shortest = round === 0 ? 4 : 5;
    const found = suffixes.find(
      (suffix) =>
        stem.endsWith(suffix) &&
        stem.length - suffix.length >= shortest &&
        // "Delay" and "survey" end in no suffix.
        !(suffix === 'y' && /[aeo]y$/.test(stem)),
    );
    if (found === undefined) break;
    stem = stem.slice(0, -found.length);
  }
  return /([b-df-hj-np-tv-z])\1$/.test(stem) && stem.length > 4 ? stem.slice(0, -1) : stem;
}
