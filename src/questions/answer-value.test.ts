import { describe, expect, it } from 'vitest';
import { toAnswerValue } from './answer-value.ts';
import type { AnswerColumn, CompiledQuery } from './compile/compiled-query.ts';

const query = (answerType: CompiledQuery['answerType'], answerColumns: AnswerColumn[]): CompiledQuery => ({
  sql: '',
  answerType,
  unit: answerColumns[0]?.unit ?? null,
  answerColumns,
  table: 'city',
  columnsRead: [],
  selectionSql: '',
  checks: [],
});
const name: AnswerColumn = { name: 'name', type: 'text', unit: null };
const share: AnswerColumn = { name: 'share', type: 'percentage', unit: '%' };
const size: AnswerColumn = { name: 'size', type: 'number', unit: 'km' };

describe('toAnswerValue', () => {
  it('takes a single value, and null where there is none', () => {
    const one = query('number', [size]);
    expect(toAnswerValue({ query: one, columns: ['name', 'size'], rows: [['a', 0.1 + 0.2]] })).toEqual({
      type: 'number',
      value: 0.3,
      unit: 'km',
    });
    expect(toAnswerValue({ query: one, columns: ['name', 'size'], rows: [] }).value).toBeNull();
  });

  it('rounds percentages, small ones to significant digits', () => {
    const values = [12.345678, 100 / 3, 0.000123456, 50].map(
      (cell) =>
        toAnswerValue({ query: query('percentage', [share]), columns: ['share'], rows: [[cell]] }).value,
    );
    expect(values).toEqual([12.3457, 33.3333, 0.0001235, 50]);
  });

  it('makes a list of one column and rows of several', () => {
    const columns = ['name', 'size', 'share'];
    const rows = [
      ['b', 2, 25],
      ['a', 1, null],
    ];
    expect(toAnswerValue({ query: query('list', [name]), columns, rows }).value).toEqual(['b', 'a']);
    expect(toAnswerValue({ query: query('rows', [name, share]), columns, rows }).value).toEqual([
      ['b', 25],
      ['a', null],
    ]);
  });

  it('gives the items of a list, and says yes or no for a boolean', () => {
    const items: AnswerColumn = { name: 'items', type: 'list', unit: null };
    const open: AnswerColumn = { name: 'open', type: 'boolean', unit: null };
    const listed = { columns: ['items', 'open'], rows: [[['x', 'y'], true]] } as const;
    expect(toAnswerValue({ query: query('list', [items]), ...listed }).value).toEqual(['x', 'y']);
    expect(toAnswerValue({ query: query('string', [open]), ...listed }).value).toBe('Yes');
    expect(toAnswerValue({ query: query('rows', [open, items]), ...listed }).value).toEqual([
      ['Yes', 'x, y'],
    ]);
  });
});
