import type { Tokenizer } from '../../corpus/tokenizer.ts';
import { splitIntoWindows } from '../../corpus/windows.ts';
import { passageHeading } from '../../models/prompts/passage.ts';
import { OpenLinesFinder } from './open-lines.ts';

/** A run of a document, `[start, end)` in UTF-16 code units of its text. */
export interface CutPassage {
  readonly start: number;
  readonly end: number;
  /** With its title and context. */
  readonly tokens: number;
  /** The headings and the table header that it stands under in the document, as they go before its text. */
  readonly context: string;
}

/** The published size of passages in retrieval baselines (QwenLong-CPRS, experimental set-up). */
export const defaultPassageTokens = 600;

/** The share of a passage that its context may take; of more, the innermost lines are kept. */
const contextShare = 0.2;

/**
 * Cuts a document into passages of at most `maximumTokens` tokens, counting what each is headed by: the title of the
 * document and the headings it stands under. They follow each other without gaps and join up to the whole text.
 */
export function cutPassages({
  text,
  title,
  tokenizer,
  maximumTokens,
}: {
  readonly text: string;
  readonly title: string;
  readonly tokenizer: Tokenizer;
  readonly maximumTokens: number;
}): CutPassage[] {
  const heading = passageHeading(title);
  const titleTokens = tokenizer.count(`${passageHeading(title, true)}\n\n`);
  const contexts = new ContextFinder({ text, heading, tokenizer, maximumTokens });
  // A title longer than that is no help; then the passage is longer than it should be rather than empty.
  const rest = Math.max(Math.ceil(maximumTokens / 2), maximumTokens - titleTokens - contexts.largestTokens());
  return splitIntoWindows({ text, tokenizer, maximumTokens: rest }).map(({ start, end, tokens }) => {
    const context = contexts.at(start);
    return { start, end, context: context.text, tokens: titleTokens + context.tokens + tokens };
  });
}

interface Context {
  readonly text: string;
  readonly tokens: number;
}

class ContextFinder {
  readonly #openLines: OpenLinesFinder;
  readonly #heading: string;
  readonly #tokenizer: Tokenizer;
  readonly #maximumTokens: number;
  /** A line heads many passages and is counted once. */
  readonly #counts = new Map<string, number>();

  constructor({
    text,
    heading,
    tokenizer,
    maximumTokens,
  }: {
    text: string;
    heading: string;
    tokenizer: Tokenizer;
    maximumTokens: number;
  }) {
    this.#openLines = new OpenLinesFinder(text);
    this.#heading = heading;
    this.#tokenizer = tokenizer;
    this.#maximumTokens = Math.floor(maximumTokens * contextShare);
  }

  at(offset: number): Context {
    const { headings, tableHeader } = this.#openLines.at(offset);
    const lines = headings.filter((line) => line !== this.#heading).map((line) => `${line}\n\n`);
    if (tableHeader !== null) lines.push(`${tableHeader}\n`);
    let tokens = 0;
    let text = '';
    for (const line of lines.toReversed()) {
      const lineTokens = this.#count(line);
      if (tokens + lineTokens > this.#maximumTokens) break;
      tokens += lineTokens;
      text = line + text;
    }
    return { text, tokens };
  }

  largestTokens(): number {
    return this.#openLines.places().reduce((largest, place) => Math.max(largest, this.at(place).tokens), 0);
  }

  #count(line: string): number {
    const known = this.#counts.get(line);
    if (known !== undefined) return known;
    const tokens = this.#tokenizer.count(line);
    this.#counts.set(line, tokens);
    return tokens;
  }
}
