import { readUnitCaption } from '../values/unit-caption.ts';
import { currencyOf, isCurrencyCode } from '../values/currencies.ts';
import { canonicalUnit, measureSymbol } from '../values/units.ts';
import { letterUnits, unitInName } from './field-types.ts';
import { splitParts } from './label-part.ts';

const percent = /^%\s*\p{L}|\p{L}.*\s%$|^(?:pct|percent)[\s_](?!points?\b)\p{L}|\p{L}.*\s(?:pct|percent)$/iu;
/** What is measured in spans of time, so that "min" is minutes and not the least. */
const ofTime =
  /\b(?:time|duration|delay|wait|waiting|latency|length|runtime|downtime|journey|travel|interval|headway)$/i;
const shortSpans = /^(?:min|sec|hr|d|mo|yr)$/;
/** Notations that at the end of a label mostly mean something else, or stand for things that are counted. */
const doubtful =
  /^(?:in|ct|mt|bps?|x|kn|cf|deg|degrees?|bars?|moles?|quarters?|bits?|knots?|pounds?|seconds?|minute|hour|day|week|month|year|mos)$/i;
const longestUnit = 3;

/**
 * The unit that a label ends in, by name or without brackets: `area_sq_km`, "Rainfall mm", "Pay EUR", "Fail rate %". What
 * stands in brackets was read with the values. Null where there is none, or where a scale stands with it.
 */
export const unitInLabel = (label: string): string | null => unitInName(label) ?? unitInWords(label);

function unitInWords(label: string): string | null {
  const part = splitParts(label).at(-1) ?? '';
  if (percent.test(part)) return '%';
  const words = part.split(/\s+/);
  for (let length = Math.min(longestUnit, words.length - 1); length > 0; length -= 1) {
    const subject = words.slice(0, -length).join(' ');
    const notation = words.slice(-length).join(' ');
    if (!/\p{L}{2}/u.test(subject) || (length === 1 && isDoubtful(notation, subject))) continue;
    if ((readUnitCaption(notation)?.scale ?? 1) !== 1) return null;
    const unit = wholeUnit(notation);
    if (unit !== null) return unit;
  }
  return null;
}

/** A letter alone, and a word that may mean something else, are units only of what is measured so. */
function isDoubtful(notation: string, subject: string): boolean {
  if (/^\p{L}$/u.test(notation))
    return !letterUnits.some(({ letter, of }) => letter === notation && of.test(subject));
  return shortSpans.test(notation) ? !ofTime.test(subject) : doubtful.test(notation);
}

/** The unit that all of the words are. */
function wholeUnit(notation: string): string | null {
  const symbol = measureSymbol(notation);
  if (symbol !== null) return symbol;
  if (/^(?:[A-Z]{3}|\p{Sc})$/u.test(notation)) return currencyOf(notation);
  const [above = '', below = ''] = canonicalUnit(notation).split('/');
  const counted = currencyOf(above) ?? above;
  const isKnown = isCurrencyCode(counted) || measureSymbol(counted) !== null;
  return isKnown && measureSymbol(below) !== null ? `${counted}/${below}` : null;
}
