import { monthNames } from '../../table/values/months.ts';
import type { Token } from '../language/token.ts';
import type { AnalystGrammar } from './context.ts';
import type { Parse } from './engine.ts';

function monthOf(token: Token | undefined): number | null {
  if (token?.kind !== 'word') return null;
  const index = monthNames.findIndex(
    (month) =>
      month === token.word ||
      (token.word.length >= 3 && token.word.length <= 4 && month.startsWith(token.word)),
  );
  return index < 0 ? null : index + 1;
}

const yearOf = (token: Token | undefined): number | null =>
  token?.kind === 'number' && /^(?:1[5-9]|20)\d{2}$/.test(token.text) ? Number(token.text) : null;

function dayOf(token: Token | undefined): number | null {
  const day =
    token?.kind === 'number'
      ? token.number
      : Number(/^(\d{1,2})(?:st|nd|rd|th)$/.exec(token?.word ?? '')?.[1] ?? Number.NaN);
  return day !== null && Number.isInteger(day) && day >= 1 && day <= 31 ? day : null;
}

/** "In June", of whatever year. */
const isMonthAlone = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.capital === true &&
  monthNames.includes(tokens[at]?.word ?? '') &&
  (['in', 'during'].includes(tokens[at - 1]?.word ?? '') ||
    (tokens[at - 1]?.word === 'of' && tokens[at - 2]?.lemma === 'month'));

const two = (value: number): string => String(value).padStart(2, '0');

const found = (end: number, value: string): Parse<string> => ({ end, value, cost: 0, notes: [] });

/**
 * Dates in the orders that English uses, as ISO 8601 with the stated precision; `--06` is June of whatever year.
 */
function datesAt(tokens: readonly Token[], at: number): Parse<string>[] {
  const first = tokens[at];
  if (first === undefined) return [];
  if (first.kind === 'date') return [found(at + 1, first.text)];
  const results: Parse<string>[] = [];
  const year = yearOf(first);
  if (year !== null) results.push(found(at + 1, String(year)));
  const comma = (index: number): number =>
    tokens[index]?.word === ',' || tokens[index]?.word === 'of' ? 1 : 0;
  const month = monthOf(first);
  if (month !== null) {
    const day = dayOf(tokens[at + 1]);
    if (day !== null) {
      const skip = comma(at + 2);
      const after = yearOf(tokens[at + 2 + skip]);
      if (after !== null) results.push(found(at + 3 + skip, `${after}-${two(month)}-${two(day)}`));
    }
    const skip = comma(at + 1);
    const after = yearOf(tokens[at + 1 + skip]);
    if (after !== null) results.push(found(at + 2 + skip, `${after}-${two(month)}`));
    else if (isMonthAlone(tokens, at)) results.push(found(at + 1, `--${two(month)}`));
  }
  const day = dayOf(first);
  if (day !== null) {
    const skip = tokens[at + 1]?.word === 'of' ? 1 : 0;
    const named = monthOf(tokens[at + 1 + skip]);
    if (named !== null) {
      const more = comma(at + 2 + skip);
      const after = yearOf(tokens[at + 2 + skip + more]);
      if (after !== null) results.push(found(at + 3 + skip + more, `${after}-${two(named)}-${two(day)}`));
    }
  }
  return results;
}

/** Periods as a catalog writes them: `2021`, `2021-Q3`, `2021-03`, `2020/2021`. */
function periodsAt(tokens: readonly Token[], at: number): Parse<string>[] {
  const first = tokens[at];
  const next = tokens[at + 1];
  const results = datesAt(tokens, at).filter(({ value }) => !value.startsWith('--'));
  if (first === undefined) return results;
  const spanning = /^((?:19|20)\d\d)\/(?:\d\d)?(\d\d)$/.exec(first.word);
  if (spanning?.[1] !== undefined && spanning[2] !== undefined)
    results.push(found(at + 1, `${spanning[1]}/${spanning[1].slice(0, 2)}${spanning[2]}`));
  const glued = /^fy(\d{2}|\d{4})$/.exec(first.word)?.[1];
  if (glued !== undefined) results.push(found(at + 1, glued.length === 2 ? `20${glued}` : glued));
  const quarter = /^q([1-4])$/.exec(first.word)?.[1];
  const quarterYear = yearOf(next) ?? yearOf(tokens[at + 2]);
  if (quarter !== undefined && quarterYear !== null)
    results.push(found(yearOf(next) === null ? at + 3 : at + 2, `${quarterYear}-Q${quarter}`));
  const year = yearOf(first);
  const lateQuarter = /^q([1-4])$/.exec(next?.word ?? '')?.[1];
  if (year !== null && lateQuarter !== undefined) results.push(found(at + 2, `${year}-Q${lateQuarter}`));
  const to = tokens[at + 2];
  if (year !== null && (next?.word === '/' || next?.word === '-') && to?.kind === 'number') {
    const end = to.text.length === 2 ? Math.floor(year / 100) * 100 + Number(to.text) : Number(to.text);
    if (end === year + 1) results.push(found(at + 3, `${year}/${end}`));
  }
  return results;
}

/** Adds dates, periods and the parts of the calendar. */
export function addDateRules(grammar: AnalystGrammar): void {
  grammar.primitive('date', (context, at) => datesAt(context.tokens, at));
  grammar.primitive('period', (context, at) => periodsAt(context.tokens, at));
  grammar.rule(
    'period',
    '[end of|close of] (year|fiscal year|financial year|fiscal|fy|calendar year|academic year|fall|autumn|spring|summer|winter) <period>',
    ({ period }) => period,
  );
  grammar.rule('date-part', '(year|years)', () => 'year');
  grammar.rule('date-part', '(quarter|quarters)', () => 'quarter');
  grammar.rule('date-part', '(month|months)', () => 'month');
}
