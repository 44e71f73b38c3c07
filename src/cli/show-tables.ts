import type { CatalogColumn, CatalogTable } from '../table/catalog.ts';
import { formatCount, formatShare } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable } from './terminal/text-table.ts';

/** The columns of a table, most covered first or in the table's order, at most `limit` of them. */
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

/** Columns in order of falling coverage, the table's own order among equals. */
export function byCoverage(columns: readonly CatalogColumn[]): CatalogColumn[] {
  return columns.toSorted((first, second) => second.coverage - first.coverage);
}
