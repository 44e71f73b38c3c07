import { describe, expect, it } from 'vitest';
import { groundNone } from './ground-none.ts';
import { answerOver } from './testing/answer.ts';
import { testTable } from './testing/test-table.ts';
import { parseQuestion } from './parse-question.ts';

/** Class, language in which it is held, who holds it, grade of the hall, thickness of the notes in cm, fee. */
const classes: readonly (readonly [string, string, string, string, number, number | null])[] = [
  ['Weaving', 'Welsh', 'Ann Rees', 'H1', 2, 30],
  ['Dyeing', 'English', 'Ben Hale', 'H2', 4, null],
  ['Felting', 'English', 'Cai Moss', 'H1', 6, null],
  ['Carding', 'Welsh', 'Ann Rees', 'H2', 9, 45],
];

const made = testTable({
  name: 'classes',
  key: 'name',
  nouns: ['class', 'record'],
  columns: [
    { name: 'language', type: 'category', label: 'Language' },
    { name: 'teacher', type: 'text', label: 'Teacher' },
    { name: 'hall', type: 'category', label: 'Hall' },
    { name: 'thickness', type: 'number', unit: 'cm', label: 'Thickness' },
    { name: 'fee', type: 'number', unit: 'EUR', label: 'Fee' },
  ],
  rows: classes.map(([name, language, teacher, hall, thickness, fee]) => ({
    name,
    language,
    teacher,
    hall,
    thickness,
    fee,
  })),
});

describe('which rows are meant', () => {
  it.each([
    ['Which classes are not taught in English?', ['Carding', 'Weaving']],
    ['What share of the classes is taught in English?', [50]],
    ['How many classes are held in H1s?', [2]],
    ['How many classes are less thick than 5 cm?', [2]],
    ['Count the classes that are thicker than 50 mm.', [2]],
  ])('%s', (question, expected) => {
    expect(answerOver(made, question)).toEqual(expected);
  });
});

describe('none of what no row has nought of', () => {
  const { catalog } = made;
  const parsed = parseQuestion({ question: 'How many classes have no fee?', catalog });

  it.each([
    [0, 'stated'],
    [1, 'compare'],
  ])('of %s rows with nought is meant as %s', async (rows, kind) => {
    if (parsed.status === 'refused') throw new Error(parsed.reason);
    const { plan } = await groundNone({
      plan: parsed.plan,
      catalog,
      notes: parsed.notes,
      countRows: () => Promise.resolve(rows),
    });
    expect(plan.selection.where?.kind).toBe(kind);
  });
});
