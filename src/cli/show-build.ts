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
  const paraphrases = describeParaphrases(sets);
  if (paraphrases !== null) tell(paraphrases);
  for (const note of notes) tell(note);
  for (const [missing, names] of Map.groupBy(
    sets.filter(({ missing }) => missing.length > 0),
    ({ missing }) => missing.join(', '),
  )) {
    tell(`No question could be made of ${missing} in ${names.map(({ name }) => name).join(', ')}.`);
  }
  return lines.join('\n').trimEnd();
}

/** How many questions are in the words of a model, and why the others are not; null where none was asked. */
function describeParaphrases(sets: readonly SetReport[]): string | null {
  const count = (outcome: keyof SetReport['paraphrases']): number =>
    sets.reduce((sum, { paraphrases }) => sum + (paraphrases[outcome] ?? 0), 0);
  const kept = count('kept');
  const refused = [
    [count('read otherwise'), 'were not understood as the same question'],
    [count('no other words'), 'were the same words again, or no question'],
    [count('answered by ten documents'), 'let ten documents give the answer'],
  ] as const;
  const left = refused.filter(([times]) => times > 0);
  if (kept === 0 && left.length === 0) return null;
  const words = `${formatCount(kept, 'question is', 'questions are')} in the words of the model`;
  if (left.length === 0) return `${words}.`;
  const whys = left.map(([times, why]) => `${formatNumber(times)} ${why}`).join(', ');
  return `${words}. The others keep the grammar's: of the model's words for them ${whys}.`;
}

function medianRead({ questions }: SetReport): number {
  const shares = questions.map(({ dispersion }) => dispersion.read).toSorted((one, other) => one - other);
  return shares[Math.floor(shares.length / 2)] ?? 0;
}
