import { columnsNamed, cutSelections } from '../../questions/plan-nodes.ts';
import {
  evaluatePlan,
  type CompiledQuery,
  type Expression,
  type GroupedOutput,
  type QueryPlan,
  type Row,
  type Selection,
  type Value,
} from '../../questions/index.ts';
import { longestList } from './families/easy.ts';
import type { FinalAnswer } from './final-answer.ts';
import { thresholdMargin } from './printed-step.ts';
import type { SetTable } from './set-table.ts';

/** What makes a question unfit, in a word for the counts. */
export type GuardName =
  | 'no value'
  | 'empty or too long list'
  | 'trivial number'
  | 'threshold near a value'
  | 'order flips at the cut'
  | 'tie or missing value';

/** A change of a single value by this share must not change which rows come first. */
const perturbation = 0.01;

/**
 * Whether the answer is of a form that can be asked for: a list of 1 to 15 items, a number that is not nothing, a
 * share that is neither none nor all.
 */
export function guardAnswer(plan: QueryPlan, answer: FinalAnswer | null): GuardName | null {
  if (answer === null) return 'no value';
  const { value } = answer;
  if (Array.isArray(value)) {
    const isFit = value.length > 0 && value.length <= longestList;
    const isDistinct = new Set(value.map((item) => JSON.stringify(item).toLowerCase())).size === value.length;
    return isFit && isDistinct ? null : 'empty or too long list';
  }
  if (typeof value !== 'number') return null;
  const isShare = plan.output.kind === 'share';
  return value === 0 || (isShare && value >= 100) ? 'trivial number' : null;
}

/**
 * The guards of CorpusQA's question templates that rest on the values: no threshold within the printed precision of a
 * value it is compared with, and no ranking whose cut a change of one value by 1 % would move.
 */
export function guardValues(plan: QueryPlan, table: SetTable): GuardName | null {
  if (!thresholdsAreClear(plan, table)) return 'threshold near a value';
  return cutsAreFirm(plan, table) ? null : 'order flips at the cut';
}

/** Ties at a cut, values that are missing and divisions by zero, as the compiled query itself looks for them. */
export async function guardChecks(query: CompiledQuery, table: SetTable): Promise<GuardName | null> {
  for (const { sql } of query.checks) {
    const { rows } = await table.sql(sql);
    if (Number(rows[0]?.[0] ?? 0) > 0) return 'tie or missing value';
  }
  return null;
}

interface Comparison {
  readonly left: Expression;
  readonly right: Expression;
}

function thresholdsAreClear(plan: QueryPlan, table: SetTable): boolean {
  const rowsOf = (left: Expression, right: Expression): readonly (readonly Value[])[] => {
    if (left.kind !== 'column' || right.kind !== 'number') return valuesOf([left, right], table.rows, table);
    const column = left.period === undefined ? left.column : `${left.column}@${left.period}`;
    return table.rows.map((row) => [row[column] ?? null, right.value]);
  };
  return comparisons(plan).every(({ left, right }) => {
    // Two fields are compared as they are printed; ranks and parts are whole numbers.
    if (left.kind === 'column' && right.kind === 'column') return true;
    if (/"kind":"(?:rank|tier|item-count|date-part)"/.test(JSON.stringify(left))) return true;
    const pairs = rowsOf(left, right).flatMap(([value, limit]) =>
      typeof value === 'number' && typeof limit === 'number' ? [{ value, limit }] : [],
    );
    const margin = thresholdMargin(
      left,
      pairs.map(({ value }) => value),
    );
    return pairs.every(({ value, limit }) => Math.abs(value - limit) >= margin(value));
  });
}

function comparisons(part: unknown): Comparison[] {
  if (typeof part !== 'object' || part === null) return [];
  const own: Comparison[] = [];
  if ('kind' in part && part.kind === 'compare' && 'left' in part && 'right' in part) {
    own.push({ left: part.left as Expression, right: part.right as Expression });
  }
  if ('kind' in part && part.kind === 'between' && 'of' in part && 'low' in part && 'high' in part) {
    const left = part.of as Expression;
    own.push({ left, right: part.low as Expression }, { left, right: part.high as Expression });
  }
  return [...own, ...Object.values(part).flatMap(comparisons)];
}

/** The values of expressions, a line a row, in the order of the rows' names. */
function valuesOf(
  expressions: readonly Expression[],
  rows: readonly Row[],
  table: SetTable,
): readonly (readonly Value[])[] {
  const show = expressions.map((value, index) => ({ value, name: `value ${index}`, unit: null }));
  const plan: QueryPlan = { table: table.table.name, selection: {}, output: { kind: 'entities', show } };
  return evaluatePlan({ plan, rows, table: table.table }).map(([, ...values]) => values);
}

