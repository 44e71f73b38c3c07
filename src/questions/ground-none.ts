import type { Catalog } from '../table/catalog.ts';
import { mapNodes } from './grammar/map-nodes.ts';
import type { Predicate, QueryPlan } from './plan.ts';

/**
 * Takes "none" for missing where it was taken for 0, no row of the table has 0, and some rows state nothing: "with no cost
 * estimate". The answer notes it.
 *
 * @param countRows runs a plan that counts rows.
 */
export async function groundNone({
  plan,
  catalog,
  notes,
  countRows,
}: {
  readonly plan: QueryPlan;
  readonly catalog: Catalog;
  readonly notes: readonly string[];
  readonly countRows: (plan: QueryPlan) => Promise<number>;
}): Promise<{ readonly plan: QueryPlan; readonly notes: readonly string[] }> {
  const columns = catalog.tables.find(({ name }) => name === plan.table)?.columns ?? [];
  const none = columns.filter(
    ({ label, coverage }) => coverage < 1 && notes.includes(`"no ${label}" is taken as 0, not as missing`),
  );
  const missing: string[] = [];
  for (const { name } of none) {
    const where: Predicate = {
      kind: 'compare',
      left: { kind: 'column', column: name },
      comparison: '=',
      right: { kind: 'number', value: 0 },
    };
    const output = { kind: 'aggregate', aggregate: { function: 'count' }, unit: null } as const;
    if ((await countRows({ table: plan.table, selection: { where }, output })) === 0) missing.push(name);
  }
  if (missing.length === 0) return { plan, notes };
  const labels = columns.filter(({ name }) => missing.includes(name)).map(({ label }) => label);
  return {
    plan: mapNodes(plan, (node) => {
      const name = missing.find((each) => isNought(node, each));
      return name === undefined ? null : { kind: 'stated', column: name, negated: true };
    }),
    notes: [
      ...notes.filter((note) => !labels.some((label) => note.startsWith(`"no ${label}" is taken as 0`))),
      ...labels.map((label) => `No row has 0 as its "${label}"; those that state none are taken.`),
    ],
  };
}

const isNought = (node: object, column: string): boolean =>
  'kind' in node &&
  node.kind === 'compare' &&
  JSON.stringify(node) ===
    JSON.stringify({
      kind: 'compare',
      left: { kind: 'column', column },
      comparison: '=',
      right: { kind: 'number', value: 0 },
    });
