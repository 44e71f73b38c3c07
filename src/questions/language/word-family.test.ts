import { assert, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areOneFamily, isDoerOf, isQualityOf } from './word-family.ts';

describe('areOneFamily', () => {
  it.each([
    ['donated', 'donor'],
    ['donation', 'donor'],
    ['wins', 'winner'],
    ['opened', 'opening'],
    ['inspected', 'inspection'],
    ['operates', 'operator'],
    ['retire', 'retirement'],
    ['shipped', 'shipment'],
    ['flew', 'flight'],
    ['weighed', 'weight'],
    ['benefited', 'beneficiaries'],
  ])('joins %s and %s', (one, other) => {
    expect(areOneFamily(one, other)).toBe(true);
    expect(areOneFamily(other, one)).toBe(true);
  });

  it.each([
    ['plan', 'plant'],
    ['port', 'portion'],
    ['count', 'county'],
    ['rate', 'ration'],
    ['state', 'station'],
    ['even', 'event'],
    ['form', 'former'],
    ['general', 'generation'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(areOneFamily(one, other)).toBe(false);
  });

  it('holds both ways, and for a word and itself', () => {
    const word = stringMatching(/^[a-z]{2,10}(?:ed|ing|ion|or|er|s)?$/);
    assert(
      property(word, word, (one, other) => {
        expect(areOneFamily(one, one)).toBe(true);
        expect(areOneFamily(one, other)).toBe(areOneFamily(other, one));
      }),
    );
  });
});

describe('isDoerOf', () => {
  it.each([
    ['processor', 'process'],
    ['publisher', 'publish'],
    ['baker', 'bake'],
    ['donator', 'donate'],
  ])('says that a %s does what is called %s', (noun, act) => {
    expect(isDoerOf(noun, act)).toBe(true);
  });

  it('takes no verb for one who does something', () => {
    expect(isDoerOf('deliver', 'delivery')).toBe(false);
    expect(isDoerOf('order', 'orders')).toBe(false);
  });
});

describe('isQualityOf', () => {
  it.each([
    ['punctuality', 'punctual', true],
    ['porosity', 'porous', true],
    ['conductivity', 'conductive', true],
    ['majority', 'major', false],
    ['city', 'cive', false],
  ])('%s of %s is %s', (noun, adjective, expected) => {
    expect(isQualityOf(noun, adjective)).toBe(expected);
  });
});
