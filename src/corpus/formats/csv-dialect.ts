/** How the cells of a text table are told apart. */
export interface Dialect {
  readonly delimiter: string;
  /** The character around cells that contain a delimiter, or null where quotes mean nothing. */
  readonly quote: '"' | null;
  /** The number of cells that most rows have. */
  readonly columns: number;
  /** How many rows were looked at. */
  readonly rows: number;
  /** The share of them that have `columns` cells. */
  readonly consistency: number;
}

const delimiters = [',', '\t', ';', '|'];
const sampleCharacters = 65_536;
const sampleRows = 200;

/**
 * Finds the delimiter and the quotes by which the start of a text falls into rows of equal numbers of cells.
 * A text without any is a table of one column.
 */
export function sniffDialect(text: string): Dialect {
  const isCut = text.length > sampleCharacters;
  const sample = isCut ? text.slice(0, sampleCharacters) : text;
  const present = delimiters.filter((delimiter) => isInMostLines(sample, delimiter));
  let best: Dialect = { delimiter: ',', quote: '"', columns: 1, rows: 0, consistency: 0 };
  for (const delimiter of present) {
    const dialect = withBestQuotes({ sample, isCut, delimiter });
    if (dialect.columns > 1 && merit(dialect) > merit(best)) best = dialect;
  }
  return best;
}

/** Quotes mean quoting unless rows then come out of very different lengths, as with `5" disk` in a TSV file. */
function withBestQuotes(input: { sample: string; isCut: boolean; delimiter: string }): Dialect {
  const quoted = measure({ ...input, quote: '"' });
  if (quoted.consistency >= 0.9 || !input.sample.includes('"')) return quoted;
  const unquoted = measure({ ...input, quote: null });
  return unquoted.consistency > quoted.consistency + 0.1 ? unquoted : quoted;
}

function isInMostLines(sample: string, delimiter: string): boolean {
  const lines = sample.split('\n', 50).filter((line) => line.trim() !== '');
  return lines.filter((line) => line.includes(delimiter)).length * 2 >= lines.length;
}

function merit(dialect: Dialect): number {
  return dialect.consistency * (1 + Math.log2(dialect.columns) / 10);
}

function measure(input: { sample: string; isCut: boolean; delimiter: string; quote: '"' | null }): Dialect {
  const { delimiter, quote } = input;
  const { widths, endsInQuotes } = rowWidths(input);
  if (input.isCut && widths.length > 1) widths.pop();
  const counts = new Map<number, number>();
  for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
  let columns = 1;
  let rowsOfThatWidth = 0;
  for (const [width, count] of counts) {
    if (count > rowsOfThatWidth) [columns, rowsOfThatWidth] = [width, count];
  }
  const consistency = rowsOfThatWidth / Math.max(1, widths.length);
  const isBroken = endsInQuotes && !input.isCut;
  return {
    delimiter,
    quote,
    columns,
    rows: widths.length,
    consistency: isBroken ? consistency / 2 : consistency,
  };
}

/** The number of cells of each row that is not empty. */
function rowWidths(input: { sample: string; delimiter: string; quote: '"' | null }): {
  widths: number[];
  endsInQuotes: boolean;
} {
  const { sample, delimiter, quote } = input;
  const widths: number[] = [];
  let width = 1;
  let inQuotes = false;
  let cellStart = 0;
  let rowStart = 0;
  for (let index = 0; index <= sample.length && widths.length < sampleRows; index += 1) {
    const character = sample[index];
    if (inQuotes) {
      if (character === undefined) break;
      if (character !== quote) continue;
      if (sample[index + 1] === quote) index += 1;
      else inQuotes = false;
    } else if (character === quote && quote !== null && index === cellStart) {
      inQuotes = true;
    } else if (character === delimiter) {
      width += 1;
      cellStart = index + 1;
    } else if (character === '\n' || character === undefined) {
      if (index > rowStart) widths.push(width);
      width = 1;
      cellStart = index + 1;
      rowStart = index + 1;
    }
  }
  return { widths, endsInQuotes: inQuotes };
}
