import { monthPattern } from '../values/months.ts';

const clock = String.raw`\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s(?:UTC|GMT|CET|CEST))?`;
const day = [
  String.raw`\d{1,2}(?:st|nd|rd|th|\.)?[ -]${monthPattern}(?:,?[ -]\d{2,4})?`,
  String.raw`${monthPattern}[ -]\d{1,2}(?:st|nd|rd|th)?(?:,?\s\d{4})?`,
  String.raw`\d{4}-\d{2}-\d{2}`,
  String.raw`\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})?`,
].join('|');
const eventTime = new RegExp(`^(?:${clock}|(?:${day})(?:(?:T|,?\\s{1,3})(?:at\\s)?${clock}Z?)?)$`, 'iu');

/**
 * Whether a text is the day or the hour at which something happened ("04 Jan", "2024-01-04 11:56"), as the lines of
 * a log begin, and so the name of no attribute.
 */
export function isEventTime(text: string): boolean {
  return text.length <= 32 && /^\d|^\p{L}{3,9}\.?[ -]\d/u.test(text) && eventTime.test(text.trim());
}
