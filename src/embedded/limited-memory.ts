import type { Tokenizer } from '../corpus/index.ts';
import { escapeMarkers } from '../models/prompts/index.ts';
import {
  writeDroppedNote,
  writeMemoryLine,
  type MemoryLine,
  type Remembered,
  type RememberedValue,
} from './memory-lines.ts';

/** What a full memory keeps: the lines it has, or the latest, giving up the oldest for them. */
export type KeepRule = 'first' | 'latest';

/** Room for saying how many lines were dropped. */
const noteTokens = 24;

/** Lines of memory within a budget of tokens. */
export class LimitedMemory {
  readonly #tokenizer: Tokenizer;
  readonly #maximumTokens: number;
  readonly #keep: KeepRule;
  readonly #lines = new Map<string, { line: MemoryLine; tokens: number }>();
  #tokens = 0;
  #dropped: number;

  constructor({
    remembered,
    tokenizer,
    maximumTokens,
    keep,
  }: {
    remembered: Remembered;
    tokenizer: Tokenizer;
    maximumTokens: number;
    keep: KeepRule;
  }) {
    this.#tokenizer = tokenizer;
    this.#maximumTokens = Math.max(0, maximumTokens - noteTokens);
    this.#keep = keep;
    this.#dropped = remembered.dropped;
    for (const line of remembered.lines) this.add(line, { isNewer: false });
  }

  /**
   * Adds a line, or its values to the line that is there under the same title. A value that is there already gives way
   * to a newer one: of documents that contradict each other the latest counts.
   */
  add(line: MemoryLine, { isNewer }: { isNewer: boolean }): void {
    const known = this.#lines.get(line.title);
    const merged =
      known === undefined ? line : { title: line.title, values: mergeValues(known.line, line, isNewer) };
    const tokens = this.#tokenizer.count(`${escapeMarkers(writeMemoryLine(merged))}\n`);
    const added = tokens - (known?.tokens ?? 0);
    if (this.#keep === 'latest') this.#giveUpOldest(added, line.title);
    if (this.#tokens + added > this.#maximumTokens) {
      this.#dropped += 1;
      return;
    }
    this.#tokens += added;
    this.#lines.set(line.title, { line: merged, tokens });
  }

  #giveUpOldest(tokens: number, except: string): void {
    if (tokens > this.#maximumTokens) return;
    for (const [title, oldest] of this.#lines) {
      if (this.#tokens + tokens <= this.#maximumTokens) return;
      if (title === except) continue;
      this.#lines.delete(title);
      this.#tokens -= oldest.tokens;
      this.#dropped += 1;
    }
  }

  /** The memory as text, within its budget. */
  text(): string {
    const lines = [...this.#lines.values()].map(({ line }) => writeMemoryLine(line));
    if (this.#dropped > 0) lines.push(writeDroppedNote(this.#dropped));
    return lines.join('\n');
  }
}

function mergeValues(known: MemoryLine, line: MemoryLine, isNewer: boolean): RememberedValue[] {
  const values = new Map(known.values.map((value) => [value.field, value]));
  for (const value of line.values) {
    if (isNewer || !values.has(value.field)) values.set(value.field, value);
  }
  return [...values.values()];
}
