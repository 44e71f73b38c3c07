import type { Grid } from './grid.ts';
import type { ReadingCollector } from './reading-collector.ts';
import { readStatement } from './statement.ts';

export interface TableSource {
  readonly collector: ReadingCollector;
  readonly rule: string;
  readonly caption: string | null;
}

export function readTable(source: TableSource, grid: Grid): void {
  for (const row of grid.rows.slice(grid.markedHeaderRows)) {
    const [label, value] = row;
    if (label === undefined || value === undefined || label.text === '') continue;
    readStatement(source.collector, { path: [label.text], start: label.start, value, rule: source.rule });
  }
}
