import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { tokenize } from './passage-database.ts';
import { toSearchTerms, toSearchText } from './search-text.ts';

const database = new DatabaseSync(':memory:');
database.exec(`CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = "${tokenize}")`);
const insert = database.prepare('INSERT INTO texts (rowid, text) VALUES (?, ?)');
const search = database.prepare('SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank, rowid');

const texts = [
  'The café of Łódź, opened in 1921',
  '阿里巴巴集团2023年的营业收入为8687亿元',
  '百度公司的净利润为203亿元',
  'トヨタ自動車の売上高',
  '삼성전자의 매출은 증가했다',
  'ประเทศไทยมีประชากร',
  'हिन्दी समाचार',
  'Ｒｅｖｅｎｕｅ ２０２３',
];
texts.forEach((text, index) => insert.run(index, toSearchText(text)));

afterAll(() => database.close());

const find = (question: string): number[] => {
  const terms = toSearchTerms(question);
  return terms.length === 0 ? [] : search.all(terms.join(' OR ')).map(({ rowid }) => Number(rowid));
};

describe('toSearchText and toSearchTerms', () => {
  it('find words of scripts that part words, whatever their case and accents', () => {
    expect(find('Where is the CAFE of Lodz?')).toEqual([0]);
    expect(find('हिन्दी')).toEqual([6]);
  });

  it('find words of scripts that do not', () => {
    expect(find('哪家公司的净利润最高?')[0]).toBe(2);
    expect(find('阿里巴巴的营业收入是多少?')[0]).toBe(1);
    expect(find('売上高')).toEqual([3]);
    expect(find('매출')).toEqual([4]);
    expect(find('ประชากร')).toEqual([5]);
  });

  it('bring full-width letters and digits to the usual ones', () => {
    expect(find('revenue 2023')).toContain(7);
  });

  it('leave out what every question has', () => {
    expect(toSearchTerms('What is the GDP of Chad?')).toEqual(['"gdp"', '"chad"']);
    expect(toSearchTerms('What is it?')).toEqual(['"what"', '"is"', '"it"']);
    expect(toSearchTerms(' ?! ')).toEqual([]);
  });

  it('leave texts in ASCII as they are', () => {
    expect(toSearchText('Net income: $5')).toBe('Net income: $5');
  });

  it('write a query that the full-text search takes, whatever the question', () => {
    const tricky = fc.constantFrom(
      '"',
      "'",
      '*',
      '^',
      ':',
      '-',
      '+',
      '(',
      ')',
      'AND',
      'OR',
      'NOT',
      'NEAR',
      '{',
      '}',
      '\0',
    );
    const question = fc.array(fc.oneof(tricky, fc.string({ unit: 'binary' })), { maxLength: 12 });
    fc.assert(
      fc.property(question, (parts) => {
        expect(() => find(parts.join(' '))).not.toThrow();
        expect(() => find(parts.join(''))).not.toThrow();
      }),
      { numRuns: 100 },
    );
  });
});
