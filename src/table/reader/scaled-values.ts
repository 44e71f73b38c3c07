import { readPeriod } from '../values/periods.ts';
import { readStatedValues } from '../values/stated-values.ts';
import type { StatedValue } from '../values/stated-values.ts';

/** Arrows that only say which way a value went since the last one. */
const trend = /^[▲▼△▽↑↓⬆⬇]\s+(?=\p{Sc}|[A-Z]{2,3}\p{Sc}?\s?\d)/u;
const leadingPeriod = /^[([]([^()[\]]{4,40})[)\]]\s+(?=\S)/u;

/**
 * The values that a text states under a caption. A period in brackets and an arrow may stand before the value;
 * numbers under a percent sign are percentages.
 */
export function readScaledValues(
  text: string,
  caption: { readonly scale: number; readonly unit: string | null },
  locale: string | undefined,
): StatedValue[] {
  const lead = readLead(text);
  const rest = lead.length === 0 ? text : text.slice(lead.length);
  const options = { text: rest, scale: caption.scale, unit: caption.unit };
  const stated = readStatedValues(locale === undefined ? options : { ...options, locale });
  if (lead.length === 0 && caption.unit !== '%') return stated;
  return stated.map((each) => ({
    value: caption.unit === '%' ? asPercentage(each.value) : each.value,
    period: each.period ?? lead.period,
    start: each.start + lead.length,
    end: each.end + lead.length,
  }));
}

/** What stands before the value: "(2020) approximately 18,195", "▲ US$ 5 billion". */
function readLead(text: string): { readonly length: number; readonly period: string | null } {
  const arrow = trend.exec(text);
  if (arrow !== null) return { length: arrow[0].length, period: null };
  const bracket = leadingPeriod.exec(text);
  const period = bracket?.[1] === undefined ? null : readPeriod(bracket[1]);
  return bracket === null || period === null
    ? { length: 0, period: null }
    : { length: bracket[0].length, period };
}

function asPercentage(value: StatedValue['value']): StatedValue['value'] {
  if (value.type !== 'number' || value.unit !== '%') return value;
  return { type: 'percentage', number: value.number, bound: value.bound };
}
