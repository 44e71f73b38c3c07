import { readPeriod } from '../values/periods.ts';
import type { CleanText } from './clean-text.ts';
import { bareLabel, qualifyLabel } from './label-qualifiers.ts';
import { cellKind } from './table-cells.ts';
import { readUnitQualifier } from './unit-qualifier.ts';

/** What the header says about a column. */
export interface Column {
  readonly index: number;
  /** The header's words, upper rows first, without period and unit. Empty for a column of a mere period. */
  readonly label: readonly string[];
  readonly period: string | null;
  readonly scale: number;
  readonly unit: string | null;
  readonly exceptPerShare: boolean;
}

type Row = readonly CleanText[];

const mostHeaderRows = 4;

const cellText = (row: Row | undefined, index: number): string => row?.[index]?.text ?? '';

/** How many rows at the top are header: those the notation marks, and those below that only name columns. */
export function countHeaderRows(rows: readonly Row[], marked: number): number {
  let count = Math.min(marked, rows.length);
  const hasWords = rows.slice(0, count).some((row) => row.some((cell) => cell.text !== ''));
  if (!hasWords && count < rows.length - 1 && isFirstHeader(rows, count)) count += 1;
  while (count > 0 && count < mostHeaderRows && count < rows.length - 1 && isFurtherHeader(rows, count))
    count += 1;
  return count;
}

/** Whether a first row that is not marked as header names columns: words or periods over other kinds of cells. */
function isFirstHeader(rows: readonly Row[], index: number): boolean {
  const row = rows[index] ?? [];
  const named = row.slice(1).filter((cell) => cell.text !== '');
  if (named.length === 0) return false;
  const kinds = row.slice(1).map((cell) => cellKind(cell));
  if (kinds.includes('typed')) return false;
  const body = rows.slice(index + 1, index + 9);
  if (kinds.every((kind) => kind === 'period' || kind === 'blank')) {
    return row.length > 2 || (body.length > 1 && isGenericHeader(cellText(row, 0)));
  }
  if (row.length === 2) return isGenericHeader(cellText(row, 0)) && isGenericHeader(cellText(row, 1));
  return row.some(
    (cell, at) => at > 0 && cell.text !== '' && body.some((each) => cellKind(each[at]) === 'typed'),
  );
}

/** Whether a row below the header goes on with it: periods, units or sub-headers over the values. */
function isFurtherHeader(rows: readonly Row[], index: number): boolean {
  const row = rows[index] ?? [];
  const named = row.filter((cell, at) => at > 0 && cell.text !== '');
  if (named.length === 0) return false;
  const onlyMarks = named.every(
    (cell) => cellKind(cell) === 'period' || readUnitQualifier(cell.text) !== null,
  );
  const first = cellText(row, 0);
  if (onlyMarks) {
    if (first === '' || isGenericHeader(first) || readUnitQualifier(first) !== null) return true;
    // "| | Revenue | | Costs | |" over "| Segment | 2020 | 2019 | 2020 | 2019 |"
    const above = rows[index - 1] ?? [];
    return isSpanning(above) && named.every((cell) => cellKind(cell) === 'period');
  }
  if (first !== '' && !isGenericHeader(first)) return false;
  if (named.some((cell) => cellKind(cell) === 'typed') || named.length < 2) return false;
  const next = rows[index + 1] ?? [];
  return row.some((cell, at) => at > 0 && cell.text !== '' && cellKind(next[at]) === 'typed');
}

/** Whether a header row leaves the first column and others blank, as one does whose cells reach over several. */
const isSpanning = (row: Row): boolean =>
  row[0]?.text === '' &&
  row.slice(1).some((cell) => cell.text === '') &&
  row.some((cell) => cell.text !== '');

const generic = new RegExp(
  `^(?:${[
    'metrics?|items?|attributes?|fields?|propert(?:y|ies)|parameters?|measures?|indicators?|particulars|details?',
    'descriptions?|specifications?|specs?|features?|characteristics?|keys?|variables?|categor(?:y|ies)|lines? items?|questions?',
    'values?|amounts?|figures?|data|totals?|results?|numbers?|information|info|answers?|facts?|content|response|topic|subject',
    'kennzahl(?:en)?|merkmal|wert|angabe|betrag|position|bezeichnung|indicateur|valeur|montant|rubrique|libellé|concepto|valor|importe|partida',
    '项目|項目|指标|指標|名称|科目|内容|数值|金额|金額|数据|值|参数|属性|項目名|値|항목|값',
  ].join('|')})$`,
  'iu',
);

/** Whether a header names no attribute of its own, as in `Metric | Value`, or is blank. */
export function isGenericHeader(text: string): boolean {
  const { label } = qualifyLabel(text);
  return label === '' || generic.test(label) || readUnitQualifier(label) !== null;
}

