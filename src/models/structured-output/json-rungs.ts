import { askByChat } from './conversation.ts';
import { readReply } from './read-reply.ts';
import type { Rung } from './rung.ts';

const reminder = 'Reply again with one JSON object that fits the schema, and nothing else.';

/** The server holds the model to the schema. */
export const jsonSchemaRung: Rung = {
  name: 'json-schema',
  fits: () => true,
  ask: (task) =>
    askByChat({
      task,
      replyForm: { kind: 'json-schema', name: task.request.schemaName, schema: task.shape.jsonSchema },
      instruction: '',
      reminder,
      read: (text) => readReply(text, task.shape),
    }),
};

/** The value is what the model calls a tool with. */
export const toolCallRung: Rung = {
  name: 'tool-call',
  fits: () => true,
  ask: (task) =>
    askByChat({
      task,
      replyForm: { kind: 'tool-call', name: task.request.schemaName, schema: task.shape.jsonSchema },
      instruction: '',
      reminder,
      read: (text) => readReply(text, task.shape),
    }),
};

/** The schema stands in the prompt, and the reply is searched for JSON and mended. */
export const promptedJsonRung: Rung = {
  name: 'prompted-json',
  fits: () => true,
  ask: (task) =>
    askByChat({
      task,
      instruction:
        'Reply with one JSON object and nothing else. It must fit this JSON Schema:\n' +
        JSON.stringify(task.shape.jsonSchema),
      reminder,
      read: (text) => readReply(text, task.shape),
    }),
};
