import type { CleanText } from './clean-text.ts';
import { isPeriodText } from './period-text.ts';
import { cellKind } from './table-cells.ts';
import type { CellKind } from './table-cells.ts';
import { isGenericHeader } from './table-header.ts';
import type { Column } from './table-header.ts';

type Row = readonly CleanText[];

/**
 * How a table is to be read. `attributes`: a row is an attribute of the document, its columns are periods or
 * the value itself. `periods`: a row is a period, a column an attribute. `columns`: a row is an attribute, a
 * column an entity. `entities`: a row may be an entity, a column is an attribute.
 */
export type TableLayout = 'attributes' | 'periods' | 'columns' | 'entities';

/** The columns of a table by what they are for. */
export interface TableShape {
  readonly layout: TableLayout;
  /** The column of the row labels. */
  readonly labelColumn: number;
  /** A column left of the labels whose cells hold for several rows, or -1. */
  readonly groupColumn: number;
  /** A column that states the unit of each row, or -1. */
  readonly unitColumn: number;
  readonly valueColumns: readonly Column[];
}

const unitHeader =
  /^(?:units?|uom|units? of measure(?:ment)?|einheit|unité|unidad|unità|eenheid|单位|單位|単位|계량단위|단위)$/iu;
const noteHeader = /^(?:notes?|refs?\.?|references?|footnotes?|anhang|附注|附註|注|source pages?|pages?)$/iu;
const placeHeader = /^(?:rank(?:ing)?|pos(?:ition)?\.?|place|placing|platz|rang|排名|名次|順位)$/iu;
const rankHeader = /^(?:#|no\.?|nr\.?|№|s\.?\s?no\.?|sr\.?\s?no\.?|序号|編號)$/iu;
const ordinal = /^\d{1,4}[.)]?$/u;
const comparison =
  /^(?:metrics?|specs?|specifications?|features?|parameters?|propert(?:y|ies)|attributes?|characteristics?|indicators?|measures?|kennzahl|merkmal|参数|指标|属性)$/iu;
const subColumn =
  /^(?:min(?:imum)?\.?|typ(?:ical)?\.?|max(?:imum)?\.?|nom(?:inal)?\.?|mean|median|average|avg\.?|low|high|std\.?(?: dev\.?)?|sd|symbol|conditions?|actuals?|budget(?:ed)?|forecasts?|plan(?:ned)?|targets?|amounts?|values?|totals?|restated|audited|unaudited|reported|adjusted|estimates?|estimated|guidance|(?:%|percent|pct\.?)?\s*(?:change|var(?:iance|iation)?|growth|increase|decrease|inc\.?\/\(?dec\.?\)?|yoy|y\/y|qoq)\s*(?:\(?%\)?|percent)?|(?:%|share)?\s*of (?:total|revenue|sales)|%|同比|增减|变动|[同环]比.{0,8}|.{0,8}增减.{0,6}|veränderung|δ|Δ.{0,4})$/iu;

const text = (row: Row | undefined, index: number): string => row?.[index]?.text ?? '';

/** Decides how to read a table from its header and from the kinds of its cells. */
export function readShape(options: {
  readonly header: readonly Row[];
  readonly body: readonly Row[];
  readonly columns: readonly Column[];
}): TableShape {
  const { header, body, columns } = options;
  const sample = body.slice(0, 40);
  const headers = columns.map((column) => headerWords(column, header));
  const labelColumn = findLabelColumn(headers, sample);
  const groupColumn =
    labelColumn > 0 && !isRankColumn(headers, sample, labelColumn - 1) ? labelColumn - 1 : -1;
  const filled = columns.filter(
    (column) => column.index > labelColumn && sample.some((row) => text(row, column.index) !== ''),
  );
  const unitColumn = filled.find((column) => unitHeader.test(headers[column.index] ?? ''))?.index ?? -1;
  const rest = filled.filter(
    (column) =>
      column.index !== unitColumn && !isNoteColumn(headers[column.index] ?? '', sample, column.index),
  );
  const shape = { labelColumn, groupColumn, unitColumn };
  const layout = chooseLayout({
    labelColumn,
    labelHeader: headers[labelColumn] ?? '',
    columns: rest,
    body: sample,
    header,
    unitColumn,
  });
  const before = columns.filter((column) => column.index < labelColumn && column.index !== groupColumn);
  const named =
    layout === 'entities'
      ? before.filter((column) => !rankHeader.test(headers[column.index] ?? '') && column.label.length > 0)
      : [];
  const group =
    layout === 'entities'
      ? columns.filter((column) => column.index === groupColumn && column.label.length > 0)
      : [];
  return { ...shape, layout, valueColumns: [...named, ...group, ...rest] };
}

