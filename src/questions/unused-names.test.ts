import { describe, expect, it } from 'vitest';
import type { Draft } from './grammar/meanings.ts';
import { tokenize } from './language/token.ts';
import { shipments } from './testing/trade-tables.ts';
import { passesOverNames } from './unused-names.ts';

const counting = (column: string, value: string): Draft => ({
  selection: { where: { kind: 'is', column, values: [value] } },
  output: { kind: 'aggregate', aggregate: { function: 'count' }, unit: null },
});

const passes = (draft: Draft, question: string): boolean =>
  passesOverNames(draft, [tokenize(question)], shipments.table);

describe('passesOverNames', () => {
  it('finds a name that plays no part', () => {
    expect(passes(counting('carrier', 'Meridian'), 'How many shipments did Meridian send to Atlantis')).toBe(
      true,
    );
  });

  it('finds none where all names are used', () => {
    expect(passes(counting('carrier', 'Polar Air'), 'How many shipments did Polar Air send')).toBe(false);
  });

  it('takes no unit, month or first word for a name', () => {
    expect(passes(counting('mode', 'Sea'), 'Meridian sent how many KG by Sea in March')).toBe(false);
  });
});
