import { isCurrencyCode } from '../../values/index.ts';
import { measureSymbol } from '../../values/units.ts';
import type { Found } from './separate-slots.ts';
import { unnamed, type Slot } from './template.ts';

/** What documents have in slots of one label, or in one slot without. */
export interface Column {
  readonly label: string;
  /** One of its slots. */
  readonly slot: Slot;
  readonly documents: ReadonlySet<number>;
  /** The type of most values. */
  readonly type: string;
  readonly unit: string | null;
  /** The best mark where figures are marks: "8.1 out of 10". */
  readonly outOf: number | null;
  readonly numbers: readonly number[];
  /** Words that its sentences say of the values. */
  readonly words: readonly string[];
}

/** Slots of one label are one column; those without are each their own. */
export function columnsOf(found: readonly Found[]): Column[] {
  const groups = Map.groupBy(found, ({ label, slot }) => (label === unnamed ? slot : label));
  return [...groups.values()].flatMap((own) => columnOf(own) ?? []);
}

/** Null where nothing was found. */
export function columnOf(own: readonly Found[]): Column | null {
  const [first] = own;
  if (first === undefined) return null;
  const values = own.map(({ typed }) => typed?.value ?? null);
  return {
    label: first.label,
    slot: first.slot,
    documents: new Set(own.map(({ document }) => document)),
    type: mostFrequent(values.map((value) => value?.type ?? 'text')) ?? 'text',
    unit: mostFrequent(values.flatMap((value) => (value?.type === 'number' ? (value.unit ?? []) : []))),
    outOf: Number(mostFrequent(own.map(({ outOf }) => String(outOf ?? '')))) || null,
    numbers: values.flatMap((value) =>
      value?.type === 'number' || value?.type === 'percentage' ? [value.number] : [],
    ),
    words: [...new Set(own.flatMap(({ slot }) => slot.words ?? []))],
  };
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = [...Map.groupBy(values, (value) => value)].toSorted(([, a], [, b]) => b.length - a.length);
  return counts[0]?.[0] ?? null;
}

/** Whether a unit is none that only says what is counted: "12 workers" and "12 jobs" may count the same. */
export const isMeasure = (unit: string): boolean =>
  measureSymbol(unit) !== null || isCurrencyCode(unit.slice(0, 3));
