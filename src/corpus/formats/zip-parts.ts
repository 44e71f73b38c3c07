import type { Readable } from 'node:stream';
import { fromBufferPromise } from 'yauzl';
import type { Entry, ZipFile } from 'yauzl';
import { UnreadableFileError } from '../unreadable-file-error.ts';

/** No text that people write unpacks to more; what does is a zip bomb, or data that belongs in a CSV file. */
const largestUnpackedBytes = 256 * 1024 * 1024;
const mostParts = 20_000;

const compoundFileMagic = [0xd0, 0xcf, 0x11, 0xe0];

/** The parts of an Office document, which is a zip archive. No part is unpacked beyond the limit. */
export class ZipParts {
  readonly #path: string;
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(path: string, zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#path = path;
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Throws `UnreadableFileError` for a file that is encrypted or damaged. */
  static async open(file: { readonly bytes: Uint8Array; readonly path: string }): Promise<ZipParts> {
    const { bytes, path } = file;
    if (compoundFileMagic.every((byte, index) => bytes[index] === byte)) {
      throw new UnreadableFileError(
        path,
        'password protected, or an old Office file; save it in a new format',
      );
    }
    try {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const zip = await fromBufferPromise(buffer);
      const entries = new Map<string, Entry>();
      for await (const entry of zip.eachEntry()) {
        if (entries.size >= mostParts)
          throw new UnreadableFileError(path, `has more than ${mostParts} parts`);
        if (entry.isEncrypted()) throw new UnreadableFileError(path, 'password protected');
        entries.set(entry.fileName.toLowerCase(), entry);
      }
      return new ZipParts(path, zip, entries);
    } catch (error) {
      throw damaged(path, error);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /**
   * Unpacks one part piece by piece; nothing where the archive has no such part. Throws `UnreadableFileError`
   * where it is damaged or too large. A part that holds more than it declares ends with an error, so the limit on
   * declared sizes is a limit on what is unpacked.
   */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) return;
    if (entry.uncompressedSize > largestUnpackedBytes) throw tooLarge(this.#path);
    try {
      const stream: Readable = await this.#zip.openReadStreamPromise(entry);
      for await (const chunk of stream) {
        if (chunk instanceof Uint8Array) yield chunk;
      }
    } catch (error) {
      throw damaged(this.#path, error);
    }
  }

  /**
   * Unpacks every part without keeping it, so that a library that knows no limits can be given the file. Throws
   * `UnreadableFileError` where they are damaged or too large together.
   */
  async verify(): Promise<void> {
    const total = this.#entries.values().reduce((sum, entry) => sum + entry.uncompressedSize, 0);
    if (total > largestUnpackedBytes) throw tooLarge(this.#path);
    for (const name of this.#entries.keys()) {
      for await (const chunk of this.read(name)) void chunk;
    }
  }
}

function tooLarge(path: string): UnreadableFileError {
  const megabytes = largestUnpackedBytes / (1024 * 1024);
  return new UnreadableFileError(path, `unpacks to more than ${megabytes} MB; split it, or save data as CSV`);
}

function damaged(path: string, error: unknown): UnreadableFileError {
  if (error instanceof UnreadableFileError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new UnreadableFileError(path, `damaged or incomplete (${reason})`, { cause: error });
}
