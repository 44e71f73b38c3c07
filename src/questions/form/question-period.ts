import type { CatalogTable } from '../../table/catalog.ts';
import { mapNodes } from '../grammar/map-nodes.ts';
import type { Draft } from '../grammar/meanings.ts';
import { onlyWithin, periodsOf } from '../grammar/quantity-values.ts';
import type { Token } from '../language/token.ts';

const yearOf = (token: Token | undefined): string | null =>
  token !== undefined && token.kind === 'number' && /^(?:19|20)\d\d$/.test(token.text) ? token.text : null;

const isWord = (token: Token | undefined, words: ReadonlySet<string>): boolean =>
  token !== undefined && token.kind !== 'quote' && words.has(token.word);

const prepositions = new Set(['in', 'for', 'during', 'of', 'at']);
const qualifiers = new Set([
  'fiscal',
  'financial',
  'calendar',
  'academic',
  'budget',
  'year',
  'fy',
  'fall',
  'autumn',
  'spring',
  'summer',
  'winter',
  'end',
  'of',
  'as',
]);
const joints = new Set(['to', 'and', 'until', 'through', 'or', '-', '/']);
/** Words after which a year is a date to compare with, or a number. */
const comparators = new Set([
  'than',
  'before',
  'after',
  'since',
  'from',
  'between',
  'until',
  'to',
  'by',
  'and',
  'or',
]);

/** The run of tokens that names the year as a period of what is asked; null where it is a date of its own. */
function spanAround(
  tokens: readonly Token[],
  at: number,
): { readonly start: number; readonly end: number } | null {
  if (isWord(tokens[at + 1], joints) && yearOf(tokens[at + 2]) !== null) return null;
  let start = at;
  while (start > 0 && isWord(tokens[start - 1], qualifiers)) start -= 1;
  const before = tokens[start - 1];
  if (before?.word === '(' && tokens[at + 1]?.word === ')') return { start: start - 1, end: at + 2 };
  if (isWord(before, prepositions)) return { start: start - 1, end: at + 1 };
  if (isWord(tokens[start], prepositions)) return { start, end: at + 1 };
  if (isWord(before, comparators)) return null;
  // "2023 revenue", "its 2023 sales".
  const next = tokens[at + 1];
  const stands = next?.kind === 'word' && !isWord(next, joints) && !isWord(next, prepositions);
  return stands ? { start, end: at + 1 } : null;
}

/**
 * The question without the one year that it names as the period of its figures: "revenue in fiscal 2023", "2023
 * revenue". Null where it names none, or several, or a year that may be a date.
 */
export function withoutPeriod(
  sentences: readonly (readonly Token[])[],
): { readonly sentences: readonly (readonly Token[])[]; readonly period: string } | null {
  let period: string | null = null;
  const bare: (readonly Token[])[] = [];
  for (const tokens of sentences) {
    const kept: Token[] = [];
    let next = 0;
    for (let at = 0; at < tokens.length; at += 1) {
      const year = yearOf(tokens[at]);
      if (year === null) continue;
      const span = spanAround(tokens, at);
      if (span === null || span.start < next || (period !== null && period !== year)) return null;
      period = year;
      kept.push(...tokens.slice(next, span.start));
      next = span.end;
    }
    bare.push([...kept, ...tokens.slice(next)]);
  }
  return period === null ? null : { sentences: bare, period };
}

/** The draft with all its columns of periods taken at the period; null where none of them knows it. */
export function inPeriod(draft: Draft, period: string, table: CatalogTable): Draft | null {
  let known = 0;
  let unknown = 0;
  const taken = mapNodes(draft, (node) => {
    if (!('kind' in node) || !('column' in node) || 'period' in node) return null;
    if (node.kind !== 'column' && node.kind !== 'stated') return null;
    const column = table.columns.find(({ name }) => name === node.column);
    const periods = column === undefined ? [] : periodsOf(column);
    if (column === undefined || periods.length === 0) return null;
    const stated = periods.includes(period) ? period : onlyWithin(period, periods);
    if (stated === null) unknown += 1;
    else known += 1;
    return stated === null || column.periods.length === 0 ? null : { ...node, period: stated };
  });
  return known === 0 || unknown > 0 ? null : taken;
}
