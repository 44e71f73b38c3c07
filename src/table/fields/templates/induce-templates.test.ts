import { describe, expect, it } from 'vitest';
import { induceTemplates } from './induce-templates.ts';
import { proseTokens } from './prose-tokens.ts';
import type { Template } from './template.ts';

const induce = (texts: readonly string[]): Template[] =>
  induceTemplates(
    texts.map((text, document) => ({ document, tokens: proseTokens(text, 0, text.length) })),
    { fewest: 5, titles: new Map() },
  );

const labelsOf = (texts: readonly string[]): (string | null)[] =>
  induce(texts).flatMap(({ slots }) => slots.flatMap((slot) => slot?.label ?? []));

const woods = ['oak', 'ash', 'pine', 'larch', 'beech', 'cedar', 'oak', 'pine'];
const towns = ['Aldby', 'Upper Marsh', 'Coldwell', 'Denby', 'East Fell', 'Farley', 'Gorton', 'Hexby'];

describe('templates of sentences', () => {
  it('names a slot by the words before it', () => {
    expect(labelsOf(woods.map((wood) => `Its main timber is ${wood}.`))).toEqual(['main timber']);
  });

  it('names a slot by the noun that its values qualify', () => {
    const texts = towns.map((town, index) => `It stands in a ${woods[index]} forest setting near ${town}.`);
    expect(labelsOf(texts)).toContain('setting');
  });

  it('takes a noun that all values qualify for a part of them', () => {
    const [template] = induce(
      woods.map(
        (wood, index) => `The cabin by ${towns[index]} was raised on ${wood} piles beneath its floor.`,
      ),
    );
    expect(template?.phrases.flat()).not.toContain('piles');
  });

  it('keeps words with capitals in the names that they belong to', () => {
    const texts = towns.map((town) => `The parish is part of the ${town} Deanery and sends two members.`);
    expect(induce(texts)[0]?.phrases.flat()).not.toContain('deanery');
  });

  it.each([
    ['written notice', 'Either side may leave on 30 days written notice.'],
    ['invoices payable', 'Invoices are payable within 14 days of receipt.'],
    ['survey due', 'A survey is due by 4 May 2021.'],
    ['trade employed', 'Trade, at all ports, employed 12 of them.'],
    ['age', 'We met this 42-year-old sailor on the quay.'],
    ['duration', 'We have you down for 3 years.'],
  ])('names a figure "%s"', (label, text) => {
    const texts = towns.map((_, index) => text.replace(/\d+/, String(30 + index * 7)));
    expect(labelsOf(texts)).toContain(label);
  });

  it('names a party by what the contract calls it', () => {
    const texts = towns.map(
      (town, index) => `Between ${town} Mills Ltd (the "Lender") and ${woods[index]} co.`,
    );
    expect(labelsOf(texts)).toContain('lender');
  });

  it('finds none in sentences that have nothing in common', () => {
    expect(
      induce(['Rain fell.', 'The mill burnt down at night.', 'Nobody came to the fair at all.']),
    ).toEqual([]);
  });
});
