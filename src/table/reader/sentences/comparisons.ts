import { readPeriod } from '../../values/index.ts';
import { isCompared, isHedged } from './hedging.ts';
import type { MeasureContext } from './links.ts';
import { findPeriods } from './sentence-periods.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';

const yearEarlier =
  /^[\s,]*(?:(?:a|one) year (?:earlier|ago|before)|(?:in |for |during )?(?:the )?(?:previous|prior|preceding|last) (?:fiscal |financial )?year|(?:in |for |during )?the (?:same|corresponding|comparable|prior-year|year-ago) (?:period|quarter|half|months)(?: (?:of |in )?(?:last year|the (?:previous|prior|preceding) year|a year (?:earlier|ago)))?)/i;

/** The same part of the year before: `2021-Q3` → `2020-Q3`; null for periods without a year before. */
function yearBefore(period: string | null): string | null {
  if (period === null || !/^\d{4}(?:-(?:Q[1-4]|H[12]|9M))?$/.test(period)) return null;
  return `${Number(period.slice(0, 4)) - 1}${period.slice(4)}`;
}

/**
 * Reads what a value is compared with, "compared with $3 billion in 2020", "from 36 % a year earlier", as the
 * value of that earlier period. Where the sentence does not say which period that is, nothing is read.
 */
export function readComparisons(
  context: MeasureContext & { readonly text: string },
  values: readonly SentenceStatement[],
): SentenceStatement[] {
  const { sentence, text } = context;
  const found: SentenceStatement[] = [];
  for (const [index, token] of sentence.tokens.entries()) {
    const { number } = token;
    if (number === null || isHedged(sentence, index)) continue;
    const base = values.findLast((value) => value.valueEnd <= token.start && isAlike(value, number));
    if (base === undefined) continue;
    const period =
      bracketPeriod(text, token.start, base.period) ??
      (isCompared(sentence, index)
        ? comparedPeriod(text, { from: token.end, to: sentence.end, base: base.period })
        : null);
    if (period === null || period === base.period) continue;
    found.push({
      ...base,
      value: numberValue(number),
      period,
      end: token.end,
      valueStart: token.start,
      valueEnd: token.end,
      rule: 'sentence-comparison',
    });
  }
  return found;
}

const bracketed = /\(\s*([^()\d]{0,20}\d[^()]{0,28}?)\s*:\s*$/;

/** The period of "(2020: $3 million)" and "(previous year: $3 million)" right before the number at `start`. */
function bracketPeriod(text: string, start: number, base: string | null): string | null {
  const before = text.slice(Math.max(0, start - 56), start);
  const stated = bracketed.exec(before)?.[1];
  if (stated !== undefined) return readPeriod(stated);
  return /\((?:in )?(?:the )?(?:previous|prior) year\s*:\s*$/i.test(before) ? yearBefore(base) : null;
}

/** Whether the number is of the same kind as the value, so that it can be an earlier one of it. */
function isAlike(
  { value, label }: SentenceStatement,
  number: { readonly percentage: boolean; readonly unit: string | null },
): boolean {
  if (label[0]?.endsWith(' growth') === true) return false;
  if (value.type === 'percentage') return number.percentage;
  return value.type === 'number' && !number.percentage && value.unit === number.unit;
}

const nearest = 40;

function comparedPeriod(
  text: string,
  options: { readonly from: number; readonly to: number; readonly base: string | null },
): string | null {
  const { from, to, base } = options;
  const after = text.slice(from, Math.min(to, from + 120)).replaceAll(/\s+/g, ' ');
  if (yearEarlier.test(after)) return yearBefore(base);
  const [stated] = findPeriods(text, from, to);
  if (stated === undefined || stated.start - from > nearest || /\d/.test(text.slice(from, stated.start)))
    return null;
  return stated.period;
}
