import type { QuestionToSql, SqlColumn, SqlTable } from '../models/prompts/index.ts';
import { compilePlan, parseQuestion } from '../questions/index.ts';
import { commonNouns } from '../table/fields/kind-names.ts';
import { fieldTypes, type Catalog, type CatalogColumn, type CatalogTable } from '../table/index.ts';
import { foldLabel } from '../table/values/labels.ts';

/**
 * Writes SQL for a question by the question grammar, over the tables that the prompt describes, in the form that the
 * prompt asks for. Where the grammar does not understand the question, the words in its way are the fields that are
 * missing.
 */
export function writeSql({ tables, question }: Omit<QuestionToSql, 'attempts'>): string {
  const catalog: Catalog = { tables: tables.map(toTable) };
  const parsed = parseQuestion({ question, catalog });
  if (parsed.status === 'refused') {
    const { notUnderstood } = parsed;
    return JSON.stringify({
      sql: null,
      missing: notUnderstood.length === 0 ? null : notUnderstood.join(' '),
    });
  }
  return JSON.stringify({ sql: compilePlan({ plan: parsed.plan, catalog }).sql, missing: null });
}

function toTable({ name, nouns, rows, key, named, columns }: SqlTable): CatalogTable {
  const names = new Map(named.map((each) => [foldLabel(each), each]));
  return {
    name,
    nouns: [...nouns, ...commonNouns],
    rows,
    key,
    columns: columns.map(toColumn),
    findEntity: (words) => names.get(foldLabel(words)) ?? null,
  };
}

function toColumn({
  name,
  label,
  unit,
  description,
  aliases,
  filled,
  periods,
  ...column
}: SqlColumn): CatalogColumn {
  const type = fieldTypes.find((each) => each === column.type) ?? 'text';
  return {
    name,
    label,
    aliases,
    type,
    unit,
    description,
    coverage: filled,
    periods,
    examples: type === 'category' ? [] : column.values,
    values: type === 'category' ? column.values.map((value) => ({ value, rows: 1 })) : [],
  };
}
