const digitValues: ReadonlyMap<string, number> = new Map([
  ['〇', 0],
  ['零', 0],
  ['一', 1],
  ['二', 2],
  ['两', 2],
  ['兩', 2],
  ['三', 3],
  ['四', 4],
  ['五', 5],
  ['六', 6],
  ['七', 7],
  ['八', 8],
  ['九', 9],
]);

const smallUnits: ReadonlyMap<string, number> = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);
const largeUnits: ReadonlyMap<string, number> = new Map([
  ['万', 1e4],
  ['萬', 1e4],
  ['亿', 1e8],
  ['億', 1e8],
]);

/** What must follow a Chinese numeral for it to be a number and not part of a word. */
const countedNext =
  /[\s个名家人元吨年月天台辆座所项次件户只股架艘头条间套种部本张支位倍余多]|公|平|千|米|美|欧|%|[,，。；;)）]/;
const numeral = /[〇零一二两兩三四五六七八九十百千][〇零一二两兩三四五六七八九十百千万萬亿億]{0,24}/y;

/** A Chinese numeral with a unit of ten, such as 三千五百 or 一百二十万, that begins at `position`. */
export function readHanNumeral(
  text: string,
  position: number,
): { readonly digits: string; readonly end: number } | null {
  numeral.lastIndex = position;
  const run = numeral.exec(text)?.[0];
  if (run === undefined || run.length < 2 || !/[十百千万萬亿億]/.test(run)) return null;
  const end = position + run.length;
  if (end < text.length && !countedNext.test(text.charAt(end))) return null;
  let total = 0;
  let section = 0;
  let digit = 0;
  for (const char of run) {
    const value = digitValues.get(char);
    const small = smallUnits.get(char);
    if (value !== undefined) digit = value;
    else if (small !== undefined) {
      section += (digit === 0 ? 1 : digit) * small;
      digit = 0;
    } else {
      const large = largeUnits.get(char) ?? 1;
      const below = section + digit;
      total = large > total ? (total + (below === 0 ? 1 : below)) * large : total + below * large;
      section = 0;
      digit = 0;
    }
  }
  return { digits: String(total + section + digit), end };
}
