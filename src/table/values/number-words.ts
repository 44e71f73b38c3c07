const units: ReadonlyMap<string, number> = new Map(
  (
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
    'eighteen nineteen'
  )
    .split(' ')
    .map((word, index) => [word, index] as const),
);

const tens: ReadonlyMap<string, number> = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, (index + 2) * 10] as const),
);

const powers: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);

/** The words a spelled number can begin with, as a pattern's alternatives. */
export const numberWordStarts = `${[...units.keys(), ...tens.keys()].join('|')}|an? (?:hundred|thousand|million|billion|dozen)`;

const word = /([a-z]+)/iy;
const joint = /(?:[\s]+and[\s]+|-|[\s]+)/iy;

/** Reads a number spelled in English that begins at `position`: "twenty-five", "one hundred and five". */
export function readNumberWords(
  text: string,
  position: number,
): { readonly number: number; readonly end: number } | null {
  let at = position;
  let end = position;
  let total = 0;
  let group = 0;
  let previous: 'none' | 'unit' | 'tens' | 'hundred' | 'power' = 'none';
  for (let count = 0; count < 16; count += 1) {
    word.lastIndex = at;
    const spelled = word.exec(text)?.[1]?.toLowerCase();
    if (spelled === undefined) break;
    const unit = units.get(spelled) ?? (count === 0 && /^an?$/.test(spelled) ? 1 : undefined);
    const ten = tens.get(spelled);
    const power = powers.get(spelled);
    if (unit !== undefined && previous !== 'unit' && !(previous === 'tens' && (unit > 9 || unit === 0))) {
      group += unit;
      previous = 'unit';
    } else if (ten !== undefined && previous !== 'unit' && previous !== 'tens') {
      group += ten;
      previous = 'tens';
    } else if (spelled === 'dozen' && previous === 'unit') {
      group *= 12;
      previous = 'power';
    } else if (power === 100 && previous === 'unit') {
      group *= 100;
      previous = 'hundred';
    } else if (power !== undefined && power > 100 && previous !== 'none' && previous !== 'power') {
      total += group * power;
      group = 0;
      previous = 'power';
    } else break;
    end = word.lastIndex;
    joint.lastIndex = end;
    if (!joint.test(text)) break;
    at = joint.lastIndex;
  }
  if (end === position || /^an?$/i.test(text.slice(position, end))) return null;
  return { number: total + group, end };
}
