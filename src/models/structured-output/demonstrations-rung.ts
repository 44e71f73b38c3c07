import type { Demonstrations, ModelReply } from '../model-client.ts';
import { generateOrNothing } from './conversation.ts';
import { plainValue } from './flat-properties.ts';
import { checkValue } from './read-reply.ts';
import type { Rung, RungTask, RungOutcome } from './rung.ts';
import type { JsonValue } from './tolerant-json.ts';

/** Room beyond the longest example's value, for values that are longer. */
const spareTokens = 24;

/**
 * For base models, which know no instructions: examples, then the same beginning with the value left out. One
 * property at a time, so that the examples are the same from one input to the next and a server need not evaluate
 * them again.
 */
export const demonstrationsRung: Rung = {
  name: 'demonstrations',
  fits: ({ request: { demonstrations } }) =>
    demonstrations !== undefined &&
    Object.keys(demonstrations.labels).length > 0 &&
    Object.keys(demonstrations.labels).every((property) => examplesOf(demonstrations, property).length > 0),
  ask: async (task) => {
    const { demonstrations } = task.request;
    if (demonstrations === undefined) throw new TypeError('There are no demonstrations to ask by.');
    return await askByDemonstrations(task, demonstrations);
  },
};

async function askByDemonstrations<Value>(
  { client, request, shape }: RungTask<Value>,
  demonstrations: Demonstrations,
): Promise<RungOutcome<Value>> {
  const { schema: _, schemaName: __, demonstrations: ___, messages: ____, ...plain } = request;
  // Properties that are not asked for are null.
  const entries = Object.keys(shape.jsonSchema.properties ?? {}).map((name): [string, JsonValue] => [
    name,
    null,
  ]);
  const values = new Map<string, JsonValue>(entries);
  const replies: ModelReply[] = [];
  for (const property of Object.keys(demonstrations.labels)) {
    const examples = examplesOf(demonstrations, property);
    const longest = Math.max(...examples.map(({ value }) => client.tokenizer.count(value)));
    const maximumOutputTokens = Math.min(request.maximumOutputTokens, 2 * longest + spareTokens);
    const prompt = completionPrompt(demonstrations, property);
    const reply = await generateOrNothing(() =>
      client.complete({ ...plain, maximumOutputTokens, prompt, stopSequences: ['\n'] }),
    );
    if (reply !== null) replies.push(reply);
    const [line = ''] = (reply?.text ?? '').trim().split('\n');
    if (line === '')
      return { read: { status: 'unusable', reason: `no value followed for ${property}` }, replies };
    values.set(property, plainValue(line, shape.jsonSchema, property));
  }
  const read = checkValue({ value: Object.fromEntries(values), complete: true, shape });
  return { read, replies };
}

/** The prompt by which a base model is asked for one property. It does not end in a space. */
export function completionPrompt(demonstrations: Demonstrations, property: string): string {
  const { inputLabel, input, labels } = demonstrations;
  const label = labels[property] ?? property;
  const examples = examplesOf(demonstrations, property).map(
    (example) => `${inputLabel}: ${oneLine(example.input)}\n${label}: ${oneLine(example.value)}\n\n`,
  );
  return `${examples.join('')}${inputLabel}: ${oneLine(input)}\n${label}:`;
}

function examplesOf({ examples }: Demonstrations, property: string): { input: string; value: string }[] {
  return examples.flatMap(({ input, values }) => {
    const value = values[property];
    return value === undefined ? [] : [{ input, value }];
  });
}

/** A text on one line cannot begin a line with a label of the prompt. */
const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
