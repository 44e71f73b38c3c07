import { currencyOf } from '../values/currencies.ts';
import { readPeriod } from '../values/periods.ts';
import type { UnitCaption } from '../values/unit-caption.ts';
import { cleanSlice, sourceEnd, sourceStart } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { isEventTime } from './event-time.ts';
import type { Grid } from './grid.ts';
import { qualifyLabel } from './label-qualifiers.ts';
import type { QualifiedLabel } from './label-qualifiers.ts';
import type { ReadingCollector } from './reading-collector.ts';
import { readStatement } from './statement.ts';
import { partsOfJointLabel } from './joint-labels.ts';
import { numberBehindLabel, partsOfValue } from './value-parts.ts';
import { readScaledValues } from './scaled-values.ts';
import { cellKind, joinSplitCells } from './table-cells.ts';
import { countHeaderRows, readColumns, tableLabel } from './table-header.ts';
import type { Column } from './table-header.ts';
import { readShape } from './table-layout.ts';
import type { TableShape } from './table-layout.ts';
import { isHeaderData, splitPairs, splitSideBySide } from './table-parts.ts';
import { findTidyColumns, tidyPeriod } from './tidy-table.ts';
import type { TidyColumns } from './tidy-table.ts';
import { TableRows } from './table-rows.ts';
import type { BodyRow } from './table-rows.ts';
import { readUnitCell, readUnitQualifier } from './unit-qualifier.ts';
import { chooseScale } from './caption-scale.ts';

export interface TableSource {
  readonly text: string;
  readonly collector: ReadingCollector;
  readonly rule: string;
  /** What the text above says about all numbers of the table. */
  readonly caption: UnitCaption | null;
}

type Row = readonly CleanText[];

/** A table is read up to this many rows; more are data of another kind, and no document's table. */
const mostRows = 50_000;
const longestQuote = 300;

/** Reads a table: attributes by row or by column, entities, periods as columns or rows. */
export function readTable(source: TableSource, grid: Grid): void {
  const rows = grid.rows.slice(0, mostRows).map((row) => joinSplitCells(row));
  if (rows.every((row) => row.length < 2)) return;
  if (grid.markedHeaderRows === 0 && readLayoutCells(source, rows)) return;
  const pairs = splitPairs(rows);
  if (pairs !== null) {
    for (const pair of pairs) readOne(source, pair, 0);
    return;
  }
  const headerRows = countHeaderRows(rows, grid.markedHeaderRows);
  for (const part of splitSideBySide(rows, headerRows)) readOne(source, part, headerRows);
}

function readOne(source: TableSource, rows: readonly Row[], marked: number): void {
  const [first] = rows;
  const isData = marked === 1 && first !== undefined && isHeaderData(first, rows.slice(1));
  const headerRows = isData ? 0 : marked;
  let width = 0;
  for (const row of rows) width = Math.max(width, row.length);
  const columns = readColumns(rows, headerRows, width);
  const header = rows.slice(0, headerRows);
  const body = rows.slice(headerRows);
  if (header.length === 0 && isEventLog(body)) return;
  if (readOnlyRow(source, header, body)) return;
  const shape = readShape({ header, body, columns });
  const stated = cornerCaption(header, shape.labelColumn) ?? source.caption;
  const reader = new TableReader(source, shape, withCurrency(stated, body));
  const tidy = header.length === 0 ? null : findTidyColumns(columns, header.at(-1) ?? [], body);
  for (const row of new TableRows({ text: source.text, body, shape, columns })) {
    if (tidy === null) reader.readRow(row);
    else reader.readTidyRow(row, tidy);
  }
}

/** The cell above the row labels may state the unit of the whole table. */
function cornerCaption(header: readonly (readonly CleanText[])[], labelColumn: number): UnitCaption | null {
  for (const row of header) {
    const caption = readUnitQualifier(row[labelColumn]?.text ?? '');
    if (caption !== null) return caption;
    const qualified = qualifyLabel(row[labelColumn]?.text ?? '');
    if (qualified.scale !== 1) return qualified;
  }
  return null;
}

/**
 * A statement "in thousands" shows its currency in the first line and in totals only; it holds for all of them.
 */
function withCurrency(
  caption: UnitCaption | null,
  body: readonly (readonly CleanText[])[],
): UnitCaption | null {
  if (caption === null || caption.scale === 1 || caption.unit !== null) return caption;
  for (const row of body.slice(0, 60)) {
    for (const cell of row.slice(1)) {
      const sign = /^(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3})(?=\s?[\d(])/u.exec(cell.text)?.[0];
      const unit = sign === undefined ? null : currencyOf(sign);
      if (unit !== null) return { ...caption, unit };
    }
  }
  return caption;
}

