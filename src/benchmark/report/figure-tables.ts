import { formatAccuracy, formatDuration, formatUsd, formatWhole } from './format-figures.ts';
import { outcomes } from './load-results.ts';
import type { Figures } from './summarise.ts';

/** A table of a report, before it is written as Markdown or as a part of the page. */
export interface FigureTable {
  /** Headers of the columns with names, which stand first. */
  readonly names: readonly string[];
  /** Headers of the columns with figures. */
  readonly figures: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What became of the questions, a row a set and run. */
export function countFigures({ summaries }: Figures): FigureTable {
  const hasDomains = summaries.some(({ overDomains }) => overDomains !== null);
  return {
    names: ['set', 'run'],
    figures: ['questions', ...outcomes, 'accuracy %', ...(hasDomains ? ['mean over domains %'] : [])],
    rows: summaries.map(({ set, label, tally, overDomains }) => [
      set ?? 'all',
      label,
      formatWhole(tally.questions),
      ...outcomes.map((outcome) => formatWhole(tally.counts[outcome])),
      formatAccuracy(tally.accuracy),
      ...(hasDomains ? [overDomains === null ? '–' : formatAccuracy(overDomains)] : []),
    ]),
  };
}

/** What the answers took, a row a set and run. */
export function effortFigures({ summaries }: Figures): FigureTable {
  return {
    names: ['set', 'run'],
    figures: ['calls', 'tokens in', 'tokens out', 'USD', 'median time', 'total time'],
    rows: summaries.map(({ set, label, effort }) => [
      set ?? 'all',
      label,
      formatWhole(effort.calls),
      formatWhole(effort.inputTokens),
      formatWhole(effort.outputTokens),
      formatUsd(effort.usd),
      formatDuration(effort.medianSeconds),
      formatDuration(effort.totalSeconds),
    ]),
  };
}
