import { describe, expect, it } from 'vitest';
import { tokenize } from '../language/token.ts';
import { companies } from '../testing/domain-tables.ts';
import { inPeriod, withoutPeriod } from './question-period.ts';

const taken = (question: string) => {
  const found = withoutPeriod([tokenize(question)]);
  return found === null
    ? null
    : { period: found.period, words: found.sentences.flat().map(({ text }) => text) };
};

describe('withoutPeriod', () => {
  it.each([
    ['What was the revenue of Acme in fiscal 2022 ?', '2022'],
    ['What was the 2021 revenue of Acme ?', '2021'],
    ['Which firm grew (2022) most ?', '2022'],
  ])('takes the one year out: %s', (question, period) => {
    expect(taken(question)).toMatchObject({ period });
    expect(taken(question)?.words).not.toContain(period);
  });

  it.each([
    'revenue before 2022',
    'revenue from 2021 to 2022',
    'revenue in 2021 against revenue in 2022',
    'revenue',
  ])('takes none out: %s', (question) => {
    expect(taken(question)).toBeNull();
  });
});

describe('inPeriod', () => {
  const revenue = {
    selection: {},
    output: {
      kind: 'aggregate',
      aggregate: { function: 'sum', of: { kind: 'column', column: 'revenue' } },
      unit: 'USD',
    },
  } as const;

  it('takes columns at a period that they have', () => {
    expect(inPeriod(revenue, '2022', companies.table)).toMatchObject({
      output: { aggregate: { of: { column: 'revenue', period: '2022' } } },
    });
  });

  it('knows no other period', () => {
    expect(inPeriod(revenue, '1999', companies.table)).toBeNull();
  });
});