/** A table that only lays out labelled cells: `Name: X | Age: 5`, or `Name: | X | Age: | 5`. */
function readLayoutCells(source: TableSource, rows: readonly (readonly CleanText[])[]): boolean {
  const cells = rows.flat().filter((cell) => cell.text !== '');
  const labels = cells.filter((cell) => /^[^:：]{2,60}[:：]/u.test(cell.text) && /\p{L}/u.test(cell.text));
  const alone = labels.filter((cell) => /[:：]$/u.test(cell.text));
  if (
    labels.length * 5 < cells.length * 2 ||
    (alone.length < labels.length && labels.length * 5 < cells.length * 4)
  ) {
    return false;
  }
  for (const row of rows) {
    for (const [index, cell] of row.entries()) {
      const colon = cell.text.search(/[:：]/u);
      if (colon < 2) continue;
      const next = colon === cell.text.length - 1 ? row[index + 1] : undefined;
      const path = [cell.text.slice(0, colon)];
      if (next !== undefined) {
        readStatement(source.collector, { path, start: cell.start, value: next, rule: source.rule });
      } else if (colon < cell.text.length - 1) {
        const valueStart = colon + 1 + (/^\s*/u.exec(cell.text.slice(colon + 1))?.[0].length ?? 0);
        const value: CleanText = {
          text: cell.text.slice(valueStart),
          start: sourceStart(cell, valueStart),
          end: cell.end,
          starts: cell.starts?.slice(valueStart) ?? null,
          ends: cell.ends?.slice(valueStart) ?? null,
        };
        readStatement(source.collector, { path, start: cell.start, value, rule: source.rule });
      }
    }
  }
  return true;
}

/** Rows that begin with a day or an hour, without a header: what happened then is no attribute of the document. */
function isEventLog(body: readonly Row[]): boolean {
  return body.every((row) => row[0] !== undefined && isEventTime(row[0].text)) && body.length > 0;
}

const referenceHeader = /(?:^|\s)(?:reference|ref|id|identifier|(?:no|nr|number)(?=\.?$))\.?$/iu;
const reference = /^(?=\S*\d)\S{4,24}$/u;
/** What the lines of an order or a bill have, of which there may be only one. */
const lineHeader =
  /(?:^|\s)(?:qty|quantity|units?|price|rate|amount|hours|item|article|product|description|part|sku)(?:$|\s)/iu;

/** `Reference | Revised | Officer` over `KP/31/04 | 2 May | A. Lind`: what a document is filed under, no row of things. */
const isFiledUnder = (names: Row, values: Row): boolean =>
  referenceHeader.test(names[0]?.text ?? '') &&
  reference.test(values[0]?.text ?? '') &&
  !names.some(({ text }) => lineHeader.test(text));

/** `P  W  D` over `32  19  8`: the only row below a header has a figure where others have a name. */
function readOnlyRow(source: TableSource, header: readonly Row[], body: readonly Row[]): boolean {
  const [names, second] = header;
  const [values, another] = body;
  if (names === undefined || values === undefined || second !== undefined || another !== undefined)
    return false;
  if (names.length < 3 || (cellKind(values[0]) !== 'typed' && !isFiledUnder(names, values))) return false;
  if (!names.every((name) => /^\p{L}/u.test(name.text) && cellKind(name) === 'text')) return false;
  for (const [index, value] of values.entries()) {
    const name = names[index];
    if (name === undefined || value.text === '') continue;
    readStatement(source.collector, {
      path: [tableLabel(name.text)],
      start: value.start,
      value,
      rule: source.rule,
    });
  }
  return true;
}

interface CellPlace {
  readonly label: readonly string[];
  readonly entity: string | null;
  readonly period: string | null;
}

/** Reads the rows of one table. */
class TableReader {
  readonly #source: TableSource;
  readonly #shape: TableShape;
  readonly #caption: UnitCaption | null;

  constructor(source: TableSource, shape: TableShape, caption: UnitCaption | null) {
    this.#source = source;
    this.#shape = shape;
    this.#caption = caption;
  }

