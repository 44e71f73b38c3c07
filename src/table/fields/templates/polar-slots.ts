import { isSameStem } from './polar-statements.ts';
import { stemOf } from '../label-words.ts';
import type { Found } from './separate-slots.ts';
import type { Slot } from './template.ts';

const mostValues = 8;
const fewestOfEach = 2;
const denial = /^(?:non[- ]|not an? |not |no )(\p{L}.*)$/u;

/**
 * Takes texts for yes and no where a slot holds both: "a resident" and "a non-resident", "a paid member" and "no
 * member".
 */
export function readPolarSlots(found: readonly Found[]): Found[] {
  return [...Map.groupBy(found, ({ slot }) => slot).values()].flatMap((own) => {
    const head = headOf(own);
    if (head === null) return own;
    const slot: Slot = { label: head, children: [], words: head.split(' ') };
    return own.map((each): Found => {
      const boolean = !denial.test(each.text.toLowerCase());
      const typed = { value: { type: 'boolean' as const, boolean }, end: each.valueEnd - each.valueStart };
      return { ...each, slot, label: head, typed };
    });
  });
}

/** What some of the values deny and all others end in; null where there is no such thing. */
function headOf(own: readonly Found[]): string | null {
  if (own.some(({ typed }) => typed !== null)) return null;
  const values = own.map(({ text }) => text.toLowerCase());
  if (new Set(values).size > mostValues) return null;
  const heads = new Set(values.flatMap((value) => denial.exec(value)?.[1] ?? []));
  const [head] = heads;
  if (head === undefined || heads.size > 1) return null;
  const affirmed = values.filter((value) => !denial.test(value));
  const denied = values.length - affirmed.length;
  if (Math.min(denied, affirmed.length) < fewestOfEach) return null;
  return affirmed.every((value) => value === head || value.endsWith(` ${head}`)) ? head : null;
}

/** Labels of yes and no in unlike words of one meaning, which no document states both: "smoke", "smoker". */
export function joinPolarLabels(found: readonly Found[]): string[][] {
  const answers = found.filter(({ typed }) => typed?.value.type === 'boolean');
  const labels = [...Map.groupBy(answers, ({ label }) => label)].map(([label, own]) => ({
    label,
    stems: label.split(' ').map(stemOf),
    documents: new Set(own.map(({ document }) => document)),
  }));
  return labels.flatMap((a, index) =>
    labels
      .slice(index + 1)
      .filter(
        (b) =>
          a.documents.isDisjointFrom(b.documents) &&
          a.stems.length === b.stems.length &&
          a.stems.every((stem, at) => isSameStem(stem, b.stems[at] ?? '')),
      )
      .map((b) => [a.label, b.label]),
  );
}
