import { NoWordingError, type Wording } from './wording.ts';

const scales = [
  { name: 'trillion', value: 1e12 },
  { name: 'billion', value: 1e9 },
  { name: 'million', value: 1e6 },
] as const;

/** A number in digits, with separators, or with a scale word where that is short: `1,500,000`, `1.5 million`. */
export function numberPhrase(value: number, { choose }: Pick<Wording, 'choose'>): string {
  const scale = scales.find((each) => Math.abs(value) >= each.value);
  const scaled = scale === undefined ? Number.NaN : value / scale.value;
  const short = Number.isInteger(scaled * 10) && scale !== undefined;
  return short ? choose([`${digits(scaled)} ${scale.name}`, digits(value)]) : digits(value);
}

/** A number in digits with thousands separators; as exact as the number itself. */
export function digits(value: number): string {
  const text = String(value);
  if (text.includes('e')) {
    if (Math.abs(value) < 1 || !Number.isFinite(value)) throw new NoWordingError(`the number ${text}`);
    return value.toLocaleString('en-US', { useGrouping: true, maximumFractionDigits: 0 });
  }
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+(?!\d))/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A number in the unit of what it is compared with: `60%`, `300,000 sq km`, `5 million`. */
export function amountPhrase(
  value: number,
  { percentage, unit }: { readonly percentage: boolean; readonly unit: string | null },
  wording: Pick<Wording, 'choose'>,
): string {
  const number = numberPhrase(value, wording);
  if (percentage) return wording.choose([`${number}%`, `${number} percent`]);
  return unit === null ? number : wording.choose([`${number} ${unit}`, number]);
}

const smallNumbers = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** How many rows, in digits or words. */
export function countPhrase(count: number, { choose }: Pick<Wording, 'choose'>): string {
  const word = smallNumbers[count];
  return word === undefined ? digits(count) : choose([word, String(count)]);
}

/** `first`, `second`, `11th`. */
export function ordinalPhrase(place: number): string {
  const words = [
    'first',
    'second',
    'third',
    'fourth',
    'fifth',
    'sixth',
    'seventh',
    'eighth',
    'ninth',
    'tenth',
  ];
  const tens = place % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
  return words[place - 1] ?? `${place}${ending}`;
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A date with the precision it has: `2021`, `March 2021`, `9 March 2021`. */
export function datePhrase(date: string, { choose }: Pick<Wording, 'choose'>): string {
  const [year = '', month, day] = date.split('-');
  const name = months[Number(month) - 1];
  if (month === undefined || name === undefined) return year;
  if (day === undefined) return choose([`${name} ${year}`, date]);
  return choose([`${Number(day)} ${name} ${year}`, date, `${name} ${Number(day)}, ${year}`]);
}
