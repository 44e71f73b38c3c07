import { z } from 'zod';
import { checkRecord, jsonText, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const messages = z
  .array(z.looseObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() }))
  .min(1);
const count = z.union([z.number(), z.string().transform(Number)]);
const schema = z.looseObject({
  /** A conversation as JSON text. */
  prompt: z.union([messages, jsonText.pipe(messages)]),
  answer: z.string(),
  random_string_to_prepend: z.string(),
  n_needles: count,
});

/** MRCR (OpenAI): one of several like messages of a long conversation must be repeated, behind a given prefix. */
export const mrcr: DatasetAdapter = {
  name: 'mrcr',
  summary:
    'MRCR of OpenAI, a .parquet file or the same as JSONL (prompt, answer, random_string_to_prepend, n_needles)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema, record, path, dataset: 'MRCR' });
      yield {
        id: `mrcr_${line.n_needles}_${record.number}`,
        question: line.prompt.at(-1)?.content ?? '',
        content: { kind: 'messages', messages: line.prompt.map(({ role, content }) => ({ role, content })) },
        answer: line.answer,
        metric: 'sequence-ratio',
        requiredPrefix: line.random_string_to_prepend,
        domain: `${line.n_needles} needles`,
      };
    }
  },
};
