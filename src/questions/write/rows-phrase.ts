import type { Aggregate, Measure, Order, Selection } from '../plan.ts';
import { dateExtremeWords, measureWords, superlatives } from '../vocabulary.ts';
import { isCount } from './comparison-phrase.ts';
import { countPhrase, ordinalPhrase } from './numbers.ts';
import { NoWordingError, type Wording } from './wording.ts';

/** The rows of a selection as a noun phrase. */
export function rowsPhrase(selection: Selection | undefined, wording: Wording): string {
  const { where, order, limit, offset = 0 } = selection ?? {};
  const restricted = where === undefined ? '' : ` ${wording.restrictor(where)}`;
  if (limit === undefined && offset === 0) {
    return where === undefined ? `all ${wording.nouns}` : `${wording.nouns}${restricted}`;
  }
  if (order === undefined || limit === undefined || (offset > 0 && limit > 1)) {
    throw new NoWordingError('rows cut off without an order, or in the middle of one');
  }
  const among = where === undefined ? '' : ` among ${wording.nouns}${restricted}`;
  const ranking = wording.ranking(order, offset);
  return limit === 1
    ? `the ${wording.noun} with the ${ranking}${among}`
    : `the ${countPhrase(limit, wording)} ${wording.nouns} with the ${ranking}${among}`;
}

/** `highest population`, `most airports`, `second latest founding date`. */
export function rankingPhrase({ by, descending }: Order, offset: number, wording: Wording): string {
  const place = offset === 0 ? '' : `${ordinalPhrase(offset + 1)} `;
  if (isCount(by, wording) && offset === 0) {
    const counted = by.kind === 'item-count' ? ({ kind: 'column', column: by.column } as const) : by;
    return `${descending ? 'most' : 'fewest'} ${wording.quantity(counted)}`;
  }
  const isDate = by.kind === 'column' && wording.column(by.column)?.type === 'date';
  const words = isDate
    ? superlatives[descending ? 'latest' : 'earliest']
    : superlatives[descending ? 'falling' : 'rising'];
  return `${place}${wording.choose<string>(words)} ${wording.quantity(by)}`;
}

/** A measure of a quantity without its rows: `average population`, `90th percentile of the area`. */
export function measurePhrase(measure: Measure, wording: Wording): string {
  const { of } = measure;
  const words = of === undefined ? '' : wording.quantity(of);
  switch (measure.function) {
    case 'count':
      return of === undefined
        ? `number of ${wording.nouns}`
        : `number of ${wording.nouns} that state ${words}`;
    case 'correlation': {
      const other = measure.with === undefined ? words : wording.quantity(measure.with);
      return `correlation between ${words} and ${other}`;
    }
    case 'percentile': {
      const place = `${ordinalDigits(measure.percentile ?? 50)} percentile`;
      return words === '' ? place : `${place} of the ${words}`;
    }
    case 'standard-deviation':
    case 'variance': {
      const prefix = measure.deviation === 'sample' ? 'sample ' : '';
      return `${prefix}${wording.choose(measureWords[measure.function])} ${words}`;
    }
    case 'minimum':
    case 'maximum': {
      const isDate = of?.kind === 'column' && wording.column(of.column)?.type === 'date';
      const options = isDate ? dateExtremeWords[measure.function] : measureWords[measure.function];
      return `${wording.choose<string>(options)} ${words}`.trim();
    }
    case 'sum':
      return `${wording.choose(measureWords.sum)} ${words}`.trim();
    case 'average':
    case 'median':
    case 'count-distinct':
      return `${wording.choose(measureWords[measure.function])} ${words}`.trim();
  }
}

function ordinalDigits(percentile: number): string {
  if (!Number.isInteger(percentile)) throw new NoWordingError(`the percentile ${percentile}`);
  const tens = percentile % 100;
  const ending = tens >= 11 && tens <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][percentile % 10] ?? 'th');
  return `${percentile}${ending}`;
}

/** An aggregate with its rows: `average population of cities with an area above 5 sq km`. */
export function figurePhrase({ selection, ...measure }: Aggregate, wording: Wording): string {
  if (measure.function === 'count') {
    const rows = wording.rows(selection).replace(/^all /, '');
    const stating = measure.of === undefined ? '' : ` that state ${wording.quantity(measure.of)}`;
    return `number of ${rows}${stating}`;
  }
  const words = wording.measure(measure);
  if (selection === undefined) return words;
  return `${words} ${wording.choose(['of', 'across'])} ${wording.rows(selection)}`;
}
