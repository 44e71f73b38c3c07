import { isNominal } from './noun-phrases.ts';
import type { Token } from './sentence.ts';
import { adverbs, auxiliaries, isParticiple } from './words.ts';

/** What is said of a counted noun: "were received", "withdrawn". */
export interface Predicate {
  readonly participle: Token;
  /** The index after it. */
  readonly end: number;
}

const relatives: ReadonlySet<string> = new Set(['that', 'who', 'which']);
/** Participles that tell of a plan or a claim when "to" follows. */
const intents: ReadonlySet<string> = new Set([
  'required',
  'needed',
  'allowed',
  'set',
  'said',
  'scheduled',
  'feared',
  'reported',
]);

export const isManner = (token: Token | undefined): boolean =>
  token !== undefined && token.lower.length > 4 && token.lower.endsWith('ly');

/** Steps over a remark in brackets: "37 patients (4.4%) were". */
function afterBrackets(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.text !== '(') return at;
  const close = tokens.findIndex((token, index) => index > at && token.text === ')');
  return close < 0 || close - at > 8 ? at : close + 1;
}

/** Reads the predicate at `at`; null for anything else, and for what is denied. */
export function readPredicate(tokens: readonly Token[], at: number): Predicate | null {
  let index = afterBrackets(tokens, at);
  if (relatives.has(tokens[index]?.lower ?? '')) index += 1;
  let passive = false;
  while (
    auxiliaries.has(tokens[index]?.lower ?? '') ||
    adverbs.has(tokens[index]?.lower ?? '') ||
    isManner(tokens[index])
  ) {
    const lower = tokens[index]?.lower ?? '';
    if (/^(?:not|never|no|only)$/.test(lower)) return null;
    if (/^(?:is|are|was|were|been)$/.test(lower)) passive = true;
    index += 1;
  }
  const participle = tokens[index];
  if (participle === undefined || participle.kind !== 'word' || !isParticiple(participle.lower)) return null;
  const next = tokens[index + 1];
  if (intents.has(participle.lower) && next?.lower === 'to') return null;
  // "416 patients completed the study": without "were" the participle must end the phrase, or the noun acts.
  const isActive =
    next !== undefined &&
    (isNominal(next) || next.kind === 'number' || /^(?:the|a|an|its|their|his)$/.test(next.lower));
  return !passive && isActive ? null : { participle, end: index + 1 };
}

/** Verbs that say what the document's subject has, so that the counted noun alone is the attribute. */
export const having: ReadonlySet<string> = new Set(
  (
    'has have had with employs employ employed operates operate operated owns own owned includes include included comprises ' +
    'comprise comprised contains contain contained features feature featured houses house housed holds hold maintains ' +
    'maintain maintained runs run ran serves serve served manages manage managed offers offer offered counts count counted ' +
    'boasts boast spans span'
  ).split(' '),
);

/** Past forms that differ from the participle. */
const pastParticiples: ReadonlyMap<string, string> = new Map(
  (
    'took taken,gave given,wrote written,drew drawn,broke broken,stole stolen,chose chosen,withdrew withdrawn,shot shot,' +
    'won won,sold sold,built built,bought bought,lost lost,hit hit,hurt hurt,caught caught,sent sent,paid paid,brought brought'
  )
    .split(',')
    .map((pair): [string, string] => {
      const [past = '', participle = ''] = pair.split(' ');
      return [past, participle];
    }),
);

/** The participle of a past form ("took" → "taken", "killed"), or null for other words. */
export function pastParticiple(verb: string): string | null {
  return pastParticiples.get(verb) ?? (verb.endsWith('ed') && isParticiple(verb) ? verb : null);
}

const partialGroup =
  /^(?:groups?|arms?|cohorts?|subgroups?|segments?|divisions?|regions?|districts?|department|category|categories|stage|phase|period|week|month|subset|wing|branch|placebo|controls?)$/;
const clauseEnd = /^[.,;:()]$/;

/**
 * Whether what follows the token at `at` limits a statement to a part: "in the placebo group", "in the eastern
 * region". Such a figure is not that of the whole.
 */
export function isPartial(tokens: readonly Token[], at: number): boolean {
  let inside = false;
  for (let index = at + 1; index < Math.min(tokens.length, at + 12); index += 1) {
    const token = tokens[index];
    if (token === undefined || (token.kind === 'mark' && clauseEnd.test(token.text))) return false;
    if (/^(?:in|among|within|for|at|of)$/.test(token.lower)) inside = true;
    else if (inside && partialGroup.test(token.lower)) return true;
  }
  return false;
}
