import { z } from 'zod';
import type { DatasetDocument } from '../dataset-item.ts';
import { checkRecord, jsonText, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

/** HotpotQA and 2WikiMultihopQA as published: titles with their sentences. */
const pairs = z
  .array(z.tuple([z.string(), z.array(z.string())]))
  .transform((list): DatasetDocument[] =>
    list.map(([title, sentences]) => ({ title, text: sentences.join('') })),
  );
/** The same on Hugging Face: titles and sentences in lists of their own. */
const columns = z
  .looseObject({ title: z.array(z.string()), sentences: z.array(z.array(z.string())) })
  .transform(({ title, sentences }): DatasetDocument[] =>
    title.map((each, index) => ({ title: each, text: (sentences[index] ?? []).join('') })),
  );

const hotpotSchema = z.looseObject({
  _id: z.string().optional(),
  id: z.string().optional(),
  question: z.string(),
  answer: z.string(),
  type: z.string().nullish(),
  level: z.string().nullish(),
  context: z.union([pairs, columns, jsonText.pipe(pairs)]),
});

/** HotpotQA, and 2WikiMultihopQA in the same format. */
export const hotpotQa: DatasetAdapter = {
  name: 'hotpotqa',
  summary:
    'HotpotQA or 2WikiMultihopQA, .json or .parquet (question, answer, context of titles and sentences)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema: hotpotSchema, record, path, dataset: 'HotpotQA' });
      yield {
        id: line._id ?? line.id ?? String(record.number),
        question: line.question,
        content: { kind: 'documents', documents: line.context },
        answer: line.answer,
        metric: 'word-f1',
        domain: line.type ?? 'hotpotqa',
        ...(typeof line.level === 'string' && { difficulty: line.level }),
      };
    }
  },
};

const musiqueSchema = z.looseObject({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  answer_aliases: z.array(z.string()).default([]),
  answerable: z.boolean().default(true),
  paragraphs: z.array(z.looseObject({ title: z.string(), paragraph_text: z.string() })),
});

/** MuSiQue (JSONL): what begins the id tells the hops. Questions that cannot be answered are passed over. */
export const musique: DatasetAdapter = {
  name: 'musique',
  summary: 'MuSiQue, a .jsonl file (id, question, answer, answer_aliases, paragraphs)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema: musiqueSchema, record, path, dataset: 'MuSiQue' });
      if (!line.answerable) continue;
      yield {
        id: line.id,
        question: line.question,
        content: {
          kind: 'documents',
          documents: line.paragraphs.map(({ title, paragraph_text: text }) => ({ title, text })),
        },
        answer: line.answer,
        aliases: line.answer_aliases,
        metric: 'word-f1',
        domain: line.id.split('__', 1)[0] ?? 'musique',
      };
    }
  },
};
