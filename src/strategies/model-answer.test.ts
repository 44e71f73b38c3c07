import { describe, expect, it } from 'vitest';
import { ModelError, noCost, type ModelReply } from '../models/index.ts';
import { failedModelAnswer, readModelAnswer } from './model-answer.ts';

const reply = (text: string, changes: Partial<ModelReply> = {}): ModelReply => ({
  text,
  reasoning: null,
  finishReason: 'stop',
  cost: { ...noCost, calls: 1 },
  took: noCost,
  fromLedger: false,
  ...changes,
});

describe('readModelAnswer', () => {
  it('reads the answer in the form that was asked for', () => {
    const answer = readModelAnswer(reply('So many.\nThe answer is: ["Alba", "Brenn"]'));
    expect(answer).toMatchObject({
      status: 'answered',
      type: 'list',
      value: ['Alba', 'Brenn'],
      warnings: [],
    });
    expect(answer.response).toContain('So many.');
    expect(answer.cost.calls).toBe(1);
  });

  it('takes no other text for the answer, unless another form was asked for', () => {
    expect(readModelAnswer(reply(' It is Alba. '))).toMatchObject({
      status: 'refused',
      value: null,
      response: ' It is Alba. ',
      reason: expect.stringContaining('The answer is'),
    });
    const answer = readModelAnswer(reply(' It is Alba. '), { instructions: 'Answer in a sentence.' });
    expect(answer).toMatchObject({ status: 'answered', type: 'string', value: 'It is Alba.', warnings: [] });
    expect(readModelAnswer(reply(' '), { instructions: 'Answer.' }).status).toBe('refused');
  });

  it('tells refusals and answers that were cut', () => {
    const refusal = readModelAnswer(reply('Cannot answer: no document states it.'));
    expect(refusal).toMatchObject({ status: 'refused', reason: 'no document states it.', value: null });
    const cut = readModelAnswer(reply('First, let us', { finishReason: 'length' }));
    expect(cut).toMatchObject({ status: 'failed', value: null });
    expect(cut.reason).toContain('output limit');
  });
});

describe('failedModelAnswer', () => {
  const error = (kind: ModelError['kind']): ModelError =>
    new ModelError({ kind, message: 'It broke.', remedy: 'Mend it.' });

  it('makes a failed answer of an error, but not of one that ends the command', () => {
    expect(failedModelAnswer(error('unreachable'))).toMatchObject({
      status: 'failed',
      reason: 'It broke. Mend it.',
    });
    for (const fatal of [
      error('over-budget'),
      error('not-in-ledger'),
      new DOMException('stop', 'AbortError'),
    ]) {
      expect(() => failedModelAnswer(fatal)).toThrow(fatal.message);
    }
  });
});
