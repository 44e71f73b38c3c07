import { readPeriod } from '../values/periods.ts';

const periodLike =
  /(?:^|\D)(?:1[5-9]|20|21)\d{2}(?:\D|$)|^(?:fy|cy|[qh][1-4]|[1-4][qh]|9m)|\d[/.-]\d|^[A-Za-z]{3,9}[-' ]\d{2}$/iu;

/** Whether a text is a period and nothing else; a bare number is one only where it is a likely year. */
export function isPeriodText(text: string): boolean {
  return text.length <= 64 && periodLike.test(text) && readPeriod(text) !== null;
}
