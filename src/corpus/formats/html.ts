import { detectEncoding, decodeText } from '../decode-text.ts';
import type { FormatParser } from './format-parser.ts';
import { convertHtml } from './html-converter.ts';
import type { HtmlOutline } from './html-converter.ts';
import { MarkdownWriter } from './markdown-writer.ts';

const declarationBytes = 4096;
const declaration = /<meta\s[^>]{0,200}charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w:.-]{2,40})/iu;

/** Reads an HTML page into one document: its text as Markdown, each line mapped to a line of the page. */
export const parseHtml: FormatParser = function* (input) {
  const writer = new MarkdownWriter();
  const outline = convertHtml(decodeHtml(input.bytes), writer);
  yield { fragment: null, title: pageTitle(outline), ...writer.finish() };
};

/** The text of an HTML fragment or page as Markdown, without a map to its source. */
export function htmlToText(input: { readonly html: string }): string {
  const writer = new MarkdownWriter();
  convertHtml(input.html, writer);
  return writer.finish().text;
}

/** The bytes decide where they are valid UTF-8 or UTF-16, else the page's own declaration. */
function decodeHtml(bytes: Uint8Array): string {
  const detected = detectEncoding(bytes);
  if (detected.startsWith('utf-')) return decodeText(bytes).text;
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, declarationBytes));
  const declared = declaration.exec(head)?.[1];
  try {
    if (declared !== undefined) return new TextDecoder(declared).decode(bytes).replace(/\r\n?/gu, '\n');
  } catch {
    // The page declares an encoding that does not exist; what its bytes look like decides.
  }
  return decodeText(bytes).text;
}

/** The main heading; where there are several, the one that the page's `<title>` speaks of; else the `<title>`. */
function pageTitle(outline: HtmlOutline): string | null {
  const title = outline.title?.replace(/\s+/gu, ' ').trim() ?? '';
  const heading = outline.mainHeadings.find((each) => title.includes(each)) ?? outline.mainHeadings[0];
  return heading ?? (title === '' ? null : title);
}
