import type { Value } from '../../questions/index.ts';
import { columnName, isNumeric, type TruthField } from './truth-table.ts';

/** A field with the values that are certain, by entity. */
export interface Candidate {
  readonly field: TruthField;
  readonly values: ReadonlyMap<string, Value>;
}

/** A field may cost this share of the entities that are left, and all of them no more than this share in sum. */
const mostLostAtOnce = 0.06;
const mostLost = 0.35;
const mostOfType = { numbers: 24, periods: 16, categories: 8, others: 8 };
const fewestValues = 4;

/** The fields of a benchmark, and the entities that have a value of each. */
export interface ChosenFields {
  readonly fields: readonly TruthField[];
  readonly entities: readonly string[];
}

/** The fields of the given columns. */
export function takeFields(candidates: readonly Candidate[], columns: ReadonlySet<string>): ChosenFields {
  const taken = candidates.filter(({ field }) => columns.has(columnName(field)));
  const [first, ...others] = taken;
  const entities = [...(first?.values.keys() ?? [])].filter((key) =>
    others.every(({ values }) => values.has(key)),
  );
  return { fields: taken.map(({ field }) => field), entities: entities.toSorted() };
}

/**
 * Chooses the fields of a benchmark: those of the most entities first, as long as the entities that have them all
 * stay many. Fields whose values hardly differ are of no use.
 */
export function chooseFields(candidates: readonly Candidate[], rows: number): ChosenFields {
  const useful = withoutStandstill(candidates)
    .filter(({ field, values }) => values.size > rows * (1 - mostLost) && isVaried(field, values))
    .toSorted(
      (one, other) =>
        other.values.size - one.values.size ||
        Number(one.field.period !== null) - Number(other.field.period !== null) ||
        (columnName(one.field) < columnName(other.field) ? -1 : 1),
    );
  const counts = { numbers: 0, periods: 0, categories: 0, others: 0 };
  const chosen: TruthField[] = [];
  let entities: string[] | null = null;
  for (const { field, values } of useful) {
    const type = typeOf(field);
    if (counts[type] >= mostOfType[type]) continue;
    const left: readonly string[] = entities ?? [...values.keys()];
    const kept = left.filter((key) => values.has(key));
    const lost = entities === null ? 0 : left.length - kept.length;
    if (lost > left.length * mostLostAtOnce || kept.length < rows * (1 - mostLost)) continue;
    entities = kept;
    counts[type] += 1;
    chosen.push(field);
  }
  return { fields: withoutLonePeriods(chosen), entities: (entities ?? []).toSorted() };
}

function typeOf(field: TruthField): keyof typeof mostOfType {
  if (field.period !== null) return 'periods';
  if (isNumeric(field)) return 'numbers';
  return field.column.type === 'category' ? 'categories' : 'others';
}

function isVaried(field: TruthField, values: ReadonlyMap<string, Value>): boolean {
  const distinct = new Set([...values.values()].map(String)).size;
  if (isNumeric(field)) return distinct >= fewestValues && distinct >= values.size * 0.2;
  return field.column.type === 'boolean' ? distinct === 2 : distinct > 1;
}

/** A period from which to another of the field fewer values than this share change says nothing about change. */
const fewestChanged = 0.3;

function withoutStandstill(candidates: readonly Candidate[]): readonly Candidate[] {
  const periods = Map.groupBy(
    candidates.filter(({ field }) => field.period !== null),
    ({ field }) => field.column.name,
  );
  const changes = (one: Candidate, other: Candidate): boolean => {
    const common = [...one.values.keys()].filter((key) => other.values.has(key));
    const changed = common.filter((key) => one.values.get(key) !== other.values.get(key));
    return one !== other && common.length > 0 && changed.length >= common.length * fewestChanged;
  };
  return candidates.filter(
    (each) =>
      each.field.period === null ||
      (periods.get(each.field.column.name) ?? []).some((other) => changes(each, other)),
  );
}

/** A period is of use only beside another one of the same field. */
function withoutLonePeriods(fields: readonly TruthField[]): readonly TruthField[] {
  const periods = Map.groupBy(
    fields.filter(({ period }) => period !== null),
    ({ column }) => column.name,
  );
  return fields.filter(
    ({ column, period }) => period === null || (periods.get(column.name)?.length ?? 0) > 1,
  );
}
