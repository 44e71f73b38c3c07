import { readPeriod } from '../values/periods.ts';
import type { UnitCaption } from '../values/unit-caption.ts';
import type { CleanText } from './clean-text.ts';
import { bareLabel } from './label-qualifiers.ts';
import { cellKind } from './table-cells.ts';
import type { Column } from './table-header.ts';
import type { TableShape } from './table-layout.ts';
import { readUnitQualifier } from './unit-qualifier.ts';

/** A row of values with what stands above it in the table. */
export interface BodyRow {
  readonly cells: readonly CleanText[];
  readonly labelText: string;
  /** Whether the row sums up others, so that its label names no entity. */
  readonly isSummary: boolean;
  /** Where the row's label begins in the stored text. */
  readonly start: number;
  readonly groups: readonly string[];
  readonly period: string | null;
  readonly caption: UnitCaption | null;
}

interface RowsSource {
  readonly text: string;
  readonly body: readonly (readonly CleanText[])[];
  readonly shape: TableShape;
  readonly columns: readonly Column[];
}

const summaryLabel =
  /^(?:(?:grand|sub|net|overall)[ -]?)?totals?(?![\p{L}])|^(?:sum|all|gesamt|summe|insgesamt|合计|总计|總計|小计|合計|総計|totaal|somme|suma)(?![\p{L}])/iu;
const closesGroup = /^(?:sub-?)?totals?(?![\p{L}])|^(?:合计|总计|小计|合計|gesamt|summe)(?![\p{L}])/iu;

/** The column of a label that stands right before the only values of its row: `| | | Subtotal | 101.00 |`. */
function shiftedLabel(cells: readonly CleanText[]): number {
  const first = cells.findIndex((cell) => cell.text !== '');
  if (first < 0 || cellKind(cells[first]) !== 'text') return -1;
  const after = cells.slice(first + 1).filter((cell) => cell.text !== '');
  return after.length > 0 && after.every((cell) => cellKind(cell) === 'typed') ? first : -1;
}

/** The rows of a table that state values, each under its groups: rows that have a label and nothing else. */
export class TableRows implements Iterable<BodyRow> {
  readonly #source: RowsSource;
  #groups: string[] = [];
  #groupPeriod: string | null = null;
  #caption: UnitCaption | null = null;
  #merged = '';
  #above: CleanText | null = null;
  #afterGroup = false;

  constructor(source: RowsSource) {
    this.#source = source;
  }

  *[Symbol.iterator](): Generator<BodyRow> {
    const { body, shape } = this.#source;
    for (const cells of body) {
      if (this.#isGroup(cells)) {
        this.#openGroup(cells);
        continue;
      }
      const own = cells[shape.labelColumn];
      const shifted = own === undefined || own.text !== '' ? -1 : shiftedLabel(cells);
      const label = shifted < 0 ? own : cells[shifted];
      if (label === undefined || !this.#hasValue(cells)) continue;
      const merged = this.#mergedGroup(cells);
      const labelText = label.text.replaceAll('\n', ' ');
      yield {
        cells: shifted < 0 ? this.#withMergedCell(cells) : cells.with(shifted, { ...label, text: '' }),
        isSummary: shifted >= 0 || summaryLabel.test(labelText),
        labelText,
        start: label.start,
        groups: merged === '' ? this.#groups : [...this.#groups, merged],
        period: this.#groupPeriod,
        caption: this.#caption,
      };
      this.#afterGroup = false;
      if (closesGroup.test(labelText)) this.#groups = [];
    }
  }

  #hasValue(cells: readonly CleanText[]): boolean {
    return this.#source.shape.valueColumns.some((column) => (cells[column.index]?.text ?? '') !== '');
  }

  /** What a column of merged cells says about this row; in a table of entities it is a column of its own. */
  #mergedGroup(cells: readonly CleanText[]): string {
    const { shape } = this.#source;
    if (shape.groupColumn < 0 || shape.layout === 'entities') return '';
    const own = cells[shape.groupColumn]?.text ?? '';
    if (own !== '') this.#merged = bareLabel(own.replaceAll('\n', ' '));
    return this.#merged;
  }

  /** In a table of entities, a blank cell left of the labels repeats the one above. */
  #withMergedCell(cells: readonly CleanText[]): readonly CleanText[] {
    const { shape } = this.#source;
    if (shape.groupColumn < 0 || shape.layout !== 'entities') return cells;
    const own = cells[shape.groupColumn];
    if (own !== undefined && own.text !== '') {
      this.#above = own;
      return cells;
    }
    const above = this.#above;
    return above === null ? cells : cells.map((cell, index) => (index === shape.groupColumn ? above : cell));
  }

  #isGroup(cells: readonly CleanText[]): boolean {
    const filled = cells.filter((cell) => cell.text !== '');
    const first = filled[0];
    if (first === undefined) return false;
    const spread =
      filled.length > 1 && filled.length === cells.length && filled.every((cell) => cell.text === first.text);
    if (spread) return cells.length > 2;
    if (filled.length > 1 || !/\p{L}|^\d{4}$/u.test(first.text)) return false;
    const at = cells.indexOf(first);
    if (at > this.#source.shape.labelColumn) return false;
    return cells.length > 2 || this.#source.columns.length > 2 || this.#looksLikeHeading(first);
  }

  /** In a table of two columns, a row without a value may just lack one. */
  #looksLikeHeading(cell: CleanText): boolean {
    const before = this.#source.text.slice(Math.max(0, cell.start - 3), cell.start);
    return (
      /[:：]$/u.test(cell.text) || /(?:\*\*|__|b>)$/u.test(before) || /^[\p{Lu}\s&,/-]{4,}$/u.test(cell.text)
    );
  }

  #openGroup(cells: readonly CleanText[]): void {
    const text = (cells.find((cell) => cell.text !== '')?.text ?? '').replaceAll('\n', ' ');
    const caption = readUnitQualifier(text);
    if (caption !== null) {
      this.#caption = caption;
      return;
    }
    const period = readPeriod(text);
    if (period !== null) {
      this.#groupPeriod = period;
      return;
    }
    const group = bareLabel(text);
    this.#groups = this.#afterGroup ? [...this.#groups.slice(-2), group] : [group];
    this.#afterGroup = true;
  }
}
