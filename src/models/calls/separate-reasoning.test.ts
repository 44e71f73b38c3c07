import { describe, expect, it } from 'vitest';
import { separateReasoning } from './separate-reasoning.ts';

describe('separateReasoning', () => {
  it.each([
    ['Oslo', 'Oslo', null],
    ['<think>\nNorway.\n</think>\n\nOslo', 'Oslo', 'Norway.'],
    ['  <think></think>\nOslo', 'Oslo', null],
    // The chat template had opened the thought.
    ['Norway.\n</think>\nOslo', 'Oslo', 'Norway.'],
    ['<think>one</think><think>two</think>Oslo', 'Oslo', 'one\n\ntwo'],
    // Cut by the output limit.
    ['<think>Norway, let me see', '', 'Norway, let me see'],
    // A text about the tags is no thought.
    ['The tag <think> opens and </think> closes.', 'The tag <think> opens and </think> closes.', null],
  ])('reads %j', (written, text, reasoning) => {
    expect(separateReasoning(written)).toEqual({ text, reasoning });
  });
});
