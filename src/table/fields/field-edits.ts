import type { DiscoveredField } from './discover-fields.ts';
import { editDistance, mergeGroups } from './field-joins.ts';
import type { FieldGroup } from './field-identity.ts';
import { FieldsFileError, type Edits, type FieldEdits, type TableEdits } from './fields-file.ts';
import { UniqueNames } from './identifiers.ts';
import type { KindName } from './kind-names.ts';
import { foldLabel } from '../values/labels.ts';

/** A kind as discovered: of documents, or of rows of a table within them. */
export interface DiscoveredKind extends KindName {
  readonly basis: KindBasis;
  /** Ranks of the documents; for rows, of those that hold the table. */
  readonly documents: Int32Array;
  /** Those of the documents that are rows of the table themselves. */
  readonly entityDocuments: Int32Array;
  /** The tables within documents whose rows are its rows. */
  readonly rowTables: readonly number[];
  readonly fields: readonly DiscoveredField[];
}

/**
 * What the rows of a kind's table are: documents; rows of a table within documents; or things, which several tables are
 * about, be their rows documents or rows within documents.
 */
export type KindBasis = 'documents' | 'rows' | 'things';

/** A field that is decided but for its type and unit. */
export interface PlannedField {
  /** Unique in the corpus. */
  readonly number: number;
  readonly kind: number;
  readonly group: FieldGroup;
  readonly label: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly discoveredName: string;
  readonly edits: FieldEdits | null;
}

export interface PlannedKind {
  readonly number: number;
  readonly name: string;
  readonly nouns: readonly string[];
  readonly discovered: KindName;
  readonly basis: KindBasis;
  readonly documents: Int32Array;
  readonly entityDocuments: Int32Array;
  readonly rowTables: readonly number[];
  readonly fields: readonly PlannedField[];
  /** Discovered fields that the user dropped. */
  readonly dropped: readonly PlannedField[];
  /** The number of the field that names the entities, or null. */
  readonly keyField: number | null;
  /** The key was chosen in `fields.json`, for this kind. */
  readonly keyEdited: boolean;
  /** The user's changes to fields that the documents no longer state. */
  readonly stale: readonly FieldEdits[];
}

/**
 * Applies the user's changes to what was discovered: joins, names, drops and the key.
 *
 * @throws {FieldsFileError} when a change refers to a field that is not there, or two fields get one name.
 */
export function applyEdits({
  kinds,
  edits,
  key,
}: {
  kinds: readonly DiscoveredKind[];
  edits: Edits;
  key: string | null;
}): PlannedKind[] {
  let next = 0;
  const tables = new UniqueNames(['documents', 'facts', 'cells']);
  const planned = kinds.map((kind, number): PlannedKind => {
    const changes = edits.get(kind.name);
    const fields = planFields({ kind, number, changes, first: next });
    next += fields.length;
    const labels = new Set(kind.fields.map(({ label }) => label));
    const stale = [...(changes?.fields ?? [])]
      .filter(([label]) => !labels.has(label))
      .map(([, field]) => field);
    for (const { entry } of stale) if (entry.discovered === undefined) throw unknownField(entry.label, kind);
    return {
      number,
      name: tables.take(changes?.name ?? kind.name),
      nouns: changes?.nouns ?? kind.nouns,
      discovered: { name: kind.name, nouns: kind.nouns },
      documents: kind.documents,
      basis: kind.basis,
      entityDocuments: kind.entityDocuments,
      rowTables: kind.rowTables,
      fields: fields.filter((field) => field.edits?.drop !== true),
      dropped: fields.filter((field) => field.edits?.drop === true),
      keyField: changes?.key === undefined ? null : findField(fields, changes.key, kind).number,
      keyEdited: changes?.key !== undefined,
      stale,
    };
  });
  return key === null ? planned : withKey(planned, key);
}

/** The key is that of every kind that has such a field and no key of its own. */
function withKey(kinds: readonly PlannedKind[], key: string): PlannedKind[] {
  const found = kinds.map((kind) => kind.fields.find((field) => isCalled(field, key))?.number ?? null);
  if (found.every((field) => field === null)) {
    throw unknownField(key, {
      name: kinds.map(({ name }) => name).join(', '),
      fields: kinds.flatMap(({ fields }) => fields),
    });
  }
  return kinds.map((kind, index) => ({ ...kind, keyField: kind.keyField ?? found[index] ?? null }));
}

function planFields({
  kind,
  number,
  changes,
  first,
}: {
  kind: DiscoveredKind;
  number: number;
  changes: TableEdits | undefined;
  first: number;
}): PlannedField[] {
  const joined = new Map<DiscoveredField, DiscoveredField[]>();
  const gone = new Set<DiscoveredField>();
  for (const field of kind.fields) {
    for (const label of changes?.fields.get(field.label)?.join ?? []) {
      const other = kind.fields.find((each) => isCalled(each, label));
      // What was joined once may be stated no more; that is no mistake.
      if (other === undefined || other === field || gone.has(other)) continue;
      joined.set(field, [...(joined.get(field) ?? []), other]);
      gone.add(other);
    }
  }
  const kept = kind.fields.filter((field) => !gone.has(field));
  const names = kept.map((field) => changes?.fields.get(field.label)?.name ?? null);
  const columns = new UniqueNames();
  for (const name of names) {
    if (name === null) continue;
    if (columns.has(name)) throw sameName(name, kept, names);
    columns.take(name);
  }
  return kept.map((field, index): PlannedField => {
    const others = joined.get(field) ?? [];
    const userName = names[index] ?? null;
    const name = userName ?? columns.take(field.name);
    const renamed = userName === null ? [] : [field.label];
    return {
      number: first + index,
      kind: number,
      group: mergeGroups([field.group, ...others.map(({ group }) => group)]),
      label: field.label,
      name,
      aliases: [...renamed, ...field.aliases, ...others.flatMap(({ label, aliases }) => [label, ...aliases])],
      discoveredName: field.name,
      edits: changes?.fields.get(field.label) ?? null,
    };
  });
}

function isCalled(
  field: { readonly label: string; readonly name: string; readonly aliases: readonly string[] },
  key: string,
): boolean {
  const folded = foldLabel(key);
  return (
    field.name === key ||
    foldLabel(field.label) === folded ||
    field.aliases.some((alias) => foldLabel(alias) === folded)
  );
}

function findField<T extends { label: string; name: string; aliases: readonly string[] }>(
  fields: readonly T[],
  key: string,
  kind: { readonly name: string },
): T {
  const found = fields.find((field) => isCalled(field, key));
  if (found === undefined) throw unknownField(key, { name: kind.name, fields });
  return found;
}

function unknownField(
  label: string,
  { name, fields }: { name: string; fields: readonly { label: string; name: string }[] },
): FieldsFileError {
  const folded = foldLabel(label);
  const near = fields
    .map((field) => ({ label: field.label, distance: editDistance(folded, foldLabel(field.label)) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((field) => `"${field.label}"`);
  return new FieldsFileError(
    `The table ${name} has no field "${label}".`,
    near.length === 0
      ? 'Its documents state no fields.'
      : `The nearest are ${near.join(', ')}; \`corpuscope fields\` lists all.`,
  );
}

function sameName(
  name: string,
  fields: readonly DiscoveredField[],
  names: readonly (string | null)[],
): FieldsFileError {
  const labels = fields.filter((_, index) => names[index] === name).map(({ label }) => `"${label}"`);
  return new FieldsFileError(
    `In fields.json the fields ${labels.join(' and ')} have the same name, ${name}.`,
    'Give them different names, or join them with "join".',
  );
}
