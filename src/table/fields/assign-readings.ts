import { INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import type { FieldType } from '../catalog.ts';
import { findCodeFields } from './code-fields.ts';
import type { RankedDocument } from './document-order.ts';
import type { PlannedKind } from './field-edits.ts';
import { countReadings, voteType, voteUnit, writeAccepted, type ReadingCounts } from './field-types.ts';
import { appendRows, createTemporaryTable } from './fill-table.ts';
import { areEditions } from './row-entities.ts';
import { declaredOf, loadDeclaredFields } from './modelled-fields.ts';
import type { TypedField, TypedKind } from './store-catalog.ts';
import { findListFields } from './text-lists.ts';
import { unitInLabel } from './unit-in-label.ts';

/**
 * Gives every reading its field: `build_facts` holds the readings that have one, `build_field_kinds` the kind of
 * each field. A label path may belong to different fields in documents of different kinds.
 */
export async function assignReadings(
  connection: DuckDBConnection,
  kinds: readonly PlannedKind[],
  documents: readonly RankedDocument[],
): Promise<void> {
  const kindOf = new Int32Array(documents.length).fill(-1);
  for (const kind of kinds) for (const rank of kind.entityDocuments) kindOf[rank] = kind.number;
  await createTemporaryTable({
    connection,
    table: 'build_document_kinds',
    columns: [
      { name: 'document', type: INTEGER, values: documents.map(({ number }) => number) },
      { name: 'kind', type: INTEGER, values: [...kindOf] },
    ],
  });
  const fields = kinds.flatMap((kind) => kind.fields);
  await createTemporaryTable({
    connection,
    table: 'build_field_kinds',
    columns: [
      { name: 'field', type: INTEGER, values: fields.map(({ number }) => number) },
      { name: 'kind', type: INTEGER, values: fields.map(({ kind }) => kind) },
    ],
  });
  const paths = fields.flatMap(({ number, kind, group }) =>
    group.paths.map(({ path, rowTable }) => ({ path, field: number, kind: rowTable === null ? kind : null })),
  );
  await createTemporaryTable({
    connection,
    table: 'build_path_fields',
    columns: [
      { name: 'path', type: INTEGER, values: paths.map(({ path }) => path) },
      { name: 'field', type: INTEGER, values: paths.map(({ field }) => field) },
      { name: 'document_kind', type: INTEGER, values: paths.map(({ kind }) => kind) },
    ],
  });
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_facts AS
    SELECT p.field, r.* EXCLUDE (path)
    FROM build_readings r JOIN build_path_fields p ON p.path = r.path
    JOIN build_document_kinds k ON k.document = r.document
    WHERE p.document_kind IS NULL OR p.document_kind = k.kind;
    DROP TABLE build_readings`);
}

const noCounts: ReadingCounts = { byForm: new Map(), byUnit: new Map(), combinations: [] };

/**
 * Decides type and unit of every field by vote of its readings; before it goes the type a field was declared with for
 * a language model, and before that the user's choice.
 */
export async function decideTypes(
  connection: DuckDBConnection,
  kinds: readonly PlannedKind[],
  documents: readonly RankedDocument[],
): Promise<TypedKind[]> {
  const counts = await countReadings(connection);
  const declared = await loadDeclaredFields(connection);
  const fields = kinds.flatMap((kind) => kind.fields);
  const byForm = new Map<number, FieldType>(
    fields.map(({ number }) => [number, voteType(counts.get(number) ?? noCounts)]),
  );
  const codes = await findCodeFields(
    connection,
    [...byForm].flatMap(([number, type]) => (type === 'number' ? [number] : [])),
  );
  const votes = new Map([...byForm].map(([number, type]) => [number, codes.has(number) ? 'text' : type]));
  const texts = fields.filter(({ number }) => votes.get(number) === 'text');
  const separators = await findListFields(connection, texts);
  const typed = kinds.map((kind): TypedKind => {
    const ofRows = kind.basis === 'rows';
    const editions = ofRows && areEditions({ kind: kind.number, documents: [...kind.documents] }, documents);
    return {
      ...kind,
      fromDocuments: ofRows && kind.documents.length > 1 && !editions,
      fields: kind.fields.map((field): TypedField => {
        const separator = separators.get(field.number) ?? null;
        const voted = discover({
          label: field.label,
          type: votes.get(field.number) ?? 'text',
          counts: counts.get(field.number) ?? noCounts,
          separator,
        });
        const type = storedType(field.edits?.type ?? declaredOf(field.group, declared)?.type ?? voted.type);
        const unit = field.edits?.unit === undefined ? voted.unit : field.edits.unit;
        return {
          ...field,
          type,
          unit: type === 'number' ? unit : null,
          separator,
          discoveredType: voted.type,
          discoveredUnit: voted.unit,
        };
      }),
    };
  });
  const allFields = typed.flatMap((kind) => kind.fields);
  await writeFieldTypes(connection, allFields);
  await writeAccepted(
    connection,
    allFields.map(({ number, type, unit }) => ({
      number,
      type,
      unit,
      counts: counts.get(number) ?? noCounts,
    })),
  );
  return typed;
}

/** Type and unit of a field as its readings have it. */
function discover({
  label,
  type,
  counts,
  separator,
}: {
  label: string;
  type: FieldType;
  counts: ReadingCounts;
  separator: string | null;
}): { type: FieldType; unit: string | null } {
  if (separator !== null) return { type: 'list', unit: null };
  if (type !== 'number') return { type, unit: null };
  const unit = voteUnit(counts) ?? unitInLabel(label);
  return unit === '%' ? { type: 'percentage', unit: null } : { type, unit };
}

/** Categories are kept as texts; that their values come back is seen when the cells are decided. */
function storedType(type: FieldType): FieldType {
  return type === 'category' ? 'text' : type;
}

/** Keeps in `store.field_types` what the values of cells depend on. */
async function writeFieldTypes(connection: DuckDBConnection, fields: readonly TypedField[]): Promise<void> {
  await connection.run(
    `CREATE OR REPLACE TABLE store.field_types (
       field INTEGER, kind INTEGER, type VARCHAR, unit VARCHAR, separator VARCHAR)`,
  );
  await appendRows({
    connection,
    table: 'field_types',
    schema: 'store',
    columns: [
      { name: 'field', type: INTEGER, values: fields.map(({ number }) => number) },
      { name: 'kind', type: INTEGER, values: fields.map(({ kind }) => kind) },
      { name: 'type', type: VARCHAR, values: fields.map(({ type }) => type) },
      { name: 'unit', type: VARCHAR, values: fields.map(({ unit }) => unit) },
      { name: 'separator', type: VARCHAR, values: fields.map(({ separator }) => separator) },
    ],
  });
}
