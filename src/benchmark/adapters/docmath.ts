import { z } from 'zod';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const schema = z.looseObject({
  question_id: z.string(),
  question: z.string(),
  paragraphs: z.array(z.string()),
  ground_truth: z.union([z.number(), z.string()]),
});

/** DocMath-Eval (an array or JSONL): numbers computed over one long document; the subset begins the id. */
export const docMath: DatasetAdapter = {
  name: 'docmath',
  summary: 'DocMath-Eval, a .json file with answers (question_id, question, paragraphs, ground_truth)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema, record, path, dataset: 'DocMath-Eval' });
      yield {
        id: line.question_id,
        question: line.question,
        content: { kind: 'documents', documents: [{ title: null, text: line.paragraphs.join('\n') }] },
        answer: String(line.ground_truth),
        answerType: 'number',
        metric: 'number-match',
        domain: line.question_id.split('-', 1)[0] ?? 'docmath',
        instructions:
          'Compute the number. End with: Therefore, the answer is X, where X is the number alone.',
      };
    }
  },
};
