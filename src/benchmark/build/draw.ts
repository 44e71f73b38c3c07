import {
  evaluatePlan,
  type Expression,
  type Predicate,
  type QueryPlan,
  type Row,
  type Value,
} from '../../questions/index.ts';
import type { CatalogTable } from '../../table/index.ts';
import type { Random } from '../random.ts';
import { and, compare, number, valueOf, type MakePlan } from './families/parts.ts';
import { thresholdMargin } from './printed-step.ts';
import { columnName, isNumeric, type TruthField } from './truth-table.ts';

/** Two periods of one field, the later first. */
export interface PeriodPair {
  readonly field: TruthField;
  readonly later: TruthField;
  readonly earlier: TruthField;
}

/** What a family of questions cannot be asked of a table with. */
export class NothingToDraw extends Error {
  override readonly name = 'NothingToDraw';
}

/** What fewer rows than this are is an exception. */
const rareShare = 0.04;
/** By how much the largest amount exceeds the middle one, where amounts add up to something. */
const unevenFactor = 4;

/**
 * Draws the parts of a question by seed: fields, thresholds in gaps between values, categories with enough rows.
 * What suits questions follows from the rows, which differ from set to set.
 */
export class Draw {
  readonly plan: MakePlan;
  readonly numbers: readonly TruthField[];
  /** Numbers in amounts: what can be summed, and divided by each other. */
  readonly amounts: readonly TruthField[];
  /** Amounts that add up to something: no rates, and of very different sizes. */
  readonly sums: readonly TruthField[];
  readonly categories: readonly TruthField[];
  readonly dates: readonly TruthField[];
  readonly booleans: readonly TruthField[];
  readonly pairs: readonly PeriodPair[];
  readonly rows: readonly Row[];
  /** The column that names the rows. */
  readonly key: string;
  readonly #table: CatalogTable;
  readonly #values = new Map<string, readonly (number | null)[]>();
  readonly #groupsOf = new Map<string, readonly { readonly value: string; readonly rows: number }[]>();
  #random: Random = () => 0;

  constructor({
    table,
    fields,
    rows,
  }: {
    table: CatalogTable;
    fields: readonly TruthField[];
    rows: readonly Row[];
  }) {
    this.#table = table;
    this.key = table.key;
    this.rows = rows;
    this.plan = (selection, output) => ({ table: table.name, selection, output });
    const latest = fields.filter(({ period }) => period === null);
    const isVaried = (field: TruthField): boolean =>
      new Set(rows.map((row) => row[columnName(field)])).size >= Math.min(4, rows.length);
    this.numbers = latest.filter((field) => isNumeric(field) && isVaried(field));
    this.amounts = this.numbers.filter(({ column }) => column.type === 'number');
    this.sums = this.amounts.filter((field) => this.#addsUp(field));
    this.categories = latest.filter(
      ({ column }) => column.type === 'category' && this.#groups(column.name).length > 1,
    );
    this.dates = latest.filter(({ column }) => column.type === 'date');
    this.booleans = latest.filter(({ column }) => column.type === 'boolean');
    this.pairs = pairsOf(fields);
  }

  /** From here on everything is drawn by this seed's numbers. */
  seed(random: Random): void {
    this.#random = random;
  }

  random(): number {
    return this.#random();
  }

  #addsUp(field: TruthField): boolean {
    const values = this.values(valueOf(field))
      .filter((value) => value !== null)
      .toSorted((one, other) => one - other);
    const [low = 0, middle = 0, high = 0] = [values[0], values[values.length >> 1], values.at(-1)];
    return !/\/| per /.test(field.column.unit ?? '') && low >= 0 && high > middle * unevenFactor;
  }

