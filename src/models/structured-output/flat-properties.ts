import type { JsonSchema } from '../json-schema.ts';

/** Words that models write where there is no value. */
const noValue =
  /^(?:none|null|n\/?a|nil|-+|—|not (?:stated|given|mentioned|available|specified)|unknown)?[.]?$/i;

const plainTypes: ReadonlySet<unknown> = new Set(['string', 'number', 'integer', 'boolean', 'null']);

/**
 * The properties of a schema whose values each fit on a line: texts, numbers, yes or no, or null. Null where the
 * schema has others.
 */
export function flatProperties({ properties }: JsonSchema): readonly string[] | null {
  const entries = Object.entries(properties ?? {});
  return entries.length > 0 && entries.every(([, property]) => isPlain(property))
    ? entries.map(([name]) => name)
    : null;
}

function isPlain(definition: JsonSchema | boolean): boolean {
  if (typeof definition === 'boolean') return false;
  const { type, anyOf, enum: listed } = definition;
  if (anyOf !== undefined) return anyOf.every(isPlain);
  if (type === undefined) return listed !== undefined;
  return [type].flat().every((each) => plainTypes.has(each));
}

/** What a line says after its label; null for "none" and the like, where the schema takes null. */
export function plainValue(text: string, schema: JsonSchema, property: string): string | null {
  const bare = text
    .trim()
    .replace(/^(["'`*]{1,3})(.*?)\1[.,]?$/, '$2')
    .trim();
  const definition = schema.properties?.[property];
  return noValue.test(bare) && definition !== undefined && takesNull(definition) ? null : bare;
}

function takesNull(definition: JsonSchema | boolean): boolean {
  if (typeof definition === 'boolean') return definition;
  return [definition.type].flat().includes('null') || (definition.anyOf ?? []).some(takesNull);
}
