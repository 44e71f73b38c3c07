import { decodeStream, detectStreamEncoding } from '../decode-text.ts';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { ParsedDocument, StreamParserInput } from './format-parser.ts';
import { recordDocuments, type JsonRecord } from './json-records.ts';
import { JsonSyntaxError, parseJsonValue, skipWhitespace } from './json-syntax.ts';

/**
 * Reads a file with a JSON value on each line; each object is a document. Lines that are not valid are passed
 * over with a warning.
 */
export async function* parseJsonLines(input: StreamParserInput): AsyncGenerator<ParsedDocument> {
  const encoding = await detectStreamEncoding(input.open());
  const invalid: string[] = [];
  let invalidCount = 0;
  const passOver = (line: number, problem: string): void => {
    invalidCount += 1;
    if (invalid.length < 5) invalid.push(`line ${line}: ${problem}`);
  };
  let documents = 0;
  const lines = splitLines(decodeStream(input.open(), encoding), input.maximumRecordBytes);
  for await (const document of recordDocuments(lineRecords(lines, passOver))) {
    documents += 1;
    yield document;
  }
  if (invalidCount === 0) return;
  const more = invalidCount > invalid.length ? ` and ${invalidCount - invalid.length} more` : '';
  const problem = `lines that are no JSON objects: ${invalidCount} (${invalid.join('; ')}${more})`;
  if (documents === 0) throw new UnreadableFileError(input.path, `only ${problem}`);
  input.warn(`left out ${problem}`);
}

async function* lineRecords(
  lines: AsyncIterable<Line>,
  passOver: (line: number, problem: string) => void,
): AsyncGenerator<JsonRecord> {
  let row = 0;
  for await (const { number: line, text } of lines) {
    if (text?.trim() === '') continue;
    row += 1;
    const found = text === null ? 'longer than the limit for a record' : parseObject(text);
    if (typeof found === 'string') {
      passOver(line, found);
      continue;
    }
    const location = { row, line };
    yield { fragment: `row=${row}`, node: found, pointer: '', locate: () => location };
  }
}

/** The object on a line, or what is wrong with it. */
function parseObject(text: string): ReturnType<typeof parseJsonValue>['node'] | string {
  try {
    const { node, end } = parseJsonValue(text, 0);
    if (skipWhitespace(text, end) < text.length) return 'more text follows the value';
    return node.kind === 'object' ? node : 'not an object';
  } catch (error) {
    if (error instanceof JsonSyntaxError) return error.message;
    throw error;
  }
}

interface Line {
  readonly number: number;
  /** Null for a line longer than the limit. */
  readonly text: string | null;
}

async function* splitLines(chunks: AsyncIterable<string>, maximumLength: number): AsyncGenerator<Line> {
  let number = 1;
  let pending: string[] = [];
  let pendingLength = 0;
  let isTooLong = false;
  const take = (end: string): Line => {
    const text = isTooLong ? null : pending.join('') + end;
    pending = [];
    pendingLength = 0;
    isTooLong = false;
    return { number: number++, text };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      yield take(chunk.slice(start, end));
      start = end + 1;
    }
    pendingLength += chunk.length - start;
    if (pendingLength > maximumLength) {
      isTooLong = true;
      pending = [];
    }
    if (!isTooLong && start < chunk.length) pending.push(chunk.slice(start));
  }
  if (pendingLength > 0) yield take('');
}
