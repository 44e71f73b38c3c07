import { decodeText } from '../decode-text.ts';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { FormatParserInput, ParsedDocument } from './format-parser.ts';
import { markdownTitle, textTitle } from './text-title.ts';

/** Markdown is stored as it is written. */
export function parseMarkdown(input: FormatParserInput): ParsedDocument[] {
  return [wholeText(input, markdownTitle)];
}

/** Plain text is stored as it is written. */
export function parseText(input: FormatParserInput): ParsedDocument[] {
  return [wholeText(input, textTitle)];
}

function wholeText(input: FormatParserInput, titleOf: (text: string) => string | null): ParsedDocument {
  const { text } = decodeText(input.bytes);
  if (text.trim() === '') throw new UnreadableFileError(input.path, 'empty');
  return { fragment: null, title: titleOf(text), text, sourceMap: { firstLine: 1, segments: [] } };
}
