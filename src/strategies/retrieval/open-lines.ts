interface Heading {
  readonly at: number;
  readonly level: number;
  readonly line: string;
  /** The heading that it stands under. */
  readonly parent: Heading | null;
}

interface Table {
  /** Where its first row below the header begins. */
  readonly start: number;
  readonly end: number;
  readonly header: string;
}

const headingLine = /^(?<marks>#{1,6})[ \t]+\S.*$/gm;
const tableHeader = /^\|.*\n\|(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*\n/gm;
const outsideTable = /^(?!\|)/gm;

/** A longer line is no heading worth repeating, and a wider table header costs more than it tells. */
const longestLine = 300;

/** Lines that hold at a place of a text from above it. */
export interface OpenLines {
  /** The headings it stands under, the outermost first. */
  readonly headings: readonly string[];
  /** Within a table, its header row and the line below that. */
  readonly tableHeader: string | null;
}

/**
 * Finds for any place in a Markdown text the lines above it that still hold there. A passage that begins there is
 * understood with them as the document is.
 */
export class OpenLinesFinder {
  readonly #headings: readonly Heading[];
  readonly #tables: readonly Table[];

  constructor(text: string) {
    this.#headings = findHeadings(text);
    this.#tables = findTables(text);
  }

  at(offset: number): OpenLines {
    const index = lastBefore(this.#headings, ({ at }) => at < offset);
    const next = this.#headings[index + 1];
    const level = next?.at === offset ? next.level : Number.POSITIVE_INFINITY;
    const headings: string[] = [];
    for (let heading = this.#headings[index] ?? null; heading !== null; heading = heading.parent) {
      if (heading.level < level) headings.unshift(heading.line);
    }
    const table = this.#tables[lastBefore(this.#tables, ({ start }) => start <= offset)];
    const tableHeader = table !== undefined && offset < table.end ? table.header : null;
    return { headings, tableHeader };
  }

  /** Places that between them have all the lines that are open anywhere. */
  places(): number[] {
    return [...this.#headings.map(({ at }) => at + 1), ...this.#tables.map(({ start }) => start)];
  }
}

function findHeadings(text: string): Heading[] {
  const headings: Heading[] = [];
  for (const { 0: line, index: at, groups } of text.matchAll(headingLine)) {
    if (line.length > longestLine) continue;
    const level = groups?.['marks']?.length ?? 1;
    let parent = headings.at(-1) ?? null;
    while (parent !== null && parent.level >= level) parent = parent.parent;
    headings.push({ at, level, line: line.trimEnd(), parent });
  }
  return headings;
}

function findTables(text: string): Table[] {
  const tables: Table[] = [];
  for (const { 0: header, index } of text.matchAll(tableHeader)) {
    if (header.length > longestLine) continue;
    const start = index + header.length;
    outsideTable.lastIndex = start;
    tables.push({ start, end: outsideTable.exec(text)?.index ?? text.length, header: header.trimEnd() });
  }
  return tables;
}

/** The index of the last item that comes before, or -1. The items are in the order of the text. */
function lastBefore<Item>(items: readonly Item[], comesBefore: (item: Item) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && comesBefore(item)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
