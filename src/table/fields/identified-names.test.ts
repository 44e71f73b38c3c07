import { describe, expect, it } from 'vitest';
import { identifiedThing, nameIdentified, tellNamesakes, withoutStated } from './identified-names.ts';

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

describe('namesakes', () => {
  const names = Array.from({ length: 40 }, (_, index) => `Fire at Dock ${index === 7 ? 6 : index}`);

  it('are told apart by an identifier that each document has', () => {
    const values = names.map((_, index) => `F-${index}`);
    const told = tellNamesakes(names, { label: 'Incident ID', values });
    expect(told.slice(5, 8)).toEqual(['Fire at Dock 5', 'Fire at Dock 6 (F-6)', 'Fire at Dock 6 (F-7)']);
  });

  it('are one thing where the identifier is the same', () => {
    const values = names.map((name) => name.slice(-2));
    expect(tellNamesakes(names, { label: 'Dock number', values })).toBe(names);
  });
});

describe('names with brackets', () => {
  const names = ['Port of Ashby (ASH)', 'Port of Denby (DEN)', 'Port of Gorton (GOR)'];

  it('lose what a field states as well', () => {
    const code = { label: 'Code', values: ['ASH', 'DEN', 'GOR'] };
    expect(withoutStated(names, code)).toEqual(['Port of Ashby', 'Port of Denby', 'Port of Gorton']);
  });

  it('keep what none states, and what tells them apart', () => {
    expect(withoutStated(names, { label: 'Code', values: ['A', 'D', 'G'] })).toBe(names);
    const alike = ['Mill (A)', 'Mill (B)'];
    expect(withoutStated(alike, { label: 'Letter', values: ['A', 'B'] })).toBe(alike);
  });
});
