import type { FinalAnswer } from './final-answer.ts';
import { right, ungraded, wrong, type Grade } from './grade.ts';
import { itemMatcher, type ItemMatcher } from './match-item.ts';
import { saysNothing } from './nothing.ts';
import { readRows, type StatedRows } from './read-rows.ts';
import { readNumbers } from './read-numbers.ts';
import { plainCharacters } from './plain-characters.ts';
import { isRefusal } from './refusal.ts';
import { mentionsName } from './same-name.ts';

export interface GoldRows {
  readonly rows: readonly (readonly string[])[];
  /** Whether the order of the rows counts. */
  readonly isOrdered: boolean;
  readonly tolerance: number | null;
  readonly question: string | null;
}

/**
 * Compares rows cell by cell; columns may stand in another order where no two of them hold the same kind of value, and
 * there may be more of them than asked for.
 */
export function scoreRows(answer: FinalAnswer, gold: GoldRows): Grade {
  const text = rowsText(answer);
  if (text === '') return wrong('there is no answer');
  const isNothing = saysNothing(text);
  if (gold.rows.length === 0) {
    if (isRefusal(text)) return wrong('the answer is refused');
    if (isNothing) return right('there are no rows, and the answer says so');
    return answer.isMarked
      ? wrong('there are no rows, the answer has some')
      : ungraded('the answer does not say that there are none');
  }
  const width = gold.rows[0]?.length ?? 0;
  const matchers = gold.rows.map((row) => row.map((cell) => itemMatcher(cell, gold)));
  const readings = readRows(text, width).map((rows) => withoutHeader(rows, gold.rows));
  const orders = columnOrders(gold.rows, width);
  const isRight = readings.some((rows) =>
    orders.some((order) => areSame(reorder(rows, order), matchers, gold.isOrdered)),
  );
  if (isRight) return right('the rows are the same');
  if (isNothing) return wrong('the answer is that there are none');
  const [reading] = readings;
  if (saysRows(text, matchers, gold)) return right('the rows are the same');
  const lacking = lackingCell(text, gold.rows);
  if (lacking !== null)
    return wrong(isRefusal(text) ? 'the answer is refused' : `not in the answer: ${lacking}`);
  if (reading !== undefined && (answer.isMarked || /[[|{]/u.test(text)))
    return wrong(describe(reading, matchers));
  const figures = gold.rows.flat().filter((cell) => /\d/u.test(cell)).length;
  if (answer.isMarked && readNumbers(plainCharacters(text)).length < figures && !/\p{Script=Han}/u.test(text))
    return wrong('the answer holds fewer figures than the rows');
  return ungraded('the answer cannot be read as rows with certainty');
}

function rowsText({ line, rest, isMarked }: FinalAnswer): string {
  const body = rest
    .trim()
    .replace(/^```\w*\n?/u, '')
    .replace(/\n?```[\s\S]*$/u, '');
  const isBlock = /^(?:[[{]|\||[-*•]\s|\d{1,3}[.)、]\s)/u.test(line);
  if (!isBlock && isMarked && !/[:：]$/u.test(line) && !/^\s*\|/mu.test(body)) return paragraphOf(body);
  return body.replace(/^[^\n|[{]*[:：]\s*\n/u, '').trim();
}

function paragraphOf(text: string): string {
  return text.split(/\n\s*\n/u, 1)[0]?.trim() ?? '';
}

function areSame(
  rows: StatedRows,
  matchers: readonly (readonly ItemMatcher[])[],
  isOrdered: boolean,
): boolean {
  const isRow = (row: readonly string[] | undefined, cells: readonly ItemMatcher[]): boolean =>
    row !== undefined && cells.every((matches, column) => matches(row[column] ?? ''));
  if (isOrdered)
    return rows.length === matchers.length && matchers.every((cells, index) => isRow(rows[index], cells));
  return (
    rows.every((row) => matchers.some((cells) => isRow(row, cells))) &&
    matchers.every((cells) => rows.some((row) => isRow(row, cells)))
  );
}

/** Without a first row that names the columns: it has words where the right rows have numbers. */
function withoutHeader(rows: StatedRows, gold: GoldRows['rows']): StatedRows {
  const [first = []] = rows;
  const isNumeric = (row: readonly string[]): boolean =>
    row.some((cell) => readNumbers(plainCharacters(cell)).length > 0);
  return rows.length > 1 && !isNumeric(first) && gold.every(isNumeric) ? rows.slice(1) : rows;
}

function reorder(rows: StatedRows, order: readonly number[]): StatedRows {
  return rows.map((row) => order.map((column) => row[column] ?? ''));
}

/** The orders that columns may have: any where each is of a kind of its own, else the given one. */
function columnOrders(rows: GoldRows['rows'], width: number): number[][] {
  const given = Array.from({ length: width }, (_, column) => column);
  const kinds = given.map((column) =>
    rows.every((row) => /^[-+$€£¥\d.,%\s]+$/u.test(row[column] ?? '')) ? 'number' : 'text',
  );
  const areDistinct = new Set(kinds).size === width;
  return areDistinct && width === 2 ? [given, [1, 0]] : [given];
}

/**
 * Whether a sentence states rows of a name and numbers: each name is followed by its numbers, and there are no other
 * numbers ("North has 3, South has 2").
 */
function saysRows(
  text: string,
  matchers: readonly (readonly ItemMatcher[])[],
  { rows, isOrdered }: GoldRows,
): boolean {
  const places = rows.map(([name = '']) => (name === '' ? -1 : text.indexOf(name)));
  if (places.includes(-1) || new Set(places).size < rows.length) return false;
  if (isOrdered && places.some((place, index) => place < (places[index - 1] ?? 0))) return false;
  const ends = [...places, text.length].sort((one, other) => one - other);
  return rows.every(([name = ''], index) => {
    const start = (places[index] ?? 0) + name.length;
    const part = plainCharacters(
      text.slice(
        start,
        ends.find((end) => end >= start),
      ),
    );
    const numbers = readNumbers(part).map((number) => part.slice(number.start, number.end));
    const cells = matchers[index]?.slice(1) ?? [];
    const isListed = /[\p{Lu}\p{Script=Han}]/u.test(part);
    return (
      !isListed &&
      numbers.length === cells.length &&
      cells.every((matches, cell) => matches(numbers[cell] ?? ''))
    );
  });
}

/** A cell of the right rows that the text states nowhere. */
function lackingCell(text: string, rows: GoldRows['rows']): string | null {
  const numbers = readNumbers(plainCharacters(text));
  const isStated = (cell: string): boolean => {
    if (cell === '') return true;
    if (/\d/u.test(cell)) return numbers.length > 0;
    return mentionsName(text, cell);
  };
  return rows.flat().find((cell) => !isStated(cell)) ?? null;
}

function describe(rows: StatedRows, matchers: readonly (readonly ItemMatcher[])[]): string {
  if (rows.length !== matchers.length) return `${rows.length} rows instead of ${matchers.length}`;
  const row = rows.find(
    (cells) => !matchers.some((gold) => gold.every((matches, column) => matches(cells[column] ?? ''))),
  );
  return row === undefined ? 'the order of the rows differs' : `another row: ${row.join(' | ')}`;
}
