import { describe, expect, it } from 'vitest';
import { outputRequirements } from '../../models/prompts/index.ts';
import { emptyAnswer } from '../empty-answer.ts';
import type { Answer } from '../strategy.ts';
import { answerText } from './answer-text.ts';

const answered = (fields: Partial<Answer>): Answer => ({
  ...emptyAnswer,
  question: 'Which?',
  coverage: { documents: 1, read: 1, withValue: 1, missing: 0 },
  status: 'answered',
  ...fields,
});

describe('answerText', () => {
  it.each([
    [{ value: 'Acme' }, 'Acme', 'The answer is: "Acme"'],
    [{ value: 1234.565 }, '1234.565', 'The answer is: 1234.57'],
    [{ value: 7, unit: 'USD' }, '7 USD', 'The answer is: 7'],
    [{ value: 12.5, unit: '%' }, '12.5%', 'The answer is: 12.50%'],
    [{ type: 'date' as const, value: '2021-05-03' }, '2021-05-03', 'The answer is: 2021-05'],
    [{ value: ['Acme', 'Brisk'] }, '- Acme\n- Brisk', 'The answer is: ["Acme","Brisk"]'],
    [{ value: [] }, 'None.', 'The answer is: []'],
    [{ value: [['Acme', 5]] }, '- Acme, 5', 'The answer is: ["Acme: 5"]'],
  ])('writes %j plainly, and in the demanded form', (fields, plain, demanded) => {
    expect(answerText(answered(fields), null)).toBe(plain);
    expect(answerText(answered(fields), outputRequirements)).toBe(demanded);
  });

  it('copies the phrase that is demanded', () => {
    const instructions = 'Format your response as follows: "Therefore, the answer is (insert answer here)"';
    expect(answerText(answered({ value: 'Acme' }), instructions)).toBe('Therefore, the answer is "Acme"');
  });

  it('says what a model wrote, and why there is no answer', () => {
    expect(answerText(answered({ value: 'Acme', response: 'It is Acme.' }), outputRequirements)).toBe(
      'It is Acme.',
    );
    expect(answerText(answered({ status: 'refused', reason: 'Unclear.' }), null)).toBe('Unclear.');
  });
});
