import type { DuckDBConnection } from '@duckdb/node-api';
import { fieldTypes, type FieldType } from '../catalog.ts';
import { modelRule } from '../reading.ts';
import { foldLabel } from '../values/labels.ts';
import type { FieldGroup } from './field-identity.ts';
import { mergeGroups } from './field-joins.ts';
import type { LabelPath } from './label-paths.ts';
import { readRows } from './result-row.ts';

/** SQL for whether a language model made the reading of a rule. */
export function isModelledSql(rule: string): string {
  return `starts_with(${rule}, '${modelRule}')`;
}

/** SQL for the reader that made the reading of a rule: `patterns`, or the id of a language model's. */
export function readerSql(rule: string): string {
  return `CASE WHEN ${isModelledSql(rule)} THEN substr(${rule}, ${modelRule.length + 1}) ELSE 'patterns' END`;
}

/** Whether a field was asked for of a language model, and found. */
export function isModelled({ paths }: FieldGroup): boolean {
  return paths.some(({ modelled }) => modelled);
}

/**
 * Adds what language models read: to the field of the same label, else as fields of their own. All other fields stay
 * as they are, so that asking for one more changes none.
 *
 * @param paths those that language models read.
 * @param keyOf a field's label, folded.
 */
export function addModelledFields({
  fields,
  paths,
  keyOf,
}: {
  fields: readonly FieldGroup[];
  paths: readonly LabelPath[];
  keyOf: (group: FieldGroup) => string;
}): FieldGroup[] {
  const own = Map.groupBy(paths, ({ raw }) => wordsOf(raw.join(' ')));
  const joined = fields.map((field) => {
    const key = wordsOf(keyOf(field));
    const same = own.get(key) ?? [];
    own.delete(key);
    return same.length === 0 ? field : mergeGroups([field, ...same.map(toGroup)]);
  });
  const others = [...own.values()].flatMap(([first, ...same]) =>
    first === undefined ? [] : mergeGroups([toGroup(first), ...same.map(toGroup)]),
  );
  return [...joined, ...others];
}

/** `Area > total` and `area_total` have the same words. */
const wordsOf = (label: string): string => foldLabel(label.replaceAll('_', ' '));

const toGroup = (path: LabelPath): FieldGroup => ({
  paths: [path],
  depth: path.raw.length,
  documents: path.documents,
});

/** What was said of a field when a language model was asked for it. */
export interface DeclaredAs {
  readonly type: FieldType | null;
  readonly description: string | null;
}

/** By the words of the label. */
export type DeclaredFields = ReadonlyMap<string, DeclaredAs>;

export async function loadDeclaredFields(connection: DuckDBConnection): Promise<DeclaredFields> {
  const rows = await readRows(connection, 'SELECT label, type, description FROM store.declared_fields');
  return new Map(
    rows.map((row) => {
      const type = fieldTypes.find((each) => each === row.textOrNull('type')) ?? null;
      return [wordsOf(row.text('label')), { type, description: row.textOrNull('description') }];
    }),
  );
}

/** What a field was declared as, where it was. */
export function declaredOf({ paths }: FieldGroup, declared: DeclaredFields): DeclaredAs | undefined {
  const path = paths.find(({ modelled }) => modelled);
  return path === undefined ? undefined : declared.get(wordsOf(path.raw.join(' ')));
}
