import type { SlotValue } from './join-slots.ts';
import { unnamed, type Slot } from './template.ts';

/** A text in a slot with where it stands in the document. */
export interface PlacedValue extends SlotValue {
  readonly valueStart: number;
  readonly valueEnd: number;
}

const mostValues = 40;
const fewestAlone = 2;
const fewestModified = 2;
const mostModifiers = 6;
const modifier = /^\p{Ll}[\p{Ll}-]+$/u;

/**
 * Takes values apart that say two things: "two-masted barque" where others are plainly a "barque", and other ships are
 * a "two-masted brig". What they are is the noun; what tells them apart is a field of its own, which another slot may
 * have: "rigged as a two-masted vessel".
 */
export function splitModifiers<T extends PlacedValue>(found: readonly T[]): T[] {
  const texts = found.filter(({ typed, label }) => typed === null && label !== unnamed);
  const split = new Map<T, T[]>();
  for (const own of Map.groupBy(texts, ({ label }) => label).values()) {
    const modifiers = modifiersOf(own.map(({ text }) => text));
    if (modifiers.size === 0) continue;
    const sister = [...Map.groupBy(texts, ({ label }) => label).values()].find(
      (other) => other[0]?.label !== own[0]?.label && headOf(other, modifiers) !== null,
    );
    const head = sister === undefined ? null : headOf(sister, modifiers);
    const label = commonEnd([...modifiers]) ?? sister?.[0]?.label ?? `${own[0]?.label ?? ''} qualifier`;
    const slot: Slot = { label, children: [] };
    for (const each of own) {
      const [first = '', ...rest] = each.text.split(' ');
      if (!modifiers.has(first) || rest.length === 0) continue;
      const noun = rest.join(' ');
      split.set(each, [
        { ...each, text: noun, valueStart: each.valueEnd - noun.length },
        { ...each, slot, label, text: first, valueEnd: each.valueStart + first.length },
      ]);
    }
    for (const each of sister ?? []) {
      const text = each.text.slice(0, -(head?.length ?? 0) - 1);
      split.set(each, [{ ...each, slot, label, text, valueEnd: each.valueStart + text.length }]);
    }
  }
  return found.flatMap((each) => split.get(each) ?? [each]);
}

/** The words that stand before several of the values which also stand alone. */
function modifiersOf(texts: readonly string[]): Set<string> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  if (counts.size > mostValues) return new Set();
  const nouns = new Map<string, Set<string>>();
  for (const text of counts.keys()) {
    const space = text.indexOf(' ');
    const [first, noun] = [text.slice(0, Math.max(0, space)), text.slice(space + 1)];
    if (modifier.test(first) && (counts.get(noun) ?? 0) >= fewestAlone)
      nouns.set(first, (nouns.get(first) ?? new Set()).add(noun));
  }
  const modifiers = [...nouns].filter(([, own]) => own.size >= fewestModified).map(([word]) => word);
  return modifiers.length <= mostModifiers ? new Set(modifiers) : new Set();
}

/** The one word that all values of a slot end in after one of the modifiers, or null. */
function headOf(values: readonly SlotValue[], modifiers: ReadonlySet<string>): string | null {
  const heads = new Set(values.map(({ text }) => text.slice(text.indexOf(' ') + 1)));
  const [head] = heads;
  const isModified = values.every(({ text }) => modifiers.has(text.slice(0, Math.max(0, text.indexOf(' ')))));
  return heads.size === 1 && head !== undefined && isModified ? head : null;
}

/** "tier" of "lower-tier" and "single-tier". */
function commonEnd(words: readonly string[]): string | null {
  const ends = new Set(words.map((word) => /-(\p{L}{3,})$/u.exec(word)?.[1] ?? ''));
  const [end] = ends;
  return words.length > 1 && ends.size === 1 && end !== undefined && end !== '' ? end : null;
}
