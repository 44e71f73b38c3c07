import { z } from 'zod';
import type { DatasetDocument } from '../dataset-item.ts';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const schema = z.looseObject({
  _id: z.string(),
  input: z.string(),
  context: z.string(),
  answers: z.array(z.string()).min(1),
  dataset: z.string(),
  language: z.string(),
});

/** LongBench v1, its question answering sets (JSONL); several passages in one context are documents of their own. */
export const longBenchV1: DatasetAdapter = {
  name: 'longbench-v1',
  summary: 'LongBench v1, a .jsonl file of a question answering set (input, context, answers, dataset, _id)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema, record, path, dataset: 'LongBench v1' });
      const [answer = '', ...aliases] = line.answers;
      yield {
        id: `${line.dataset}_${line._id}`,
        question: line.input,
        content: { kind: 'documents', documents: splitPassages(line.context) },
        answer,
        aliases,
        metric: 'cover-exact-match',
        domain: line.dataset,
        language: line.language === 'zh' ? 'zh' : 'en',
      };
    }
  },
};

const passageHeading = /^(?:Passage |文章)\d+[:：]?[ \t]*\n?/mu;

/** `Passage 1:`, a line with the title, the text. */
function splitPassages(context: string): DatasetDocument[] {
  const passages = context.split(passageHeading).filter((passage) => passage.trim() !== '');
  if (passages.length < 2) return [{ title: null, text: context }];
  return passages.map((passage) => {
    const [first = '', ...rest] = passage.trim().split('\n');
    const isTitle = rest.length > 0 && first.length < 120;
    return isTitle ? { title: first, text: rest.join('\n') } : { title: null, text: passage.trim() };
  });
}
