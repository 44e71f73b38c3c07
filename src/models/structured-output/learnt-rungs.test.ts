import { describe, expect, it } from 'vitest';
import { LearntRungs } from './learnt-rungs.ts';
import { createMemory } from './testing/memory.ts';

const learn = (memory = createMemory()): LearntRungs => new LearntRungs({ memory, model: 'compatible:x' });

describe('LearntRungs', () => {
  it('does not try again what the server refuses, in a later process either', () => {
    const memory = createMemory();
    learn(memory).noteRefused('json-schema', 'status 400');
    expect(learn(memory).left()).toEqual(['tool-call', 'prompted-json', 'lines', 'demonstrations']);
    expect(new LearntRungs({ memory, model: 'compatible:y' }).left()).toHaveLength(5);
  });

  it('gives up a way only after three unusable replies, and never one that worked', () => {
    const learnt = learn();
    for (let time = 0; time < 2; time += 1) learnt.noteUnusable('json-schema', 'empty');
    expect(learnt.left()).toContain('json-schema');
    learnt.noteUnusable('json-schema', 'empty');
    expect(learnt.left()).not.toContain('json-schema');
    learnt.noteWorks('tool-call');
    for (let time = 0; time < 9; time += 1) learnt.noteUnusable('tool-call', 'empty');
    expect(learnt.left()[0]).toBe('tool-call');
  });

  it('begins at the way that was chosen', () => {
    const learnt = learn();
    learnt.noteWorks('json-schema');
    learnt.choose('lines');
    expect(learnt.left()).toEqual(['lines', 'demonstrations']);
    expect(learnt.chosen()).toBe('lines');
  });
});
