/** A date as far as a text states it. */
export interface StatedDate {
  readonly year: number;
  /** 1 to 12; null where only the year is stated. */
  readonly month: number | null;
  readonly day: number | null;
  readonly start: number;
  readonly end: number;
  /** 03/04/2021 is in March or in April. */
  readonly isAmbiguous: boolean;
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const monthName =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?';
const hanDigitValues = '〇一二三四五六七八九';
const hanYear = '[〇零一二三四五六七八九]{4}';

type Groups = Readonly<Record<string, string | undefined>>;
interface Pattern {
  readonly pattern: RegExp;
  readonly read: (groups: Groups) => Omit<StatedDate, 'start' | 'end'> | null;
}

const whole = (
  year: unknown,
  month: unknown,
  day: unknown = null,
): Omit<StatedDate, 'start' | 'end'> | null => {
  const [yearNumber, monthNumber] = [Number(year), Number(month)];
  const dayNumber = day === null || day === undefined ? null : Number(day);
  if (monthNumber < 1 || monthNumber > 12) return null;
  if (dayNumber !== null && (dayNumber < 1 || dayNumber > 31)) return null;
  return { year: yearNumber, month: monthNumber, day: dayNumber, isAmbiguous: false };
};
const monthNumber = (name: string | undefined): number =>
  months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1;
const fullYear = (digits: string | undefined): number => {
  const year = Number(digits);
  if ((digits ?? '').length > 2) return year;
  return year + (year < 70 ? 2000 : 1900);
};
const hanNumber = (text: string | undefined): number => {
  const [before = '', after] = (text ?? '').split('十');
  const value = (digits: string): number =>
    Number([...digits].map((digit) => hanDigitValues.indexOf(digit.replace('零', '〇'))).join(''));
  return after === undefined ? value(before) : (before === '' ? 1 : value(before)) * 10 + value(after);
};

const patterns: readonly Pattern[] = [
  {
    pattern:
      /(?<![\d.])(?<year>\d{4})\s*年\s*(?<month>\d{1,2})\s*月(?:份|底|初)?(?:\s*(?<day>\d{1,2})\s*[日号])?/gu,
    read: ({ year, month, day }) => whole(year, month, day),
  },
  {
    pattern: new RegExp(
      `(?<year>${hanYear})年(?<month>[一二三四五六七八九十]{1,2})月(?:份|底|初)?(?:(?<day>[一二三四五六七八九十]{1,3})[日号])?`,
      'gu',
    ),
    read: ({ year, month, day }) =>
      whole(hanNumber(year), hanNumber(month), day === undefined ? null : hanNumber(day)),
  },
  {
    pattern:
      /(?<![\d.])(?<year>\d{4})(?<separator>[-/.])(?<month>\d{1,2})(?:\k<separator>(?<day>\d{1,2}))?(?:T[\d:.Z+-]*)?(?!\d|[./-]\d)/gu,
    read: ({ year, month, day }) => whole(year, month, day),
  },
  {
    pattern: new RegExp(
      `(?<day>\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?[\\s-]+(?<month>${monthName}),?[\\s-]+(?<year>\\d{4}|\\d{2})(?!\\d)`,
      'giu',
    ),
    read: ({ year, month, day }) => whole(fullYear(year), monthNumber(month), day),
  },
  {
    pattern: new RegExp(
      `\\b(?<month>${monthName})\\s+(?<day>\\d{1,2})(?:st|nd|rd|th)?,?\\s+(?<year>\\d{4})(?!\\d)`,
      'giu',
    ),
    read: ({ year, month, day }) => whole(year, monthNumber(month), day),
  },
  {
    pattern: new RegExp(
      `\\b(?<month>${monthName})(?:\\s+of)?[\\s,-]+(?<year>\\d{4}|['’]?\\d{2})(?!\\d)`,
      'giu',
    ),
    read: ({ year, month }) => whole(fullYear(year?.replace(/['’]/u, '')), monthNumber(month)),
  },
  {
    pattern: new RegExp(
      `\\b(?<year>\\d{4})[\\s,-]+(?<month>${monthName})(?:[\\s-]+(?<day>\\d{1,2})(?:st|nd|rd|th)?(?!\\d))?(?!\\p{L})`,
      'giu',
    ),
    read: ({ year, month, day }) => whole(year, monthNumber(month), day),
  },
  {
    pattern:
      /(?<![\d./-])(?<first>\d{1,2})(?<separator>[-/.])(?<second>\d{1,2})\k<separator>(?<year>\d{4})(?!\d)/gu,
    read: readNumericDate,
  },
  {
    pattern: /(?<![\d./-])(?<month>\d{1,2})[-/.](?<year>\d{4})(?!\d|[./-]\d)/gu,
    read: ({ year, month }) => whole(year, month),
  },
  {
    pattern:
      /(?<![\d.,])(?<year>19\d{2}|20\d{2})(?<month>0[1-9]|1[0-2])(?<day>0[1-9]|[12]\d|3[01])?(?![\d,]|\.\d)/gu,
    read: ({ year, month, day }) => whole(year, month, day),
  },
  {
    pattern: /(?<![\d.,/-])(?<year>1[5-9]\d{2}|20\d{2}|21\d{2})(?:\s*年)?(?![\d,/-]|\.\d)/gu,
    read: ({ year }) => ({ year: Number(year), month: null, day: null, isAmbiguous: false }),
  },
];

function readNumericDate({
  first,
  second,
  year,
  separator,
}: Groups): Omit<StatedDate, 'start' | 'end'> | null {
  const monthFirst = whole(year, first, second);
  const dayFirst = whole(year, second, first);
  // With dots the day comes first everywhere.
  if (separator === '.') return dayFirst ?? monthFirst;
  if (monthFirst === null || dayFirst === null) return monthFirst ?? dayFirst;
  return { ...monthFirst, isAmbiguous: first !== second };
}

/** All dates that a text states, in order; years alone too. The text has plain characters. */
export function readDates(text: string): StatedDate[] {
  const found: StatedDate[] = [];
  for (const { pattern, read } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const date = read(match.groups ?? {});
      const isTaken = found.some((other) => start < other.end && other.start < end);
      if (date !== null && !isTaken) found.push({ ...date, start, end });
    }
  }
  return found.sort((one, other) => one.start - other.start);
}

/** `2021-03-15`, as far as the date is stated. */
export function showDate({ year, month, day }: StatedDate): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return [String(year), ...(month === null ? [] : [two(month)]), ...(day === null ? [] : [two(day)])].join(
    '-',
  );
}
