import { readPeriod } from './periods.ts';

const bracket = /\s*[([（]([^()[\]（）\n]{1,80})[)\]）]/y;
const statedPeriod =
  /,?\s(?:in|for|as of|as at|at|at end|end)\s((?:[\p{L}]{3,9}\s)?(?:\d{1,2},?\s)?(?:FY)?\d{4})(?![\d-])/iuy;
/** A short remark without figures between a value and its period: "5 % of GDP (2020)", "3 t of CO2 (2019)". */
const remark = /(?:[^()\d\n;:]|(?<=\p{L})\d){1,60}(?=\()/uy;
const footnote = /\s?(?:\[\d{1,3}\]|[*†‡]{1,3})/y;
const mostBrackets = 4;

/** What stands behind a value: its period, and where the value's text ends. */
interface ValueTail {
  readonly period: string | null;
  readonly end: number;
}

function readBrackets(text: string, position: number): ValueTail {
  let at = position;
  for (let brackets = 0; brackets < mostBrackets; brackets += 1) {
    footnote.lastIndex = at;
    if (footnote.test(text)) {
      at = footnote.lastIndex;
      continue;
    }
    bracket.lastIndex = at;
    const inner = bracket.exec(text)?.[1];
    if (inner === undefined) break;
    at = bracket.lastIndex;
    const period = periodWithin(inner);
    if (period !== null) return { period, end: at };
  }
  return { period: null, end: at };
}

/** Reads the brackets after a value; the first that is a period gives it, others are remarks. */
export function readValueTail(text: string, position: number): ValueTail {
  const brackets = readBrackets(text, position);
  if (brackets.period !== null) return brackets;
  remark.lastIndex = position;
  if (brackets.end === position && remark.test(text)) {
    const after = readBrackets(text, remark.lastIndex);
    if (after.period !== null) return after;
  }
  statedPeriod.lastIndex = position;
  const stated = statedPeriod.exec(text)?.[1];
  const period = stated === undefined ? null : readPeriod(stated);
  return period === null ? brackets : { period, end: statedPeriod.lastIndex };
}

/** The period in brackets that leads a value: "(2020 est.) less than 1 %". */
export function readLeadingPeriod(
  text: string,
  position: number,
): { readonly period: string; readonly end: number } | null {
  if (text.charAt(position) !== '(') return null;
  bracket.lastIndex = position;
  const inner = bracket.exec(text)?.[1];
  const period = inner === undefined ? null : readPeriod(inner);
  return period === null ? null : { period, end: bracket.lastIndex };
}

/** The period of a bracket: all of it, or its last or first part: "(estimate, 2020)", "(2020; all ages)". */
function periodWithin(inner: string): string | null {
  if (!/\d/.test(inner)) return null;
  const whole = readPeriod(inner);
  if (whole !== null) return whole;
  const parts = inner.split(/[;,]\s*/);
  if (parts.length < 2) return null;
  return readPeriod(parts.at(-1) ?? '') ?? readPeriod(parts[0] ?? '');
}
