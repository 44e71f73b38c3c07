import { comparePaired, type PairedComparison } from '../../scoring/statistics/paired-comparison.ts';
import { createRandom } from '../random.ts';
import { questionKey, type ResultRun } from './load-results.ts';

/** Two runs on the questions that both have answered and that are graded in both. */
export interface RunComparison extends PairedComparison {
  readonly first: string;
  readonly second: string;
  readonly bothRight: number;
  readonly neitherRight: number;
}

/** Seeded, so that intervals are the same in every report. */
const seed = 'compare-runs';

export function compareRuns(first: ResultRun, second: ResultRun): RunComparison {
  const answered = new Map(second.results.map((result) => [questionKey(result.line), result]));
  const pairs = first.results.flatMap((result) => {
    const other = answered.get(questionKey(result.line));
    if (other === undefined || result.value === null || other.value === null) return [];
    return [{ first: result.value, second: other.value }];
  });
  return {
    first: first.label,
    second: second.label,
    ...comparePaired({ pairs, random: createRandom(seed) }),
    bothRight: pairs.filter((pair) => pair.first >= 0.5 && pair.second >= 0.5).length,
    neitherRight: pairs.filter((pair) => pair.first < 0.5 && pair.second < 0.5).length,
  };
}

/** Every two runs that have questions in common. */
export function compareAll(runs: readonly ResultRun[]): RunComparison[] {
  return runs.flatMap((first, index) =>
    runs
      .slice(index + 1)
      .map((second) => compareRuns(first, second))
      .filter(({ count }) => count > 0),
  );
}
