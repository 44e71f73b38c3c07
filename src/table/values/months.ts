/** The English names of the months, January first. */
export const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

const byName = new Map<string, number>();
for (const [index, name] of monthNames.entries()) {
  byName.set(name, index + 1);
  byName.set(name.slice(0, 3), index + 1);
}
byName.set('sept', 9);

/** Months as other languages write them, from the runtime's own locale data. */
const foreignNames = new Set<string>();
for (const locale of ['de', 'fr', 'es', 'it', 'pt', 'nl']) {
  const format = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
  for (let month = 0; month < 12; month += 1) {
    const name = format.format(Date.UTC(2000, month, 1)).toLowerCase();
    if (byName.has(name)) continue;
    byName.set(name, month + 1);
    foreignNames.add(name);
  }
}

/** A month's name in another language than English, for use inside a pattern with the flags `iu`. */
export const foreignMonthPattern = `(?:${[...foreignNames].sort((a, b) => b.length - a.length).join('|')})`;

/** The number of an English month from its name or its abbreviation in any case, or null. */
export function monthNumber(word: string): number | null {
  return byName.get(word.toLowerCase().replace(/\.$/, '')) ?? null;
}

/** A month's name or abbreviation, for use inside a pattern with the flag `i`. */
export const monthPattern =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';

const lengths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether the day can be in the month; 29 February only in leap years, where the year is known. */
export function isDay(day: number, month: number, year: number | null): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  if (month === 2 && day === 29 && year !== null)
    return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return day <= (lengths[month - 1] ?? 0);
}

/** A year of two digits is in the century that makes it 1950 to 2049. */
export function fullYear(digits: string): number {
  const year = Number(digits);
  if (digits.length > 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

export const isoDate = (year: number, month?: number, day?: number): string => {
  const pad = (part: number) => String(part).padStart(2, '0');
  const head = String(year).padStart(4, '0');
  if (month === undefined) return head;
  return day === undefined ? `${head}-${pad(month)}` : `${head}-${pad(month)}-${pad(day)}`;
};
