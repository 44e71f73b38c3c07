import { parseQuestion, type QueryPlan } from '../../questions/index.ts';
import { planKey } from '../../questions/plan-key.ts';
import type { Catalog, CatalogTable } from '../../table/index.ts';
import { count, entities, top, valueOf } from './families/parts.ts';
import type { Surface } from './languages.ts';
import { isNumeric, type TruthTable } from './truth-table.ts';

/** Nouns that are tried. */
const mostTried = 12;

/**
 * The truth with the noun first that questions are read back with. What a folder is called need not be a word that
 * stands for its documents.
 */
export function withReadableNoun({
  truth,
  surfaces,
  wanted,
}: {
  truth: TruthTable;
  surfaces: readonly Surface[];
  /** What the user calls a row; it is taken as it is. */
  wanted?: string | undefined;
}): TruthTable {
  if (wanted !== undefined) return withNoun(truth, wanted.trim().toLowerCase());
  const field = truth.fields.find((each) => isNumeric(each) && each.period === null);
  if (field === undefined) return truth;
  const plan = (selection: QueryPlan['selection'], output: QueryPlan['output']): QueryPlan => ({
    table: truth.table.name,
    selection,
    output,
  });
  const trials = [
    plan(top(valueOf(field), 3), entities),
    plan({ where: { kind: 'stated', column: field.column.name } }, count),
  ];
  const isRead = (catalog: Catalog): boolean =>
    surfaces.every((surface) =>
      trials.every((trial) => {
        const question = surface.write(trial, catalog, 0);
        const parsed = question === null ? null : parseQuestion({ question, catalog });
        return parsed?.status === 'understood' && planKey(parsed.plan) === planKey(trial);
      }),
    );
  for (const noun of truth.table.nouns.slice(0, mostTried)) {
    const renamed = withNoun(truth, noun);
    if (isRead(renamed.catalog)) return renamed;
  }
  return truth;
}

function withNoun(truth: TruthTable, noun: string): TruthTable {
  const nouns = [noun, ...truth.table.nouns.filter((each) => each !== noun)];
  const table: CatalogTable = { ...truth.table, nouns };
  const tables = truth.catalog.tables.map((each) => (each.name === table.name ? table : each));
  return { ...truth, table, catalog: { tables } };
}
