import { z } from 'zod';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const label = z.union([z.string(), z.number()]).transform(String);
/** What `bench ruler` writes; QwenLong-CPRS publishes the first four fields. */
const apart = z
  .looseObject({
    id: label,
    query: z.string(),
    context: z.string(),
    outputs: z.array(z.string()),
    task: z.string().default('ruler'),
    language: z.enum(['en', 'zh']).optional(),
    length: z.number().optional(),
  })
  .transform(({ id, query, context, outputs, task, language, length }) => ({
    id,
    question: query,
    content: { kind: 'documents' as const, documents: [{ title: null, text: context }] },
    outputs,
    task,
    ...(language !== undefined && { language }),
    ...(length !== undefined && { set: String(length) }),
  }));

/** What RULER's own scripts write: the whole prompt, whose end asks. */
const whole = z
  .looseObject({
    index: label,
    input: z.string(),
    outputs: z.array(z.string()),
    task: z.string().default('ruler'),
  })
  .transform(({ index, input, outputs, task }) => ({
    id: index,
    question: input.trimEnd().split('\n').at(-1) ?? '',
    content: { kind: 'messages' as const, messages: [{ role: 'user' as const, content: input }] },
    outputs,
    task,
  }));

const schema = z.union([apart, whole]);

/** Questions of RULER: right by any reference in question answering, by the share of the references elsewhere. */
export const ruler: DatasetAdapter = {
  name: 'ruler',
  summary:
    'RULER, JSONL of `corpuscope bench ruler` (query, context, outputs) or of its own scripts (input, outputs)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const { task, outputs, ...line } = checkRecord({ schema, record, path, dataset: 'RULER' });
      yield {
        ...line,
        answer: outputs,
        metric: task.startsWith('qa') ? 'string-match-any' : 'string-match-all',
        domain: task,
      };
    }
  },
};
