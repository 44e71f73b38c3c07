import { describe, expect, it } from 'vitest';
import { readPolarSlots } from './polar-slots.ts';
import { PolarStatements } from './polar-statements.ts';
import { proseTokens } from './prose-tokens.ts';
import type { Found } from './separate-slots.ts';
import type { Slot } from './template.ts';

/** What each of the texts, of which every document has one in turn, says yes or no to. */
function answersOf(texts: readonly string[], documents = 24): (readonly [string, boolean] | null)[] {
  const sentences = Array.from({ length: documents }, (_, document) => {
    const text = texts[document % texts.length] ?? '';
    return { document, tokens: proseTokens(text, 0, text.length) };
  });
  const statements = new PolarStatements(sentences, documents);
  return texts.map((text) => {
    const found = statements.find(text, 0, text.length);
    return found?.typed?.value.type === 'boolean' ? [found.label, found.typed.value.boolean] : null;
  });
}

describe('sentences that affirm and deny', () => {
  it('say yes and no, in several wordings', () => {
    expect(
      answersOf([
        'The boat is let with a licensed skipper.',
        'The boat is not let with a licensed skipper.',
        'You have to hire a licensed skipper.',
        'No licensed skipper is needed.',
      ]),
    ).toEqual([
      ['let licensed skipper', true],
      ['let licensed skipper', false],
      ['licensed skipper', true],
      ['licensed skipper', false],
    ]);
  });

  it('say it of whomever they name', () => {
    expect(answersOf(['Mr Amsel snores.', 'Mrs Brandt does not snore.', 'Ms Cole snores.'])).toEqual([
      ['snore', true],
      ['snore', false],
      ['snore', true],
    ]);
  });

  it.each([
    ['another deed', ['No anchors were lost.', 'Anchors were stowed on the foredeck.']],
    ['a measure', ['It carries not more than a crew.', 'It carries a crew.']],
    ['a request', ['Please do not feed the crew.', 'We feed the crew.']],
    ['one side', ['The boat is not insured.', 'The boat is white.']],
  ])('say neither of %s', (_, texts) => {
    expect(answersOf(texts)).toEqual(texts.map(() => null));
  });

  it('say nothing where documents say both', () => {
    const text = (document: number): string[] =>
      document % 2 === 0 ? ['The hull is not painted.', 'The hull is painted.'] : ['The hull is painted.'];
    const sentences = Array.from({ length: 20 }, (_, document) =>
      text(document).map((each) => ({ document, tokens: proseTokens(each, 0, each.length) })),
    ).flat();
    expect(new PolarStatements(sentences, 20).size).toBe(0);
  });
});

describe('slots that hold a thing and its denial', () => {
  const slot: Slot = { label: 'class', children: [] };
  const found = (text: string, document: number): Found => ({
    slot,
    label: 'class',
    document,
    text,
    start: 0,
    valueStart: 0,
    valueEnd: text.length,
    typed: null,
    outOf: null,
    period: null,
  });
  const read = (texts: readonly string[]): unknown[] =>
    readPolarSlots(texts.map(found)).map(({ label, typed }) => [label, typed?.value.type ?? 'text']);

  it('are yes and no', () => {
    expect(read(['full resident', 'non-resident', 'non-resident', 'resident'])).toEqual(
      Array.from({ length: 4 }, () => ['resident', 'boolean']),
    );
  });

  it('stay texts where there is a third', () => {
    expect(read(['resident', 'non-resident', 'visitor', 'non-resident'])).toEqual(
      Array.from({ length: 4 }, () => ['class', 'text']),
    );
  });
});