  /** @throws {NothingToDraw} when there is none. */
  one<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new NothingToDraw('nothing to choose from');
    return item;
  }

  several<Item>(items: readonly Item[], howMany: number): readonly Item[] {
    const left = [...items];
    const taken: Item[] = [];
    while (taken.length < howMany) {
      const item = this.one(left);
      left.splice(left.indexOf(item), 1);
      taken.push(item);
    }
    return taken;
  }

  two<Item>(items: readonly Item[]): readonly [Item, Item] {
    const [one, other] = this.several(items, 2);
    if (one === undefined || other === undefined) throw new NothingToDraw('fewer than two');
    return [one, other];
  }

  /** A whole number from `low` to `high`. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.random() * (high - low + 1));
  }

  /** How many rows a ranking is cut at: fewer than half of them. */
  cut(): number {
    return this.whole(2, Math.max(2, Math.min(10, Math.floor(this.rows.length / 2))));
  }

  entity(): string {
    return String(this.one(this.rows)[this.key]);
  }

  /**
   * An entity that stands apart in the order of a number: its neighbours' values differ by more than a share.
   *
   * @throws {NothingToDraw} when a good many tries find none.
   */
  entityApart(field: TruthField, share: number): string {
    const name = columnName(field);
    const sorted = this.values(valueOf(field))
      .filter((value) => value !== null)
      .toSorted((one, other) => one - other);
    for (let tried = 0; tried < 200; tried += 1) {
      const row = this.one(this.rows);
      const value = row[name];
      if (typeof value !== 'number') continue;
      const place = firstAtLeast(sorted, value);
      const [below = -Infinity, above = Infinity] = [sorted[place - 1], sorted[place + 1]];
      const gap = share * Math.max(Math.abs(value), Math.min(Math.abs(below), Math.abs(above)));
      if (value - below > gap && above - value > gap) return String(row[this.key]);
    }
    throw new NothingToDraw('no entity stands apart');
  }

  /** Two fields that can be compared, of which now the one and now the other is larger. */
  comparable(): readonly [TruthField, TruthField] {
    return this.one(
      this.#alike(this.numbers).filter(([one, other]) => {
        const share = this.#shareBelow(one, other);
        return share >= rareShare && share <= 1 - rareShare;
      }),
    );
  }

  /** Two amounts of which the first is a part of the second, as far as the values show. */
  partOfWhole(): readonly [TruthField, TruthField] {
    const pairs = this.#alike(this.amounts);
    const parts = pairs.filter(([part, whole]) => this.#shareBelow(part, whole) > 1 - rareShare);
    return this.one(parts.length > 0 ? parts : pairs);
  }

  /** Two numbers of one type in one unit. */
  alike(): readonly [TruthField, TruthField] {
    return this.one(this.#alike(this.numbers));
  }

  #alike(fields: readonly TruthField[]): readonly (readonly [TruthField, TruthField])[] {
    const isAlike = ({ column: one }: TruthField, { column: other }: TruthField): boolean =>
      one !== other && one.type === other.type && one.unit === other.unit;
    return fields.flatMap((one) =>
      fields.filter((other) => isAlike(one, other)).map((other) => [one, other] as const),
    );
  }

  /** The share of the rows in which the first is below the second. */
  #shareBelow(one: TruthField, other: TruthField): number {
    const [values, others] = [one, other].map((field) => this.values(valueOf(field)));
    const below = (values ?? []).filter((value, row) => (value ?? 0) < (others?.[row] ?? 0));
    return below.length / this.rows.length;
  }

  /** The values of an expression for every row; null where one is missing. */
  values(expression: Expression): readonly (number | null)[] {
    const key = JSON.stringify(expression);
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const plan: QueryPlan = this.plan(
      {},
      { kind: 'entities', show: [{ value: expression, name: 'value', unit: null }] },
    );
    const found = evaluatePlan({ plan, rows: this.rows, table: this.#table });
    const values = found.map(([, value]) => (typeof value === 'number' ? value : null));
    this.#values.set(key, values);
    return values;
  }

  /**
   * A round number in a gap between the values of an expression, so that `fewest` to `most` rows lie on the given
   * side of it.
   *
   * @throws {NothingToDraw} when no gap is wide enough.
   */
  threshold(
    expression: Expression,
    { side, fewest, most }: { side: 'above' | 'below'; fewest: number; most: number },
  ): number {
    const values = this.values(expression)
      .filter((value) => value !== null)
      .toSorted((one, other) => one - other);
    const wanted = this.whole(fewest, Math.min(most, values.length - 1));
    const margin = thresholdMargin(expression, values);
    // The gap that leaves so many rows, else the nearest one wide enough.
    for (let off = 0; off < values.length; off += 1) {
      for (const rows of off === 0 ? [wanted] : [wanted + off, wanted - off]) {
        if (rows < fewest || rows > most) continue;
        const at = side === 'above' ? values.length - rows : rows;
        const [low, high] = [values[at - 1], values[at]];
        if (low === undefined || high === undefined) continue;
        const found = roundBetween(low + margin(low), high - margin(high));
        if (found !== null) return found;
      }
      if (off > 40) break;
    }
    throw new NothingToDraw('no gap between the values is wide enough');
  }

  /** A condition that `fewest` to `most` of the rows fulfil, of a number, category, date or yes and no. */
  condition({ fewest, most }: { fewest: number; most: number }): Predicate {
    const kind = this.random();
    if (kind < 0.2 && this.categories.length > 0) return this.category({ fewest, most });
    if (kind < 0.3 && this.dates.length > 0) return this.date({ fewest, most });
    if (kind < 0.35 && this.booleans.length > 0) {
      return { kind: 'boolean', column: this.one(this.booleans).column.name, value: this.random() < 0.5 };
    }
    return this.comparison(this.one(this.numbers), { fewest, most });
  }

  /** A number above or below a threshold, or between two. */
  comparison(field: TruthField, { fewest, most }: { fewest: number; most: number }): Predicate {
    const expression = valueOf(field);
    const side = this.random() < 0.5 ? 'above' : 'below';
    const limit = this.threshold(expression, { side, fewest, most });
    return compare(expression, side === 'above' ? '>' : '<', number(limit));
  }

  /** A number between two thresholds that this many rows lie between. */
  range(field: TruthField, { fewest, most }: { fewest: number; most: number }): Predicate {
    const expression = valueOf(field);
    const rows = this.rows.length;
    const below = this.threshold(expression, {
      side: 'below',
      fewest: 1,
      most: Math.max(1, rows - most - 1),
    });
    const under = this.values(expression).filter((value) => value !== null && value < below).length;
    const above = this.threshold(expression, {
      side: 'above',
      fewest: Math.max(1, rows - under - most),
      most: Math.max(1, rows - under - fewest),
    });
    return { kind: 'between', of: expression, low: number(below), high: number(above) };
  }

  /** One category that so many rows have. */
  category({ fewest, most }: { fewest: number; most: number }): Predicate {
    const fitting = this.categories.flatMap(({ column }) =>
      this.#groups(column.name)
        .filter(({ rows }) => rows >= fewest && rows <= most)
        .map(({ value }) => ({ column: column.name, value })),
    );
    const { column, value } = this.one(fitting);
    return { kind: 'is', column, values: [value] };
  }

  /** Two categories of one column with so many rows each at least. */
  twoCategories(fewest: number): readonly [Predicate, Predicate] {
    const columns = this.categories.filter(
      ({ column }) => this.#groups(column.name).filter(({ rows }) => rows >= fewest).length > 1,
    );
    const { name } = this.one(columns).column;
    const [one, other] = this.two(this.#groups(name).filter(({ rows }) => rows >= fewest));
    const is = (value: string): Predicate => ({ kind: 'is', column: name, values: [value] });
    return [is(one.value), is(other.value)];
  }

  date({ fewest, most }: { fewest: number; most: number }): Predicate {
    const { name } = this.one(this.dates).column;
    const years = this.rows.map((row) => String(row[name]).slice(0, 4)).toSorted();
    const side = this.random() < 0.5 ? 'after' : 'before';
    const rows = this.whole(fewest, Math.min(most, years.length - 1));
    const year = side === 'after' ? years[years.length - rows - 1] : years[rows];
    if (year === undefined) throw new NothingToDraw('no such year');
    return { kind: 'date', column: name, comparison: side === 'after' ? '>' : '<', date: year };
  }

  /** Categories that suit groups: several rows in most of them. */
  grouping(): TruthField {
    return this.one(
      this.categories.filter(({ column }) => {
        const found = this.#groups(column.name);
        return found.length <= this.rows.length / 2 && (found[1]?.rows ?? 0) > 1;
      }),
    );
  }

  both(one: Predicate, other: Predicate): Predicate {
    return and(one, other);
  }

  /** The categories of a column with their rows, most rows first. */
  #groups(column: string): readonly { readonly value: string; readonly rows: number }[] {
    const known = this.#groupsOf.get(column);
    if (known !== undefined) return known;
    const counts = new Map<string, number>();
    for (const row of this.rows) {
      const value: Value = row[column] ?? null;
      if (typeof value === 'string') counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const groups = [...counts]
      .map(([value, rows]) => ({ value, rows }))
      .toSorted((one, other) => other.rows - one.rows || (one.value < other.value ? -1 : 1));
    this.#groupsOf.set(column, groups);
    return groups;
  }
}

function pairsOf(fields: readonly TruthField[]): readonly PeriodPair[] {
  const periods = fields.filter(({ period }) => period !== null);
  return periods.flatMap((later) =>
    periods
      .filter((earlier) => earlier.column === later.column && (earlier.period ?? '') < (later.period ?? ''))
      .map((earlier) => ({ field: { column: later.column, period: null }, later, earlier })),
  );
}

/** The place of the first value that is not below the wanted one, by halving. */
function firstAtLeast(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The number with the fewest digits strictly between two others; null where there is none. */
function roundBetween(low: number, high: number): number | null {
  if (!(low < high)) return null;
  const middle = (low + high) / 2;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  for (let step = 10 ** Math.ceil(Math.log10(largest || 1)); step > largest * 1e-6; step /= 10) {
    for (const part of [step, step / 2, step / 4]) {
      const found = Number((Math.round(middle / part) * part).toPrecision(10));
      if (found > low && found < high) return found;
    }
  }
  return null;
}
