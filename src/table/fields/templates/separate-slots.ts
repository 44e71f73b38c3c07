import { convertUnit } from '../../values/index.ts';
import { columnOf, isMeasure, type Column } from './slot-columns.ts';
import type { Candidate } from './template-finder.ts';
import { unnamed, type Slot } from './template.ts';

/** Slots of one attribute hardly ever stand in one document. */
const mostTogether = 0.05;

/** What a sentence of a document has in a slot. */
export interface Found extends Candidate {
  readonly document: number;
}

/**
 * Takes the label from slots that hold something else than others of the same label, as their types and units show, or that
 * documents have both: "payable within ⟨14⟩ days" and "renewed for ⟨30⟩ days" are no one number of days. What is stated
 * in more documents keeps the label.
 */
export function separateSlots(found: readonly Found[]): Found[] {
  const foreign = new Set<Slot>();
  const named = found.filter(({ label }) => label !== unnamed);
  for (const own of Map.groupBy(named, ({ label }) => label).values()) {
    const columns = [...Map.groupBy(own, ({ slot }) => slot).values()].flatMap(
      (each) => columnOf(each) ?? [],
    );
    const kept: Column[] = [];
    for (const column of columns.toSorted((a, b) => rank(b) - rank(a))) {
      if (kept.every((other) => mayBeOne(column, other))) kept.push(column);
      else foreign.add(column.slot);
    }
  }
  return found.map((each) => (foreign.has(each.slot) ? { ...each, label: unnamed } : each));
}

/** Figures and dates are surer of what they are than texts. */
const rank = ({ type, documents }: Column): number => documents.size + (type === 'text' ? 0 : 1e9);

function mayBeOne(a: Column, b: Column): boolean {
  if (a.type !== b.type) return false;
  const [from, to] = [a.unit, b.unit];
  if (from !== null && to !== null && isMeasure(from) && isMeasure(to))
    if (convertUnit({ number: 1, from, to }) === null) return false;
  const together = [...a.documents].filter((document) => b.documents.has(document)).length;
  return together <= Math.min(a.documents.size, b.documents.size) * mostTogether;
}
