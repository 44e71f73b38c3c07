/** What stands behind a label in a text. */
interface LabelledPart {
  /** The headings and labels above it, outermost first, folded. */
  readonly above: readonly string[];
  readonly region: string;
}

/** How far behind its label a value may stand. */
const longestRegion = 600;

/**
 * A text by its labels: headings, what stands before a colon, and the first cells and the headers of tables. It is
 * a reader of its own, much simpler than the pattern reader and without anything in common with it, so that what
 * both read alike was read twice.
 */
export class LabelledText {
  readonly #parts = new Map<string, LabelledPart[]>();

  constructor(text: string) {
    const lines = text.split('\n');
    const headings: { level: number; name: string }[] = [];
    let header: readonly string[] | null = null;
    for (const [index, line] of lines.entries()) {
      const heading = /^(#{1,6})\s+(.*)$/.exec(line);
      if (heading !== null) {
        const [, marks = '', name = ''] = heading;
        while (headings.length > 0 && (headings.at(-1)?.level ?? 0) >= marks.length) headings.pop();
        this.#add(
          name,
          headings.map((each) => each.name),
          regionBelow(lines, index + 1),
        );
        headings.push({ level: marks.length, name: fold(name) });
        header = null;
        continue;
      }
      const above = headings.map(({ name }) => name);
      if (/^\s*\|.*\|\s*$/.test(line)) {
        const cells = line.trim().slice(1, -1).split('|');
        if (cells.every((cell) => /^[\s:-]*$/.test(cell))) continue;
        this.#addRow(cells, header, above);
        header ??= cells;
        continue;
      }
      header = null;
      this.#addLine(line, above, () => regionBelow(lines, index + 1));
    }
  }

  /**
   * What stands behind a label, in the order of the text.
   *
   * @param label its parts, `Area > total`: the last must be the label itself, the others stand above it.
   */
  regions(label: string): readonly string[] {
    const parts = label.split(' > ').map(fold);
    const own = parts.at(-1) ?? '';
    const above = parts.slice(0, -1);
    return (this.#parts.get(own) ?? []).flatMap((part) => (isWithin(above, part.above) ? [part.region] : []));
  }

  #add(name: string, above: readonly string[], region: string): void {
    const key = fold(name);
    if (key === '' || key.length > 120) return;
    const parts = this.#parts.get(key);
    const part = { above, region: region.slice(0, longestRegion) };
    if (parts === undefined) this.#parts.set(key, [part]);
    else parts.push(part);
  }

  #addRow(cells: readonly string[], header: readonly string[] | null, above: readonly string[]): void {
    const [first = '', ...others] = cells;
    this.#add(first, above, others.join(' ; '));
    for (const [index, cell] of cells.entries()) {
      const name = header?.[index];
      if (name !== undefined) this.#add(name, index === 0 ? above : [...above, fold(first)], cell);
    }
  }

  /** `label: value`, `label: label: value`, and several of them parted by semicolons. */
  #addLine(line: string, above: readonly string[], below: () => string): void {
    for (const part of line.includes(';') ? [line, ...line.split(';').slice(1)] : [line]) {
      let rest = part;
      const outer = [...above];
      for (let depth = 0; depth < 3; depth += 1) {
        const colon = /[:：](?=\s|$)/.exec(rest);
        if (colon === null || colon.index > 120) break;
        const name = rest.slice(0, colon.index);
        rest = rest.slice(colon.index + 1);
        this.#add(name, [...outer], rest.trim() === '' ? below() : rest);
        outer.push(fold(name));
      }
    }
  }
}

/** The lines below, up to the next heading. */
function regionBelow(lines: readonly string[], first: number): string {
  const taken: string[] = [];
  let length = 0;
  for (let index = first; index < lines.length && length < longestRegion; index += 1) {
    const line = lines[index] ?? '';
    if (line.startsWith('#')) break;
    if (line.trim() !== '') taken.push(line);
    length += line.length;
  }
  return taken.join('\n');
}

/** Whether all of the labels are among those above, in their order. */
function isWithin(wanted: readonly string[], above: readonly string[]): boolean {
  let place = 0;
  for (const each of above) if (each === wanted[place]) place += 1;
  return place === wanted.length;
}

/** Without case, accents, marks and punctuation. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();
}
