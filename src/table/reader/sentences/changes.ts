import { isHedged, isNegated } from './hedging.ts';
import type { MeasureContext } from './links.ts';
import { labelOf, readSubject } from './noun-phrases.ts';
import type { Token } from './sentence.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';
import { adverbs } from './words.ts';

const rises: ReadonlySet<string> = new Set(
  'rose rise rises increased grew climbed jumped surged advanced gained improved expanded soared'.split(' '),
);
const falls: ReadonlySet<string> = new Set(
  'fell fall declined decreased dropped slipped shrank contracted plunged tumbled slid'.split(' '),
);

/** Whether a word says that something rose (1), that it fell (-1), or neither. */
export function directionOf(word: string): 1 | -1 | 0 {
  if (rises.has(word)) return 1;
  return falls.has(word) ? -1 : 0;
}

/**
 * Reads what rose or fell: "revenue rose 12 % to $4.5 billion" states the growth and the new value. What it
 * rose from belongs to an earlier period and is left out.
 */
export function readChanges(context: MeasureContext): SentenceStatement[] {
  const { sentence, subject } = context;
  const { tokens, capitals } = sentence;
  const found: SentenceStatement[] = [];
  for (const [index, token] of tokens.entries()) {
    const direction = token.kind === 'word' ? directionOf(token.lower) : 0;
    if (direction === 0 || isHedged(sentence, index) || isNegated(sentence, index)) continue;
    let from = index;
    while (from > 0 && isPhraseToken(tokens[from - 1])) from -= 1;
    const read = readSubject(tokens.slice(from, index), subject, sentence);
    if (read === null || read.isDocument) continue;
    found.push(
      ...readTargets(context, { label: labelOf(read.words, capitals), start: from, verb: index, direction }),
    );
  }
  return found;
}

const isPhraseToken = (token: Token | undefined): boolean =>
  token !== undefined && token.kind === 'word' && !/^(?:and|but|while|that)$/.test(token.lower);

interface Change {
  readonly label: string;
  readonly start: number;
  readonly verb: number;
  readonly direction: 1 | -1;
}

const longestChange = 16;

function readTargets(context: MeasureContext, change: Change): SentenceStatement[] {
  const { tokens } = context.sentence;
  const found: SentenceStatement[] = [];
  let role: 'by' | 'to' | 'other' = 'by';
  for (let at = change.verb + 1; at < tokens.length && at <= change.verb + longestChange; at += 1) {
    const token = tokens[at];
    if (token === undefined || /^[;:]$/.test(token.text) || directionOf(token.lower) !== 0) break;
    if (token.kind === 'word') {
      if (token.lower === 'to') role = 'to';
      else if (token.lower === 'by') role = 'by';
      else if (/^(?:from|compared|versus|against|than|while|but|and)$/.test(token.lower)) role = 'other';
      else if (
        role === 'by' &&
        found.length === 0 &&
        !adverbs.has(token.lower) &&
        !token.lower.endsWith('ly') &&
        token.lower !== 'a' &&
        token.lower !== 'an'
      )
        role = 'other';
      continue;
    }
    if (token.number === null || role === 'other') continue;
    const period = context.periodAt(token);
    const first = tokens[change.start] ?? token;
    const shared = {
      period: period ?? null,
      start: first.start,
      end: token.end,
      valueStart: token.start,
      valueEnd: token.end,
      rule: 'sentence-change',
    };
    if (role === 'to' && period !== undefined) {
      found.push({ ...shared, label: [change.label], value: numberValue(token.number) });
    } else if (role === 'by' && period !== undefined && !/point/i.test(token.text)) {
      // "rose 12 %" is its growth, "fell by 300" a change of so much; "rose 300 feet above" is neither.
      const isBy = tokens[at - 1]?.lower === 'by' && !isRangeEnd(tokens[at + 1], tokens[at + 2]);
      if (!token.number.percentage && !isBy) continue;
      found.push({
        ...shared,
        label: [`${change.label} ${token.number.percentage ? 'growth' : 'change'}`],
        value: numberValue(token.number, change.direction),
      });
    }
    role = 'other';
  }
  return found;
}

/** "by 20 to 30". */
const isRangeEnd = (next: Token | undefined, after: Token | undefined): boolean =>
  (next?.lower === 'to' || next?.lower === 'and') && after?.kind === 'number';

const upDown: ReadonlyMap<string, 1 | -1> = new Map([
  ['up', 1],
  ['down', -1],
]);

/** Reads ", up 12 %" after a value: the growth of what the value is of. */
export function readGrowthAfter(
  context: MeasureContext,
  values: readonly SentenceStatement[],
): SentenceStatement[] {
  const { tokens } = context.sentence;
  const found: SentenceStatement[] = [];
  for (const value of values) {
    const at = tokens.findIndex((token) => token.end === value.valueEnd);
    if (at < 0 || value.rule !== 'sentence-value') continue;
    let next = at + 1;
    while (
      next < tokens.length &&
      next < at + 6 &&
      upDown.get(tokens[next]?.lower ?? '') === undefined &&
      tokens[next]?.kind !== 'number'
    )
      next += 1;
    const direction = upDown.get(tokens[next]?.lower ?? '');
    const number = tokens[next + 1];
    if (direction === undefined || number?.number?.percentage !== true || /point/i.test(number.text))
      continue;
    found.push({
      label: [`${value.label[0] ?? ''} growth`],
      value: numberValue(number.number, direction),
      period: value.period,
      start: value.start,
      end: number.end,
      valueStart: number.start,
      valueEnd: number.end,
      rule: 'sentence-change',
    });
  }
  return found;
}
