import PostalMime, { type Address, type Email } from 'postal-mime';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import { setOffQuotes } from './email-quotes.ts';
import type { FormatParserInput, ParsedDocument } from './format-parser.ts';
import { MarkdownWriter } from './markdown-writer.ts';
import { fieldLine } from './record-text.ts';

/** An e-mail message (.eml) is one document: its headers as `label: value` lines, then what it says. */
export async function* parseEmail(input: FormatParserInput): AsyncGenerator<ParsedDocument> {
  const document = await emailDocument(input.bytes, { fragment: null, firstLine: 1 });
  if (document === null) throw new UnreadableFileError(input.path, 'no e-mail message in it');
  yield document;
}

/**
 * Turns a message into a document, or into null where it has neither headers nor text.
 *
 * @param place.firstLine the line of the file where the message starts.
 */
export async function emailDocument(
  bytes: Uint8Array,
  place: { readonly fragment: string | null; readonly firstLine: number },
): Promise<ParsedDocument | null> {
  const email = await PostalMime.parse(bytes);
  const body = await bodyText(email);
  const headers = headerFields(email);
  if (headers.length === 0 && body.trim() === '') return null;
  const lines = new RawLines(bytes, place.firstLine);
  const writer = new MarkdownWriter();
  for (const [label, value] of headers) {
    writer.writeLine(fieldLine(label, value.replace(/\s+/g, ' ')), { line: lines.headerLine(label) });
  }
  const bodyLines =
    body.trim() === ''
      ? []
      : body
          .replace(/^(?:[ \t]*\n)+/, '')
          .trimEnd()
          .split('\n');
  if (bodyLines.length > 0) writer.writeBlankLine();
  const places = bodyLines.map((line) => lines.nextBodyLine(line));
  for (const { text, index } of setOffQuotes(bodyLines)) {
    writer.writeLine(text.trimEnd(), { line: places[index] ?? place.firstLine });
  }
  const title = email.subject?.replace(/\s+/g, ' ').trim() || null;
  return { fragment: place.fragment, title, ...writer.finish() };
}

async function bodyText(email: Email): Promise<string> {
  if (email.text !== undefined && email.text.trim() !== '') return email.text.replace(/\r\n?/g, '\n');
  if (email.html === undefined) return '';
  const { htmlToText } = await import('./html.ts');
  return htmlToText({ html: email.html });
}

function headerFields(email: Email): [label: string, value: string][] {
  const attachments = email.attachments
    .filter(({ related }) => related !== true)
    .map(({ filename, mimeType }) => filename ?? mimeType);
  const fields: [string, string][] = [
    ['From', addressList(email.from === undefined ? [] : [email.from])],
    ['To', addressList(email.to ?? [])],
    ['Cc', addressList(email.cc ?? [])],
    ['Date', sentDate(email)],
    ['Subject', email.subject ?? ''],
    ['Attachments', joined(attachments)],
  ];
  return fields.filter(([, value]) => value.trim() !== '');
}

function addressList(addresses: readonly Address[]): string {
  return joined(
    addresses.map((address) => {
      if (address.group !== undefined) return address.name;
      if (address.name === '') return address.address ?? '';
      return address.address ? `${address.name} <${address.address}>` : address.name;
    }),
  );
}

function joined(items: readonly string[]): string {
  return items.join(items.some((item) => item.includes(',')) ? '; ' : ', ');
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const mailDate =
  /^(?:[a-z]{3,9},?\s+)?(\d{1,2})\s+([a-z]{3})[a-z]*\s+(\d{4})(?:\s+(\d{1,2}:\d\d(?::\d\d)?)(?:\s*([+-]\d{4}|[a-z]{1,5}))?)?/i;

/** The date and time as the sender's clock showed them, `2003-07-01 23:30:00 -0500`. */
function sentDate(email: Email): string {
  const stated = email.headers.find(({ key }) => key === 'date')?.value.trim() ?? '';
  const match = mailDate.exec(stated);
  const month = months.indexOf((match?.[2] ?? '').toLowerCase()) + 1;
  if (match === null || month === 0) return stated;
  const [, day = '', , year = '', time = '', zone = ''] = match;
  const date = `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
  return [date, time.padStart(time === '' ? 0 : 5, '0'), zone].filter((part) => part !== '').join(' ');
}

const searchedBytes = 2 ** 20;
const comparedCharacters = 40;
const skippedLines = 60;
const missesUntilGivenUp = 5;

/**
 * Finds where in the file the lines of a decoded message stand. What is encoded beyond recognition (base64) is
 * placed at the last line that was found.
 */
class RawLines {
  readonly #lines: readonly string[];
  readonly #firstLine: number;
  #position: number;
  #misses = 0;
  #hasFound = false;

  constructor(bytes: Uint8Array, firstLine: number) {
    const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, searchedBytes));
    this.#lines = start.toString('latin1').split(/\r?\n/);
    this.#firstLine = firstLine;
    this.#position = Math.max(0, this.#lines.indexOf(''));
  }

  headerLine(label: string): number {
    const prefix = `${label.toLowerCase()}:`;
    const index = this.#lines.findIndex((line) => line.toLowerCase().startsWith(prefix));
    return this.#firstLine + Math.max(0, index);
  }

  /** Lines must be asked for in their order. */
  nextBodyLine(text: string): number {
    const start = text.slice(0, comparedCharacters).trim();
    if (start !== '' && this.#misses < missesUntilGivenUp) {
      const from = this.#position + (this.#hasFound ? 1 : 0);
      const to = this.#hasFound ? Math.min(this.#lines.length, from + skippedLines) : this.#lines.length;
      const offset = this.#lines.slice(from, to).findIndex((line) => line.trimStart().startsWith(start));
      if (offset !== -1) {
        this.#position = from + offset;
        this.#hasFound = true;
        this.#misses = 0;
      } else {
        this.#misses += 1;
      }
    }
    return this.#firstLine + this.#position;
  }
}
