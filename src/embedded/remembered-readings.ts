import { createHash } from 'node:crypto';
import type { CorpusDocument } from '../corpus/index.ts';
import { readDocument, type Reading } from '../table/index.ts';

/** Readings of so much text are kept: about ten million tokens. */
const mostCharacters = 50_000_000;

/**
 * The pattern reader for texts that come again, as the chunks of a corpus do with every question that is asked of it:
 * what it reads depends on title and text alone, so each is read once. When there is no room, what is kept stays, since
 * corpora are gone through from beginning to end; when none of it has been asked for during as much text again, all of it
 * goes.
 */
export class RememberedReadings {
  readonly #known = new Map<string, readonly Reading[]>();
  readonly #mostCharacters: number;
  #held = 0;
  #passed = 0;

  constructor({ maximumCharacters = mostCharacters }: { maximumCharacters?: number | undefined } = {}) {
    this.#mostCharacters = maximumCharacters;
  }

  of(document: CorpusDocument): readonly Reading[] {
    const { title, text, format } = document;
    const key = createHash('sha256').update(`${format}\0${title}\0${text}`).digest('base64');
    const known = this.#known.get(key);
    if (known !== undefined) {
      this.#passed = 0;
      return known;
    }
    const readings = readDocument(document);
    this.#passed += text.length;
    if (this.#passed > this.#mostCharacters) {
      this.#known.clear();
      [this.#held, this.#passed] = [0, 0];
    }
    if (this.#held + text.length <= this.#mostCharacters) {
      this.#known.set(key, readings);
      this.#held += text.length;
    }
    return readings;
  }
}
