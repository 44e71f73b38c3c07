import type { JsonSchema } from '../json-schema.ts';
import type { z } from 'zod';
import { fitSchema } from './fit-schema.ts';
import { readTolerantObject, type JsonValue } from './tolerant-json.ts';

/** A value of the shape that was asked for, or why the reply has none. */
export type ReadReply<Value> =
  | { readonly status: 'value'; readonly value: Value }
  | { readonly status: 'unusable'; readonly reason: string };

/** What a value must be: as zod checks it, and as servers are told. */
export interface ValueShape<Value> {
  readonly schema: z.ZodType<Value>;
  readonly jsonSchema: JsonSchema;
}

/**
 * Finds the value in a reply, whatever stands around it: fences, prose, a draft before it. Among several objects the
 * last that fits is taken.
 */
export function readReply<Value>(text: string, shape: ValueShape<Value>): ReadReply<Value> {
  let last: ReadReply<Value> = {
    status: 'unusable',
    reason: text.trim() === '' ? 'the reply was empty' : 'the reply held no JSON object',
  };
  for (let at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at)) {
    const found = readTolerantObject(text, at);
    if (found === null) {
      at += 1;
      continue;
    }
    // One that was cut may have swallowed a whole one.
    at = found.closed ? found.end : at + 1;
    const read = checkValue({ value: found.value, complete: found.closed, shape });
    if (read.status === 'value' || last.status === 'unusable') last = read;
  }
  return last;
}

/** Fits a value to the shape, as far as nothing is lost by it, and checks it. */
export function checkValue<Value>({
  value,
  complete,
  shape,
}: {
  value: JsonValue;
  complete: boolean;
  shape: ValueShape<Value>;
}): ReadReply<Value> {
  const checked = shape.schema.safeParse(fitSchema({ value, schema: shape.jsonSchema, complete }));
  if (checked.success) return { status: 'value', value: checked.data };
  // What the model wrote may be a document's words, and stays out of the message.
  const issues = checked.error.issues
    .slice(0, 3)
    .map(({ path, code }) => `${path.join('.') || 'value'}: ${code}`);
  const what = complete ? 'the JSON does not fit the schema' : 'the JSON was cut off';
  return { status: 'unusable', reason: `${what} (${issues.join(', ')})` };
}
