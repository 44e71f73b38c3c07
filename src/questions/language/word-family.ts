import { lemmaOf } from './lemma.ts';

/** Verbs and nouns of one family that no ending derives from another: `flew` and `flight`, `weighed` and `weight`. */
const irregular: readonly string[] = [
  'fly flew flown flight',
  'weigh weighed weight',
  'sell sold sale sales seller',
  'speak spoke spoken speaker speech',
  'lose lost loss loser',
  'win won winner',
  'choose chose chosen choice',
  'grow grew grown growth',
  'die died death dead',
  'bear born birth',
  'live lived life',
  'know knew known knowledge',
  'give gave given gift giver',
  'think thought',
  'see saw seen sight',
  'lend lent loan lender',
  'drive drove driven driver',
  'ride rode ridden rider',
  'write wrote written writer',
  'teach taught teacher',
  'build built builder building',
  'lead led leader',
  'begin began begun beginning',
  'deep depth',
  'wide width',
  'long length',
  'high height',
  'strong strength',
  'hot heat',
  'true truth',
  'young youth',
  'poor poverty',
  'describe description',
  'decide decided decision',
  'receive received receipt recipient',
  'respond responded response respondent',
  'defend defended defendant defence',
  'complain complained complaint complainant',
  'succeed succeeded success successful',
  'exceed excess',
  'expend spend spent expenditure',
  'sue sued suit',
  'produce produced production product producer',
  'reduce reduced reduction',
  'publish published publication publisher',
  'apply applied application applicant',
  'occupy occupied occupancy occupant',
  'supply supplied supplier supply',
  'arrive arrived arrival',
  'depart departed departure',
  'try tried trial',
  'retain retained retention',
  'extend extended extension extent',
  'expand expanded expansion',
  'permit permitted permission',
  'admit admitted admission admittance',
  'submit submitted submission',
  'emit emitted emission emitter',
  'convert converted conversion',
  'collide collided collision',
  'erupt eruption',
  'collect collected collection collector',
  'benefit benefited benefiting benefitted beneficiary beneficiaries',
  'porous porosity',
  'generous generosity',
  'able ability',
  'attend attended attendance attendee',
  'assist assisted assistance assistant',
  'excavate excavated excavation excavator',
  'evolve evolved evolution',
  'resolve resolved resolution',
  'dissolve dissolved dissolution',
  'solve solved solution',
  'absorb absorbed absorption',
  'consume consumed consumption consumer',
  'conduct conducted conduction conductor conductive conductivity',
  'compete competed competition competitor',
  'divide divided division',
  'explode exploded explosion explosive',
  'revise revised revision',
  'transmit transmitted transmission transmitter',
  'redeem redeemed redemption',
  'strike struck stricken',
  'break broke broken breakage',
  'steal stole stolen theft',
  'freeze froze frozen freezing',
  'sing sang sung singer song',
  'meet met meeting',
  'catch caught',
  'seek sought',
  'freight freighted',
  'dense density',
  'pure purity',
  'toxic toxicity',
  'acid acidic acidity',
  'humid humidity',
  'saline salinity',
  'intense intensity',
  'severe severity',
  'hard hardness',
  'bright brightness',
  'thick thickness',
  'economical economy',
];

const irregularRoots = new Map<string, number>();
for (const [index, family] of irregular.entries())
  for (const word of family.split(' ')) {
    irregularRoots.set(word, index);
    irregularRoots.set(lemmaOf(word), index);
  }

const familyOf = (word: string): number | undefined =>
  irregularRoots.get(word) ?? irregularRoots.get(lemmaOf(word));

/** Endings that make verbs' forms and nouns of a common root, longest first. */
const endings: readonly string[] = [
  'ability',
  'able',
  'ible',
  'ations',
  'ation',
  'ators',
  'ator',
  'ating',
  'ated',
  'ates',
  'ate',
  'ments',
  'ment',
  'ances',
  'ance',
  'ences',
  'ence',
  'ants',
  'ant',
  'ents',
  'ent',
  'ings',
  'ing',
  'ions',
  'ion',
  'ors',
  'or',
  'ers',
  'er',
  'ees',
  'ee',
  'ed',
  'es',
  's',
  'e',
];

