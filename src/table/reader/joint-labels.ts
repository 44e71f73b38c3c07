import { measureSymbol } from '../values/units.ts';

/** One of the labels that stand together, and where its part of the value is. */
export interface JointPart {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** A comma alone is also in prose and in names, so more of them must agree. */
const separators = [
  { pattern: /\s\/\s/gu, fewest: 2 },
  { pattern: /\s[x×]\s|×/gu, fewest: 2 },
  { pattern: /,\s(?:and\s)?|\sand\s/gu, fewest: 3 },
] as const;
const most = 5;
const word = /^\p{L}{2}|^\p{Script=Han}/u;
const behindNumber = /^[\d.,]+\s?(\p{L}{1,6})$/u;
const qualified = /^(.*\S)\s(\([^()]{1,30}\))$/u;

/**
 * The parts of a value under a label that names as many things, in the same order: `Year / colour: 2003 / red`,
 * `Row, seat, gate: row 12, seat 4, gate B`, `Length x width: 85.3 x 32 mm`. What the label says in brackets holds for all. Null where the two do
 * not agree.
 */
export function partsOfJointLabel(label: string, value: string): JointPart[] | null {
  if (value.includes('\n')) return null;
  const [, bare = label, qualifier] = qualified.exec(label) ?? [];
  for (const { pattern, fewest } of separators) {
    const labels = split(bare, pattern);
    if (labels.length < fewest || labels.length > most) continue;
    if (!labels.every((each) => word.test(each.text))) return null;
    const values = split(value, pattern);
    if (values.length !== labels.length || values.some((each) => each.text === '')) return null;
    // The unit behind the last of several measures is that of all: "85.3 x 32 mm".
    const [, unit] = values.slice(0, -1).every(({ text }) => /^[\d.,]+$/.test(text))
      ? (behindNumber.exec(values.at(-1)?.text ?? '') ?? [])
      : [];
    const suffix =
      qualifier ?? (unit === undefined || measureSymbol(unit) === null ? undefined : `(${unit})`);
    return labels.map(({ text }, index) => ({
      label: suffix === undefined ? text : `${text} ${suffix}`,
      start: values[index]?.start ?? 0,
      end: values[index]?.end ?? 0,
    }));
  }
  return null;
}

function split(
  text: string,
  pattern: RegExp,
): { readonly text: string; readonly start: number; readonly end: number }[] {
  const parts = [];
  let start = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push({ text: text.slice(start, match.index).trim(), start, end: match.index });
    start = match.index + match[0].length;
  }
  parts.push({ text: text.slice(start).trim(), start, end: text.length });
  return parts;
}
