import type { ReadValue } from '../reading.ts';

/** A label that says that its value tells things apart, and does not count or measure them. */
const identifierLabel =
  /(?<![\p{L}\p{N}])(?:no|nr|num|number|id|identifier|code|ref|reference|nummer|numéro|número)\.?$|[#№]$/iu;
/** "Staff number" may be how many there are. */
const mayCount = /(?:number|num|nummer|numéro|número)$/iu;
const bracketed = /^\((\d{1,9})\)$/;
const hyphenated = /^(\d{1,9})[-/](\d{1,9})$/;
/** No range goes from a number to one of so many more digits. */
const moreDigits = 2;

/**
 * What an identifier is where its words also are a quantity: "(1204)" is no negative behind "Trench no.", nor "22-13370" a
 * range behind "Certificate number".
 *
 * @param words of the value, as the document has them.
 */
export function asIdentifier(
  value: ReadValue,
  { label, words }: { label: string; words: string },
): ReadValue {
  if (value.type !== 'number' || value.unit !== null || !identifierLabel.test(label)) return value;
  const [, inner] = bracketed.exec(words) ?? [];
  if (inner !== undefined) return { ...value, number: Number(inner) };
  const [, first, second] = hyphenated.exec(words) ?? [];
  if (first === undefined || second === undefined) return value;
  const isRange =
    Number(first) < Number(second) && second.length < first.length + moreDigits && mayCount.test(label);
  return isRange ? value : { type: 'text', text: words };
}
