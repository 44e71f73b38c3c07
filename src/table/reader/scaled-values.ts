import { readStatedValues } from '../values/stated-values.ts';
import type { StatedValue } from '../values/stated-values.ts';

/** The values that a text states under a caption; numbers under a percent sign are percentages. */
export function readScaledValues(
  text: string,
  caption: { readonly scale: number; readonly unit: string | null },
  locale: string | undefined,
): StatedValue[] {
  const options = { text, scale: caption.scale, unit: caption.unit };
  const stated = readStatedValues(locale === undefined ? options : { ...options, locale });
  if (caption.unit !== '%') return stated;
  return stated.map((each) => {
    const { value } = each;
    if (value.type !== 'number' || value.unit !== '%') return each;
    return { ...each, value: { type: 'percentage', number: value.number, bound: value.bound } };
  });
}