function cutsAreFirm(plan: QueryPlan, table: SetTable): boolean {
  const { output, selection } = plan;
  const cuts = cutSelections(plan).every(({ where, order, limit, offset = 0 }) => {
    const ranked = table.ranked({ ...(where === undefined ? {} : { where }), order });
    return [offset, offset + limit].every((place) =>
      isFirmAt(ranked, place, order.by, order.descending, table),
    );
  });
  if (!cuts) return false;
  switch (output.kind) {
    case 'best-per-group':
      return bestAreFirm(plan, output, table);
    case 'groups':
      return groupsAreFirm(plan, output, table);
    case 'cumulative':
      return sharesAreFirm(plan, output, table);
    case 'values':
      return output.show.every(({ value }) => value.kind !== 'rank' || rankIsFirm(value, selection, table));
    default:
      return true;
  }
}

// oxlint-disable-next-line eslint/max-params -- a place in a ranking, and what ranks it
function isFirmAt(
  ranked: readonly Row[],
  place: number,
  by: Expression,
  descending: boolean,
  table: SetTable,
): boolean {
  const [inside, outside] = [ranked[place - 1], ranked[place]];
  if (inside === undefined || outside === undefined) return true;
  const value = (row: Row): Value => valuesOf([by], [row], table)[0]?.[0] ?? null;
  const isBefore = (one: Value, other: Value): boolean => {
    if (typeof one !== 'number' || typeof other !== 'number') return one !== other;
    return descending ? one > other : one < other;
  };
  const [first, second] = [value(inside), value(outside)];
  if (!isBefore(first, second)) return false;
  return columnsNamed(by).every((column) =>
    [1 - perturbation, 1 + perturbation].every((factor) => {
      const changed = (row: Row): Row => {
        const cell = row[column];
        return typeof cell === 'number' ? { ...row, [column]: cell * factor } : row;
      };
      return isBefore(value(changed(inside)), second) && isBefore(first, value(changed(outside)));
    }),
  );
}

function rankIsFirm(
  { of, descending }: Expression & { readonly kind: 'rank' },
  { where }: Selection,
  table: SetTable,
): boolean {
  const name = where?.kind === 'entity' ? where.names[0] : undefined;
  const ranked = table.ranked({ order: { by: of, descending } });
  const place = ranked.findIndex((row) => row[table.table.key] === name);
  return [place, place + 1].every((each) => isFirmAt(ranked, each, of, descending, table));
}

function bestAreFirm(
  plan: QueryPlan,
  output: QueryPlan['output'] & { readonly kind: 'best-per-group' },
  table: SetTable,
): boolean {
  const two = evaluatePlan({
    plan: { ...plan, output: { ...output, limit: 2 } },
    rows: table.rows,
    table: table.table,
  });
  const byKey = new Map(table.rows.map((row) => [String(row[table.table.key]), row]));
  return [...Map.groupBy(two, ([group]) => group).values()].every((rows) => {
    const ranked = rows.map(([, key]) => byKey.get(String(key))).filter((row) => row !== undefined);
    return isFirmAt(ranked, 1, output.by, output.descending, table);
  });
}

/** A value changes a sum, an average or a median of like values by no more than its own share. */
function groupsAreFirm(plan: QueryPlan, output: GroupedOutput, table: SetTable): boolean {
  const { limit, offset = 0, ...whole } = output;
  if (limit === undefined) return true;
  const [first] = output.values;
  const isCount = first?.kind === 'measure' && first.measure.function === 'count';
  const all = evaluatePlan({
    plan: { ...plan, output: { ...whole, show: 'both' } },
    rows: table.rows,
    table: table.table,
  });
  return [offset, offset + limit].every((place) => {
    const [inside, outside] = [all[place - 1]?.[1], all[place]?.[1]];
    if (typeof inside !== 'number' || typeof outside !== 'number') return true;
    const gap = Math.abs(inside - outside);
    return isCount ? gap >= 1 : gap > perturbation * Math.max(Math.abs(inside), Math.abs(outside));
  });
}

/** The sum must not come within printed precision of the share, and a list must not turn on near-equal values. */
function sharesAreFirm(
  { selection }: QueryPlan,
  { of, descending, share, list }: QueryPlan['output'] & { readonly kind: 'cumulative' },
  table: SetTable,
): boolean {
  const order = { by: of, descending };
  const ranked = table.ranked({ ...selection, order });
  const values = valuesOf([of], ranked, table)
    .map(([value]) => Number(value ?? 0))
    .toSorted((one, other) => (descending ? other - one : one - other));
  const target = (values.reduce((sum, value) => sum + value, 0) * share) / 100;
  const margin = thresholdMargin(of, values);
  let running = 0;
  const place = values.findIndex((value) => (running += value) >= target) + 1;
  const last = values[place - 1] ?? 0;
  const isClear = running - target >= margin(last) && target - (running - last) >= margin(last);
  return isClear && (!list || isFirmAt(ranked, place, of, descending, table));
}
