import { askByChat } from './conversation.ts';
import { flatProperties, plainValue } from './flat-properties.ts';
import { checkValue, type ReadReply, type ValueShape } from './read-reply.ts';
import type { Rung } from './rung.ts';
import type { JsonValue } from './tolerant-json.ts';

/** A line a property, `name: value`: for models that cannot keep brackets and quotation marks in order. */
export const linesRung: Rung = {
  name: 'lines',
  fits: ({ shape }) => flatProperties(shape.jsonSchema) !== null,
  ask: (task) => {
    const names = flatProperties(task.shape.jsonSchema) ?? [];
    const form = names.map((name) => `${name}: …`).join('\n');
    const instruction = `Reply with these lines and nothing else, each with its value on the same line, or with "none":\n${form}`;
    return askByChat({
      task,
      instruction,
      reminder: instruction,
      read: (text) => readLines(text, names, task.shape),
    });
  },
};

function readLines<Value>(
  text: string,
  names: readonly string[],
  shape: ValueShape<Value>,
): ReadReply<Value> {
  const entries: [string, JsonValue][] = [];
  for (const name of names) {
    const words = name.split('_').map((part) => part.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&'));
    const line = new RegExp(`^[\\s>*•-]*["'\`*]*${words.join('[_\\s]')}["'\`*]*\\s*[:=：](.*)$`, 'imu');
    const value = line.exec(text)?.[1];
    if (value !== undefined)
      entries.push([name, plainValue(value.replace(/^\s*\*\*/, ''), shape.jsonSchema, name)]);
  }
  if (entries.length === 0) {
    const reason = text.trim() === '' ? 'the reply was empty' : 'the reply held none of the lines';
    return { status: 'unusable', reason };
  }
  return checkValue({ value: Object.fromEntries(entries), complete: false, shape });
}
