import type { TallyRow } from '../benchmark/score/tally.ts';
import type { Average } from '../scoring/statistics/averages.ts';
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
    { header: 'score %', cell: ({ micro }) => showAverage(micro) },
    { header: 'answered %', cell: ({ answered }) => showAverage(answered), isShown: hasMissing },
    { header: 'by domain %', cell: ({ macro }) => showAverage(macro), isShown: hasDomains },
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
            showAverage(score),
          ]),
        ),
        screen,
      }),
    );
  }
  return tables.join('\n\n');
}

function showAverage({ mean, standardError, count }: Average): string {
  if (count === 0) return '–';
  const percent = (value: number): string => (value * 100).toFixed(1);
  return standardError === null ? percent(mean) : `${percent(mean)} ± ${percent(standardError)}`;
}
