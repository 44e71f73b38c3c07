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

/** Labels of yes and no in unlike words of one meaning, of which documents that state both say the same: "smoke", "smoker". */
export function joinPolarLabels(found: readonly Found[]): string[][] {
  const labels = [...Map.groupBy(found, ({ label }) => label)].flatMap(([label, own]) => {
    const answers = new Map(
      own.flatMap(({ document, typed }) =>
        typed?.value.type === 'boolean' ? [[document, typed.value.boolean] as const] : [],
      ),
    );
    return answers.size === 0 ? [] : [{ label, stems: label.split(' ').map(stemOf), answers }];
  });
  return labels.flatMap((a, index) =>
    labels
      .slice(index + 1)
      .filter((b) => areOfOneMeaning(a.stems, b.stems) && agree(a.answers, b.answers))
      .map((b) => [a.label, b.label]),
  );
}

const areOfOneMeaning = (stems: readonly string[], others: readonly string[]): boolean =>
  stems.length === others.length && stems.every((stem, at) => isSameStem(stem, others[at] ?? ''));

const agree = (answers: ReadonlyMap<number, boolean>, others: ReadonlyMap<number, boolean>): boolean =>
  [...answers].every(([document, value]) => (others.get(document) ?? value) === value);
