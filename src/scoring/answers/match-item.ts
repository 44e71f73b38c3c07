import { plainNumber, readWholeDate } from './gold-answer.ts';
import { plainCharacters } from './plain-characters.ts';
import { readWholeNumber, type StatedNumber } from './read-numbers.ts';
import { isSameName } from './same-name.ts';
import { isSameDate } from './score-date.ts';
import { isSameNumber } from './same-number.ts';
import { unwrap } from './unwrap.ts';

/** Tells whether a text states one item of a list, or one cell of a row. */
export type ItemMatcher = (text: string) => boolean;

const missing = /^(?:|null|none|n\/?a|nan|-+|–|—|无|空|unknown|missing)$/iu;

/** How an item of the right answer is recognised: as a number, a date or a name, whichever it is. */
export function itemMatcher(
  gold: string,
  {
    tolerance,
    question = null,
  }: {
    readonly tolerance: number | null;
    /** What is asked, for cells of rows: whether their numbers, which have no sign, may be percentages. */
    readonly question?: string | null | undefined;
  },
): ItemMatcher {
  const text = unwrap(gold);
  if (text === '') return (stated) => missing.test(unwrap(stated));
  const plain = plainCharacters(text);
  const date = plainNumber.test(plain) ? null : readWholeDate(plain);
  if (date !== null) {
    return (stated) => {
      const other = readWholeDate(plainCharacters(unwrap(stated)));
      return other !== null && isSameDate(other, date);
    };
  }
  const number = /\d/u.test(plain) ? readWholeNumber(plain) : null;
  if (number === null || number.isWeak) return (stated) => isSameName(stated, text);
  const goldNumber = {
    value: number.values[0],
    isPercentage: number.isPercentage,
    tolerance,
    unit: question !== null && /%|\bper ?cent|百分/iu.test(question) ? '%' : null,
    question: null,
  };
  return (stated) => {
    const other = numberIn(stated);
    return other === null ? isSameName(stated, text) : isSameNumber(other, goldNumber);
  };
}

const unitWords = /^\s*(?:[\p{L}²³°/.]+\s*){0,3}$/u;

/** The number that a cell is, with a unit behind it at most. */
function numberIn(text: string): StatedNumber | null {
  const plain = plainCharacters(unwrap(text));
  const whole = readWholeNumber(plain);
  if (whole !== null) return whole;
  const digits = /^[^\p{L}]*\d/u.test(plain)
    ? plain.replace(/(?<=[\d%])\s*\p{L}[\p{L}²³°/. ]*$/u, '')
    : plain;
  return unitWords.test(plain.slice(digits.length)) ? readWholeNumber(digits) : null;
}
