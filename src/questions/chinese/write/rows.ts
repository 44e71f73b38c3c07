import type { Aggregate, Measure, Order, Selection } from '../../plan.ts';
import { NoWordingError } from '../../write/wording.ts';
import { dateExtremes, measuresBefore, measuresBehind, superlatives } from '../vocabulary.ts';
import { countPhrase, digits, placePhrase } from './numbers.ts';
import type { ChineseWording } from './wording.ts';

/** The rows of a selection as a noun phrase. */
export function rowsPhrase(selection: Selection | undefined, wording: ChineseWording): string {
  const { where, order, limit, offset = 0 } = selection ?? {};
  const { noun } = wording;
  const restricted = where === undefined ? '' : `${wording.clauses(where).text}的${noun}`;
  if (limit === undefined && offset === 0) return where === undefined ? `所有${noun}` : restricted;
  if (order === undefined || limit === undefined || (offset > 0 && limit > 1))
    throw new NoWordingError('rows cut off without an order, or in the middle of one');
  const among = where === undefined ? '' : `${restricted}中`;
  const ranking = wording.ranking(order, offset);
  return limit === 1
    ? `${among}${ranking}的${noun}`
    : `${among}${ranking}的${countPhrase(limit, wording)}${noun}`;
}

/** `营业收入最高`, `成立日期第二早`. */
export function rankingPhrase({ by, descending }: Order, offset: number, wording: ChineseWording): string {
  const isDate = by.kind === 'column' && wording.column(by.column)?.type === 'date';
  const words = wording.quantity(by);
  if (offset > 0) {
    const how = isDate ? (descending ? '晚' : '早') : descending ? '高' : '低';
    return `${words}第${placePhrase(offset + 1)}${how}`;
  }
  const name = isDate ? (descending ? 'latest' : 'earliest') : descending ? 'falling' : 'rising';
  return `${words}${wording.choose(superlatives[name].write)}`;
}

/** A measure of a quantity without its rows: `平均净利润`, `净利润的中位数`. */
export function measurePhrase(measure: Measure, wording: ChineseWording): string {
  const { of } = measure;
  if (measure.function === 'count') {
    if (of !== undefined) throw new NoWordingError('the number of rows that state a value');
    return `${wording.noun}数量`;
  }
  if (of === undefined) throw new NoWordingError('a statistic of nothing');
  const isPlain = of.kind === 'column' || of.kind === 'item-count';
  const words = isPlain ? wording.quantity(of) : `(${wording.quantity(of)})`;
  switch (measure.function) {
    case 'count-distinct':
      return `不同的${words}的数量`;
    case 'correlation': {
      if (measure.with === undefined) throw new NoWordingError('a correlation with nothing');
      return `${words}与${wording.quantity(measure.with)}的相关系数`;
    }
    case 'percentile': {
      const place = measure.percentile ?? 50;
      if (!Number.isInteger(place)) throw new NoWordingError(`the percentile ${place}`);
      return `${words}的第${digits(place)}百分位数`;
    }
    case 'standard-deviation':
    case 'variance':
      return `${words}的${measure.deviation === 'sample' ? '样本' : ''}${measuresBehind[measure.function].write[0]}`;
    case 'minimum':
    case 'maximum': {
      const isDate = of.kind === 'column' && wording.column(of.column)?.type === 'date';
      if (isDate) return `${dateExtremes[measure.function].write[0]}的${words}`;
      return eitherSide(measure.function, words, wording, isPlain);
    }
    case 'sum':
      return `${words}的${wording.choose(measuresBehind.sum.write)}`;
    case 'average':
    case 'median':
      return eitherSide(measure.function, words, wording, isPlain && measure.function === 'average');
  }
}

/** `平均净利润` or `净利润的平均值`. */
function eitherSide(
  name: 'average' | 'median' | 'minimum' | 'maximum',
  words: string,
  { choose }: ChineseWording,
  mayPrecede: boolean,
): string {
  const behind = `${words}的${choose(measuresBehind[name].write)}`;
  const before = measuresBefore[name]?.write[0];
  return before === undefined || !mayPrecede || name === 'median'
    ? behind
    : choose([`${before}${words}`, behind]);
}

/** An aggregate with its rows: `所属行业为医药的公司的平均净利润`. */
export function figurePhrase({ selection, ...measure }: Aggregate, wording: ChineseWording): string {
  if (measure.function === 'count') {
    if (measure.of !== undefined) throw new NoWordingError('the number of rows that state a value');
    return `${wording.rows(selection)}的数量`;
  }
  const words = wording.measure(measure);
  return selection === undefined ? words : `${wording.rows(selection)}的${words}`;
}
