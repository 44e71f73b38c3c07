import type { Block } from './blocks.ts';
import { cellText } from './blocks.ts';
import type { TextLine } from './inline-text.ts';

/** A list of terms and definitions that is being read. */
export class HtmlDefinitions {
  #terms: TextLine[] = [];
  #definitions: (readonly Block[])[] = [];

  /** @returns the blocks of the group before, which the new term ends. */
  addTerm(term: TextLine): readonly Block[] {
    const finished = this.#definitions.length > 0 ? this.finish() : [];
    this.#terms.push(term);
    return finished;
  }

  addDefinition(blocks: readonly Block[]): void {
    if (blocks.length > 0) this.#definitions.push(blocks);
  }

  /** The group so far: `term: definition`, or the term with a colon above what does not fit in a line. */
  finish(): readonly Block[] {
    const terms = this.#terms;
    const definitions = this.#definitions;
    this.#terms = [];
    this.#definitions = [];
    const [first] = terms;
    if (first === undefined) return definitions.flat();
    const label = terms.map((term) => term.text.replace(/\s?:$/u, '')).join(', ');
    const { location } = first;
    if (definitions.every(fitsInLine)) {
      const value = definitions.map((blocks) => cellText(blocks, { isPhrase: false })).join('; ');
      return [
        { kind: 'paragraph', lines: [{ text: `${label}: ${value}`.trimEnd(), location }], tight: true },
      ];
    }
    return [{ kind: 'paragraph', lines: [{ text: `${label}:`, location }] }, ...definitions.flat()];
  }
}

function fitsInLine(blocks: readonly Block[]): boolean {
  const [block] = blocks;
  return blocks.length === 1 && block?.kind === 'paragraph' && block.lines.length === 1;
}
