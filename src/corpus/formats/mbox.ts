import { UnreadableFileError } from '../unreadable-file-error.ts';
import { emailDocument } from './email.ts';
import type { ParsedDocument, StreamParserInput } from './format-parser.ts';

/** Reads a mailbox; each message is a document. A message that cannot be read is passed over with a warning. */
export async function* parseMbox(input: StreamParserInput): AsyncGenerator<ParsedDocument> {
  let number = 0;
  let documents = 0;
  for await (const { bytes, line } of splitMessages(input.open(), input.maximumRecordBytes)) {
    number += 1;
    if (bytes === null) {
      input.warn(`message ${number} at line ${line} is longer than the limit for a record; it is left out`);
      continue;
    }
    try {
      const document = await emailDocument(unescapeFrom(bytes), {
        fragment: `message=${number}`,
        firstLine: line,
      });
      if (document === null) continue;
      documents += 1;
      yield document;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      input.warn(`message ${number} at line ${line} cannot be read (${problem})`);
    }
  }
  if (documents === 0) throw new UnreadableFileError(input.path, 'no e-mail message in it');
}

interface Message {
  /** Without the postmark line; null where it is longer than the limit. */
  readonly bytes: Buffer | null;
  /** The line of the file where the message starts; that of its postmark where it is too long. */
  readonly line: number;
}

const lineFeed = 0x0a;
const longestPostmark = 1000;

/** Splits at postmark lines: `From sender date`, after an empty line and before a header. */
async function* splitMessages(
  chunks: AsyncIterable<Uint8Array>,
  maximumBytes: number,
): AsyncGenerator<Message> {
  let buffer = Buffer.alloc(0);
  let messageLine = 1;
  /** Lines of the message that are no longer in the buffer, since it is too long. */
  let droppedLines = 0;
  let isTooLong = false;
  let searched = 0;
  const take = (end: number): Message => {
    const whole = buffer.subarray(0, end);
    const start = whole.subarray(0, 5).toString('latin1') === 'From ' ? whole.indexOf(lineFeed) + 1 : 0;
    const line = messageLine + (start > 0 ? 1 : 0);
    const message = { bytes: isTooLong ? null : whole.subarray(start), line };
    messageLine += droppedLines + countLines(whole);
    droppedLines = 0;
    buffer = buffer.subarray(end);
    searched = 0;
    isTooLong = false;
    return message;
  };
  for await (const chunk of chunks) {
    buffer = buffer.length === 0 ? Buffer.from(chunk) : Buffer.concat([buffer, chunk]);
    for (let at = buffer.indexOf('\nFrom ', searched); at !== -1; at = buffer.indexOf('\nFrom ', searched)) {
      // The postmark and the line below must have arrived to be judged.
      if (buffer.length < at + longestPostmark * 2) break;
      if (isPostmark(buffer, at + 1)) yield take(at + 1);
      else searched = at + 1;
    }
    if (isTooLong || buffer.length > maximumBytes) {
      const kept = Math.max(0, buffer.length - longestPostmark * 3);
      isTooLong = true;
      droppedLines += countLines(buffer.subarray(0, kept));
      buffer = buffer.subarray(kept);
      searched = 0;
    }
  }
  for (let at = buffer.indexOf('\nFrom ', searched); at !== -1; at = buffer.indexOf('\nFrom ', searched)) {
    if (isPostmark(buffer, at + 1)) yield take(at + 1);
    else searched = at + 1;
  }
  if (buffer.length > 0) yield take(buffer.length);
}

function isPostmark(buffer: Buffer, start: number): boolean {
  const before = buffer.subarray(Math.max(0, start - 3), start).toString('latin1');
  if (!/(?:^|\n)\r?\n$/.test(before)) return false;
  const [postmark = '', below = ''] = buffer
    .subarray(start, start + longestPostmark * 2)
    .toString('latin1')
    .split('\n', 2);
  return /^From \S+ .*(?:\d{4}|\d:\d\d)/.test(postmark) && /^(?:>From |[!-9;-~]{1,80}:)/.test(below);
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(lineFeed); at !== -1; at = bytes.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}

/** In a mailbox, `>` stands before a line of a message that starts with `From `. */
function unescapeFrom(bytes: Buffer): Buffer {
  if (!bytes.includes('>From ')) return bytes;
  return Buffer.from(bytes.toString('latin1').replace(/^>(>*From )/gm, '$1'), 'latin1');
}
