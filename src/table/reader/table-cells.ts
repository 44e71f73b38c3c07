import { joinClean } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { readStatedValues } from '../values/stated-values.ts';
import { isPeriodText } from './period-text.ts';
import { isTyped } from './statement.ts';

const opening = /^(?:(?:[A-Z]{1,3})?\p{Sc}\s?\(?|\()$/u;
const startsNumber = /^[(\d.,–—-]/u;
const closing = /^(?:\)|%|％|\)\s?%)$/u;
const endsNumber = /\d\)?$/u;

/** Reports in HTML set the currency sign, brackets and percent sign of a number in cells of their own. */
export function joinSplitCells(row: readonly CleanText[]): readonly CleanText[] {
  if (!row.some((cell) => opening.test(cell.text) || closing.test(cell.text))) return row;
  const cells = [...row];
  for (const [index, cell] of cells.entries()) {
    if (index === 0 || cell.text === '') continue;
    const next = cells[index + 1];
    if (next !== undefined && opening.test(cell.text) && startsNumber.test(next.text)) {
      cells[index + 1] = joinClean(cell, next);
      cells[index] = blankAt(cell);
    } else if (closing.test(cell.text)) {
      const before = cells.findLastIndex((each, at) => at < index && each.text !== '');
      const number = cells[before];
      if (before > 0 && number !== undefined && endsNumber.test(number.text)) {
        cells[before] = joinClean(number, cell);
        cells[index] = blankAt(cell);
      }
    }
  }
  return cells;
}

const blankAt = (cell: CleanText): CleanText => ({
  text: '',
  start: cell.start,
  end: cell.start,
  starts: null,
  ends: null,
});

/** What kind of thing a cell holds, for telling headers from bodies and attributes from entities. */
export type CellKind = 'blank' | 'period' | 'typed' | 'text';

export function cellKind(cell: CleanText | undefined): CellKind {
  if (cell === undefined || cell.text === '') return 'blank';
  if (isPeriodText(cell.text)) return 'period';
  if (cell.text.length > 200) return 'text';
  const first = readStatedValues({ text: cell.text })[0];
  if (first === undefined) return 'blank';
  return isTyped(first.value) || first.value.type === 'missing' ? 'typed' : 'text';
}
