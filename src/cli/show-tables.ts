import type { CatalogColumn, CatalogTable } from '../table/catalog.ts';
import { formatCount, formatShare } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable } from './terminal/text-table.ts';

/** A table's heading and the columns given, a line each. */
export function showColumns({
  table,
  columns,
  screen,
}: {
  table: CatalogTable;
  columns: readonly CatalogColumn[];
  screen: Screen;
}): string {
  const heading =
    `${screen.paint('bold', table.name)}  ${formatCount(table.rows, 'row')}, ` +
    `${formatCount(table.columns.length, 'field')}, one row for each ${table.key}`;
  const body = textTable({
    columns: [
      { header: 'name', whole: true },
      { header: 'label' },
      { header: 'type' },
      { header: 'unit' },
      { header: 'coverage', align: 'right' },
      { header: 'examples' },
    ],
    rows: columns.map((column) => [
      column.name,
      column.label,
      column.periods.length > 0 ? `${column.type}, ${column.periods.length + 1} periods` : column.type,
      column.unit ?? '',
      formatShare(column.coverage),
      column.examples.join(' | '),
    ]),
    screen,
    indent: 2,
  });
  return `${heading}\n${body}`;
}

/** The columns that questions are mostly about: those that can be compared and counted first, then by coverage. */
export function mostUseful(columns: readonly CatalogColumn[]): CatalogColumn[] {
  const isText = ({ type }: CatalogColumn): number => (type === 'text' ? 1 : 0);
  return columns.toSorted(
    (first, second) => isText(first) - isText(second) || second.coverage - first.coverage,
  );
}