  readRow(row: BodyRow): void {
    const label = qualifyLabel(tableLabel(row.labelText));
    const unitCell =
      this.#shape.unitColumn < 0 ? null : readUnitCell(row.cells[this.#shape.unitColumn]?.text ?? '');
    for (const column of this.#shape.valueColumns) {
      const cell = row.cells[column.index];
      if (cell === undefined || cell.text === '') continue;
      const place = this.#place(row, label, column);
      if (place === null) continue;
      const scale = chooseScale({
        captions: [label, unitCell, column, row.caption, this.#caption],
        words: [row.labelText, ...column.label, ...row.groups],
      });
      this.#readCell(row, cell, { ...place, scale });
    }
  }

  /** A row that names what it measures in a cell of its own. */
  readTidyRow(row: BodyRow, columns: TidyColumns): void {
    const label = qualifyLabel(tableLabel(row.cells[columns.attribute]?.text ?? ''));
    const cell = row.cells[columns.value];
    if (cell === undefined || label.label === '') return;
    const unitCell =
      this.#shape.unitColumn < 0 ? null : readUnitCell(row.cells[this.#shape.unitColumn]?.text ?? '');
    const captions = [label, unitCell, row.caption, this.#caption];
    this.#readCell(row, cell, {
      label: [label.label],
      entity: columns.entity < 0 ? null : (row.cells[columns.entity]?.text ?? null),
      period: tidyPeriod(row.cells, columns) ?? label.period ?? row.period,
      scale: chooseScale({ captions, words: [label.label, ...row.groups] }),
    });
  }

  #place(row: BodyRow, label: QualifiedLabel, column: Column): CellPlace | null {
    const period = column.period ?? label.period ?? row.period;
    const rowLabel = label.label === '' ? row.labelText : label.label;
    switch (this.#shape.layout) {
      case 'attributes':
        if (rowLabel === '') return null;
        return {
          label: [rowLabel, ...(column.period === null && this.#isOnlyValue(column) ? [] : column.label)],
          entity: null,
          period,
        };
      case 'periods': {
        const rowPeriod = readPeriod(row.labelText);
        if (column.label.length === 0) return null;
        return {
          label: column.label,
          entity: rowPeriod === null && row.labelText !== '' ? row.labelText : null,
          period: rowPeriod ?? period,
        };
      }
      case 'columns': {
        if (rowLabel === '') return null;
        const entity = column.label.join(' ');
        return { label: [rowLabel], entity: entity === '' ? null : entity, period };
      }
      default: {
        const name = column.label;
        if (name.length === 0 && column.period === null)
          return rowLabel === '' ? null : { label: [rowLabel], entity: null, period };
        if (rowLabel === '') return null;
        if (row.isSummary) return { label: [rowLabel, ...name], entity: null, period };
        return name.length === 0
          ? { label: [rowLabel], entity: null, period }
          : { label: name, entity: rowLabel, period };
      }
    }
  }

  /** The header of the only column of values says no more than that they are values. */
  #isOnlyValue(column: Column): boolean {
    return this.#shape.valueColumns.length === 1 && this.#shape.valueColumns[0] === column;
  }

  #readCell(
    row: BodyRow,
    cell: CleanText,
    place: CellPlace & { readonly scale: { readonly scale: number; readonly unit: string | null } },
  ): void {
    const ownLabel = place.label.at(-1) ?? '';
    const joint = partsOfJointLabel(ownLabel, cell.text);
    if (joint !== null) {
      for (const { label, start, end } of joint) {
        const own = [...place.label.slice(0, -1), label];
        this.#readCell(row, cleanSlice(cell, start, end), { ...place, label: own });
      }
      return;
    }
    const number = numberBehindLabel(cell.text, ownLabel);
    if (number !== null) {
      this.#readCell(row, cleanSlice(cell, number, cell.text.length), place);
      return;
    }
    const parts = partsOfValue(cell.text);
    if (parts !== null) {
      for (const { label, start, end } of parts) {
        const own = label === null ? place.label : [...place.label, label];
        this.#readCell(row, cleanSlice(cell, start, end), { ...place, label: own });
      }
      return;
    }
    for (const stated of readScaledValues(cell.text, place.scale, this.#source.collector.locale)) {
      const valueStart = sourceStart(cell, stated.start);
      const valueEnd = Math.max(valueStart, sourceEnd(cell, stated.end));
      const together = row.start < valueStart && valueEnd - row.start <= longestQuote;
      this.#source.collector.add({
        label: place.label,
        groups: row.groups,
        entity: place.entity,
        start: together ? row.start : valueStart,
        end: valueEnd,
        valueStart,
        valueEnd,
        value: stated.value,
        period: stated.period ?? place.period,
        rule: this.#source.rule,
      });
    }
  }
}
