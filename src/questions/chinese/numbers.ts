import { currencyOf } from '../../table/values/currencies.ts';
import { readHanNumeral } from '../../table/values/han-numerals.ts';
import { readMeasure } from '../../table/values/unit-after.ts';
import { canonicalUnit, measureSymbol } from '../../table/values/units.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Literal } from '../grammar/meanings.ts';
import type { Token } from '../language/token.ts';
import { endOfName } from './context.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';
import { foldName, foldWidth } from './han-tokens.ts';
import { counters } from './vocabulary.ts';

const found = <T>(end: number, value: T, cost = 0): Parse<T> => ({ end, value, cost, notes: [] });

interface Reach {
  readonly end: number;
  readonly value: number;
}

const digitsInHan = '零一二三四五六七八九';
const numeralChars = /^[〇零一二两三四五六七八九十百千万亿]$/;
const scales: readonly (readonly [string, number])[] = [
  ['万亿', 1e12],
  ['千亿', 1e11],
  ['百亿', 1e10],
  ['十亿', 1e9],
  ['亿', 1e8],
  ['千万', 1e7],
  ['百万', 1e6],
  ['十万', 1e5],
  ['万', 1e4],
  ['千', 1e3],
  ['百', 1e2],
];
const latinScales: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
  ['m', 1e6],
  ['bn', 1e9],
]);

const wordAt = (tokens: readonly Token[], at: number): string => {
  const token = tokens[at];
  return token === undefined || token.kind === 'quote' ? '' : token.word;
};

/** The scale after a number, and where it ends. */
function scaleAt(tokens: readonly Token[], at: number): Reach | null {
  const text = `${wordAt(tokens, at)}${wordAt(tokens, at + 1)}`;
  for (const [word, value] of scales) {
    // 千米 and 百分点 are no thousands and no hundreds.
    if (!text.startsWith(word)) continue;
    const next = wordAt(tokens, at + word.length);
    if ((word === '千' && /^[米克瓦]$/.test(next)) || (word === '百' && next === '分')) return null;
    return { end: at + word.length, value };
  }
  const latin = latinScales.get(tokens[at]?.word ?? '');
  const touches = tokens[at - 1]?.end === tokens[at]?.start;
  return latin === undefined || ((tokens[at]?.word.length ?? 0) < 3 && !touches)
    ? null
    : { end: at + 1, value: latin };
}

/** A number in digits with the scales after it, or in Chinese numerals: 1.5亿, 3亿5000万, 两千三百. */
function numberAt(tokens: readonly Token[], at: number): Reach | null {
  const first = tokens[at];
  if (first === undefined) return null;
  const sign = first.kind !== 'quote' && (first.word === '-' || first.word === '负') ? -1 : 1;
  if (sign === -1) {
    const positive = numberAt(tokens, at + 1);
    return positive === null || positive.value < 0 ? null : { ...positive, value: -positive.value };
  }
  if (first.number === null) return hanNumberAt(tokens, at);
  let { number: value } = first;
  let end = at + 1;
  const scale = scaleAt(tokens, end);
  if (scale !== null) {
    value = Number((value * scale.value).toPrecision(15));
    ({ end } = scale);
    const more = tokens[end]?.number == null ? null : numberAt(tokens, end);
    if (more !== null && more.value < scale.value && more.end > end + 1)
      return { end: more.end, value: value + more.value };
  }
  return { end, value };
}

function hanNumberAt(tokens: readonly Token[], at: number): Reach | null {
  let end = at;
  let text = '';
  while (tokens[end]?.kind === 'word' && numeralChars.test(wordAt(tokens, end))) {
    text += wordAt(tokens, end);
    end += 1;
  }
  if (text === '') return null;
  if (text.length === 1) {
    const value = text === '两' ? 2 : text === '十' ? 10 : digitsInHan.indexOf(text);
    return value < 0 ? null : { end, value };
  }
  const read = readHanNumeral(text, 0);
  return read === null || read.end < text.length ? null : { end, value: Number(read.digits) };
}

const hanRate = /^\p{Script=Han}{1,4}\/(?:年|月|日|天|小时|时|秒|人|次|公里|平方公里|平方米)/u;

