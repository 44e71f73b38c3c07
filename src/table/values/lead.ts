import type { Bound } from '../reading.ts';
import { boundBefore } from './bounds.ts';
import { isDigitCode, isWordLetterCode, skipSpacesBack } from './characters.ts';
import { currencyBefore } from './currencies.ts';

/** What stands before the digits of a quantity and belongs to it. */
export interface Lead {
  readonly start: number;
  /** The ISO 4217 code of a currency before the digits. */
  readonly currency: string | null;
  readonly negative: boolean;
  readonly bound: Bound | null;
  /** The word that opens a range, "between", or what may open a change, "from". */
  readonly opening: 'between' | 'from' | null;
}

const minusWord = /(?:^|[^\p{L}])(minus|negative)\s$/iu;
const openingWord = /(?:^|[^\p{L}])(between|ranging from|ranged from|ranges from|from)\s$/iu;

const isMinus = (char: string): boolean => char === '-' || char === '−' || char === '–' || char === '－';

function currencyStart(
  text: string,
  position: number,
  from: number,
): { readonly start: number; readonly code: string } | null {
  let at = position;
  const before = text.charAt(at - 1);
  if (at > from && (isMinus(before) || before === '(')) at -= 1;
  at = Math.max(skipSpacesBack(text, at, from), at - 1);
  return at <= from ? null : currencyBefore(text, at, from);
}

/** Reads backward from the first digit: currency, sign, bound or the opening of a range. */
export function readLead(text: string, position: number, from: number): Lead {
  if (position === from)
    return { start: position, currency: null, negative: false, bound: null, opening: null };
  const money = currencyStart(text, position, from);
  let start = money?.start ?? position;
  let negative = money !== null && isMinus(text.charAt(position - 1)) && position - 1 > money.start;
  const before = text.charAt(start - 1);
  if (start > from && isMinus(before)) {
    const ahead = start - 2 >= from ? text.charCodeAt(start - 2) : 32;
    if (!isDigitCode(ahead) && !isWordLetterCode(ahead)) {
      negative = true;
      start -= 1;
    }
  } else if (start > from && before === '+') start -= 1;
  const window = text.slice(Math.max(from, start - 16), start);
  if (window.length > 4 && window.endsWith(' ')) {
    const minus = minusWord.exec(window)?.[1];
    if (minus !== undefined) {
      negative = true;
      start -= minus.length + 1;
    }
    const opening = openingWord.exec(window)?.[1];
    if (opening !== undefined) {
      const isFrom = opening.toLowerCase() === 'from';
      if (!isFrom) start -= opening.length + 1;
      return {
        start,
        currency: money?.code ?? null,
        negative,
        bound: null,
        opening: isFrom ? 'from' : opening.length > 7 ? null : 'between',
      };
    }
  }
  const bound = boundBefore(text, start, from);
  return {
    start: bound?.start ?? start,
    currency: money?.code ?? null,
    negative,
    bound: bound?.bound ?? null,
    opening: null,
  };
}
