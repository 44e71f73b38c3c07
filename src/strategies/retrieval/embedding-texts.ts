import { splitIntoWindows } from '../../corpus/index.ts';
import type { ResolvedEmbeddingModel } from '../../models/index.ts';
import { OpenLinesFinder } from './open-lines.ts';
import type { StoredPassage } from './passage-index.ts';

/**
 * The texts whose vectors stand for a passage: the passage itself or, for models that do best with short texts, its
 * pieces, each below the title of the document and the headings that it stands under.
 */
export class EmbeddingTexts {
  readonly #model: EncodedFor;
  readonly #text: string;
  readonly #openLines: OpenLinesFinder;

  constructor({ model, text }: { model: EncodedFor; text: string }) {
    this.#model = model;
    this.#text = text;
    this.#openLines = new OpenLinesFinder(text);
  }

  of({ title, start, end }: Pick<StoredPassage, 'title' | 'start' | 'end'>): string[] {
    const { tokenizer, bestTokens, prompts } = this.#model;
    const write = (from: number, to: number): string =>
      `${prompts.passage}${this.#head(title, from)}${this.#text.slice(from, to).trim()}`;
    if (bestTokens === null) return [write(start, end)];
    const headTokens = tokenizer.count(this.#head(title, start));
    // Heads differ within a passage, so that some pieces come out a little longer; models take more than is best.
    const maximumTokens = Math.max(Math.ceil(bestTokens / 2), bestTokens - headTokens);
    return splitIntoWindows({ text: this.#text.slice(start, end), tokenizer, maximumTokens }).map((piece) =>
      write(start + piece.start, start + piece.end),
    );
  }

  #head(title: string, offset: number): string {
    const { headings, tableHeader } = this.#openLines.at(offset);
    const path = headings.map((line) => line.replace(/^#+\s*/, '')).filter((heading) => heading !== title);
    return [title, path.join(' > '), tableHeader ?? ''].filter((line) => line !== '').join('\n') + '\n';
  }
}

type EncodedFor = Pick<ResolvedEmbeddingModel, 'tokenizer' | 'bestTokens' | 'prompts'>;
