import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../table/catalog.ts';
import { compilePlan } from './compile/compile-plan.ts';
import { evaluatePlan } from './evaluate/evaluate-plan.ts';
import type { Value } from './evaluate/values.ts';
import { analystGrammar } from './grammar/analyst-grammar.ts';
import { parseQuestion } from './parse-question.ts';
import type { ParsedQuestion } from './parsed-question.ts';
import {
  companyQuestions,
  listingQuestions,
  trialQuestions,
  universityQuestions,
} from './testing/domain-questions.ts';
import { companies, listings, trials, universities } from './testing/domain-tables.ts';
import type { TestTable } from './testing/test-table.ts';

const parse = (table: TestTable, question: string): ParsedQuestion =>
  parseQuestion({ question, catalog: table.catalog });

function answer(table: TestTable, question: string): (Value | readonly Value[])[] {
  const parsed = parse(table, question);
  if (parsed.status === 'refused') throw new Error(`Refused: ${parsed.reason}`);
  const rows = evaluatePlan({ plan: parsed.plan, rows: table.rows, table: table.table });
  return rows.map((row) => (row.length === 1 ? (row[0] ?? null) : row));
}

const rounded = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(rounded);
  return typeof part === 'number' ? Number(part.toPrecision(6)) : part;
};

describe.each([
  { name: 'companies', table: companies, questions: companyQuestions },
  { name: 'universities', table: universities, questions: universityQuestions },
  { name: 'trials', table: trials, questions: trialQuestions },
  { name: 'listings', table: listings, questions: listingQuestions },
])('questions about $name', ({ table, questions }) => {
  it.each(questions)('$question', ({ question, answer: expected }) => {
    expect(rounded(answer(table, question))).toEqual(rounded(expected));
  });
});

describe('so much below', () => {
  const comparisonOf = (question: string): unknown => {
    const parsed = parse(companies, question);
    return parsed.status === 'refused' ? parsed.reason : parsed.plan.selection.where;
  };

  it.each([
    ['more than 100 below', '<'],
    ['at least 100 below', '<='],
    ['less than 100 below', '>'],
    ['more than 100 above', '>'],
  ])('is turned: %s the average', (words, comparison) => {
    const where = comparisonOf(`Which companies have a number of employees ${words} the average?`);
    expect(where).toMatchObject({ kind: 'compare', comparison });
  });

  it('is not turned behind "minus"', () => {
    const where = comparisonOf(
      'Which companies have a number of employees higher than the average minus 100?',
    );
    expect(where).toMatchObject({ kind: 'compare', comparison: '>' });
  });
});

describe('what is refused', () => {
  const reasonOf = (table: TestTable, question: string): string => {
    const parsed = parse(table, question);
    return parsed.status === 'refused' ? parsed.reason : `understood as ${JSON.stringify(parsed.plan)}`;
  };

  it('names the words that mean nothing here, and fields that look like them', () => {
    const parsed = parse(companies, 'Which companies have the most emploiees and potential?');
    expect(parsed).toMatchObject({
      status: 'refused',
      notUnderstood: expect.arrayContaining(['emploiees', 'potential']),
      nearestFields: expect.arrayContaining(['Number of employees']),
    });
  });

  it('does not take a noun that names nothing for the rows', () => {
    expect(reasonOf(trials, 'How many hospitalisations were there in Spain?')).toContain('hospitalisations');
  });

  it('asks which of two fields is meant', () => {
    expect(reasonOf(universities, 'Which university has the highest tuition?')).toMatch(
      /In-state.*Out-of-state/,
    );
  });

  it('refuses units that do not convert', () => {
    expect(reasonOf(listings, 'Which listings have a living area above 50 kg?')).toContain('not understood');
  });

  it('refuses a percentage of a column of counts', () => {
    expect(reasonOf(companies, 'Which companies have more than 50% employees?')).toContain('not understood');
  });

  it('refuses what words leave open', () => {
    const question = 'Which company has the highest revenue plus net income divided by total assets?';
    expect(reasonOf(companies, question)).toContain('not understood');
  });

  it('refuses an empty question, an endless one and an empty catalog', () => {
    expect(reasonOf(companies, '  ?')).toBe('The question is empty.');
    expect(reasonOf(companies, 'which company '.repeat(300))).toContain('more than 400 words');
    expect(parseQuestion({ question: 'How many?', catalog: { tables: [] } })).toMatchObject({
      status: 'refused',
      reason: 'The corpus holds no table to ask.',
    });
  });
});

describe('assumptions', () => {
  it('says by what it ranks and which field it took', () => {
    const parsed = parse(listings, 'What is the cheapest listing?');
    expect(parsed).toMatchObject({ status: 'understood', notes: ['ranked by "Asking price"'] });
  });

  it('chooses the table whose rows and fields are named', () => {
    const catalog: Catalog = { tables: [...companies.catalog.tables, ...trials.catalog.tables] };
    const ask = (question: string): ParsedQuestion => parseQuestion({ question, catalog });
    expect(ask('How many trials are in phase 3?')).toMatchObject({ plan: { table: trials.table.name } });
    expect(ask('Which company has the most employees?')).toMatchObject({
      plan: { table: companies.table.name },
    });
  });
});

describe('any text', () => {
  const words = [...analystGrammar().vocabulary];
  const known = [
    'revenue',
    'employees',
    'companies',
    'Norway',
    'gross margin',
    '5',
    '10%',
    '$3 billion',
    '2021',
    ',',
    '(',
    ')',
    '.',
    '?',
    "'s",
  ];
  const soup = fc
    .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom(...known)), { maxLength: 24 })
    .map((parts) => parts.join(' '));

  it('is understood as a plan that compiles, or refused with a reason', () => {
    const outcome = (question: string): string => {
      const parsed = parse(companies, question);
      if (parsed.status === 'refused') return parsed.reason;
      return compilePlan({ plan: parsed.plan, catalog: companies.catalog }).sql;
    };
    const check = (question: string): boolean => outcome(question).length > 10;
    const property = fc.property(fc.oneof(soup, fc.string({ maxLength: 200 })), check);
    expect(() => fc.assert(property, { numRuns: 400 })).not.toThrow();
  });

  it('is understood alike whatever its case and spaces at the end', () => {
    for (const { question } of companyQuestions.slice(0, 12)) {
      const spaced = parse(companies, `  ${question.replaceAll(' ', '  ')}\n`);
      const plain = parse(companies, question);
      expect(spaced).toEqual(plain);
    }
  });
});

describe('the grammar', () => {
  it('has no rule that begins with its own kind of phrase', () => {
    expect(analystGrammar().circles()).toEqual([]);
  });
});
