const numberLike = /^[-+(]?\s?[$€£¥]?\s?\d[\d.,\s']*\s?[%)]?$/;
const dateLike = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?$/;
const yearLike = /^(?:1[5-9]|20)\d\d$/;
const digit = /\d/;
const longestHeader = 120;

/** Where the records of a table begin. */
export interface TableStart {
  /** Rows above the header: a title, a source, a date. */
  readonly preambleRows: number;
  readonly hasHeader: boolean;
}

/** Finds the header of a table by how its first row differs from the rows below. */
export function findTableStart(rows: readonly (readonly string[])[]): TableStart {
  const preambleRows = countPreambleRows(rows);
  const [first, ...below] = rows.slice(preambleRows);
  return { preambleRows, hasHeader: first !== undefined && isHeader(first, below) };
}

/** Leading rows with one or two cells above a table of many more. */
function countPreambleRows(rows: readonly (readonly string[])[]): number {
  const widths = rows.map(filledWidth);
  const usual = widths.toSorted((left, right) => left - right)[Math.floor(widths.length / 2)] ?? 0;
  const first = widths.findIndex((width) => width > 2 || width * 2 > usual);
  return Math.max(0, first);
}

function filledWidth(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell.trim() !== '') + 1;
}

function isHeader(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  let evidence = 0;
  const others = below.filter(
    (row) => row.length !== first.length || row.some((cell, i) => cell !== first[i]),
  );
  for (const [column, cell] of first.entries()) {
    const values = others.map((row) => (row[column] ?? '').trim()).filter((value) => value !== '');
    if (values.length > 0 && cell.trim() !== '') evidence += headerEvidence(cell.trim(), values);
  }
  return evidence === 0 ? couldBeHeader(first) : evidence > 0;
}

/** 1 where a cell differs in kind from the values below it, -1 where it is like them, 0 where nothing tells. */
function headerEvidence(cell: string, values: readonly string[]): number {
  if (values.includes(cell)) return -1;
  if (yearLike.test(cell) && share(values, (value) => yearLike.test(value)) < 0.5) return 1;
  if (share(values, isQuantity) >= 0.8) return isQuantity(cell) ? -1 : 1;
  if (share(values, (value) => digit.test(value)) >= 0.8) {
    if (!digit.test(cell)) return 1;
    return share(values, (value) => shapeOf(value) === shapeOf(cell)) >= 0.5 ? -1 : 0;
  }
  const [first = ''] = values;
  const areCodes = values.length > 2 && values.every((value) => value.length === first.length);
  return areCodes && cell.length !== first.length ? 1 : 0;
}

/** `v1.20` and `v0.9` have the shape `a0.0`. */
function shapeOf(value: string): string {
  return value.replace(/\p{L}+/gu, 'a').replace(/\d+/g, '0');
}

const runTogether = /^\p{Lu}\p{Ll}+(?:\p{Lu}[\p{L}\p{N}]*)+$/u;
const wordStart = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;
const fewestRunTogether = 3;

/**
 * The words of headers set apart, `GrossWeight` as `Gross Weight`, where several of a table are run together and none
 * is written in words; one alone may be a name (`McKay`, `YouTube`).
 */
export function withWordsOfHeaderApart(header: readonly string[]): readonly string[] {
  if (header.some((cell) => /[\s_-]/.test(cell.trim()))) return header;
  const together = header.filter((cell) => runTogether.test(cell.trim()));
  if (together.length < fewestRunTogether) return header;
  return header.map((cell) => (runTogether.test(cell.trim()) ? cell.replaceAll(wordStart, ' ') : cell));
}

function couldBeHeader(cells: readonly string[]): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return (
    names.length >= cells.length - 1 &&
    new Set(names).size === names.length &&
    names.every((name) => name.length <= longestHeader && (!isQuantity(name) || yearLike.test(name)))
  );
}

/** Whether a value is a number, an amount or a date in figures, and nothing else. */
export function isQuantity(value: string): boolean {
  return numberLike.test(value) || dateLike.test(value);
}

function share(values: readonly string[], test: (value: string) => boolean): number {
  return values.filter(test).length / values.length;
}
