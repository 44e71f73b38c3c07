import { z } from 'zod';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const schema = z.looseObject({
  _id: z.string(),
  domain: z.string(),
  difficulty: z.string(),
  length: z.string(),
  question: z.string(),
  choice_A: z.string(),
  choice_B: z.string(),
  choice_C: z.string(),
  choice_D: z.string(),
  answer: z.enum(['A', 'B', 'C', 'D']),
  context: z.string(),
});

/** LongBench v2 (`data.json`, an array): questions with four choices; its length classes are short, medium and long. */
export const longBenchV2: DatasetAdapter = {
  name: 'longbench-v2',
  summary:
    'LongBench v2, data.json (question, choice_A … choice_D, answer, context, domain, difficulty, length)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema, record, path, dataset: 'LongBench v2' });
      const choices = [line.choice_A, line.choice_B, line.choice_C, line.choice_D];
      const listed = choices.map((choice, index) => `(${'ABCD'.charAt(index)}) ${choice}`);
      yield {
        id: line._id,
        question: [line.question.trim(), 'Choices:', ...listed].join('\n'),
        content: { kind: 'documents', documents: [{ title: null, text: line.context }] },
        answer: line.answer,
        metric: 'choice',
        domain: line.domain,
        difficulty: line.difficulty,
        set: line.length,
        instructions: 'Choose one of the four. End with: The correct answer is (X), where X is A, B, C or D.',
      };
    }
  },
};
