import {
  formatAccuracy,
  formatProbability,
  formatWhole,
  noHeadlineNote,
  selfGradedNote,
  type Figures,
  type ReportData,
  type RunComparison,
} from '../benchmark/index.ts';
import { oneLine } from './terminal/display-text.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable, type TextColumn } from './terminal/text-table.ts';

/** A report for the terminal: a line for each length and run, and two runs compared where there are no more. */
export function showReport({
  data: { headline, selfGraded },
  comparisons,
  screen,
}: {
  data: ReportData;
  comparisons: readonly RunComparison[];
  screen: Screen;
}): string {
  const parts: string[] = [];
  if (headline !== null) parts.push(showFigures(headline, screen));
  if (selfGraded !== null) {
    const notes = headline === null ? [selfGradedNote, noHeadlineNote] : [selfGradedNote];
    parts.push(
      `${screen.paint('yellow', 'Self-graded')} ${notes.join('\n')}\n\n${showFigures(selfGraded, screen)}`,
    );
  }
  const [comparison] = comparisons;
  if (comparison !== undefined && comparisons.length === 1) parts.push(showComparison(comparison));
  return parts.join('\n\n');
}

function showFigures({ summaries }: Figures, screen: Screen): string {
  const hasMissing = summaries.some(({ tally }) => tally.counts.missing > 0);
  const shown = [
    'right',
    'wrong',
    'refused',
    'ungraded',
    ...(hasMissing ? (['missing'] as const) : []),
  ] as const;
  const columns: TextColumn[] = [
    { header: 'set' },
    { header: 'run', whole: true },
    ...['questions', ...shown, 'accuracy %'].map((header) => ({ header, align: 'right' as const })),
  ];
  const rows = summaries.map(({ set, label, tally }) => [
    set ?? 'all',
    label,
    formatWhole(tally.questions),
    ...shown.map((outcome) => formatWhole(tally.counts[outcome])),
    formatAccuracy(tally.accuracy),
  ]);
  return textTable({ columns, rows, screen });
}

function showComparison(comparison: RunComparison): string {
  const { first, second, count, bothRight, onlyFirst, onlySecond, neitherRight } = comparison;
  const bounds = comparison.interval.map((bound) => (bound * 100).toFixed(1)).join(' to ');
  return oneLine(
    `${second} against ${first} on ${formatWhole(count)} questions: ${(comparison.difference * 100).toFixed(1)} points ` +
      `(95 %: ${bounds}; McNemar's p ${formatProbability(comparison.mcNemarP)}). Both right ${bothRight}, only the first ` +
      `${onlyFirst}, only the second ${onlySecond}, neither ${neitherRight}.`,
  );
}