/** Words that look as if they ended in one of these. */
const underived: ReadonlySet<string> = new Set(
  'number former order matter letter corner water power member station portion ration nation mention important rating rate meter center centre paper cover river tower user offer officer manner master minister winter summer other another rather whether center motion notion section fraction action moment current recent event agent patient parent present student accident cent percent season reason person state date plate gate climate private mention million billion region union minor major color floor door king ring wing spring string being during evening morning ceiling thing need seed feed speed bed red shed'.split(
    ' ',
  ),
);

const shortestWord = 4;
const shortestRoot = 3;
const plainRoot = 4;

interface Root {
  readonly text: string;
  /** Whether an ending was taken off. */
  readonly derived: boolean;
}

const cache = new Map<string, readonly Root[]>();

function rootsOf(word: string): readonly Root[] {
  const known = cache.get(word);
  if (known !== undefined) return known;
  const roots = new Map<string, boolean>([[word, false]]);
  for (const ending of underived.has(lemmaOf(word)) ? [] : endings) {
    if (!word.endsWith(ending) || word.length - ending.length < shortestRoot) continue;
    const root = word.slice(0, -ending.length);
    roots.set(root, true);
    // "Winner", "shipped": the last letter was doubled before the ending.
    if (/([bdgklmnprt])\1$/.test(root)) roots.set(root.slice(0, -1), true);
  }
  const found = [...roots].map(([text, derived]) => ({ text, derived }));
  if (cache.size > 20_000) cache.clear();
  cache.set(word, found);
  return found;
}

/**
 * Whether two words are made of one root: `donated`, `donor` and `donation`; `inspected` and `inspection`; `flew` and
 * `flight`. Endings are taken off by rule, and a root of three letters counts only where both words have one.
 */
export function areOneFamily(one: string, other: string): boolean {
  if (one === other) return true;
  const family = familyOf(one);
  if (family !== undefined && family === familyOf(other)) return true;
  if (Math.min(one.length, other.length) < shortestWord) return false;
  if (isQualityOf(one, other) || isQualityOf(other, one)) return true;
  return rootsOf(one).some((root) =>
    rootsOf(other).some(
      (second) =>
        root.text === second.text &&
        (root.text.length >= plainRoot ||
          (root.derived && second.derived && root.text.length === shortestRoot)),
    ),
  );
}

/** How adjectives and the nouns for their quality end. */
const qualityEndings: readonly (readonly [adjective: string, noun: string])[] = [
  ['ive', 'ivity'],
  ['able', 'ability'],
  ['ible', 'ibility'],
  ['al', 'ality'],
  ['ar', 'arity'],
  ['ic', 'icity'],
  ['ous', 'osity'],
  ['ent', 'ence'],
  ['ent', 'ency'],
  ['ant', 'ance'],
  ['ant', 'ancy'],
  ['ate', 'acy'],
  ['y', 'iness'],
  ['', 'ness'],
];

/** Adjectives whose nouns mean something else: most votes are no major ones. */
const otherQualities: ReadonlySet<string> = new Set(
  'major minor national local personal special general real final original regional principal human'.split(
    ' ',
  ),
);

/** Whether the noun is of the quality that the adjective says: punctual, punctuality. */
export const isQualityOf = (noun: string, adjective: string): boolean =>
  adjective.length >= shortestWord &&
  !otherQualities.has(adjective) &&
  qualityEndings.some(
    ([ending, quality]) =>
      adjective.endsWith(ending) &&
      noun === `${ending === '' ? adjective : adjective.slice(0, -ending.length)}${quality}`,
  );

/** Whether a noun is who or what does something: a processor does a process, publishers publish. */
export const isDoerOf = (noun: string, act: string): boolean =>
  ['er', 'or', 'r'].some((ending) => noun === `${act}${ending}`) ||
  (act.endsWith('e') && noun === `${act.slice(0, -1)}or`);