function headerWords(column: Column, header: readonly Row[]): string {
  return column.label.at(-1) ?? text(header.at(-1), column.index);
}

/** Row labels stand in the first column, unless that one only numbers the rows or groups them. */
function findLabelColumn(headers: readonly string[], body: readonly Row[]): number {
  if (headers.length < 3) return 0;
  if (isRankColumn(headers, body, 0)) return 1;
  const first = body.map((row) => text(row, 0));
  const second = body.map((row) => text(row, 1));
  if (first.some((each) => each !== '') && second.filter((each) => each !== '').length > body.length * 0.7) {
    const repeats = first.filter((each, index) => each === '' || first.indexOf(each) < index).length;
    const distinct = new Set(second).size;
    const words = body.every((row) => ['text', 'blank'].includes(cellKind(row[1])));
    if (
      words &&
      body.length > 2 &&
      repeats >= body.length * 0.4 &&
      distinct >= body.length * 0.6 &&
      isPrefixGroup(first)
    )
      return 1;
  }
  return 0;
}

/** Merged cells: each value of the column stands for one unbroken run of rows. */
function isPrefixGroup(cells: readonly string[]): boolean {
  const seen = new Set<string>();
  let current = '';
  for (const cell of cells) {
    if (cell === '' || cell === current) continue;
    if (seen.has(cell)) return false;
    seen.add(cell);
    current = cell;
  }
  return cells[0] !== '';
}

function isRankColumn(headers: readonly string[], body: readonly Row[], index: number): boolean {
  const header = headers[index] ?? '';
  if (header !== '' && !rankHeader.test(header) && !placeHeader.test(header)) return false;
  return (
    body.every((row) => ordinal.test(text(row, index)) || text(row, index) === '') &&
    body.some((row) => text(row, index) !== '') &&
    body.some((row) => cellKind(row[index + 1]) === 'text')
  );
}

function isNoteColumn(header: string, body: readonly Row[], index: number): boolean {
  return (
    noteHeader.test(header) &&
    body.every((row) => text(row, index).length <= 12) &&
    header.toLowerCase() !== 'pages'
  );
}

function chooseLayout(options: {
  readonly labelColumn: number;
  readonly labelHeader: string;
  readonly columns: readonly Column[];
  readonly body: readonly Row[];
  readonly header: readonly Row[];
  readonly unitColumn: number;
}): TableLayout {
  const { labelColumn, labelHeader, columns, body, header, unitColumn } = options;
  const labels = body.map((row) => row[labelColumn]).filter((cell) => cell !== undefined && cell.text !== '');
  const periodRows = labels.filter((cell) => cell !== undefined && isPeriodText(cell.text)).length;
  if (periodRows >= Math.max(1, labels.length * 0.7) && columns.some((column) => column.period === null))
    return 'periods';
  const withPeriod = columns.filter((column) => column.period !== null);
  if (withPeriod.length > 0 && columns.every((column) => isPeriodColumn(column))) return 'attributes';
  if (header.length === 0) return 'attributes';
  if (unitColumn >= 0) return 'attributes';
  if (columns.length === 1) return twoColumnLayout({ labelHeader, columns, body });
  if (comparison.test(labelHeader) && columns.length > 1) {
    if (columns.every((column) => isPeriodColumn(column))) return 'attributes';
    return isGenericHeader(columns[0]?.label.join(' ') ?? '') ? 'attributes' : 'columns';
  }
  return 'entities';
}

/** A column of a period, or of a change between periods. */
function isPeriodColumn(column: Column): boolean {
  if (column.label.length === 0) return true;
  return (
    column.label.every((part) => subColumn.test(part)) && (column.period !== null || column.label.length > 0)
  );
}

function twoColumnLayout(options: {
  readonly labelHeader: string;
  readonly columns: readonly Column[];
  readonly body: readonly Row[];
}): TableLayout {
  const { labelHeader, columns, body } = options;
  const valueHeader = columns[0]?.label.join(' ') ?? '';
  if (isGenericHeader(valueHeader)) return 'attributes';
  if (labelHeader !== '' && isGenericHeader(labelHeader))
    return comparison.test(labelHeader) && columns.length > 1 ? 'columns' : 'attributes';
  const kinds = new Set<CellKind>(body.map((row) => cellKind(row[columns[0]?.index ?? 1])));
  kinds.delete('blank');
  // Values of several kinds under one header are those of several attributes.
  return kinds.size > 1 && labelHeader === '' ? 'attributes' : 'entities';
}
