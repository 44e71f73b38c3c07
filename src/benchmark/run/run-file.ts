import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, open, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { readLines } from '../../corpus/index.ts';
import { LockedError, lockProcess, type ProcessLock } from '../../corpus/process-lock.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import { lineKey, runLine, type RunLine } from '../run-line.ts';

const newline = 0x0a;
const chunkBytes = 65_536;

/**
 * A file of results that grows line by line. A process may be killed at any moment: what was written stays, a torn last
 * line is cut off, and the next run goes on with what is missing. Only one process has it open at a time.
 */
export class RunFile {
  readonly #file: string;
  /** What was asked, by the keys of the lines. */
  readonly #asked: Map<string, string>;
  readonly #lock: ProcessLock;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: string, asked: Map<string, string>, lock: ProcessLock) {
    this.#file = file;
    this.#asked = asked;
    this.#lock = lock;
  }

  /**
   * Opens the file, or begins it. Close it in a `finally`.
   *
   * @throws {BenchmarkError} when it cannot be read or written, holds something else than results, or another run has it
   *   open.
   */
  static async open(file: string): Promise<RunFile> {
    let lock: ProcessLock | null = null;
    try {
      await appendFile(file, '');
      lock = lockProcess(join(dirname(file), `.${basename(file)}.lock`), { removed: true });
      await mendLastLine(file);
    } catch (error) {
      lock?.release();
      if (error instanceof LockedError) throw inUse(file, error);
      throw new BenchmarkError({
        message: `The file of results ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}.`,
        remedy: 'Check that its folder exists and can be written to.',
        cause: error,
      });
    }
    try {
      const asked = new Map<string, string>();
      for await (const { line } of readRunLines(file)) asked.set(lineKey(line), askedBy(line));
      return new RunFile(file, asked, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** Lets others open the file. */
  async close(): Promise<void> {
    await this.#writing;
    this.#lock.release();
  }

  /**
   * Whether a line with a {@link lineKey} is there.
   *
   * @throws {BenchmarkError} when it is about another question or has another gold answer: the file belongs to another
   *   benchmark.
   */
  has(key: string, question: Pick<RunLine, 'id' | 'question' | 'answer'>): boolean {
    const asked = this.#asked.get(key);
    if (asked === undefined || asked === askedBy(question)) return asked !== undefined;
    throw new BenchmarkError({
      message: `The file of results ${this.#file} has a line for ${question.id} that is about another question or answer.`,
      remedy:
        'It belongs to another benchmark, or to one that was built anew: give this run a file of its own.',
    });
  }

  /** Writes a line; when this is done, it is there for good. */
  async append(line: RunLine): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    const written = this.#writing.then(() => appendFile(this.#file, text));
    this.#writing = written.catch(() => {});
    await written;
    this.#asked.set(lineKey(line), askedBy(line));
  }

  /**
   * Puts the lines in order: those that the order does not name first, as they stand. Calls that end at different times
   * leave the same file in the end.
   */
  async arrange(order: readonly string[]): Promise<void> {
    const places = new Map(order.map((key, index) => [key, index]));
    const lines: { place: number; text: string }[] = [];
    for await (const { line, text } of readRunLines(this.#file)) {
      lines.push({ place: places.get(lineKey(line)) ?? -1, text });
    }
    if (lines.every(({ place }, index) => place >= (lines[index - 1]?.place ?? -1))) return;
    lines.sort((left, right) => left.place - right.place);
    const arranged = `${this.#file}.${process.pid}.arranged`;
    try {
      await writeFile(arranged, lines.map(({ text }) => `${text}\n`).join(''));
      await rename(arranged, this.#file);
    } finally {
      await rm(arranged, { force: true });
    }
  }
}

function inUse(file: string, cause: LockedError): BenchmarkError {
  return new BenchmarkError({
    message: `Another run${cause.holder === null ? '' : ` (process ${cause.holder})`} is writing to ${file}.`,
    remedy: 'Wait until it has ended, stop it, or give this run another file with --out.',
    cause,
  });
}

function askedBy({ question, answer }: Pick<RunLine, 'question' | 'answer'>): string {
  return createHash('sha256')
    .update(JSON.stringify([question, answer]))
    .digest('base64');
}

/**
 * A line that was being written when the process ended has no end: it is as if it had not been written. One that only
 * lacks its line break gets it.
 */
async function mendLastLine(file: string): Promise<void> {
  const { size } = await stat(file);
  const handle = await open(file, 'r');
  let tail = Buffer.alloc(0);
  try {
    while (tail.length < size && !tail.includes(newline)) {
      const length = Math.min(chunkBytes, size - tail.length);
      const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - tail.length - length);
      tail = Buffer.concat([buffer, tail]);
    }
  } finally {
    await handle.close();
  }
  const last = tail.subarray(tail.lastIndexOf(newline) + 1);
  if (last.length === 0) return;
  if (isJson(last.toString())) await appendFile(file, '\n');
  else await truncate(file, size - last.length);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads a file of results line by line; empty lines are passed over.
 *
 * @throws {BenchmarkError} for a line that is none, with its number.
 */
export async function* readRunLines(file: string): AsyncGenerator<{ line: RunLine; text: string }> {
  let number = 0;
  try {
    for await (const text of readLines(createReadStream(file))) {
      number += 1;
      if (text.trim() !== '') yield { line: parseLine({ text, file, number }), text };
    }
  } catch (error) {
    if (error instanceof BenchmarkError) throw error;
    throw new BenchmarkError({
      message: `The file of results ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: 'Check the path.',
      cause: error,
    });
  }
}

function parseLine({ text, file, number }: { text: string; file: string; number: number }): RunLine {
  const wrong = (problem: string, cause: unknown): BenchmarkError =>
    new BenchmarkError({
      message: `Line ${number} of ${file} is no result: ${problem}.`,
      remedy: 'Each line must be a JSON object with id, question, answer and response.',
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw wrong('it is not JSON', error);
  }
  const parsed = runLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(
    issue === undefined ? 'it is malformed' : `"${issue.path.join('.')}": ${issue.message}`,
    parsed.error,
  );
}
