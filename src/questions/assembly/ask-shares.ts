import { figureArithmetic, figureDraft } from '../grammar/drafts.ts';
import { entityFigure, measured } from '../grammar/figures.ts';
import { groupsDraft } from '../grammar/ask-groups.ts';
import { mayBeVerb, roleOf } from '../grammar/loose-words.ts';
import type { Figure, Quantity } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { columnsCalled } from '../grammar/catalog-columns.ts';
import { scaleOf } from '../language/adjectives.ts';
import { selectionOf, within } from '../grammar/row-sets.ts';
import type { Comparison } from '../plan.ts';
import { holds } from './ask-rows.ts';
import { targetsOf } from './ask-best.ts';
import { emptyCost, namingPositions, quantitiesAt, rowsIn } from './reading.ts';
import type { Assembled, Reading } from './reading.ts';
import type { Tile } from './tile.ts';

/** Whether the tile begins what is said of the rows named before: "was returned", "went by sea". */
function predicates({ context }: Reading, tile: Tile): boolean {
  const first = context.tokens[tile.start];
  if (first === undefined || !['condition', 'loose'].includes(tile.meaning.kind)) return false;
  if (['be', 'have', 'do'].includes(first.lemma)) return true;
  if (['that', 'which', 'who', 'whose', 'with', 'where', 'rated'].includes(first.word)) return false;
  return (
    roleOf(first) === 'light' ||
    (tile.meaning.kind === 'loose' && mayBeVerb(first) && /(?:ed|s|ing)$/.test(first.word))
  );
}

/** "What share of … was …": rows, or the sum of a quantity over them, as a part of others. */
export function shares(reading: Reading): Assembled[] {
  const { tiles, marks } = reading;
  if (marks.length !== 1 || marks[0] !== 'share' || !holds(reading, { measures: 1 })) return [];
  const mark = tiles.findIndex(({ meaning }) => meaning.kind === 'mark');
  if (reading.measures.some(({ meaning }) => meaning.measure.function !== 'sum')) return [];
  const boundary = tiles.findIndex((tile, index) => index > mark + 1 && predicates(reading, tile));
  if (boundary < 0) return [];
  const base = rowsIn(tiles.slice(0, boundary));
  const part = rowsIn(tiles.slice(boundary));
  if (part.where === null) return [];
  const of = selectionOf(base);
  const whole = Object.keys(of).length === 0 ? {} : { of };
  const selection = selectionOf(within(part, base));
  const results: Assembled[] = [];
  const empty = emptyCost(reading, reading.loose);
  if (empty !== null && reading.rows.length > 0 && reading.measures.length === 0)
    results.push({ draft: { selection, output: { kind: 'share', ...whole } }, ...empty });
  for (const { value, cost, notes } of quantitiesAt(reading, namingPositions(reading))) {
    const weight = numeric(value);
    if (weight === null || weight.type === 'percentage') continue;
    results.push({
      draft: { selection, output: { kind: 'share', weight: weight.expression, ...whole } },
      cost: cost + 0.05,
      notes,
    });
  }
  return results;
}

/** What a comparative in the question measures: "how much heavier". */
function comparedQuantities(reading: Reading): { value: Quantity; cost: number; notes: readonly string[] }[] {
  return reading.context.tokens.flatMap(({ word }) => {
    const scale = scaleOf(word);
    if (scale === null) return [];
    return scale.measured.flatMap((name) =>
      columnsCalled(reading.context, name)
        .slice(0, 2)
        .map(({ quantity, cost }) => ({
          value: quantity,
          cost: cost + 0.15,
          notes: [`"${word}" is taken to be of "${quantity.name}"`],
        })),
    );
  });
}

