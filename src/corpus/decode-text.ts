import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';

/** An encoding by the name that `TextDecoder` knows it by, such as `utf-8` or `gb18030`. */
export type EncodingName = string;

const sampleBytes = 65_536;
const fallbackEncoding: EncodingName = 'windows-1252';
/** Below this, chardet's guess is worth less than the usual encoding. */
const leastConfidence = 20;
/** With fewer letters outside ASCII, nothing tells the encodings of Europe apart. */
const fewestHighBytes = 10;

/**
 * Decodes the bytes of a text file. The encoding is told by the byte order mark, else by what the bytes are
 * valid in. The text has no byte order mark, its line ends are `\n`, and no NUL characters are left.
 */
export function decodeText(bytes: Uint8Array): { readonly text: string; readonly encoding: EncodingName } {
  const encoding = detectEncoding(bytes);
  return { text: normaliseText(new TextDecoder(encoding).decode(bytes)), encoding };
}

/**
 * Decodes a stream of bytes piece by piece, as `decodeText` does a whole file. A piece never ends in the middle
 * of a character or of a line end.
 */
export async function* decodeStream(
  chunks: AsyncIterable<Uint8Array>,
  encoding: EncodingName,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let carriageReturn = '';
  for await (const chunk of chunks) {
    const text = carriageReturn + decoder.decode(chunk, { stream: true });
    carriageReturn = text.endsWith('\r') ? '\r' : '';
    yield normaliseText(carriageReturn === '' ? text : text.slice(0, -1));
  }
  yield normaliseText(carriageReturn + decoder.decode());
}

function normaliseText(text: string): string {
  const unix = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
  return unix.includes('\0') ? unix.replaceAll('\0', '\uFFFD') : unix;
}

/** The encoding of a text, from all of its bytes. */
export function detectEncoding(bytes: Uint8Array): EncodingName {
  const marked = markedEncoding(bytes) ?? unmarkedUtf16(bytes.subarray(0, sampleBytes));
  return marked ?? (isUtf8(bytes) ? 'utf-8' : legacyEncoding(bytes));
}

/** Like `detectEncoding`, for a file of any size that is read once for it. */
export async function detectStreamEncoding(chunks: AsyncIterable<Uint8Array>): Promise<EncodingName> {
  let rest: Uint8Array | null = null;
  for await (const chunk of chunks) {
    const bytes: Uint8Array = rest === null || rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const length = completeUtf8Length(bytes);
    const complete = bytes.subarray(0, length);
    if (rest === null) {
      const encoding = detectEncoding(complete);
      if (encoding !== 'utf-8') return encoding;
    } else if (!isUtf8(complete)) {
      return legacyEncoding(complete);
    }
    rest = bytes.subarray(length);
  }
  return rest === null || rest.length === 0 ? 'utf-8' : legacyEncoding(rest);
}

function markedEncoding(bytes: Uint8Array): EncodingName | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** UTF-16 without a byte order mark shows in Western text as a NUL in nearly every second byte. */
function unmarkedUtf16(sample: Uint8Array): EncodingName | null {
  if (!sample.includes(0)) return null;
  const zeros = [0, 0];
  for (const [index, byte] of sample.entries()) {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = zeros;
  const many = sample.length * 0.2;
  const few = sample.length * 0.01;
  if (odd > many && even <= few) return 'utf-16le';
  if (even > many && odd <= few) return 'utf-16be';
  return null;
}

/** The length without a UTF-8 character at the end whose last bytes are missing. */
export function completeUtf8Length(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) break;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** For bytes that are not valid UTF-8 throughout. */
function legacyEncoding(bytes: Uint8Array): EncodingName {
  const sample = sampleAroundHighBytes(bytes);
  if (isMostlyUtf8(sample)) return 'utf-8';
  const high = countHighBytes(sample);
  const isInRuns = high.paired > high.all / 2;
  if (!isInRuns && high.all < fewestHighBytes) return fallbackEncoding;
  const matches = analyse(sample).filter(({ name, confidence }) => {
    if (/^(?:UTF|ASCII|ISO-2022|ISO_2022|mbcs|sbcs)/.test(name)) return false;
    if (isInRuns ? isLatin(name) : isMultiByte(name)) return false;
    // A text too short to tell the East Asian encodings apart is taken for the most common one.
    if (confidence < leastConfidence) return isInRuns && high.belowA1 === 0 && name === 'GB18030';
    return true;
  });
  const fitting = matches.find(({ name }) => decodes(sample, name));
  return fitting === undefined ? fallbackEncoding : new TextDecoder(fitting.name).encoding;
}

function isLatin(name: string): boolean {
  return /^(?:ISO-8859-[129]|windows-125[02478])$/.test(name);
}

function isMultiByte(name: string): boolean {
  return /^(?:Big5|EUC|GB|Shift)/.test(name);
}

function sampleAroundHighBytes(bytes: Uint8Array): Uint8Array {
  const firstHigh = bytes.findIndex((byte) => byte >= 0x80);
  const start = Math.max(0, firstHigh - 1024);
  return bytes.subarray(start, start + sampleBytes);
}

/** A UTF-8 text with a few damaged characters stays UTF-8. */
function isMostlyUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(sample);
  const damaged = text.match(/\uFFFD/g)?.length ?? 0;
  const intact = text.match(/[^\0-\x7F\uFFFD]/g)?.length ?? 0;
  return intact >= damaged * 10;
}

/**
 * In Western European text, letters outside ASCII stand alone among others; in Chinese, Japanese, Korean,
 * Russian, Greek or Arabic, bytes over 0x7F come in runs. The common characters of GB 18030 have none below 0xA1.
 */
function countHighBytes(sample: Uint8Array): { all: number; paired: number; belowA1: number } {
  const counts = { all: 0, paired: 0, belowA1: 0 };
  for (const [index, byte] of sample.entries()) {
    if (byte < 0x80) continue;
    counts.all += 1;
    if (byte < 0xa1) counts.belowA1 += 1;
    if ((sample[index - 1] ?? 0) >= 0x80 || (sample[index + 1] ?? 0) >= 0x80) counts.paired += 1;
  }
  return counts;
}

function decodes(sample: Uint8Array, name: string): boolean {
  try {
    new TextDecoder(name, { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