const periodFrame =
  /^(?:(?:the )?(?:fiscal |financial )?(?:years?|quarters?|(?:three|six|nine|twelve|\d{1,2}) months)(?: periods?)?(?: (?:ended|ending)\b.*)?|for the .{1,40}|(?:as )?(?:of|at)\b.*|(?:\d{1,2} )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?(?: \d{1,2})?,?)$/iu;

/** The columns right of the row labels, as the header rows describe them. */
export function readColumns(rows: readonly Row[], headerRows: number, width: number): Column[] {
  const hasBody = (index: number): boolean =>
    rows.slice(headerRows).some((row) => cellText(row, index) !== '');
  const bodies = Array.from({ length: width }, (_, index) => hasBody(index));
  const columns: Column[] = [];
  for (let index = 0; index < width; index += 1) {
    const parts: string[] = [];
    for (let row = 0; row < headerRows; row += 1) {
      const text = headerText({ rows, headerRows, row, index, bodies }).replaceAll('\n', ' ');
      if (text !== '' && parts.at(-1) !== text) parts.push(text);
    }
    columns.push(describeColumn(index, parts));
  }
  return withoutScenarios(columns);
}

const scenario =
  /^(?:actuals?|budget(?:ed)?|plan(?:ned)?|targets?|forecasts?|estimates?|estimated|projected|projections?|outlook|provisional|preliminary|final|audited|unaudited|adopted|approved|proposed|revised|reported)(?: (?:budget|figures?|amounts?|results?))?$/iu;

/**
 * "Budget 2024 | Actual 2023" are two periods of one attribute, what is planned for the one and what came of the
 * other; "Budget 2024 | Actual 2024" are two attributes.
 */
function withoutScenarios(columns: readonly Column[]): Column[] {
  const isScenario = ({ label, period }: Column): boolean =>
    period !== null && label.length === 1 && scenario.test(label[0] ?? '');
  const named = columns.filter(isScenario);
  const ofPeriods = columns.filter(({ label, period }) => period !== null && label.length === 0);
  const periods = [...named, ...ofPeriods].map(({ period }) => period);
  if (periods.length < 2 || new Set(periods).size < periods.length) return [...columns];
  return columns.map((column) => (isScenario(column) ? { ...column, label: [] } : column));
}

/** A header cell, or the one to its left that reaches over it. */
function headerText(options: {
  readonly rows: readonly Row[];
  readonly headerRows: number;
  readonly row: number;
  readonly index: number;
  readonly bodies: readonly boolean[];
}): string {
  const { rows, headerRows, row, index, bodies } = options;
  const own = cellText(rows[row], index);
  if (own !== '' || index < 2) return own;
  const below = rows.slice(row + 1, headerRows).some((each) => cellText(each, index) !== '');
  for (let left = index - 1; left > 0; left -= 1) {
    const text = cellText(rows[row], left);
    if (text === '') continue;
    return below || bodies[left] === false ? text : '';
  }
  return '';
}

function describeColumn(index: number, parts: readonly string[]): Column {
  const whole = readPeriod(parts.join(' '));
  const none = { label: [], period: null, scale: 1, unit: null, exceptPerShare: false };
  if (whole !== null) return { ...none, index, period: whole };
  let column: Omit<Column, 'index'> = none;
  for (const [at, part] of parts.entries()) {
    const joined = at > 0 ? readPeriod(`${parts[at - 1] ?? ''} ${part}`) : null;
    column = joined === null ? addPart(column, part) : { ...column, period: joined };
  }
  const label =
    column.period === null ? column.label : column.label.filter((each) => !periodFrame.test(each));
  return { ...column, label, index };
}

/** "% change", "Share in percent" */
const percentHeader = /^%|%$|\bper\s?cent(?:age)?\b/iu;

function addPart(column: Omit<Column, 'index'>, part: string): Omit<Column, 'index'> {
  const caption = readUnitQualifier(part);
  if (caption !== null) {
    return {
      ...column,
      scale: caption.scale === 1 ? column.scale : caption.scale,
      unit: caption.unit ?? column.unit,
      exceptPerShare: column.exceptPerShare || caption.exceptPerShare,
    };
  }
  const { label, period, scale, unit: stated, exceptPerShare } = qualifyLabel(tableLabel(part));
  const unit = stated ?? (percentHeader.test(part) ? '%' : null);
  return {
    label: label === '' ? column.label : [...column.label, label],
    period: period ?? column.period,
    scale: scale === 1 ? column.scale : scale,
    unit: unit ?? column.unit,
    exceptPerShare: column.exceptPerShare || exceptPerShare,
  };
}

/** A label of a table without the footnote number after it: "Revenue (1)". */
export function tableLabel(text: string): string {
  const label = bareLabel(text);
  // "(a)" points to a note; "(m)" is a unit.
  const bare = label.replace(/\s*(?:\((?:\d{1,2}|[a-fi-kn-ru-z])\)\s*,?\s*)+$/u, '');
  return bare === '' ? label : bare;
}
