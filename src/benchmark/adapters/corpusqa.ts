import { z } from 'zod';
import { domainOfId } from '../score/tally.ts';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

/** A part of a message's content, as chat APIs have it. */
const contentPart = z.looseObject({ text: z.string() });
const chatMessage = z.looseObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.union([
    z.string(),
    z.array(contentPart).transform((parts) => parts.map(({ text }) => text).join('')),
  ]),
});

const schema = z.looseObject({
  id: z.string(),
  prompt: z.array(chatMessage).min(1),
  question: z.string(),
  answer: z.union([
    z.string(),
    z.number().transform(String),
    z.array(z.json()).transform((items) => JSON.stringify(items)),
  ]),
});

/** Lines that lack one of the four fields are passed over, as the published evaluation does. */
const isWhole = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'prompt', 'question', 'answer'].every((field) => field in value);

/** CorpusQA (JSONL): the domain begins the id; the prompt is used word for word. */
export const corpusQa: DatasetAdapter = {
  name: 'corpusqa',
  summary: 'CorpusQA, one of its .jsonl files (id, prompt, question, answer)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      if (!isWhole(record.value)) continue;
      const { id, prompt, question, answer } = checkRecord({ schema, record, path, dataset: 'CorpusQA' });
      yield {
        id,
        question,
        content: { kind: 'messages', messages: prompt.map(({ role, content }) => ({ role, content })) },
        answer,
        metric: 'typed',
        domain: domainOfId(id),
        language: /_zh(?:_|$)/u.test(id) ? 'zh' : 'en',
      };
    }
  },
};
