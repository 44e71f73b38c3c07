import { average, macroAverage, type Average } from '../../scoring/statistics/averages.ts';
import type { ScoreLine } from '../run-line.ts';
import { outcomes, questionKey, type Outcome, type ResultRun } from './load-results.ts';
import { setOrder } from './set-order.ts';

/** What became of a number of questions. */
export interface Tally {
  readonly questions: number;
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Right ones among all but the ungraded; what is missing and what was refused counts as not right. */
  readonly accuracy: Average;
}

/** What answering took, over the lines that tell. */
export interface Effort {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
  readonly medianSeconds: number | null;
  readonly totalSeconds: number;
}

export interface RunSummary {
  readonly label: string;
  /** The questions of one length, or of all where `set` is null. */
  readonly set: string | null;
  readonly tally: Tally;
  /** The unweighted mean over domains, as published; null where there are fewer than two. */
  readonly overDomains: Average | null;
  readonly effort: Effort;
}

/** How runs did on parts of the questions. */
export interface Breakdown {
  readonly title: string;
  readonly categories: readonly { readonly name: string; readonly tallies: readonly (Tally | null)[] }[];
}

/** The figures of one kind of truth: independent of the strategies, or of their own making. */
export interface Figures {
  readonly runs: readonly string[];
  readonly sets: readonly string[];
  /** A summary for every set and run that takes part in it, in this order, then for all sets together. */
  readonly summaries: readonly RunSummary[];
  readonly breakdowns: readonly Breakdown[];
}

export interface ReportData {
  readonly runs: readonly ResultRun[];
  /** Null where no line has a truth that is independent of the strategy's own reader and grammar. */
  readonly headline: Figures | null;
  /** Lines whose truth stems from what the strategy itself uses; they say nothing of its quality. */
  readonly selfGraded: Figures | null;
}

/**
 * The figures of runs. What one run answers and another has no line for is missing there, and counts as not right.
 */
export function summarise(runs: readonly ResultRun[]): ReportData {
  return { runs, headline: figuresOf(runs, false), selfGraded: figuresOf(runs, true) };
}

/** A question as it came out for a run; where it is missing, the line is that of another run. */
interface Outcomed {
  readonly line: ScoreLine;
  readonly outcome: Outcome;
  readonly value: number | null;
}

interface RunLines {
  readonly label: string;
  readonly lines: readonly Outcomed[];
}

function figuresOf(runs: readonly ResultRun[], selfGraded: boolean): Figures | null {
  const chosen = runs
    .map((run) => ({
      ...run,
      results: run.results.filter(({ line }) => (line.self_graded ?? false) === selfGraded),
    }))
    .filter(({ results }) => results.length > 0);
  if (chosen.length === 0) return null;
  const completed = withMissing(chosen);
  const sets = [...new Set(completed.flatMap(({ lines }) => lines.map(({ line }) => line.set ?? '')))].sort(
    setOrder,
  );
  const named = sets.filter((set) => set !== '');
  const parts = sets.length > 1 || named.length === 0 ? [...named, null] : named;
  return {
    runs: completed.map(({ label }) => label),
    sets: named,
    summaries: parts
      .flatMap((set) => completed.map((run) => summaryOf(run, set)))
      .filter(({ tally }) => tally.questions > 0),
    breakdowns: dimensions.flatMap((dimension) => breakdownOf(completed, dimension)),
  };
}

/** Each run with every question that some run answers in a set that this one takes part in. */
function withMissing(runs: readonly ResultRun[]): RunLines[] {
  const asked = new Map<string, ScoreLine>();
  for (const { results } of runs) {
    for (const { line } of results) if (!asked.has(questionKey(line))) asked.set(questionKey(line), line);
  }
  return runs.map(({ label, results }) => {
    const answered = new Map(results.map((result) => [questionKey(result.line), result]));
    const sets = new Set(results.map(({ line }) => line.set));
    const lines = [...asked].flatMap(([key, line]): Outcomed[] => {
      const result = answered.get(key);
      if (result !== undefined) return [result];
      return sets.has(line.set) ? [{ line, outcome: 'missing', value: 0 }] : [];
    });
    return { label, lines };
  });
}

