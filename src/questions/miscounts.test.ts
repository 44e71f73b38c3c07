import { describe, expect, it } from 'vitest';
import type { Draft } from './grammar/meanings.ts';
import { tokenize } from './language/token.ts';
import { countsMoney, countsOtherThings, figuresForRows } from './miscounts.ts';
import { projects, shipments } from './testing/trade-tables.ts';

const summing = (column: string): Draft => ({
  selection: {},
  output: { kind: 'aggregate', aggregate: { function: 'sum', of: { kind: 'column', column } }, unit: null },
});

describe('countsMoney', () => {
  const counts = (question: string): boolean =>
    countsMoney(summing('freight_cost'), [tokenize(question)], shipments.table);

  it('tells things from money', () => {
    expect(counts('How many costs were paid')).toBe(true);
    expect(counts('How many dollars did Meridian charge')).toBe(false);
    expect(counts('How much did Meridian charge')).toBe(false);
  });
});

describe('countsOtherThings', () => {
  const counts = (column: string, question: string): boolean =>
    countsOtherThings(summing(column), [tokenize(question)], projects.table);

  it('holds rows against what a field counts', () => {
    expect(counts('wells', 'How many water projects did the Harker Trust fund')).toBe(true);
    expect(counts('beneficiaries', 'How many beneficiaries did water projects have')).toBe(false);
    expect(counts('wells', 'How many of the projects begun before 2010 are in good condition')).toBe(true);
    expect(counts('wells', 'How many wells of water projects are there')).toBe(false);
  });
});

describe('figuresForRows', () => {
  const gives = (question: string): boolean =>
    figuresForRows(summing('wells'), [tokenize(question)], projects.table);

  it('tells a question for rows from one for a figure', () => {
    expect(gives('Whose wells are the deepest on average')).toBe(true);
    expect(gives('At which place are there the most wells')).toBe(true);
    expect(gives('Which number of wells is usual')).toBe(false);
    expect(gives('In which year were most wells dug, and how many')).toBe(false);
    expect(gives('Which project is the deepest overall')).toBe(true);
    expect(gives('What is the number of wells of all projects')).toBe(false);
  });
});
