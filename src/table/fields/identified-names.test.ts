import { describe, expect, it } from 'vitest';
import { identifiedThing, nameIdentified } from './identified-names.ts';

describe('names of identified things', () => {
  it('says what an identifier identifies', () => {
    expect(identifiedThing('Parish code')).toBe('parish');
    expect(identifiedThing('Parish')).toBeNull();
  });

  it('names rows by the thing, and tells those of one name apart by the identifier', () => {
    const named = nameIdentified(
      { label: 'Parish code', values: ['101', '102', '103', '104'] },
      { label: 'Parish', values: ['Ashby', 'Newton', 'Thorpe', 'Newton'] },
    );
    expect(named?.names).toEqual(['Ashby', 'Newton (102)', 'Thorpe', 'Newton (104)']);
  });

  it('takes no field that says of what sort a row is', () => {
    const named = nameIdentified(
      { label: 'Crew code', values: ['1', '2', '3', '4'] },
      { label: 'Crew', values: ['Fire', 'Fire', 'Fire', 'Rescue'] },
    );
    expect(named).toBeNull();
  });
});
