import type { JsonSchema } from '../json-schema.ts';
import type { JsonValue } from './tolerant-json.ts';

/**
 * Brings a value that a model wrote to the types of a schema where nothing is lost by it: `12` for a text becomes
 * "12", "12" for a number 12, "" for a value that may be null null, "ATTACK" the listed "attack", `Country` the
 * property `country`. A wrapping object with one property is taken off. Whether the value then fits is for the
 * schema itself to say.
 *
 * @param complete whether properties that are absent were left out by the model, and not cut off.
 */
export function fitSchema({
  value,
  schema,
  complete,
}: {
  value: JsonValue;
  schema: JsonSchema;
  complete: boolean;
}): JsonValue {
  return fit(unwrap(value, schema), schema, complete);
}

function fit(value: JsonValue, definition: JsonSchema | boolean, complete: boolean): JsonValue {
  if (typeof definition === 'boolean') return value;
  const schema = withoutNull(definition);
  const nullable = acceptsNull(definition);
  if (value === null || (value === '' && nullable)) return null;
  if (isArray(value)) {
    const { items } = schema;
    return isOneSchema(items) ? value.map((item) => fit(item, items, complete)) : value;
  }
  if (typeof value === 'object') {
    return schema.properties === undefined ? value : fitProperties({ value, schema, complete });
  }
  if (schema.enum !== undefined && typeof value === 'string') return listedValue(value, schema.enum);
  if (schema.type === 'string' && typeof value !== 'string') return String(value);
  if (typeof value !== 'string') return value;
  if (schema.type === 'number' || schema.type === 'integer') return toNumber(value) ?? value;
  if (schema.type === 'boolean') return booleans.get(value.trim().toLowerCase()) ?? value;
  return value;
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

function toNumber(text: string): number | null {
  return /^\s*[-+]?\d[\d,]*(?:\.\d+)?\s*$/.test(text) ? Number(text.replaceAll(',', '')) : null;
}

function fitProperties({
  value,
  schema,
  complete,
}: {
  value: { readonly [key: string]: JsonValue };
  schema: JsonSchema;
  complete: boolean;
}): JsonValue {
  const given = new Map(Object.entries(value).map(([key, member]) => [foldKey(key), member]));
  // An object that has none of the properties is another one, not one without values.
  const isAnswer = Object.keys(schema.properties ?? {}).some((key) => given.has(foldKey(key)));
  const entries: [string, JsonValue][] = [];
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const member = Object.hasOwn(value, key) ? value[key] : given.get(foldKey(key));
    if (member !== undefined) entries.push([key, fit(member, property, complete)]);
    else if (complete && isAnswer && typeof property !== 'boolean' && acceptsNull(property))
      entries.push([key, null]);
  }
  return Object.fromEntries(entries);
}

/** Takes off `{"result": {…}}`, where what is within has the properties that the outer lacks. */
function unwrap(value: JsonValue, schema: JsonSchema): JsonValue {
  if (value === null || typeof value !== 'object' || isArray(value)) return value;
  const wanted = new Set(Object.keys(schema.properties ?? {}).map(foldKey));
  const has = (object: JsonValue): boolean =>
    object !== null &&
    typeof object === 'object' &&
    Object.keys(object).some((key) => wanted.has(foldKey(key)));
  const members = Object.values(value);
  const [inner] = members;
  return members.length === 1 && inner !== undefined && !has(value) && has(inner) ? inner : value;
}

function listedValue(value: string, listed: readonly unknown[]): JsonValue {
  const folded = foldKey(value);
  const found = listed.find((each) => typeof each === 'string' && foldKey(each) === folded);
  return typeof found === 'string' ? found : value;
}

function acceptsNull({ type, anyOf, enum: listed }: JsonSchema): boolean {
  if (type === 'null' || (Array.isArray(type) && type.includes('null'))) return true;
  if (listed?.includes(null) === true) return true;
  return anyOf?.some((each) => typeof each !== 'boolean' && acceptsNull(each)) ?? false;
}

/** The one kind of value that a schema accepts besides null, where there is one. */
function withoutNull(schema: JsonSchema): JsonSchema {
  if (Array.isArray(schema.type)) {
    const types = schema.type.filter((type) => type !== 'null');
    const [type] = types;
    return types.length === 1 && type !== undefined ? { ...schema, type } : schema;
  }
  const others = schema.anyOf?.filter((each) => typeof each !== 'boolean' && each.type !== 'null') ?? [];
  const [only] = others;
  return others.length === 1 && typeof only === 'object' ? only : schema;
}

/** Whether all items of an array are of one schema, and not each of its own. */
function isOneSchema(items: JsonSchema['items']): items is JsonSchema {
  return typeof items === 'object' && !Array.isArray(items);
}

const foldKey = (key: string): string => key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
