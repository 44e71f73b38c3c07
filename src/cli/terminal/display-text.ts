/** A document's text may hold anything: control characters must neither move the cursor nor reverse the line. */
const controls = /[\p{Cc}\u2028\u2029]/gu;
const directionControls = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const spaces = /\s+/gu;

/** The text with nothing in it that a terminal would act on; line ends and tabs become spaces. */
export function safeText(text: string): string {
  return text.replace(controls, ' ').replace(directionControls, '');
}

/** The text on one line, safe to show, with single spaces. */
export function oneLine(text: string): string {
  return safeText(text).replace(spaces, ' ').trim();
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const onlyAscii = /^[\x20-\x7e]*$/;
const wide =
  /^(?:\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Emoji_Presentation}|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6])/u;
const halfWidth = /^[\uff61-\uffdc]/u;
const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

/** The number of terminal columns that a line takes: two for Chinese, Japanese and Korean characters and emoji. */
export function displayWidth(line: string): number {
  if (onlyAscii.test(line)) return line.length;
  let width = 0;
  for (const { segment } of graphemes.segment(line)) width += graphemeWidth(segment);
  return width;
}

/** Shortens a line to a number of terminal columns, ending in "…" where something is left out. */
export function shorten(line: string, columns: number): string {
  // No character is narrower than nothing and longer than a few code units, so the rest need not be measured.
  const head = line.length > columns * 8 ? line.slice(0, columns * 8) : line;
  if (head.length === line.length && displayWidth(line) <= columns) return line;
  let width = 0;
  let end = 0;
  for (const { segment, index } of graphemes.segment(head)) {
    width += graphemeWidth(segment);
    if (width > columns - 1) break;
    end = index + segment.length;
  }
  return `${head.slice(0, end).trimEnd()}…`;
}

function graphemeWidth(segment: string): number {
  if (wide.test(segment) && !halfWidth.test(segment)) return 2;
  return zeroWidth.test(segment) ? 0 : 1;
}
