import { z } from 'zod';
import type { ModelClient, ModelMemory, ObjectReply, ObjectRequest } from '../model-client.ts';
import { ModelError } from '../model-error.ts';

/**
 * Asks for a value of a shape by the server's own JSON schema support.
 *
 * @throws {ModelError} of kind `unusable-reply` when the answer is no value of the shape.
 */
export async function generateObject<Value>({
  client,
  request,
}: {
  client: Omit<ModelClient, 'generateObject'>;
  request: ObjectRequest<Value>;
  memory: ModelMemory;
}): Promise<ObjectReply<Value>> {
  const { schema, schemaName, demonstrations: _, ...plain } = request;
  const jsonSchema = z.toJSONSchema(schema, { target: 'draft-7' });
  const replyForm = { kind: 'json-schema', name: schemaName, schema: jsonSchema } as const;
  const reply = await client.generate({ ...plain, replyForm });
  const parsed = schema.safeParse(parseJson(reply.text));
  if (parsed.success) return { ...reply, value: parsed.data };
  throw new ModelError({
    kind: 'unusable-reply',
    message: `${client.id} gave no ${schemaName} of the shape that was asked for.`,
    remedy: 'Try a model with structured output.',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
