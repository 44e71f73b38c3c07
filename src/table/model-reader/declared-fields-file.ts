import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { fieldTypes } from '../catalog.ts';
import { FieldsFileError } from '../fields/fields-file.ts';
import { toIdentifier } from '../fields/identifiers.ts';
import type { DeclaredField, FieldExample } from './declared-field.ts';

const exampleSchema = z.union([
  z.string(),
  z.strictObject({
    value: z.union([z.string(), z.number(), z.boolean()]).transform(String),
    document: z.string().optional(),
    text: z.string().optional(),
    quote: z.string().optional(),
  }),
]);

const fieldSchema = z.strictObject({
  name: z.string(),
  description: z.string().nullable().optional(),
  type: z.enum(fieldTypes).nullable().optional(),
  values: z.array(z.string()).optional(),
  examples: z.array(exampleSchema).optional(),
});

const fileSchema = z.array(fieldSchema).min(1);

/** A field as a fields file says it. */
export type FieldsFileEntry = z.input<typeof fieldSchema>;

/**
 * Reads the fields that `--fields` names: `a,b,c`, or a JSON file of `{ name, description, type, values, examples }`.
 * An example is a value, or `{ value, document | text, quote }`.
 *
 * @throws {FieldsFileError} when the file cannot be used, or two fields have one name.
 */
export async function readDeclaredFields(fields: string): Promise<DeclaredField[]> {
  const isFile = /\.json$/i.test(fields);
  const entries = isFile
    ? await readEntries(fields)
    : fields.split(',').map((name) => ({ name: name.trim() }));
  const declared = entries.map((entry) => toDeclaredField(entry));
  const names = new Set<string>();
  for (const [index, { name }] of declared.entries()) {
    const written = JSON.stringify(entries[index]?.name);
    if (name === '') {
      throw new FieldsFileError(
        `${written} is no name of a field.`,
        'Name fields in words: --fields country,"incident type"',
      );
    }
    // `country_quote` holds the words that state `country`.
    if (
      names.has(name) ||
      names.has(name.replace(/_quote$/, '\n')) ||
      declared.some((other) => other.name === `${name}_quote`)
    ) {
      throw new FieldsFileError(
        `The field ${written} has the name of another.`,
        'Give each field a name of its own.',
      );
    }
    names.add(name);
  }
  return declared;
}

async function readEntries(file: string): Promise<z.output<typeof fileSchema>> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error instanceof Error && 'code' in error ? error : { code: undefined };
    throw new FieldsFileError(
      `The fields file ${file} cannot be read${typeof code === 'string' ? ` (${code})` : ''}.`,
      'Check the path, or name the fields: --fields country,"incident type"',
    );
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new FieldsFileError(
      `${file} is not JSON (${error instanceof Error ? error.message : String(error)}).`,
      'Look for a missing comma or quote.',
    );
  }
  const parsed = fileSchema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.map((step) =>
    typeof step === 'number' ? `entry ${step + 1}` : `"${String(step)}"`,
  );
  throw new FieldsFileError(
    `${file}: ${[place?.join(', '), issue?.message].filter(Boolean).join(': ')}.`,
    'It is a list of fields: [{ "name", "description", "type", "values", "examples" }], of which only the name is needed.',
  );
}

/** A field as the reader has it: with an SQL name, and a label where only an identifier was given. */
export function toDeclaredField(entry: z.output<typeof fieldSchema>): DeclaredField {
  const { name, description = null, type, values = [], examples = [] } = entry;
  const words = name.trim().replaceAll('_', ' ');
  return {
    name: toIdentifier(name),
    label: words.charAt(0).toUpperCase() + words.slice(1),
    type: type ?? (values.length > 0 ? 'category' : null),
    description,
    values,
    examples: examples.flatMap((example) => toExample(example) ?? []),
    exampleValues: examples.flatMap((example) => (toExample(example) === null ? valueOf(example) : [])),
    definition: hashOf({ name, description, type, values, examples }),
  };
}

function hashOf(declaration: object): string {
  return createHash('sha256').update(JSON.stringify(declaration)).digest('hex').slice(0, 16);
}

type Example = z.output<typeof exampleSchema>;

const valueOf = (example: Example): string => (typeof example === 'string' ? example : example.value);

function toExample(example: Example): FieldExample | null {
  if (typeof example === 'string' || (example.document ?? example.text) === undefined) return null;
  const { document = null, text = null, value, quote = null } = example;
  return { document, text, value, quote };
}