/** "How much heavier is … than …", "how many times more … than …": two rows compared. */
export function differences(reading: Reading): Assembled[] {
  const { entities } = reading;
  const marks = reading.marks.filter((mark) => mark !== 'than');
  const isRatio = marks[0] === 'multiple';
  if (marks.length !== 1 || !(isRatio || marks[0] === 'difference') || entities.length !== 2) return [];
  if (!holds(reading, { comparings: 0 })) return [];
  const [first, second] = entities;
  if (first === undefined || second === undefined) return [];
  const options = [...quantitiesAt(reading, namingPositions(reading)), ...comparedQuantities(reading)];
  return options.flatMap(({ value: given, cost, notes }): Assembled[] => {
    const value = numeric(given);
    if (value === null) return [];
    const one = entityFigure(value, first.meaning.name);
    const other = entityFigure(value, second.meaning.name);
    const figure: Figure | null = figureArithmetic(isRatio ? '/' : '-', one, other);
    const draft = figure === null ? null : figureDraft(figure);
    return draft === null ? [] : [{ draft, cost: cost + 0.05, notes }];
  });
}

/** "Average price of … versus …": a number for each of two groups of one field. */
export function contrasted(reading: Reading): Assembled[] {
  const { conditions, measures, marks, rows } = reading;
  if (!marks.includes('versus') && marks[0] !== 'compare') return [];
  const [measure] = measures;
  if (measure === undefined || measures.length !== 1 || !holds(reading, { measures: 1 })) return [];
  const named = [
    ...conditions.map(({ meaning }) => meaning.condition.predicate),
    ...rows.flatMap(({ meaning }) => meaning.rows.where ?? []),
  ];
  const values = named.flatMap((predicate) =>
    predicate.kind === 'is' && predicate.negated !== true ? [predicate] : [],
  );
  const [first] = values;
  if (
    first === undefined ||
    values.length !== named.length ||
    values.some(({ column }) => column !== first.column)
  )
    return [];
  const chosen = values.flatMap((each) => each.values);
  if (chosen.length < 2) return [];
  return quantitiesAt(reading, namingPositions(reading)).flatMap(({ value, cost, notes }): Assembled[] => {
    const of = numeric(value);
    if (of === null) return [];
    const draft = groupsDraft(
      { by: { kind: 'column', column: first.column }, name: first.column, columns: [first.column] },
      {
        value: { kind: 'measure', measure: { ...measure.meaning.measure, of: of.expression } },
        rows: { ...rowsIn([]), where: { kind: 'is', column: first.column, values: chosen } },
        percentage: of.type === 'percentage',
        unit: of.unit,
      },
      { show: 'both' },
    );
    return draft === null ? [] : [{ draft, cost: cost + 0.1, notes }];
  });
}

/** How many rows are asked for: "more than twice", "at least three patients". */
function boundOf(reading: Reading): { readonly comparison: Comparison; readonly limit: number } | null {
  const [times] = reading.times;
  const [comparing] = reading.comparings;
  if (times !== undefined) return comparing === undefined ? times.meaning : null;
  if (comparing === undefined) return null;
  const { operand, comparison, high } = comparing.meaning.comparing;
  const isCount = operand.kind === 'literal' && operand.literal.unit === null && !operand.literal.percent;
  const isOfRows = reading.rows.some(({ start }) => start === comparing.end);
  return isCount && isOfRows && high === undefined ? { comparison, limit: operand.literal.value } : null;
}

/** "Which … attended at least three …": the values of a field that so many rows have. */
export function frequentValues(reading: Reading): Assembled[] {
  const { marks } = reading;
  if (!holds(reading, { comparings: 1, times: 1 })) return [];
  if (marks.length !== 1 || !['which', 'who', 'list', 'many'].includes(marks[0] ?? '')) return [];
  const bound = boundOf(reading);
  if (bound === null) return [];
  const { comparison, limit } = bound;
  return targetsOf(reading).flatMap((target): Assembled[] => {
    const empty = emptyCost(
      reading,
      target.rest.filter((at) => reading.loose.includes(at)),
    );
    const left = { kind: 'measure', measure: { function: 'count' } } as const;
    const all = rowsIn(reading.tiles);
    const draft = groupsDraft(
      target.group,
      { value: left, rows: all, percentage: false, unit: null },
      {
        having: { left, comparison, right: { kind: 'number', value: limit }, rows: rowsIn([]) },
        show: marks[0] === 'many' ? 'number-of-groups' : 'group',
      },
    );
    return draft === null || empty === null
      ? []
      : [{ draft, cost: target.cost + empty.cost + 0.05, notes: [...target.notes, ...empty.notes] }];
  });
}

export const figureOf = measured;
