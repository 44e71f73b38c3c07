import { isHedged, isNegated } from './hedging.ts';
import type { MeasureContext } from './links.ts';
import { isNominal, labelOf } from './noun-phrases.ts';
import type { Token } from './sentence.ts';
import { numberValue, type SentenceStatement } from './statement-value.ts';

const year = /^(?:1[5-9]|20)\d\d$/;
const mostWords = 3;

const isYear = (token: Token | undefined): boolean => token !== undefined && year.test(token.text);

/**
 * Reads figures that each bring a year of their own: "the population was 2,429 in 1996 and 2,318 in 2016", "up from its
 * 2016 population of 9,680".
 *
 * @param values what other rules have read of the sentence.
 */
export function readPeriodFigures(
  context: MeasureContext,
  values: readonly SentenceStatement[],
): SentenceStatement[] {
  const read = [...values.flatMap((value) => readSeries(context, value)), ...readPremodified(context)];
  const taken = new Set(values.map(({ valueStart }) => valueStart));
  return read.filter(({ valueStart }) => !taken.has(valueStart));
}

/** "… in 1996 and 2,318 in 2016": what goes on in a series is of the name that it began with. */
function readSeries({ sentence }: MeasureContext, first: SentenceStatement): SentenceStatement[] {
  const { tokens } = sentence;
  const found: SentenceStatement[] = [];
  if (first.rule !== 'sentence-value' || first.value.type !== 'number') return found;
  let at = tokens.findIndex(({ end }) => end === first.valueEnd);
  if (at < 0) return found;
  for (;;) {
    if (tokens[at + 1]?.lower !== 'in' || !isYear(tokens[at + 2])) return found;
    let next = at + 3;
    if (tokens[next]?.text === ',') next += 1;
    if (tokens[next]?.lower === 'and') next += 1;
    const token = tokens[next];
    const [preposition, period] = [tokens[next + 1], tokens[next + 2]];
    if (next === at + 3 || token === undefined || token.number === null || token.number.percentage)
      return found;
    if (preposition?.lower !== 'in' || period === undefined || !isYear(period)) return found;
    const value = numberValue(token.number);
    if (value.type !== 'number' || value.unit !== first.value.unit) return found;
    found.push({ ...first, value, ...place(token), end: period.end, period: period.text });
    at = next;
  }
}

/** "its 2016 population of 9,680" */
function readPremodified({ sentence }: MeasureContext): SentenceStatement[] {
  const { tokens, capitals } = sentence;
  if (sentence.foreign) return [];
  return tokens.flatMap((token, index): SentenceStatement[] => {
    if (token.number === null || isYear(token) || tokens[index - 1]?.lower !== 'of') return [];
    let from = index - 1;
    while (index - 1 - from < mostWords && isNominal(tokens[from - 1])) from -= 1;
    const [period, owner] = [tokens[from - 1], tokens[from - 2]];
    if (from === index - 1 || period === undefined || !isYear(period) || owner?.lower !== 'its') return [];
    if (isHedged(sentence, index) || isNegated(sentence, index)) return [];
    return [
      {
        label: [labelOf(tokens.slice(from, index - 1), capitals)],
        value: numberValue(token.number),
        period: period.text,
        start: owner.start,
        end: token.end,
        ...place(token),
        rule: 'sentence-value',
      },
    ];
  });
}

const place = ({ start, end }: Token): { valueStart: number; valueEnd: number } => ({
  valueStart: start,
  valueEnd: end,
});
