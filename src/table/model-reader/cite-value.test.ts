import { array, assert, constantFrom, nat, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CanonicalValue } from './canonical-value.ts';
import { citeValue } from './cite-value.ts';
import { toDeclaredField } from './declared-fields-file.ts';
import { FoldedText } from './folded-text.ts';

const report = `SAN SALVADOR, 9 JAN 90 (DPA) -- THE ARMY OF EL
   SALVADOR TODAY REPELLED AN INCURSION.  TWO GUERRILLAS WERE KIDNAPPED.

Revenue was **12.5** (in millions of USD), after 11.25 the year before.
The mayor's "peace plan" – as he called it – failed. Founded in 1987.`;

function cite(value: CanonicalValue, quote: string | null, values: string[] = []): string | null {
  const passage = new FoldedText(report);
  const field = toDeclaredField({ name: 'field', values });
  const citation = citeValue({ value, quote, field, passage });
  if (citation === null) return null;
  const { quote: words, value: place, basis } = citation;
  return `${basis}: ${report.slice(words.start, words.end)} | ${report.slice(place.start, place.end)}`;
}

const text = (words: string): CanonicalValue => ({ type: 'text', text: words });
const number = (value: number): CanonicalValue => ({
  type: 'number',
  number: value,
  unit: null,
  bound: null,
});

describe('citeValue', () => {
  it('takes a quote that stands in the text', () => {
    expect(cite(text('guerrillas'), 'TWO GUERRILLAS WERE KIDNAPPED.')).toBe(
      'quote: TWO GUERRILLAS WERE KIDNAPPED. | GUERRILLAS',
    );
    expect(cite(text('insurgents'), 'TWO GUERRILLAS')).toBe('quote: TWO GUERRILLAS | TWO GUERRILLAS');
  });

  it.each([
    ['line breaks and case', 'The army of El Salvador today', 'THE ARMY OF EL\n   SALVADOR TODAY'],
    ['Markdown and marks', 'Revenue was 12.5 in millions', 'Revenue was **12.5** (in millions'],
    ['quotation marks and dashes', 'mayor’s “peace plan” - as he', 'mayor\'s "peace plan" – as he'],
    ['parts left out', 'The army … REPELLED AN INCURSION', 'REPELLED AN INCURSION'],
  ])('finds a quote again but for %s', (_, quote, found) => {
    expect(cite(text('something'), quote)).toBe(`quote: ${found} | ${found}`);
  });

  it('holds numbers and dates against the quote', () => {
    expect(cite(number(12_500_000), 'Revenue was 12.5 (in millions')).toBe(
      'quote: Revenue was **12.5** (in millions | 12.5',
    );
    expect(cite({ type: 'date', date: '1990-01-09' }, 'SAN SALVADOR, 9 JAN 90')).toBe(
      'quote: SAN SALVADOR, 9 JAN 90 | 9 JAN 90',
    );
    // The quote is there, the number is not in it, but elsewhere.
    expect(cite(number(11_250_000), 'Founded in 1987')).toMatch(/^value: .*\| 11\.25$/s);
    expect(cite(number(13_000_000), 'Revenue was 12.5')).toBeNull();
  });

  it('finds values without a quote by their own words, or by their stems', () => {
    expect(cite(text('El Salvador'), null)).toMatch(/^value: [^|]* \| EL\n {3}SALVADOR$/);
    expect(cite(text('kidnapping'), null)).toBe('value: TWO GUERRILLAS WERE KIDNAPPED. | KIDNAPPED');
    expect(cite({ type: 'date', date: '1987' }, null)).toBe('value: Founded in 1987. | 1987');
  });

  it('drops what the text does not say', () => {
    expect(cite(text('Peru'), 'The army of Peru')).toBeNull();
    expect(cite(text('Peru'), null)).toBeNull();
    expect(cite(number(2.5), null)).toBeNull();
    expect(cite(number(1.25), 'after 11.25 the year')).toBeNull();
  });

  it('lets a choice rest on the whole text only where no quote was given', () => {
    expect(cite(text('attack'), null, ['attack', 'bombing'])).toBe(`passage: ${report} | ${report}`);
    expect(cite(text('attack'), 'an attack took place', ['attack', 'bombing'])).toBeNull();
  });
});

describe('FoldedText', () => {
  it('finds every run of words of a text, however it is spaced and written', () => {
    const words = array(constantFrom('Peru', '12.5', 'the', 'ÉTAT', '3,400', 'b', '北京'), {
      minLength: 1,
      maxLength: 12,
    });
    assert(
      property(words, nat(), nat(), (all, from, length) => {
        const original = all.join(' ');
        const start = from % all.length;
        const run = all.slice(start, start + 1 + (length % all.length));
        const found = new FoldedText(original).find(run.join(' \n').toLowerCase());
        const offset = all.slice(0, start).join(' ').length + (start > 0 ? 1 : 0);
        expect(found).toContainEqual({ start: offset, end: offset + run.join(' ').length });
      }),
    );
  });

  it('does not find words within words, nor numbers within numbers', () => {
    expect(new FoldedText('Peruvians 112.5 and 12.57').find('Peru')).toEqual([]);
    expect(new FoldedText('Peruvians 112.5 and 12.57').find('12.5')).toEqual([]);
    expect(new FoldedText('12.5').find('2.5')).toEqual([]);
  });
});
