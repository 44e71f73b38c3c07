import { describe, expect, it } from 'vitest';
import { parseQuestion } from './parse-question.ts';
import { shipments } from './testing/trade-tables.ts';

const refused = (question: string) => {
  const parsed = parseQuestion({ question, catalog: shipments.catalog });
  if (parsed.status !== 'refused') throw new Error('understood');
  return parsed;
};

describe('a refusal', () => {
  it('says what a table cannot tell', () => {
    expect(refused('why?').reason).toContain('reasons');
    expect(refused('Why was the freight cost so high?').understood).toContain(
      '"freight cost" = field "freight cost"',
    );
  });

  it('names what was and was not understood, and fields to ask about', () => {
    const { understood, notUnderstood, nearestFields } = refused('Which shipment has the angriest captain?');
    expect(understood).toContain('"shipment" = a row of "shipment"');
    expect(notUnderstood).toEqual(['angriest', 'captain']);
    expect(nearestFields.length).toBeGreaterThan(0);
  });
});
