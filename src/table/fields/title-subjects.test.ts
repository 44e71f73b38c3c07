import { describe, expect, it } from 'vitest';
import { titleSubjects, withoutPeriod } from './title-subjects.ts';

describe('withoutPeriod', () => {
  it.each([
    ['Lower Weir (Tamse) - May 2021', 'Lower Weir (Tamse)'],
    ['2021-22: the year of Oxbury', 'the year of Oxbury'],
    ['Oxbury, Q3 2021', 'Oxbury'],
    ['Report for 2021', 'Report'],
    ['Route 66', 'Route 66'],
    ['May Fair', 'May Fair'],
  ])('takes the period out of %s', (title, expected) => {
    expect(withoutPeriod(title)).toBe(expected);
  });
});

describe('titleSubjects', () => {
  it('finds what the titles of several layouts are about', () => {
    const titles = [
      'Oxbury - annual review 2021-22',
      'Carrow - annual review 2021-22',
      '2022-23: the year of Oxbury',
      '2022-23: the year of Carrow',
      'Carrow - annual review 2022-23',
    ];
    expect(titleSubjects(titles)).toEqual(['Oxbury', 'Carrow', 'Oxbury', 'Carrow', 'Carrow']);
  });

  it('leaves out what is said of all of one name, and words in capitals', () => {
    const titles = [
      'Lower Weir FISH LADDER - LOG',
      'Upper Weir FISH LADDER - LOG',
      'Fish log / Old Mill / Kent',
      'Fish log / New Mill / Kent',
      'Long Lock (Essex) - May 2021',
    ];
    expect(titleSubjects(titles)).toEqual(['Lower Weir', 'Upper Weir', 'Old Mill', 'New Mill', 'Long Lock']);
  });
});
