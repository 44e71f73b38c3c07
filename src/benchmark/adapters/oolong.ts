import { z } from 'zod';
import type { DatasetItem } from '../dataset-item.ts';
import { checkRecord, type DatasetAdapter } from './dataset-adapter.ts';
import { readRecords } from './read-records.ts';

const label = z.union([z.string(), z.number()]).transform(String);
const schema = z.looseObject({
  id: label,
  context_window_text: z.string(),
  question: z.string(),
  /** A Python list of one value in `synth`, plain text in `real`. */
  answer: label,
  answer_type: z.string().nullish(),
  dataset: z.string().nullish(),
  task_group: z.string().nullish(),
});

/** OOLONG, synth and real (Parquet or JSONL). Numbers score by their distance, as published; the rest by type. */
export const oolong: DatasetAdapter = {
  name: 'oolong',
  summary: 'OOLONG synth or real, .parquet or JSONL (context_window_text, question, answer, answer_type)',
  async *read(path) {
    for await (const record of readRecords(path)) {
      const line = checkRecord({ schema, record, path, dataset: 'OOLONG' });
      yield {
        id: line.id,
        question: line.question,
        content: { kind: 'documents', documents: [{ title: null, text: line.context_window_text }] },
        ...readAnswer(line.answer, line.answer_type ?? ''),
        domain: line.dataset ?? line.task_group ?? 'oolong',
      };
    }
  },
};

const pythonDate = /^\[datetime\.date\((?<year>\d+), (?<month>\d+), (?<day>\d+)\)\]$/u;
const pythonList = /^\[(?<quote>['"]?)(?<value>.*)\k<quote>\]$/su;

function readAnswer(text: string, type: string): Pick<DatasetItem, 'answer' | 'answerType' | 'metric'> {
  const date = pythonDate.exec(text)?.groups;
  if (date !== undefined) {
    const two = (value = ''): string => value.padStart(2, '0');
    return {
      answer: `${date['year']}-${two(date['month'])}-${two(date['day'])}`,
      answerType: 'date',
      metric: 'typed',
    };
  }
  const answer = pythonList.exec(text)?.groups?.['value'] ?? text;
  if (type.endsWith('NUMERIC')) return { answer, answerType: 'number', metric: 'number-distance' };
  // "X is more common than Y": the response holds the comparison among other words.
  if (type.endsWith('COMPARISON')) return { answer, answerType: 'string', metric: 'cover-exact-match' };
  return { answer, metric: 'typed' };
}
