import { cellText } from './gold-answer.ts';
import { parseJsonLoosely } from './loose-json.ts';
import { unwrap } from './unwrap.ts';

export type StatedRows = readonly (readonly string[])[];

const bullet = /^\s*(?:[-*•·]\s+|\(?\d{1,3}[.):、]\)?\s+)/u;

/**
 * All the ways to read a text as rows of so many cells, the exactest first; none where it cannot be read so. JSON and
 * tables may have more columns than were asked for: any of them may be those that were.
 */
export function readRows(text: string, width: number): StatedRows[] {
  const inJson = [splitPair, splitAtColons].flatMap((split) => jsonRows(text, split) ?? []);
  if (inJson.length > 0)
    return fitting(
      inJson.flatMap((rows) => [rows, ...withoutColumns(rows, width)]),
      width,
    );
  const table = markdownRows(text);
  if (table !== null) return fitting([table, ...withoutColumns(table, width)], width);
  const lines = text
    .split('\n')
    .map((line) => line.replace(bullet, '').trim())
    .filter((line) => line !== '');
  const segmentations = [
    lines,
    text.split(/[\n;；]/u),
    text.split(/\n|[;；]|[,，]\s+(?:and\s+)?(?!\d{3}\b)|\s+and\s+|、|，|和/u),
    text.split(/(?<=\))\s*(?:[,，;；、]\s*(?:and\s+)?|and\s+)/u),
  ];
  const readings = segmentations.flatMap((segments) => {
    const parts = segments.map((part) => unwrap(part.replace(bullet, ''))).filter((part) => part !== '');
    return splitters.map((split) => parts.map((part) => split(part, width)));
  });
  return fitting(readings, width);
}

function fitting(readings: readonly StatedRows[], width: number): StatedRows[] {
  return readings
    .map(withoutRanks(width))
    .filter((rows) => rows.length > 0 && rows.every((row) => row.length === width));
}

/** A table of more columns is looked through no further. */
const mostColumns = 8;

/** Of rows that have more columns than asked for, so many of them, in every choice that keeps their order. */
function withoutColumns(rows: StatedRows, width: number): StatedRows[] {
  const columns = rows[0]?.length ?? 0;
  if (width === 0 || columns <= width || columns > mostColumns) return [];
  if (rows.some((row) => row.length !== columns)) return [];
  return choices(columns, width).map((kept) => rows.map((row) => kept.map((column) => row[column] ?? '')));
}

/** All ways to choose so many of the numbers from 0, each in rising order. */
function choices(from: number, count: number): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: from }, (_, last) => last).flatMap((last) =>
    choices(last, count - 1).map((chosen) => [...chosen, last]),
  );
}

/** Without a first column that only counts the rows. */
const withoutRanks =
  (width: number) =>
  (rows: StatedRows): StatedRows => {
    const body = rows.filter((row) => row.length === width + 1);
    if (body.length !== rows.length) return rows;
    const ranks = rows.map(([first = '']) => first.replace(/[.)#]/gu, '').trim());
    const hasHeader = !/^\d/u.test(ranks[0] ?? '');
    const counts = ranks.slice(hasHeader ? 1 : 0).every((rank, index) => rank === String(index + 1));
    return counts ? rows.map((row) => row.slice(1)) : rows;
  };

/** @param splitText cuts a row that is one text into its cells. */
function jsonRows(text: string, splitText: (row: string) => string[]): [StatedRows] | null {
  const open = text.search(/[[{]/u);
  if (open < 0 || text.slice(0, open).includes('|')) return null;
  const value = parseJsonLoosely(text.slice(open));
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    const rows = value.map((row: unknown) => {
      if (Array.isArray(row)) return row.map(cellText);
      if (typeof row === 'object' && row !== null) return Object.values(row).map(cellText);
      return typeof row === 'string' ? splitText(row) : [cellText(row)];
    });
    return [rows];
  }
  if (typeof value !== 'object' || value === null) return null;
  const rows = Object.entries(value).map(([key, cell]) => [
    key,
    ...(Array.isArray(cell) ? cell.map(cellText) : [cellText(cell)]),
  ]);
  return [rows];
}

function markdownRows(text: string): StatedRows | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes('|'));
  if (lines.length < 2) return null;
  const cells = lines.map((line) =>
    line
      .replace(/^\||\|$/gu, '')
      .split(/(?<!\\)\|/u)
      .map(unwrap),
  );
  const rule = cells.findIndex((row) => row.every((cell) => /^:?-+:?$/u.test(cell)));
  return rule < 0 ? cells : cells.slice(rule + 1);
}

/** How a part of a text is cut into cells. */
const splitters: readonly ((part: string, width: number) => string[])[] = [
  splitPair,
  (part) => part.split('|').map(unwrap),
  (part) => part.split('\t').map(unwrap),
  (part, width) => lastCells(part.split(/[,，]\s+/u), width, ', '),
  (part, width) => lastCells(part.split(/,/u), width, ','),
  (part, width) => lastCells(part.split(/\s+/u), width, ' '),
];

/** `Acme: 5`, `Acme - 5`, `Acme = 5`, `Acme (5)`, `(Acme, 5)`. */
function splitPair(part: string): string[] {
  const inParentheses = /^\((?<inside>[^()]*)\)$/u.exec(part)?.groups?.['inside'];
  if (inParentheses !== undefined) return inParentheses.split(/[,，]\s*/u).map(unwrap);
  const pair =
    /^(?<name>.+?)\s*[:：=→]\s*(?<value>.+)$/su.exec(part) ??
    /^(?<name>.+?)\s+[-–—]\s+(?<value>.+)$/su.exec(part) ??
    /^(?<name>.+?)\s*[（(](?<value>[^()（）]+)[)）]$/su.exec(part);
  const { name = part, value } = pair?.groups ?? {};
  return value === undefined ? [unwrap(part)] : [unwrap(name), ...value.split(/,\s+/u).map(unwrap)];
}

/** `North: Acme: 5`, as rows of several columns are written in a list of texts. */
function splitAtColons(row: string): string[] {
  return row.split(/\s*[:：]\s+/u).map(unwrap);
}

/** The last cells by themselves; what is left over belongs to the first, which may be a name with separators. */
function lastCells(parts: readonly string[], width: number, separator: string): string[] {
  if (parts.length <= width) return parts.map(unwrap);
  const first = parts.slice(0, parts.length - width + 1).join(separator);
  return [first, ...parts.slice(parts.length - width + 1)].map(unwrap);
}
