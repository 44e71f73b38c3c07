import type { Block, ListItem } from './block.ts';
import { isBlank } from './lines.ts';
import type { Line } from './lines.ts';
import { findRecord } from './record-reader.ts';
import { findTextTable } from './text-table-finder.ts';
import { countPipes, isDelimiterRow, isPipeLine } from './pipe-cells.ts';

const headingPattern = /^(#{1,6})(?:[ \t]+|(?=[^\s#\d!{[]))(.*?)(?:[ \t]+#+)?$/u;
const fencePattern = /^(`{3,}|~{3,})[ \t]*([\w+#.-]*)/u;
const rulePattern = /^(?:-{3,}|\*{3,}|_{3,}|={3,}|~{3,}|(?:[-*_][ \t]+){2,}[-*_]|[─━═—–_]{3,})$/u;
const setextPattern = /^(?:={3,}|-{3,})$/u;
const bulletPattern = /^(?:[-*+•·‣◦●○▪■□➢►▸]|[–—](?=[ \t]))[ \t]+(?=\S)/u;
const orderedPattern = /^(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,4})\)|\d{1,3}\.|[a-z]\.)[ \t]+(?=\S)/u;
const originalMessagePattern =
  /^-{2,}\s{0,3}(?:original message|ursprüngliche nachricht|message d'origine|mensaje original)\s{0,3}-{2,}$/iu;
const longestMarker = 200;

/**
 * Splits the lines of a document into blocks, in order. Every line belongs to one block at most. With `anyKey`
 * a record's keys may be any words.
 */
export function scanBlocks(text: string, lines: readonly Line[], anyKey: boolean): Block[] {
  return new BlockScanner(text, lines, anyKey).run();
}

class BlockScanner {
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #anyKey: boolean;
  readonly #blocks: Block[] = [];
  #paragraph: Line[] = [];
  #noTableBefore = 0;

  constructor(text: string, lines: readonly Line[], anyKey: boolean) {
    this.#text = text;
    this.#lines = lines;
    this.#anyKey = anyKey;
  }

  run(): Block[] {
    let index = 0;
    while (index < this.#lines.length) index = this.#step(index);
    this.#closeParagraph();
    return this.#blocks;
  }

  #closeParagraph(): void {
    if (this.#paragraph.length === 0) return;
    this.#blocks.push({ kind: 'paragraph', lines: this.#paragraph });
    this.#paragraph = [];
  }

  /** The beginning of a line, which is all that markers are looked for in. */
  #head(line: Line): string {
    return this.#text.slice(line.contentStart, Math.min(line.end, line.contentStart + longestMarker));
  }

  #step(index: number): number {
    const line = this.#lines[index];
    if (line === undefined) return index + 1;
    if (isBlank(line)) {
      this.#closeParagraph();
      return index + 1;
    }
    const next =
      (this.#paragraph.length === 0 ? this.#record(index) : null) ??
      this.#special(line, index) ??
      this.#textTable(index);
    if (next !== null) return next;
    this.#paragraph.push(line);
    return index + 1;
  }

  #special(line: Line, index: number): number | null {
    switch (this.#text.charCodeAt(line.contentStart)) {
      case 35:
        return line.indent < 4 ? this.#heading(line, index) : null;
      case 96:
      case 126:
        return this.#fence(line, index) ?? this.#rule(line, index);
      case 62:
        return this.#quote(index);
      case 60:
        return this.#htmlTable(line, index) ?? this.#pipeTable(index);
      default:
    }
    return (
      this.#rule(line, index) ??
      this.#pipeTable(index) ??
      this.#list(line, index) ??
      this.#originalMessage(line, index)
    );
  }

  #record(index: number): number | null {
    const end = findRecord(this.#text, this.#lines, index, this.#anyKey);
    if (end === null) return null;
    this.#blocks.push({ kind: 'record', lines: this.#lines.slice(index, end) });
    return end;
  }

  #textTable(index: number): number | null {
    if (index < this.#noTableBefore) return null;
    const { end, seen } = findTextTable(this.#text, this.#lines, index);
    // Where many lines were looked at in vain, half of them are not looked at again.
    if (end === null) this.#noTableBefore = index + Math.max(1, Math.floor((seen - index) / 2));
    if (end === null) return null;
    this.#closeParagraph();
    this.#blocks.push({ kind: 'text-table', lines: this.#lines.slice(index, end) });
    return end;
  }

  #heading(line: Line, index: number): number | null {
    if (line.end - line.contentStart > 500) return null;
    const match = headingPattern.exec(this.#text.slice(line.contentStart, line.end));
    if (match === null) return null;
    const content = match[2] ?? '';
    if (content === '') return null;
    this.#closeParagraph();
    const level = match[1]?.length ?? 1;
    const contentStart = this.#text.indexOf(content, line.contentStart + level);
    this.#blocks.push({
      kind: 'heading',
      level,
      start: line.start,
      end: line.end,
      contentStart,
      contentEnd: contentStart + content.length,
      takesText: true,
    });
    return index + 1;
  }

  #skip(from: number, to: number): number {
    const first = this.#lines[from];
    const last = this.#lines[to - 1];
    this.#closeParagraph();
    if (first !== undefined && last !== undefined) {
      this.#blocks.push({ kind: 'skipped', start: first.start, end: last.end });
    }
    return to;
  }

  #fence(line: Line, index: number): number | null {
    const match = fencePattern.exec(this.#head(line));
    if (match === null) return null;
    const mark = match[1] ?? '```';
    let end = index + 1;
    while (end < this.#lines.length) {
      const inner = this.#lines[end];
      end += 1;
      if (inner !== undefined && this.#text.startsWith(mark, inner.contentStart)) break;
    }
    return this.#skip(index, end);
  }

  #quote(index: number): number {
    let end = index;
    while (end < this.#lines.length) {
      const line = this.#lines[end];
      if (line === undefined || this.#text.charCodeAt(line.contentStart) !== 62 || isBlank(line)) break;
      end += 1;
    }
    return this.#skip(index, end);
  }

  /** In a reply, everything below this line was written by someone else. */
  #originalMessage(line: Line, index: number): number | null {
    if (this.#text.charCodeAt(line.contentStart) !== 45) return null;
    if (!originalMessagePattern.test(this.#head(line))) return null;
    return this.#skip(index, this.#lines.length);
  }

  #rule(line: Line, index: number): number | null {
    const head = this.#head(line);
    if (!rulePattern.test(head) || line.end - line.contentStart > longestMarker) return null;
    if (this.#paragraph.length === 1 && setextPattern.test(head)) {
      const only = this.#paragraph[0];
      if (only !== undefined && this.#isUnderlined(only)) {
        this.#paragraph = [];
        this.#blocks.push({
          kind: 'heading',
          level: head.startsWith('=') ? 1 : 2,
          start: only.start,
          end: line.end,
          contentStart: only.contentStart,
          contentEnd: only.end,
          takesText: true,
        });
        return index + 1;
      }
    }
    // A rule inside a plain-text table belongs to the table.
    if (this.#paragraph.length > 0 && this.#nextIsText(index)) {
      this.#paragraph.push(line);
      return index + 1;
    }
    return this.#skip(index, index + 1);
  }

  #nextIsText(index: number): boolean {
    const next = this.#lines[index + 1];
    return next !== undefined && !isBlank(next);
  }

  /** Whether a line over a rule is a heading and not the header of a plain-text table or a statement. */
  #isUnderlined(line: Line): boolean {
    const content = this.#text.slice(line.contentStart, line.end);
    return content.length <= 120 && !/\s{3,}|\t|[.;,]$|:\s/u.test(content) && /\p{L}/u.test(content);
  }

  #pipeTable(index: number): number | null {
    const first = this.#lines[index];
    if (first === undefined || !isPipeLine(this.#text, first)) return null;
    const second = this.#lines[index + 1];
    const drawn = isDelimiterRow(this.#text, first);
    const delimited = second !== undefined && isDelimiterRow(this.#text, second) !== drawn;
    const outer = this.#hasOuterPipes(first);
    let end = index;
    while (end < this.#lines.length) {
      const line = this.#lines[end];
      if (line === undefined || isBlank(line) || !isPipeLine(this.#text, line)) break;
      end += 1;
    }
    if (!delimited && end - index < 2 && !outer) return null;
    if (!delimited && !outer && !this.#samePipes(index, end)) return null;
    const lines = this.#lines.slice(index, end);
    this.#closeParagraph();
    const delimiter = lines.findIndex((line, at) => at > 0 && isDelimiterRow(this.#text, line));
    this.#blocks.push({ kind: 'pipe-table', lines, delimiter });
    return end;
  }

  #hasOuterPipes(line: Line): boolean {
    return (
      this.#text.charCodeAt(line.contentStart) === 124 &&
      this.#text.charCodeAt(line.end - 1) === 124 &&
      line.end - line.contentStart > 2
    );
  }

  #samePipes(from: number, to: number): boolean {
    const counts = this.#lines.slice(from, to).map((line) => countPipes(this.#text, line));
    return counts.every((count) => count === counts[0]);
  }

  #htmlTable(line: Line, index: number): number | null {
    if (!/^<table\b/iu.test(this.#text.slice(line.contentStart, line.contentStart + 7))) return null;
    const close = /<\/table\s*>/giu;
    close.lastIndex = line.contentStart;
    const match = close.exec(this.#text);
    const end = match === null ? (this.#lines.at(-1)?.end ?? line.end) : match.index + match[0].length;
    this.#closeParagraph();
    this.#blocks.push({ kind: 'html-table', start: line.contentStart, end });
    let next = index + 1;
    while (next < this.#lines.length && (this.#lines[next]?.start ?? end) < end) next += 1;
    return next;
  }

  #marker(line: Line): { readonly length: number; readonly ordered: boolean } | null {
    const head = this.#head(line);
    const bullet = bulletPattern.exec(head);
    if (bullet !== null) return { length: bullet[0].length, ordered: false };
    const ordered = orderedPattern.exec(head);
    return ordered === null ? null : { length: ordered[0].length, ordered: true };
  }

  #list(line: Line, index: number): number | null {
    const marker = this.#marker(line);
    if (marker === null) return null;
    // A number in running text is no item: "… in the year\n1984. Then …".
    if (marker.ordered && this.#paragraph.length > 0) return null;
    this.#closeParagraph();
    const items: ListItem[] = [];
    let at = index;
    while (at < this.#lines.length) {
      const current = this.#lines[at];
      if (current === undefined) break;
      const found = isBlank(current) ? null : this.#marker(current);
      if (found === null) break;
      const itemEnd = this.#itemEnd(at, found.length);
      items.push(this.#item(current, found.length, this.#lines.slice(at + 1, itemEnd)));
      at = itemEnd;
      const next = this.#nextContent(at);
      const nextLine = this.#lines[next];
      if (next - at > 1 || nextLine === undefined) break;
      if (next > at && this.#marker(nextLine)?.ordered !== marker.ordered) break;
      at = next;
    }
    this.#blocks.push({ kind: 'list', ordered: marker.ordered, items });
    return at;
  }

  #nextContent(index: number): number {
    let next = index;
    while (next < this.#lines.length) {
      const line = this.#lines[next];
      if (line !== undefined && !isBlank(line)) break;
      next += 1;
    }
    return next;
  }

  /** An item reaches over the lines that go on in it: those that are indented, or wrapped without a blank line. */
  #itemEnd(index: number, markerLength: number): number {
    const indent = (this.#lines[index]?.indent ?? 0) + Math.min(markerLength, 4);
    let end = index + 1;
    while (end < this.#lines.length) {
      const line = this.#lines[end];
      if (line === undefined) break;
      if (isBlank(line)) {
        const next = this.#lines[end + 1];
        const goesOn =
          next !== undefined && !isBlank(next) && next.indent >= indent && this.#marker(next) === null;
        if (!goesOn) break;
      } else if (this.#marker(line) !== null || (line.indent < indent && this.#breaksItem(line))) break;
      end += 1;
    }
    return end;
  }

  #breaksItem(line: Line): boolean {
    const head = this.#head(line);
    return (
      headingPattern.test(head) || fencePattern.test(head) || /^[>|]/u.test(head) || rulePattern.test(head)
    );
  }

  #item(first: Line, markerLength: number, rest: readonly Line[]): ListItem {
    const contentStart = first.contentStart + markerLength;
    const own: Line = {
      start: first.start,
      contentStart,
      end: first.end,
      indent: first.indent + markerLength,
    };
    const lines = [own, ...rest.filter((line) => !isBlank(line))];
    return {
      start: first.contentStart,
      contentStart,
      end: lines.at(-1)?.end ?? first.end,
      indent: first.indent,
      lines,
    };
  }
}
