import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { JsonSyntaxError, parseJsonValue, type JsonNode } from '../../corpus/formats/json-syntax.ts';
import { fieldTypes, type FieldType } from '../catalog.ts';
import { toIdentifier } from './identifiers.ts';

/** `fields.json` cannot be used as it is. The message names file, line and field; `remedy` what helps. */
export class FieldsFileError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'FieldsFileError';
    this.remedy = remedy;
  }
}

const about =
  'What the documents state. Change name, type, unit, description, key or nouns, set "drop": true, or list labels ' +
  'under "join" to make them part of a field; the next `corpuscope read` applies it. What you change is kept; ' +
  'all else, and "discovered" in any case, is written anew.';

const name = z.string().refine((text) => text !== '' && toIdentifier(text) === text, {
  error: 'must be lower case letters, digits and underscores, not start with a digit, and be no SQL keyword',
});

const fieldSchema = z.strictObject({
  label: z.string(),
  name: name.optional(),
  type: z.enum(fieldTypes).optional(),
  unit: z.string().nullable().optional(),
  description: z.string().nullable().optional(),
  join: z.array(z.string()).optional(),
  drop: z.boolean().optional(),
  aliases: z.array(z.string()).optional(),
  coverage: z.number().optional(),
  examples: z.array(z.string()).optional(),
  discovered: z
    .strictObject({ name: z.string(), type: z.enum(fieldTypes), unit: z.string().nullable() })
    .optional(),
});

const tableSchema = z.strictObject({
  name: name.optional(),
  key: z.string().nullable().optional(),
  nouns: z.array(z.string()).optional(),
  rows: z.number().optional(),
  discovered: z.strictObject({ name: z.string(), nouns: z.array(z.string()) }).optional(),
  fields: z.array(fieldSchema),
});

const fileSchema = z.strictObject({ about: z.string().optional(), tables: z.array(tableSchema) });

export type FieldsFileField = z.infer<typeof fieldSchema>;
export type FieldsFileTable = z.infer<typeof tableSchema>;

/** What a user changed of a field. What is absent stays as discovered. */
export interface FieldEdits {
  readonly name?: string;
  readonly type?: FieldType;
  readonly unit?: string | null;
  readonly description?: string;
  readonly join: readonly string[];
  readonly drop: boolean;
  /** The entry as it stands in the file. */
  readonly entry: FieldsFileField;
}

/** Whether a user changed anything of the field. */
export function hasEdits({ name, type, unit, description, join, drop }: FieldEdits): boolean {
  return drop || join.length > 0 || [name, type, unit, description].some((value) => value !== undefined);
}

export interface TableEdits {
  readonly name?: string;
  readonly key?: string;
  readonly nouns?: readonly string[];
  readonly fields: ReadonlyMap<string, FieldEdits>;
}

/** A user's changes, by the discovered name of the table and the label of the field. */
export type Edits = ReadonlyMap<string, TableEdits>;

export const noEdits: Edits = new Map();

/**
 * Reads what the user changed in `fields.json`: whatever differs from what was discovered when it was written.
 * A file that is not there says nothing.
 *
 * @throws {FieldsFileError} when the file is not JSON, or says something that has no meaning.
 */
export async function readFieldsFile(file: string | null): Promise<Edits> {
  if (file === null) return noEdits;
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? noEdits : parseFieldsFile(text, file);
}

export function parseFieldsFile(text: string, file: string): Edits {
  const node = parse(text, file);
  const parsed = fileSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    const path = [...(issue?.path ?? []), ...unknown.slice(0, 1)];
    throw new FieldsFileError(
      `${file}, line ${lineOf(text, offsetOf(node, path))}: ${describe(path)}${fieldAt(text, path)} ${issue?.message ?? 'is wrong'}.`,
      'Correct it, or delete the file: it is then written anew, without your changes.',
    );
  }
  return new Map(
    parsed.data.tables.map((table) => [table.discovered?.name ?? table.name ?? '', editsOfTable(table)]),
  );
}