function summaryOf({ label, lines }: RunLines, set: string | null): RunSummary {
  const chosen = set === null ? lines : lines.filter(({ line }) => line.set === set);
  const domains = [...Map.groupBy(chosen, ({ line }) => line.domain ?? '').values()];
  return {
    label,
    set,
    tally: tallyOf(chosen),
    overDomains: domains.length < 2 ? null : macroAverage(domains.map((part) => tallyOf(part).accuracy)),
    effort: effortOf(chosen.filter(({ outcome }) => outcome !== 'missing').map(({ line }) => line)),
  };
}

function tallyOf(lines: readonly Outcomed[]): Tally {
  const counts = Object.fromEntries(
    outcomes.map((outcome) => [outcome, lines.filter((line) => line.outcome === outcome).length]),
  ) as Record<Outcome, number>;
  return {
    questions: lines.length,
    counts,
    accuracy: average(lines.flatMap(({ value }) => value ?? [])),
  };
}

function effortOf(lines: readonly ScoreLine[]): Effort {
  const sum = (valueOf: (line: ScoreLine) => number | undefined): number =>
    lines.reduce((total, line) => total + (valueOf(line) ?? 0), 0);
  const seconds = lines.flatMap((line) => line.seconds ?? []).sort((left, right) => left - right);
  return {
    calls: sum(({ calls }) => calls),
    inputTokens: sum(({ tokens }) => tokens?.input),
    outputTokens: sum(({ tokens }) => tokens?.output),
    usd: sum((line) => line.cost_usd),
    medianSeconds: seconds[Math.floor((seconds.length - 1) / 2)] ?? null,
    totalSeconds: sum((line) => line.seconds),
  };
}

interface Dimension {
  readonly title: string;
  readonly of: (line: ScoreLine) => string | undefined;
  readonly order?: readonly string[];
}

const dimensions: readonly Dimension[] = [
  { title: 'Domain', of: ({ domain }) => domain },
  { title: 'Difficulty', of: ({ difficulty }) => difficulty, order: ['easy', 'medium', 'hard'] },
  { title: 'Kind of answer', of: (line) => line.answer_type },
  { title: 'Family', of: ({ family }) => family },
  {
    title: 'Share of documents to be read',
    of: ({ dispersion }) => (dispersion === undefined ? undefined : shareClass(dispersion.read)),
    order: ['below 10 %', '10 to 50 %', '50 to 90 %', '90 % and more'],
  },
  { title: 'Language', of: ({ language }) => language },
  {
    title: 'Asks about',
    of: (line) => (line.look_up === undefined ? undefined : line.look_up ? 'one entity' : 'many documents'),
  },
];

function shareClass(share: number): string {
  if (share < 0.1) return 'below 10 %';
  if (share < 0.5) return '10 to 50 %';
  return share < 0.9 ? '50 to 90 %' : '90 % and more';
}

/** Nothing where all questions are of one category. */
function breakdownOf(runs: readonly RunLines[], { title, of, order = [] }: Dimension): Breakdown[] {
  const names = new Set(runs.flatMap(({ lines }) => lines.flatMap(({ line }) => of(line) ?? [])));
  if (names.size < 2) return [];
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const sorted = [...names].sort(
    (left, right) => place(left) - place(right) || left.localeCompare(right, 'en', { numeric: true }),
  );
  const categories = sorted.map((name) => ({
    name,
    tallies: runs.map(({ lines }) => {
      const part = lines.filter(({ line }) => of(line) === name);
      return part.length === 0 ? null : tallyOf(part);
    }),
  }));
  return [{ title, categories }];
}