/** Units that the tokens name: those of the table's columns, measures and currencies. */
function unitsAt(context: ChineseContext, at: number): Parse<string>[] {
  const units: Parse<string>[] = [];
  const own = new Set(context.table.columns.flatMap(({ unit }) => (unit === null ? [] : [unit])));
  for (const unit of own) {
    const end = endOfName(context, at, foldName(unit));
    if (end !== null) units.push(found(end, canonicalUnit(unit)));
  }
  let text = '';
  for (let end = at + 1; end <= Math.min(context.tokens.length, at + 6); end += 1) {
    const token = context.tokens[end - 1];
    if (token === undefined || token.kind === 'quote' || token.kind === 'number') break;
    text += token.text;
    const known = measureSymbol(text) ?? currencyOf(text);
    if (known !== null) units.push(found(end, known));
  }
  // "吨/年": as documents are read.
  const rate = hanRate.exec(foldWidth(context.question).slice(context.tokens[at]?.start ?? 0))?.[0];
  const measure = rate === undefined ? null : readMeasure(rate, 0);
  const end = rate === undefined ? null : endOfName(context, at, rate);
  if (rate !== undefined && end !== null && measure?.end === rate.length)
    units.push(found(end, measure.unit));
  return units;
}

const counted = new Set(counters.split('|'));

/** Numbers with their unit: 10亿元, 5%, 百分之三十, 三成, 3个百分点, 5000人. */
function literalsAt(context: ChineseContext, at: number): Parse<Literal>[] {
  const { tokens } = context;
  if (['百', '分', '之'].every((char, index) => wordAt(tokens, at + index) === char)) {
    const reach = numberAt(tokens, at + 3);
    return reach === null ? [] : [found(reach.end, { value: reach.value, percent: true, unit: null })];
  }
  const rate = ratesAt(context, at);
  if (rate.length > 0) return rate;
  const sign = tokens[at];
  const currency = sign === undefined || sign.kind === 'number' ? null : currencyOf(sign.text);
  const start = currency !== null && tokens[at + 1]?.number != null ? at + 1 : at;
  const reach = numberAt(tokens, start);
  if (reach === null) return [];
  const { value, end } = reach;
  const plain: Literal = { value, percent: false, unit: start > at ? currency : null };
  const results: Parse<Literal>[] = [found(end, plain)];
  const next = wordAt(tokens, end);
  if (next === '%' || next === 'percent') {
    const points = wordAt(tokens, end + 1) === '点' ? 1 : 0;
    return [found(end + 1 + points, { ...plain, percent: true })];
  }
  if (['个', '百', '分', '点'].every((char, index) => wordAt(tokens, end + index) === char))
    return [found(end + 4, { ...plain, percent: true })];
  if (next === '成' && value > 0 && value <= 10)
    results.push(found(end + 1, { value: value * 10, percent: true, unit: null }));
  if (start === at)
    for (const unit of unitsAt(context, end))
      results.push({ ...unit, value: { ...plain, unit: unit.value } });
  if (counted.has(next) || next === '倍' || next === '分') results.push(found(end + 1, plain, 0.02));
  return results;
}

/** What a rate is by: 每秒, 时速. */
const rates: readonly (readonly [string, string])[] = [
  ['每秒钟', 's'],
  ['每秒', 's'],
  ['每小时', 'h'],
  ['每分钟', 'min'],
  ['每分', 'min'],
  ['每天', 'day'],
  ['每日', 'day'],
  ['时速', 'h'],
];

/** "每秒1.75米", "时速80公里": the unit stands on both sides of the number. */
function ratesAt(context: ChineseContext, at: number): Parse<Literal>[] {
  for (const [word, per] of rates) {
    const from = endOfName(context, at, word);
    const reach = from === null ? null : numberAt(context.tokens, from);
    if (reach === null) continue;
    return unitsAt(context, reach.end).map((unit) => ({
      ...unit,
      value: { value: reach.value, percent: false, unit: canonicalUnit(`${unit.value}/${per}`) },
    }));
  }
  return [];
}