function parse(text: string, file: string): JsonNode {
  try {
    const { node } = parseJsonValue(text, text.search(/\S|$/));
    JSON.parse(text);
    return node;
  } catch (error) {
    const offset =
      error instanceof JsonSyntaxError
        ? error.offset
        : Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length);
    throw new FieldsFileError(
      `${file}, line ${lineOf(text, offset)}: this is not JSON${error instanceof Error ? ` (${error.message})` : ''}.`,
      'Look for a missing comma or quote before this line, or delete the file: it is then written anew.',
    );
  }
}

function editsOfTable(table: FieldsFileTable): TableEdits {
  const { discovered } = table;
  return {
    ...(table.name !== undefined && table.name !== discovered?.name && { name: table.name }),
    ...(table.key !== undefined && table.key !== null && { key: table.key }),
    ...(table.nouns !== undefined &&
      String(table.nouns) !== String(discovered?.nouns) && { nouns: table.nouns }),
    fields: new Map(table.fields.map((field) => [field.label, editsOfField(field)])),
  };
}

function editsOfField(field: FieldsFileField): FieldEdits {
  const { discovered } = field;
  return {
    ...(field.name !== undefined && field.name !== discovered?.name && { name: field.name }),
    ...(field.type !== undefined && field.type !== discovered?.type && { type: field.type }),
    ...(field.unit !== undefined && field.unit !== discovered?.unit && { unit: field.unit }),
    ...(field.description !== undefined && field.description !== null && { description: field.description }),
    join: field.join ?? [],
    drop: field.drop ?? false,
    entry: field,
  };
}

/** Writes the file whole or not at all. */
export async function writeFieldsFile(file: string, tables: readonly FieldsFileTable[]): Promise<void> {
  const json = `{\n  "about": ${JSON.stringify(about)},\n  "tables": [${tables.map(renderTable).join(',')}\n  ]\n}\n`;
  const current = await readFile(file, 'utf8').catch(() => null);
  if (current === json) return;
  await writeFile(`${file}.new`, json);
  await rename(`${file}.new`, file);
}

/** A line a field, so that the file can be searched and compared by line. */
function renderTable({ fields, ...table }: FieldsFileTable): string {
  const head = Object.entries(table).map(
    ([key, value]) => `      ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
  );
  const lines = fields.map((field) => `        ${JSON.stringify(field)}`);
  return `\n    {\n${head.join('\n')}\n      "fields": [\n${lines.join(',\n')}\n      ]\n    }`;
}

/** Where in the text the value at the path, or the last part of the way to it that is there, begins. */
function offsetOf(node: JsonNode, path: readonly PropertyKey[]): number {
  let current = node;
  for (const step of path) {
    const next: JsonNode | undefined =
      current.kind === 'object'
        ? current.entries.find(({ key }) => key === step)?.value
        : current.kind === 'array'
          ? current.items[Number(step)]
          : undefined;
    if (next === undefined) break;
    current = next;
  }
  return current.start;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

function describe(path: readonly PropertyKey[]): string {
  const last = path.findLast((step) => typeof step === 'string');
  return last === undefined ? 'the file' : `"${String(last)}"`;
}

/** Names the field that a path leads into. */
function fieldAt(text: string, path: readonly PropertyKey[]): string {
  const [tables, table, fields, index] = path;
  if (tables !== 'tables' || fields !== 'fields') return '';
  const found = z
    .object({
      tables: z.array(
        z.object({ fields: z.array(z.object({ label: z.string().catch('') }).catch({ label: '' })) }),
      ),
    })
    .safeParse(JSON.parse(text));
  const label = found.data?.tables[Number(table)]?.fields[Number(index)]?.label ?? '';
  return label === '' ? '' : ` of the field "${label}"`;
}
