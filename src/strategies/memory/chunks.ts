import { cutToTokens, type Tokenizer } from '../../corpus/index.ts';
import { passageHeading, type Passage } from '../../models/prompts/index.ts';
import type { StoredDocument } from '../../table/index.ts';
import { passageTitle } from '../../table/passage-title.ts';
import { OpenLinesFinder } from '../retrieval/open-lines.ts';

/** A run of the corpus, documents one after the other. */
export interface Chunk {
  readonly passages: readonly Passage[];
  /** Tokens of the documents' text. */
  readonly tokens: number;
  /** Documents that end in this chunk. */
  readonly documentsEnded: number;
}

/** By so much the last chunk may be over: parts of a text count a few tokens more than the whole. */
const lastChunkExtra = 0.01;
/** Open headings beyond this share of a chunk are left out. */
const contextShare = 0.1;
/** Marks and line breaks around a passage. */
export const passageMarkTokens = 12;

/** K of the memory agent: how many chunks a context of so many tokens makes. */
export function chunkCount(tokens: number, chunkTokens: number): number {
  return Math.ceil(tokens / chunkTokens);
}

/**
 * Cuts a corpus into chunks of `chunkTokens` tokens of text, in order and without gaps: never more chunks than
 * ⌈tokens / chunkTokens⌉, so a document may be cut anywhere. As far as that allows, cuts fall between documents, lines,
 * sentences or words. What goes on in the next chunk stands there below its title and the headings that are open.
 *
 * Titles come on top of the text; where they would exceed `sectionTokens`, the chunk ends earlier, and there are more.
 */
export async function* chunkDocuments({
  documents,
  totalTokens,
  tokenizer,
  isCounted,
  chunkTokens,
  sectionTokens,
}: {
  documents: AsyncIterable<StoredDocument>;
  /** Of all documents, in the corpus's own count. */
  totalTokens: number;
  tokenizer: Tokenizer;
  /** Whether the corpus was counted with this tokenizer. */
  isCounted: boolean;
  chunkTokens: number;
  sectionTokens: number;
}): AsyncGenerator<Chunk> {
  const builder = new ChunkBuilder({
    totalTokens: isCounted ? totalTokens : null,
    chunkTokens,
    sectionTokens,
  });
  for await (const document of documents) {
    let rest: Rest = {
      text: document.text,
      start: 0,
      tokens: isCounted ? document.tokens : tokenizer.count(document.text),
    };
    const title = passageTitle(document);
    const titleTokens = tokenizer.count(title) + passageMarkTokens;
    let lines: OpenLinesFinder | null = null;
    for (;;) {
      const context =
        rest.start === 0
          ? ''
          : openLines((lines ??= new OpenLinesFinder(document.text)), { start: rest.start, title });
      const contextTokens = context === '' ? 0 : tokenizer.count(context);
      const keepsContext = contextTokens <= chunkTokens * contextShare;
      const headTokens = titleTokens + (keepsContext ? contextTokens : 0);
      const passage = (text: string): Passage => ({
        title,
        text: keepsContext ? context + text : text,
        ...(rest.start > 0 && { continued: true }),
      });
      if (builder.fits({ tokens: rest.tokens, headTokens })) {
        builder.add({ passage: passage(rest.text), tokens: rest.tokens, headTokens, ends: true });
        break;
      }
      const cut = builder.cut({ text: rest.text, tokenizer, headTokens, isBegun: rest.start > 0 });
      if (cut !== '') {
        const tokens = tokenizer.count(cut);
        builder.add({ passage: passage(cut), tokens, headTokens, ends: false });
        rest = {
          text: rest.text.slice(cut.length),
          start: rest.start + cut.length,
          tokens: Math.max(1, rest.tokens - tokens),
        };
      }
      const full = builder.take();
      if (full !== null) yield full;
    }
  }
  const last = builder.take();
  if (last !== null) yield last;
}

interface Rest {
  readonly text: string;
  /** Where it begins in the document. */
  readonly start: number;
  readonly tokens: number;
}

class ChunkBuilder {
  readonly #chunkTokens: number;
  readonly #sectionTokens: number;
  /** Tokens of documents not yet in a chunk; null where they are not known. */
  #remaining: number | null;
  #passages: Passage[] = [];
  #tokens = 0;
  #headTokens = 0;
  #documentsEnded = 0;

