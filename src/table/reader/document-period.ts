import type { Reading } from '../reading.ts';
import { readPeriod } from '../values/periods.ts';
import { monthNumber } from '../values/months.ts';
import type { Block } from './block.ts';
import type { Line } from './lines.ts';

const mostLines = 4;
const longestLine = 120;

/** Words of titles that make a year the time of all figures below, rather than of an event or a model. */
const reportWord =
  /\b(?:annual|interim|quarterly|half[- ]year(?:ly)?|(?:fiscal|financial|business) year|fy|results?|reports?|budget|highlights|review|statements?|accounts|earnings|financials?|key figures|statistics|yearbook)\b|年度|年报|业绩|季报|季度|半年|报告|geschäftsbericht|jahresbericht|geschäftsjahr|haushalt|kennzahlen|ergebnis|rapport|résultats|exercice|informe|memoria|ejercicio|bilancio|relatório|jaarverslag/iu;
const periodPattern =
  /(?:[1-4]q|q[1-4]|[12]h|h[12]|(?:first|second|third|fourth) (?:quarter|half))(?: of)?[ ,/-]{0,2}(?:fy ?|fiscal (?:year )?)?(?:19|20)\d{2}|(?:fy ?|fiscal (?:year )?|financial year )?(?:19|20)\d{2}(?:[/–-]\d{2}(?!\d|-)|[ ,/-]{0,2}(?:[1-4]q|q[1-4]|[12]h|h[12])(?!\p{L})|年(?:第?[一二三四1-4]季度|[上下]半年)?)?/giu;
const periodLabel =
  /^(?:(?:reporting|fiscal|financial|accounting|business) )?(?:period|year|quarter)(?: covered| ended| ending)?$|^报告期$|^报告期间$|^(?:geschäftsjahr|berichtszeitraum|berichtsjahr|exercice|ejercicio|esercizio)$/iu;
/** A day is when something was written; only longer periods are those of figures. */
const isLong = (period: string): boolean => /^\d{4}(?:-[QH]\d|-9M|\/\d{4})?$/.test(period);

/**
 * The period that a report states once for all its figures: in its title, in the lines it opens with ("Budget in
 * brief, fiscal year 2019"), or under a label of its own ("Period: Q2 2023"). Null where several are named.
 */
export function readDocumentPeriod(options: {
  readonly text: string;
  readonly title: string | null;
  readonly blocks: readonly Block[];
  readonly readings: readonly Reading[];
}): string | null {
  const { text, title, blocks, readings } = options;
  const labelled = readings.filter(({ label }) => label.length === 1 && periodLabel.test(label[0] ?? ''));
  const stated = labelled.map(({ valueStart, valueEnd }) => readPeriod(text.slice(valueStart, valueEnd)));
  const opening = openingLines(blocks).map((line) => text.slice(line.contentStart, line.end));
  const periods = new Set(
    [...stated, ...[title ?? '', ...opening].map((line) => periodOfTitle(line))].filter(
      (period) => period !== null && isLong(period),
    ),
  );
  const [only, second] = periods;
  return second === undefined ? (only ?? null) : null;
}

/** The lines before the first statement, list or table. */
function openingLines(blocks: readonly Block[]): Line[] {
  const lines: Line[] = [];
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const { contentStart, contentEnd } = block;
      lines.push({ start: block.start, end: contentEnd, contentStart, indent: 0 });
    } else if (block.kind === 'paragraph') lines.push(...block.lines);
    else break;
    if (lines.length >= mostLines) break;
  }
  return lines.slice(0, mostLines);
}

function periodOfTitle(line: string): string | null {
  if (line.length > longestLine || /[.!?。]$|[:：]\s?\S/u.test(line.trim()) || !reportWord.test(line))
    return null;
  const found = new Set<string>();
  for (const { 0: match, index } of line.matchAll(periodPattern)) {
    if (isDay(line.slice(Math.max(0, index - 40), index))) continue;
    const period = readPeriod(match.replace(/年$/u, ''));
    if (period !== null) found.add(period);
  }
  const [only, second] = found;
  return only === undefined || second !== undefined ? null : only;
}

/** Whether a year goes on with a date, "updated 14 March", unless a period ends with it: "year ended 31 March". */
function isDay(before: string): boolean {
  const month = /(\p{L}+)\.?,?\s(?:\d{1,2},?\s)?$/u.exec(before)?.[1];
  return month !== undefined && monthNumber(month) !== null && !/\b(?:ended|ending)\b/i.test(before);
}

/** The figures without a period of their own, in the document's; years and the like have none. */
export function withDocumentPeriod(readings: readonly Reading[], period: string): Reading[] {
  return readings.map((reading) =>
    reading.period === null && isFigure(reading) ? { ...reading, period } : reading,
  );
}

function isFigure({ value }: Reading): boolean {
  if (value.type === 'percentage') return true;
  if (value.type !== 'number') return false;
  const mayBeYear = value.unit === null && value.number >= 1500 && value.number < 2100;
  return !(mayBeYear && Number.isInteger(value.number));
}
