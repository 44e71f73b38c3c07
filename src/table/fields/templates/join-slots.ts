import { unnamed, type Slot } from './template.ts';

/** What a slot holds in a document. */
export interface SlotValue {
  readonly slot: Slot;
  readonly label: string;
  readonly document: number;
  readonly text: string;
  /** What it is where it is no text. */
  readonly typed: object | null;
}

interface Column {
  readonly label: string;
  readonly documents: ReadonlySet<number>;
  readonly values: ReadonlyMap<string, number>;
}

const sharedValues = 0.6;
const fewestShared = 2;
const sharedOfRival = 0.3;
const fewestNamed = 3;

/**
 * Finds slots that hold the same attribute: documents that follow one template follow no other of the same purpose, and
 * their values are largely the same words. Slots without a name get the one of those that they belong to; the rest are
 * left out.
 *
 * @returns the values that have a label, and groups of labels that mean the same.
 */
export function joinSlots<T extends SlotValue>(found: readonly T[]): { named: T[]; alike: string[][] } {
  const texts = found.filter(({ typed }) => typed === null);
  const columns = [...Map.groupBy(texts, keyOf).values()].map(columnOf);
  const groups = groupAlike(columns);
  const labels = new Map<Column, string>();
  const alike: string[][] = [];
  for (const group of groups) {
    const names = [
      ...new Set(group.toSorted((a, b) => b.documents.size - a.documents.size).map(({ label }) => label)),
    ];
    const own = names.filter((name) => !isUnnamed(name));
    const [main] = own;
    if (own.length > 1) alike.push(own);
    if (main !== undefined) for (const column of group) if (isUnnamed(column.label)) labels.set(column, main);
  }
  const byKey = new Map(columns.map((column) => [column.label, labels.get(column)]));
  const named = found.flatMap((each) => {
    const label = each.label === unnamed ? byKey.get(keyOf(each)) : each.label;
    return label === undefined ? [] : [{ ...each, label }];
  });
  return { named, alike };
}

const numbers = new WeakMap<Slot, number>();
let next = 0;

/** Slots of one label are one; those without are each their own. */
function keyOf({ slot, label }: SlotValue): string {
  if (label !== unnamed) return label;
  const number = numbers.get(slot) ?? (next += 1);
  numbers.set(slot, number);
  return `${unnamedMark}${number}`;
}

const unnamedMark = '\u0000';
const isUnnamed = (key: string): boolean => key.startsWith(unnamedMark);

function columnOf(own: readonly SlotValue[]): Column {
  const values = new Map<string, number>();
  for (const { text } of own) values.set(fold(text), (values.get(fold(text)) ?? 0) + 1);
  const [first] = own;
  return {
    label: first === undefined ? '' : keyOf(first),
    documents: new Set(own.map(({ document }) => document)),
    values,
  };
}

const fold = (text: string): string => text.toLowerCase();

/** Joins the pair that shares most, again and again. */
function groupAlike(columns: readonly Column[]): Column[][] {
  let groups = columns.filter(({ documents }) => documents.size >= fewestNamed).map((column) => [column]);
  for (;;) {
    let best: readonly [Column[], Column[]] | null = null;
    let most = sharedValues;
    for (const [index, a] of groups.entries())
      for (const b of groups.slice(index + 1)) {
        const [first, second] = [merged(a), merged(b)];
        const shared = share(first, second);
        if (shared <= most || !first.documents.isDisjointFrom(second.documents)) continue;
        if (hasRival(first, second, groups) || hasRival(second, first, groups)) continue;
        most = shared;
        best = [a, b];
      }
    if (best === null) return groups;
    const [a, b] = best;
    groups = [...groups.filter((group) => group !== a && group !== b), [...a, ...b]];
  }
}

/** Whether a third field of the documents of `b` has the values of `a` as well, as origin and destination have. */
function hasRival(a: Column, b: Column, groups: readonly Column[][]): boolean {
  return groups
    .map(merged)
    .some(
      (other) =>
        other.label !== a.label &&
        other.label !== b.label &&
        !other.documents.isDisjointFrom(b.documents) &&
        other.documents.isDisjointFrom(a.documents) &&
        share(a, other) >= Math.max(sharedOfRival, share(a, b)),
    );
}

function merged(group: readonly Column[]): Column {
  const [first] = group;
  if (group.length === 1 && first !== undefined) return first;
  const values = new Map<string, number>();
  for (const column of group)
    for (const [value, count] of column.values) values.set(value, (values.get(value) ?? 0) + count);
  return {
    label: first?.label ?? '',
    documents: new Set(group.flatMap(({ documents }) => [...documents])),
    values,
  };
}

/** The share of the values of the rarer column that the other has as well. */
function share(a: Column, b: Column): number {
  const [fewer, more] = a.documents.size <= b.documents.size ? [a, b] : [b, a];
  const common = [...fewer.values].filter(([value]) => more.values.has(value));
  if (common.length < Math.min(fewestShared, fewer.values.size)) return 0;
  const total = [...fewer.values.values()].reduce((sum, count) => sum + count, 0);
  return common.reduce((sum, [, count]) => sum + count, 0) / Math.max(1, total);
}
