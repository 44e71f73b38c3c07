import { figureArithmetic, figureDraft, valuesDraft } from '../grammar/drafts.ts';
import { measured } from '../grammar/figures.ts';
import type { Figure } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { ranked } from '../grammar/row-sets.ts';
import { columnsNamed } from '../plan-nodes.ts';
import { rankings } from './ask-best.ts';
import { holds } from './ask-rows.ts';
import { conditionIn, isPlainNoun, namingPositions, quantitiesAt, rowsIn } from './reading.ts';
import type { Assembled, Reading } from './reading.ts';

/** "Who owns the largest farm", "what is the date of the latest inspection": a value of the first row in an order. */
export function valuesOfBest(reading: Reading): Assembled[] {
  const { superlatives, rows, marks, loose } = reading;
  const [superlative] = superlatives;
  if (superlative === undefined || !holds(reading, { superlatives: 1 })) return [];
  if (marks.length !== 1 || !['which', 'who', 'when', 'much'].includes(marks[0] ?? '')) return [];
  if (!rows.some((tile) => isPlainNoun(tile) && tile.start === superlative.end)) return [];
  const before = loose.filter((at) => at < superlative.start);
  const after = loose.filter((at) => at > superlative.end);
  const all = rowsIn(reading.tiles);
  return quantitiesAt(reading, before).flatMap(({ value, cost, notes }) =>
    rankings(reading, superlative.meaning.superlative, after).flatMap((ranking): Assembled[] => {
      const chosen = ranked(all, { ...ranking.value, limit: ranking.value.limit ?? 1 });
      const draft = chosen === null ? null : valuesDraft(chosen, [value]);
      return draft === null
        ? []
        : [{ draft, cost: cost + ranking.cost, notes: [...notes, ...ranking.notes] }];
    }),
  );
}

/** "What is the shallowest water table at …": the least or most of a field over rows. */
export function extremes(reading: Reading): Assembled[] {
  const { superlatives, rows, marks, context } = reading;
  const [superlative] = superlatives;
  if (superlative === undefined || marks.length !== 1 || marks[0] !== 'which') return [];
  if (!holds(reading, { superlatives: 1 }) || context.tokens[0]?.word !== 'what') return [];
  if (context.tokens[1]?.lemma !== 'be' || rows.some(({ start }) => start === superlative.end)) return [];
  const { descending, limit, offset, units } = superlative.meaning.superlative;
  if (limit !== null || offset !== 0) return [];
  const all = rowsIn(reading.tiles);
  return quantitiesAt(reading, namingPositions(reading)).flatMap(({ value, cost, notes }): Assembled[] => {
    if (value.type === 'date' && units !== undefined) return [];
    const figure = measured({ function: descending ? 'maximum' : 'minimum' }, value, all);
    const draft = figure === null ? null : figureDraft(figure);
    return draft === null ? [] : [{ draft, cost: cost + 0.05, notes }];
  });
}

/** "By how much does the average … in 2023 differ from that in 2022": one number over two sets of rows. */
export function groupDifferences(reading: Reading): Assembled[] {
  const marks = reading.marks.filter((mark) => mark !== 'than');
  const [measure] = reading.measures;
  const isRatio = marks[0] === 'multiple';
  if (marks.length !== 1 || !(isRatio || marks[0] === 'difference') || measure === undefined) return [];
  if (reading.entities.length > 0 || !holds(reading, { measures: 2 })) return [];
  if (reading.measures.some(({ meaning }) => meaning.measure.function !== measure.meaning.measure.function))
    return [];
  const sets = reading.tiles.filter((tile) => conditionIn(tile) !== null && !isPlainNoun(tile));
  const [first, second] = sets;
  if (first === undefined || second === undefined || sets.length !== 2) return [];
  // Only sets told apart by one field stand against one another.
  const [own, other] = [first, second].map((tile) => columnsNamed(conditionIn(tile)).join());
  if (own !== other || first.start > second.start) return [];
  return quantitiesAt(reading, namingPositions(reading)).flatMap(
    ({ value: given, cost, notes }): Assembled[] => {
      const value = numeric(given);
      if (value === null) return [];
      const one = measured(measure.meaning.measure, value, rowsIn([first]));
      const two = measured(measure.meaning.measure, value, rowsIn([second]));
      const figure: Figure | null =
        one === null || two === null ? null : figureArithmetic(isRatio ? '/' : '-', one, two);
      const draft = figure === null ? null : figureDraft(figure);
      return draft === null ? [] : [{ draft, cost: cost + 0.05, notes }];
    },
  );
}
