import { difficulties, type BuildReport, type SetReport } from '../benchmark/index.ts';
import { oneLine } from './terminal/display-text.ts';
import { formatCount, formatNumber, formatSeconds } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable } from './terminal/text-table.ts';

/** What was built: a line a set, and what is worth knowing. */
export function showBuildReport({
  report,
  seconds,
  screen,
}: {
  report: BuildReport;
  seconds: number;
  screen: Screen;
}): string {
  const { sets, folder, counterfactual, notes } = report;
  const table = textTable({
    columns: [
      { header: 'set', whole: true },
      { header: 'documents', align: 'right' },
      { header: 'tokens', align: 'right' },
      { header: 'questions', align: 'right' },
      ...difficulties.map((difficulty) => ({ header: difficulty, align: 'right' as const })),
      { header: 'families', align: 'right' },
      { header: 'documents read', align: 'right' },
    ],
    rows: sets.map((set) => [
      set.name,
      formatNumber(set.documents),
      formatNumber(set.tokens),
      formatNumber(set.questions.length),
      ...difficulties.map((difficulty) =>
        formatNumber(set.questions.filter((each) => each.difficulty === difficulty).length),
      ),
      formatNumber(new Set(set.questions.map(({ family }) => family)).size),
      `${formatNumber(Math.round(100 * medianRead(set)))} %`,
    ]),
    screen,
  });
  const lines = [`Built ${folder} in ${formatSeconds(seconds)}.`, '', table];
  const tell = (text: string): number => lines.push(`${screen.paint('cyan', 'Note')} ${oneLine(text)}`);
  lines.push('');
  if (counterfactual > 0)
    tell(`${formatCount(counterfactual, 'document is', 'documents are')} counterfactual.`);
  const paraphrased = sets.reduce((sum, each) => sum + each.paraphrased, 0);
  if (paraphrased > 0)
    tell(`${formatCount(paraphrased, 'question is', 'questions are')} in the words of the model.`);
  for (const note of notes) tell(note);
  for (const [missing, names] of Map.groupBy(
    sets.filter(({ missing }) => missing.length > 0),
    ({ missing }) => missing.join(', '),
  )) {
    tell(`No question could be made of ${missing} in ${names.map(({ name }) => name).join(', ')}.`);
  }
  return lines.join('\n').trimEnd();
}

function medianRead({ questions }: SetReport): number {
  const shares = questions.map(({ dispersion }) => dispersion.read).toSorted((one, other) => one - other);
  return shares[Math.floor(shares.length / 2)] ?? 0;
}
