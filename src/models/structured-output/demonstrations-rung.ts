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
 * property a call. The examples are the same from one input to the next, and where they have values for all
 * properties the whole prompt but its last line is the same from one property to the next: what was evaluated need not
 * be evaluated again.
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
  const silent: string[] = [];
  const properties = Object.keys(demonstrations.labels);
  for (const property of properties) {
    const examples = examplesOf(demonstrations, property);
    const longest = Math.max(...examples.map(({ value }) => client.tokenizer.count(value)));
    const maximumOutputTokens = Math.min(request.maximumOutputTokens, 2 * longest + spareTokens);
    const prompt = completionPrompt(demonstrations, property);
    const reply = await generateOrNothing(() =>
      client.complete({ ...plain, maximumOutputTokens, prompt, stopSequences: ['\n'] }),
    );
    if (reply !== null) replies.push(reply);
    const [line = ''] = (reply?.text ?? '').trim().split('\n');
    if (line === '') silent.push(property);
    else values.set(property, plainValue(line, shape.jsonSchema, property));
  }
  if (silent.length === properties.length) {
    return { read: { status: 'unusable', reason: `no value followed for ${silent.join(', ')}` }, replies };
  }
  const read = checkValue({ value: Object.fromEntries(values), complete: true, shape });
  return { read, replies };
}

/**
 * The prompt by which a base model is asked for one property. It does not end in a space. Examples that have values
 * for all properties show all of them.
 */
export function completionPrompt(demonstrations: Demonstrations, property: string): string {
  const { inputLabel, input, labels, examples } = demonstrations;
  const all = Object.keys(labels);
  const areWhole = examples.every(({ values }) => all.every((each) => values[each] !== undefined));
  const shown = areWhole ? all : [property];
  const blocks = examples.flatMap((example) => {
    const lines = shown.flatMap((each) => {
      const value = example.values[each];
      return value === undefined ? [] : [`${labels[each] ?? each}: ${oneLine(value)}\n`];
    });
    return lines.length === 0 ? [] : [`${inputLabel}: ${oneLine(example.input)}\n${lines.join('')}\n`];
  });
  return `${blocks.join('')}${inputLabel}: ${oneLine(input)}\n${labels[property] ?? property}:`;
}

function examplesOf({ examples }: Demonstrations, property: string): { input: string; value: string }[] {
  return examples.flatMap(({ input, values }) => {
    const value = values[property];
    return value === undefined ? [] : [{ input, value }];
  });
}

/** A text on one line cannot begin a line with a label of the prompt. */
const oneLine = (text: string): string => text.trim().replaceAll(/\s+/g, ' ');
