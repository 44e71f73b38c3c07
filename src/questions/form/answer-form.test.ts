import { describe, expect, it } from 'vitest';
import { tokenize } from '../language/token.ts';
import { withoutForm } from './answer-form.ts';

const formOf = (question: string) => {
  const formed = withoutForm(tokenize(question));
  return formed === null ? null : { words: formed.tokens.map(({ text }) => text).join(' '), ...formed.form };
};

describe('withoutForm', () => {
  it.each([
    ['What was the average delay, in hours, of trains?', 'What was the average delay of trains ?', 'h', 1],
    ['What was the total in millions of US dollars?', 'What was the total ?', 'USD', 1e6],
    ['What was the total, in USD m?', 'What was the total ?', 'USD', 1e6],
    ['What was the total (€k)?', 'What was the total ?', 'EUR', 1e3],
    ['How deep is it in m?', 'How deep is it ?', 'm', 1],
    ['What was the total (in thousands)?', 'What was the total ?', null, 1e3],
    ['What is the ratio of debt to equity as percentage?', 'What is the ratio of debt to equity ?', '%', 1],
    ['How dense is resin, in grams per cubic centimetre?', 'How dense is resin ?', 'g/cu cm', 1],
    ['In percent, what is the share of A?', ', what is the share of A ?', '%', 1],
  ])('takes the demand out: %s', (question, words, unit, scale) => {
    expect(formOf(question)).toEqual({ words, unit, scale });
  });

  it.each(['How many trains were late?', 'Who lives in Paris?', 'Which trains go in all directions?'])(
    'finds none: %s',
    (question) => {
      expect(formOf(question)).toBeNull();
    },
  );
});
