import type { RunComparison } from './compare-runs.ts';
import { countFigures, effortFigures, type FigureTable } from './figure-tables.ts';
import { formatAccuracy, formatProbability, formatWhole } from './format-figures.ts';
import type { Breakdown, Figures, ReportData } from './summarise.ts';

/** What every form of a report says about lines that are not in its headline. */
export const selfGradedNote =
  'The truth of these rows stems from what the strategy itself uses: the pattern reader read it, or the grammar wrote ' +
  'the question. They show that the parts agree, not how good the strategy is.';

/** What a report says that has no other lines, and what would make some. */
export const noHeadlineNote =
  'There are no other rows, so nothing here tells how good a strategy is. Rows of language models do, which neither read ' +
  'the truth nor wrote the questions: `bench run FOLDER --strategy full,retrieval,memory --model ID`.';

/** The report as Markdown: the same tables as on the page, without the single questions. */
export function markdownReport({
  data: { headline, selfGraded },
  comparisons,
}: {
  data: ReportData;
  comparisons: readonly RunComparison[];
}): string {
  const parts = ['# Benchmark report'];
  if (headline !== null) parts.push(...figuresMarkdown(headline));
  if (comparisons.length > 0)
    parts.push('## Runs compared, question by question', comparisonTable(comparisons));
  if (selfGraded !== null)
    parts.push(
      '## Self-graded',
      selfGradedNote,
      ...(headline === null ? [noHeadlineNote] : []),
      ...figuresMarkdown(selfGraded, '###'),
    );
  return `${parts.join('\n\n')}\n`;
}

function figuresMarkdown(figures: Figures, heading = '##'): string[] {
  return [
    figureTable(countFigures(figures)),
    `${heading} What it took`,
    figureTable(effortFigures(figures)),
    ...figures.breakdowns.flatMap((breakdown) => [
      `${heading} ${breakdown.title}`,
      breakdownTable(breakdown, figures.runs),
    ]),
  ];
}

function figureTable({ names, figures, rows }: FigureTable): string {
  return table([...names, ...figures.map(right)], rows);
}

function breakdownTable({ title, categories }: Breakdown, runs: readonly string[]): string {
  return table(
    [title.toLowerCase(), ...runs.map(right)],
    categories.map(({ name, tallies }) => [
      name,
      ...tallies.map((tally) =>
        tally === null ? '–' : `${formatAccuracy(tally.accuracy)} (${tally.questions})`,
      ),
    ]),
  );
}

function comparisonTable(comparisons: readonly RunComparison[]): string {
  return table(
    [
      'first',
      'second',
      ...['questions', 'both right', 'only first', 'only second', 'neither', 'difference %', '95 %', 'p'].map(
        right,
      ),
    ],
    comparisons.map((comparison) => [
      comparison.first,
      comparison.second,
      ...[
        comparison.count,
        comparison.bothRight,
        comparison.onlyFirst,
        comparison.onlySecond,
        comparison.neitherRight,
      ].map(formatWhole),
      (comparison.difference * 100).toFixed(1),
      comparison.interval.map((bound) => (bound * 100).toFixed(1)).join(' to '),
      formatProbability(comparison.mcNemarP),
    ]),
  );
}

interface Header {
  readonly text: string;
  readonly isRight: boolean;
}

function right(text: string): Header {
  return { text, isRight: true };
}

function table(headers: readonly (string | Header)[], rows: readonly (readonly string[])[]): string {
  const columns = headers.map((header) =>
    typeof header === 'string' ? { text: header, isRight: false } : header,
  );
  const line = (cells: readonly string[]): string => `| ${cells.map(escapeCell).join(' | ')} |`;
  const rule = `|${columns.map(({ isRight }) => (isRight ? ' ---: |' : ' --- |')).join('')}`;
  return [line(columns.map(({ text }) => text)), rule, ...rows.map(line)].join('\n');
}

/** Names come from files: nothing in them may begin a cell, a tag or a link. */
function escapeCell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>[\]`*_]/g, (character) => `\\${character}`);
}
