import { describe, expect, it } from 'vitest';
import { displayWidth } from './display-text.ts';
import type { Screen } from './screen.ts';
import { textTable } from './text-table.ts';

const screen = (width: number): Screen => ({ width, paint: (_, text) => text });

describe('textTable', () => {
  it('aligns columns, wide characters included', () => {
    const text = textTable({
      columns: [{ header: 'name' }, { header: 'value', align: 'right' }],
      rows: [
        ['中国', '1,412'],
        ['Norway', '5'],
      ],
      screen: screen(80),
    });
    expect(text).toBe(['name    value', '中国    1,412', 'Norway      5'].join('\n'));
  });

  it('shortens the longest cells to fit the screen', () => {
    const text = textTable({
      columns: [{ header: 'place' }, { header: 'quote' }],
      rows: [['reports/a.md:12', 'x'.repeat(500)]],
      screen: screen(60),
      indent: 2,
    });
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60);
    expect(text).toContain('reports/a.md:12');
    expect(text).toContain('xxx…');
  });

  it('leaves out the columns that do not fit, and names them', () => {
    const columns = Array.from({ length: 30 }, (_, index) => ({ header: `a long column name ${index}` }));
    const text = textTable({ columns, rows: [columns.map(() => 'a long value here')], screen: screen(80) });
    const last = text.split('\n').at(-1) ?? '';
    expect(last).toMatch(/^… and \d+ more columns: /);
    for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80);
  });

  it('keeps a row on one line whatever its cells hold', () => {
    const text = textTable({ columns: [{ header: 'a' }], rows: [['one\ntwo\u001b[2J']], screen: screen(80) });
    expect(text.split('\n')).toHaveLength(2);
  });

  it('draws many rows', () => {
    const rows = Array.from({ length: 200_000 }, (_, index) => [String(index)]);
    expect(textTable({ columns: [{ header: 'n' }], rows, screen: screen(80) })).toMatch(/\n199999$/);
  });

  it('draws a table without rows', () => {
    expect(textTable({ columns: [{ header: 'a' }], rows: [], screen: screen(80) })).toBe('a');
  });
});
