import { cutToTokens, type Tokenizer } from '../corpus/index.ts';
import { corpusQaDocument, corpusQaQuestion } from '../models/prompts/index.ts';
import type { StoredDocument } from '../table/index.ts';
import { middleCut } from './middle-cut.ts';
import { passageTitle } from '../table/passage-title.ts';
import type { StrategyInput } from './strategy.ts';

/** CorpusQA's prompt over a whole corpus, as far as there is room. */
export type FullPrompt =
  | { readonly status: 'whole'; readonly prompt: string; readonly tokens: number; readonly documents: number }
  | {
      readonly status: 'cut';
      readonly prompt: string;
      readonly tokens: number;
      /** Documents of which something is left. */
      readonly documents: number;
      /** About what the whole prompt would have had. */
      readonly wholeTokens: number;
    }
  | { readonly status: 'too-long'; readonly wholeTokens: number };

/** Pieces counted one by one may differ so much from the prompt they make up. */
const countingError = 1.02;

/**
 * Writes the prompt over all documents of the corpus. Where it has more than `maximumTokens`, its middle is cut out, if
 * that is wanted. Documents are gone through one by one, and no more of them is held than the prompt takes.
 *
 * @param options.corpusTokens the corpus's own count, to know early that a prompt is far too long.
 */
export async function writeFullPrompt({
  input,
  tokenizer,
  maximumTokens,
  corpusTokens,
  cutsMiddle,
}: {
  input: StrategyInput;
  tokenizer: Tokenizer;
  maximumTokens: number;
  corpusTokens: number;
  cutsMiddle: boolean;
}): Promise<FullPrompt> {
  const { corpus, question, instructions, signal } = input;
  const end = corpusQaQuestion(question, instructions);
  const endTokens = tokenizer.count(end);
  const { head, tail } = middleCut(maximumTokens);
  if (endTokens >= tail) return { status: 'too-long', wholeTokens: corpusTokens + endTokens };
  const isCounted = corpus.tokenizer === tokenizer.id;
  const mayFit = (tokens: number): boolean => tokens <= maximumTokens * countingError;
  if (!cutsMiddle && isCounted && !mayFit(corpusTokens)) {
    return { status: 'too-long', wholeTokens: corpusTokens + endTokens };
  }

  const beginning: Piece[] = [];
  const ending = new LastPieces(tail - endTokens);
  let wholeTokens = endTokens;
  let readTokens = 0;
  let number = 0;
  for await (const document of corpus.documents({ signal })) {
    number += 1;
    const piece = toPiece({ document, number, tokenizer, isCounted });
    if (mayFit(wholeTokens)) beginning.push(piece);
    ending.push(piece);
    wholeTokens += piece.tokens;
    readTokens += document.tokens;
    if (cutsMiddle || mayFit(wholeTokens)) continue;
    return { status: 'too-long', wholeTokens: Math.round((wholeTokens * corpusTokens) / readTokens) };
  }
  const start = textOf(beginning);
  if (mayFit(wholeTokens)) {
    const prompt = start + end;
    const tokens = tokenizer.count(prompt);
    if (tokens <= maximumTokens) return { status: 'whole', prompt, tokens, documents: number };
    if (!cutsMiddle) return { status: 'too-long', wholeTokens: tokens };
  }
  const kept = cutToTokens({ text: start, tokenizer, maximumTokens: head });
  const documents = Math.min(number, piecesOf(beginning, head) + ending.pieces.length);
  const rest = textOf(ending.pieces) + end;
  for (let room = tail; ; room -= 1) {
    // Where the halves meet, a token more may arise.
    const prompt = kept + cutToTokens({ text: rest, tokenizer, maximumTokens: room, keep: 'end' });
    const tokens = tokenizer.count(prompt);
    if (tokens <= maximumTokens) return { status: 'cut', prompt, tokens, documents, wholeTokens };
  }
}

interface Piece {
  readonly text: string;
  readonly tokens: number;
}

function toPiece({
  document,
  number,
  tokenizer,
  isCounted,
}: {
  document: StoredDocument;
  number: number;
  tokenizer: Tokenizer;
  /** Whether the corpus was counted with this tokenizer. */
  isCounted: boolean;
}): Piece {
  const title = passageTitle(document);
  const text = corpusQaDocument(number, { title, text: document.text });
  if (!isCounted) return { text, tokens: tokenizer.count(text) };
  return {
    text,
    tokens: document.tokens + tokenizer.count(text.slice(0, text.length - document.text.length)),
  };
}

/** The last pieces of many, as many as have a number of tokens together. */
class LastPieces {
  readonly #needed: number;
  #pieces: Piece[] = [];
  #first = 0;
  #tokens = 0;

  constructor(needed: number) {
    this.#needed = needed;
  }

  get pieces(): readonly Piece[] {
    return this.#pieces.slice(this.#first);
  }

  push(piece: Piece): void {
    this.#pieces.push(piece);
    this.#tokens += piece.tokens;
    for (;;) {
      const oldest = this.#pieces[this.#first];
      if (oldest === undefined || this.#tokens - oldest.tokens < this.#needed) break;
      this.#tokens -= oldest.tokens;
      this.#first += 1;
    }
    if (this.#first > this.#pieces.length / 2) {
      this.#pieces = this.#pieces.slice(this.#first);
      this.#first = 0;
    }
  }
}

/** Into how many of the pieces the first tokens reach. */
function piecesOf(pieces: readonly Piece[], tokens: number): number {
  let sum = 0;
  const last = pieces.findIndex((piece) => (sum += piece.tokens) >= tokens);
  return last < 0 ? pieces.length : last + 1;
}

function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('');
}
