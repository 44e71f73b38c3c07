import type { Bound } from '../../reading.ts';
import type { DocumentSubject } from './document-subject.ts';
import type { Sentence, Token } from './sentence.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';
import { adverbs } from './words.ts';

export interface MeasureContext {
  readonly sentence: Sentence;
  readonly subject: DocumentSubject;
  readonly periodAt: (token: Token) => string | null | undefined;
}

/** Verbs that give their subject's value, with the preposition they need; null for none. */
const linkVerbs: ReadonlyMap<string, string | null> = new Map([
  ['is', null],
  ['are', null],
  ['was', null],
  ['were', null],
  ['totalled', null],
  ['totaled', null],
  ['totals', null],
  ['totalling', null],
  ['totaling', null],
  ['reached', null],
  ['reaches', null],
  ['hit', null],
  ['numbered', null],
  ['numbers', null],
  ['averaged', null],
  ['averages', null],
  ['equalled', null],
  ['equaled', null],
  ['equals', null],
  ['exceeded', null],
  ['exceeds', null],
  ['amounted', 'to'],
  ['amounts', 'to'],
  ['amounting', 'to'],
  ['came', 'to'],
  ['stood', 'at'],
  ['stands', 'at'],
  ['remained', 'at'],
  ['estimated', 'at'],
]);

const qualifiers: ReadonlySet<string> = new Set(['a', 'an', 'the', 'some', 'at', 'to', 'of']);

/** The verb that governs the number at `index`, adverbs and its preposition stepped over. */
export function linkBefore(tokens: readonly Token[], index: number): { readonly verb: number } | null {
  let at = index - 1;
  let preposition: string | null = null;
  while (at >= 0 && index - at < 6) {
    const word = tokens[at];
    if (word === undefined || word.kind !== 'word') return null;
    if (linkVerbs.has(word.lower)) {
      const needed = linkVerbs.get(word.lower) ?? null;
      return needed === preposition ? { verb: at } : null;
    }
    if (qualifiers.has(word.lower) && preposition === null) preposition = word.lower;
    else if (!adverbs.has(word.lower) && !word.lower.endsWith('ly')) return null;
    at -= 1;
  }
  return null;
}

function clauseStart(tokens: readonly Token[], verb: number): number {
  let at = verb;
  while (at > 0) {
    const token = tokens[at - 1];
    if (token === undefined) break;
    if (token.kind === 'mark' && /^[,;:()—–]$/.test(token.text)) break;
    if (
      token.lower === 'that' ||
      token.lower === 'while' ||
      token.lower === 'whereas' ||
      token.lower === 'but'
    )
      break;
    if (token.lower === 'and' && hasNumber(tokens, 0, at)) break;
    at -= 1;
  }
  return at;
}

const hasNumber = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).some((token) => token.kind === 'number');

/** Skips an adverbial between commas: "Revenue, which includes X, was" has its subject before the commas. */
export function subjectPhrase(tokens: readonly Token[], verb: number): readonly Token[] {
  if (tokens[verb - 1]?.text !== ',') return tokens.slice(clauseStart(tokens, verb), verb);
  const open = tokens.findLastIndex((token, at) => at < verb - 1 && token.text === ',');
  return open > 0 ? tokens.slice(clauseStart(tokens, open), open) : [];
}

/** The statement that the number at `index` gives the label its value. */
export function statement(
  context: MeasureContext,
  parts: {
    readonly label: string;
    readonly index: number;
    readonly start: number;
    readonly end?: number;
    readonly bound?: Bound;
  },
): SentenceStatement | null {
  const { sentence } = context;
  const token = sentence.tokens[parts.index];
  if (token === undefined || token.number === null) return null;
  const period = context.periodAt(token);
  if (period === undefined) return null;
  const value = numberValue(
    parts.bound === undefined ? token.number : { ...token.number, bound: parts.bound },
  );
  return {
    label: [parts.label],
    value,
    period,
    start: parts.start,
    end: (sentence.tokens[parts.end ?? parts.index] ?? token).end,
    valueStart: token.start,
    valueEnd: token.end,
    rule: 'sentence-value',
  };
}