const yearOf = (token: Token | undefined): string | null =>
  token?.kind === 'number' && /^(?:1[5-9]|20)\d\d$/.test(token.text) ? token.text : null;

const two = (value: number): string => String(value).padStart(2, '0');

/** 2023年12月31日, 2023年12月, 2023年, 2023, 2023-12-31. */
function datesAt({ tokens }: ChineseContext, at: number): Parse<string>[] {
  const first = tokens[at];
  if (first?.kind === 'date') return [found(at + 1, first.text)];
  const year = yearOf(first);
  if (year === null) return [];
  if (wordAt(tokens, at + 1) !== '年') return [found(at + 1, year, 0.02)];
  const results = [found(at + 2, year)];
  const month = numberAt(tokens, at + 2);
  if (month === null || wordAt(tokens, month.end) !== '月' || month.value > 12) return results;
  results.push(found(month.end + 1, `${year}-${two(month.value)}`));
  const day = numberAt(tokens, month.end + 1);
  if (day !== null && /^[日号]$/.test(wordAt(tokens, day.end)) && day.value <= 31)
    results.push(found(day.end + 1, `${year}-${two(month.value)}-${two(day.value)}`));
  return results;
}

const quarters = '一二三四';

/** Periods as a catalog writes them: 2021年度, 2021年末, 2021年第三季度, and those the table knows. */
function periodsAt(context: ChineseContext, at: number): Parse<string>[] {
  const { tokens, table } = context;
  const results: Parse<string>[] = [];
  for (const date of datesAt(context, at)) {
    results.push(date);
    const next = wordAt(tokens, date.end);
    if (/^\d{4}$/.test(date.value) && /^[度末底]$/.test(next)) results.push({ ...date, end: date.end + 1 });
    const from = next === '第' ? date.end + 1 : date.end;
    const word = wordAt(tokens, from);
    const quarter = quarters.includes(word) && word !== '' ? quarters.indexOf(word) + 1 : Number(word);
    if (quarter >= 1 && quarter <= 4 && wordAt(tokens, from + 1) === '季') {
      const end = wordAt(tokens, from + 2) === '度' ? from + 3 : from + 2;
      results.push(found(end, `${date.value}-Q${quarter}`));
    }
  }
  const known = new Set(
    table.columns.flatMap(({ periods, latestPeriod }) => [
      ...periods,
      ...(latestPeriod == null ? [] : [latestPeriod]),
    ]),
  );
  for (const period of known) {
    const end = endOfName(context, at, foldName(period));
    if (end === null || results.some((each) => each.end === end)) continue;
    results.push(found(end, period));
    const after =
      wordAt(tokens, end) === '年' ? (/^[度末底]$/.test(wordAt(tokens, end + 1)) ? end + 2 : end + 1) : null;
    if (after !== null) results.push(found(after, period));
  }
  return results;
}

/** Adds numbers, counts, dates, periods and numbers with units. */
export function addNumbers(grammar: ChineseGrammar): void {
  grammar.primitive('number', ({ tokens }, at) => {
    const reach = numberAt(tokens, at);
    return reach === null ? [] : [found(reach.end, reach.value)];
  });
  grammar.primitive('count', ({ tokens }, at) => {
    const reach = numberAt(tokens, at);
    return reach === null || !Number.isInteger(reach.value) || reach.value < 1
      ? []
      : [found(reach.end, reach.value)];
  });
  grammar.primitive('unit', unitsAt);
  grammar.primitive('literal', literalsAt);
  grammar.primitive('date', datesAt);
  grammar.primitive('period', periodsAt);
  grammar.rule('date-part', '(年份|年度|年)', () => 'year');
  grammar.rule('date-part', '(季度|季)', () => 'quarter');
  grammar.rule('date-part', '(月份|月度|月)', () => 'month');
  grammar.rule('part', '<literal>', ({ literal }) => (literal.percent ? literal.value : null));
  grammar.rule('part', '(一半|半数|半)', () => 50);
  grammar.rule('part', '三分之一', () => 100 / 3);
  grammar.rule('part', '三分之二', () => 200 / 3);
  grammar.rule('part', '四分之一', () => 25);
  grammar.rule('part', '四分之三', () => 75);
}
