import { describe, expect, it } from 'vitest';
import { parseQuestion } from '../parse-question.ts';
import type { QueryPlan } from '../plan.ts';
import { testTable } from '../testing/test-table.ts';

const services = ['search', 'search', 'media', 'checkout'];

/** Reports that have a number of their own, and the label it goes by. */
const reportsWith = (label: string) =>
  testTable({
    name: 'incident_reports',
    key: 'name',
    nouns: ['incident report', 'report'],
    columns: [
      { name: 'number', type: 'number', label },
      { name: 'service', type: 'category', label: 'Service' },
    ],
    rows: services.map((service, index) => ({ name: `R-${index}`, number: 300 + index, service })),
  });

function planOf(question: string, label: string): QueryPlan | string {
  const parsed = parseQuestion({ question, catalog: reportsWith(label).catalog });
  return parsed.status === 'understood' ? parsed.plan : parsed.reason;
}

describe('a word of what the rows are called', () => {
  it.each(['For every service, how many incidents were there?', 'How many incidents per service?'])(
    'means the rows although a field in the singular is called so: %s',
    (question) => {
      expect(planOf(question, 'Incident')).toMatchObject({
        output: {
          group: { column: 'service' },
          values: [{ measure: { function: 'count' } }],
        },
      });
    },
  );

  it('means the field where that is in the plural', () => {
    expect(JSON.stringify(planOf('What is the total of incidents per service?', 'Incidents'))).toContain(
      '"sum"',
    );
  });
});

describe('a name for the rows', () => {
  const kilns = testTable({
    name: 'kilns',
    key: 'name',
    nouns: ['kiln', 'record'],
    columns: [
      { name: 'kiln_number', type: 'number' },
      { name: 'kiln_owner', type: 'category' },
      { name: 'height', type: 'number', unit: 'm' },
    ],
    rows: [
      { name: 'Ashdown', kiln_number: 7, kiln_owner: 'Marl', height: 9 },
      { name: 'Birch', kiln_number: 5, kiln_owner: 'Clay', height: 12 },
    ],
  });

  it.each(['Which kiln is the highest?', 'Which of the kilns is the tallest?'])(
    'is no field of whose name it is but a part: %s',
    (question) => {
      expect(parseQuestion({ question, catalog: kilns.catalog })).toMatchObject({
        plan: { selection: { order: { by: { column: 'height' } } }, output: { kind: 'entities' } },
      });
    },
  );
});
