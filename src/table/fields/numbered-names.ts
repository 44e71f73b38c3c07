/** Years that names may state: those of plans lie ahead, but not far. */
const firstYear = 1900;
const lastYear = 2060;
/** Numbers of fewer or more digits than years and dates have are of another sort when they are this frequent. */
const fewestOfOtherLength = 0.2;
const numberAtEnd = /^(.*?)(\d{1,9})$/s;
/** A code in one piece, such as `INC-2014` or `A2014`; FY2014 is a year. */
const code = /^(?![FCASM]Y)\p{Lu}[\p{Lu}\d]{0,5}[-_/#.]?\d+$/u;

/**
 * Finds the names that end in a number that only looks like a year or a date, since names that are otherwise the same end
 * in numbers that cannot be: "Room 1990" beside "Room 112", INC-2014 beside INC-2135. What counts up through some numbers
 * that could be years is no series of editions.
 *
 * @param names of rows or files that lie side by side.
 * @param codes whether what looks like a code is one, whatever its number: a row's `A-2014` says which row it is.
 * @returns by name what it is without that number.
 */
export function numberedNames(names: readonly string[], { codes }: { codes: boolean }): Map<string, string> {
  const series = new Map<string, { name: string; number: string }[]>();
  for (const name of new Set(names)) {
    const [, prefix, number] = numberAtEnd.exec(name) ?? [];
    if (prefix === undefined || number === undefined) continue;
    const key = prefix.toLowerCase();
    series.set(key, [...(series.get(key) ?? []), { name, number }]);
  }
  const found = new Map<string, string>();
  for (const [prefix, members] of series) {
    const counts = countsUp(members.map(({ number }) => number));
    for (const { name } of members)
      if (counts || (codes && code.test(name))) found.set(name, name.slice(0, prefix.length));
  }
  return found;
}

function countsUp(numbers: readonly string[]): boolean {
  const dates = numbers.filter((number) => isDate(number));
  if (dates.length === 0 || dates.length === numbers.length) return false;
  const lengths = new Set(dates.map(({ length }) => length));
  const others = numbers.filter((number) => !isDate(number));
  return (
    others.some(({ length }) => lengths.has(length)) || others.length >= numbers.length * fewestOfOtherLength
  );
}

/** Whether digits can be a year, a month or a day: `2014`, `201407`, `20140731`. */
function isDate(digits: string): boolean {
  const year = Number(digits.slice(0, 4));
  if (![4, 6, 8].includes(digits.length) || year < firstYear || year > lastYear) return false;
  const [month, day] = [Number(digits.slice(4, 6) || 1), Number(digits.slice(6, 8) || 1)];
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
