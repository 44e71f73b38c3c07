import type { SourceLocation, SourceMap } from '../document.ts';

interface Segment {
  readonly start: number;
  readonly location: SourceLocation;
}

/** Collects the lines of a document's stored text together with the map back to its source. */
export class MarkdownWriter {
  readonly #lines: string[] = [];
  readonly #segments: Segment[] = [];
  #length = 0;
  #lastIsBlank = true;

  /** Appends one line. Line breaks within it are taken as spaces, so that the map stays true. */
  writeLine(text: string, location: SourceLocation): void {
    const line = text.includes('\n') ? text.replaceAll('\n', ' ') : text;
    const last = this.#segments.at(-1);
    if (last === undefined || !isSameLocation(last.location, location)) {
      this.#segments.push({ start: this.#length, location });
    }
    this.#append(line);
    this.#lastIsBlank = line === '';
  }

  /** Ends a block: makes sure that an empty line follows what was written so far. */
  writeBlankLine(): void {
    if (this.#lastIsBlank) return;
    this.#append('');
    this.#lastIsBlank = true;
  }

  finish(): { readonly text: string; readonly sourceMap: SourceMap } {
    while (this.#lines.at(-1) === '') this.#lines.pop();
    const text = this.#lines.length === 0 ? '' : `${this.#lines.join('\n')}\n`;
    return { text, sourceMap: { segments: this.#segments } };
  }

  #append(line: string): void {
    this.#lines.push(line);
    this.#length += line.length + 1;
  }
}

function isSameLocation(first: SourceLocation, second: SourceLocation): boolean {
  return (
    first === second ||
    (first.line === second.line &&
      first.page === second.page &&
      first.paragraph === second.paragraph &&
      first.sheet === second.sheet &&
      first.cell === second.cell)
  );
}
