import type { TallyRow } from '../benchmark/score/tally.ts';
import { formatAccuracy } from '../benchmark/report/format-figures.ts';
import { formatNumber } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable, type TextColumn } from './terminal/text-table.ts';

const named = ['strategy', 'model', 'set'] as const;

/** Draws what scored results amount to: a row for each strategy, model and length, then the domains. */
export function showScores(rows: readonly TallyRow[], screen: Screen): string {
  const names = named.filter((name) => rows.some((row) => row[name] !== null));
  const nameCells = (row: TallyRow): string[] => names.map((name) => row[name] ?? '');
  const nameColumns: TextColumn[] = names.map((header) => ({ header }));
  const hasDomains = rows.some(({ domains }) => domains.length > 1);
  const hasMissing = rows.some(({ missing }) => missing > 0);
  const numbers: { header: string; cell: (row: TallyRow) => string; isShown?: boolean }[] = [
    { header: 'results', cell: ({ count }) => formatNumber(count) },
    { header: 'right', cell: (row) => formatNumber(row.right) },
    { header: 'wrong', cell: (row) => formatNumber(row.wrong) },
    { header: 'ungraded', cell: ({ ungraded }) => formatNumber(ungraded) },
    { header: 'missing', cell: ({ missing }) => formatNumber(missing), isShown: hasMissing },
    { header: 'score %', cell: ({ micro }) => formatAccuracy(micro) },
    { header: 'answered %', cell: ({ answered }) => formatAccuracy(answered), isShown: hasMissing },
    { header: 'by domain %', cell: ({ macro }) => formatAccuracy(macro), isShown: hasDomains },
  ];
  const shown = numbers.filter(({ isShown = true }) => isShown);
  const tables = [
    textTable({
      columns: [
        ...nameColumns,
        ...shown.map(({ header }): TextColumn => ({ header, align: 'right', whole: true })),
      ],
      rows: rows.map((row) => [...nameCells(row), ...shown.map(({ cell }) => cell(row))]),
      screen,
    }),
  ];
  if (hasDomains) {
    tables.push(
      textTable({
        columns: [
          ...nameColumns,
          { header: 'domain' },
          { header: 'graded', align: 'right', whole: true },
          { header: 'score %', align: 'right', whole: true },
        ],
        rows: rows.flatMap((row) =>
          row.domains.map(({ domain, score }) => [
            ...nameCells(row),
            domain,
            formatNumber(score.count),
            formatAccuracy(score),
          ]),
        ),
        screen,
      }),
    );
  }
  return tables.join('\n\n');
}