  constructor({
    totalTokens,
    chunkTokens,
    sectionTokens,
  }: {
    totalTokens: number | null;
    chunkTokens: number;
    sectionTokens: number;
  }) {
    this.#remaining = totalTokens;
    this.#chunkTokens = chunkTokens;
    this.#sectionTokens = sectionTokens;
  }

  /** Whether a whole document, or all that is left of one, goes into the chunk. */
  fits({ tokens, headTokens }: { tokens: number; headTokens: number }): boolean {
    const isLast = this.#remaining !== null && this.#remaining - tokens <= 0;
    const extra = isLast ? Math.ceil(this.#chunkTokens * lastChunkExtra) : 0;
    return tokens <= this.#room(headTokens, extra);
  }

  /** The beginning of a text that still goes into the chunk; of one that has not begun perhaps nothing. */
  cut({
    text,
    tokenizer,
    headTokens,
    isBegun,
  }: {
    text: string;
    tokenizer: Tokenizer;
    headTokens: number;
    isBegun: boolean;
  }): string {
    const isEmpty = this.#passages.length === 0;
    const room = Math.max(this.#room(headTokens), isEmpty ? 1 : 0);
    const slack = this.#slack();
    if (!isEmpty && !isBegun && room <= slack) return '';
    const cut = cutAtBoundary({ text, tokenizer, room, slack });
    return cut === '' && isEmpty ? String.fromCodePoint(text.codePointAt(0) ?? 0) : cut;
  }

  /** How many tokens of text the chunk can still take below a head of so many. */
  #room(headTokens: number, extra = 0): number {
    const text = this.#chunkTokens - this.#tokens + extra;
    const section = this.#sectionTokens - this.#tokens - this.#headTokens - headTokens;
    return Math.min(text, section);
  }

  /**
   * How many tokens the chunk may stay short of its size and the number of chunks still hold: an equal share of what the
   * last chunk would be short.
   */
  #slack(): number {
    if (this.#remaining === null) return 0;
    const tokens = this.#tokens + this.#remaining;
    const chunks = chunkCount(tokens, this.#chunkTokens);
    return Math.max(0, Math.floor((chunks * this.#chunkTokens - tokens) / chunks));
  }

  add({
    passage,
    tokens,
    headTokens,
    ends,
  }: {
    passage: Passage;
    tokens: number;
    headTokens: number;
    ends: boolean;
  }): void {
    this.#passages.push(passage);
    this.#tokens += tokens;
    this.#headTokens += headTokens;
    if (ends) this.#documentsEnded += 1;
    if (this.#remaining !== null) this.#remaining -= tokens;
  }

  take(): Chunk | null {
    if (this.#passages.length === 0) return null;
    const chunk = { passages: this.#passages, tokens: this.#tokens, documentsEnded: this.#documentsEnded };
    this.#passages = [];
    this.#tokens = 0;
    this.#headTokens = 0;
    this.#documentsEnded = 0;
    return chunk;
  }
}

/** Where a text may be cut, best first. */
const boundaries = [/\n\n(?!\n)/g, /\n/g, /[.!?;]\s|[。！？；]/g, /\s/g];

/** The beginning of a text that fits the room: to the best boundary that costs no more than the slack, else to the token. */
function cutAtBoundary({
  text,
  tokenizer,
  room,
  slack,
}: {
  text: string;
  tokenizer: Tokenizer;
  room: number;
  slack: number;
}): string {
  const whole = cutToTokens({ text, tokenizer, maximumTokens: room });
  for (const boundary of boundaries) {
    let end = 0;
    for (const match of whole.matchAll(boundary)) end = match.index + match[0].length;
    if (end > 0 && tokenizer.count(whole.slice(end)) <= slack) return whole.slice(0, end);
  }
  return whole;
}

/** The headings, and the header of the table, that a place of a document stands below. */
function openLines(finder: OpenLinesFinder, { start, title }: { start: number; title: string }): string {
  const { headings, tableHeader } = finder.at(start);
  const others = headings.filter((line) => line !== passageHeading(title));
  return [...others.map((line) => `${line}\n\n`), ...(tableHeader === null ? [] : [`${tableHeader}\n`])].join(
    '',
  );
}
