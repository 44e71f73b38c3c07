import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { CommandError } from './command-error.ts';

const questionLine = z.object({
  id: z.union([z.string(), z.number()]).optional(),
  question: z.string().refine((text) => text.trim() !== '', 'it is empty'),
});

export type FiledQuestion = z.infer<typeof questionLine>;

/**
 * Reads questions, one JSON object a line: `{"id": "q1", "question": "…"}`. Empty lines are passed over; `id`
 * may be left out, other properties are ignored.
 *
 * @throws {CommandError} when the file cannot be read, holds no question, or a line is wrong (with its number).
 */
export async function readQuestionsFile(file: string): Promise<FiledQuestion[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandError({
      message: `The questions file ${file} cannot be read.`,
      remedy: 'Check the path after --questions.',
      cause: error,
    });
  }
  const questions = text
    .replace(/^\ufeff/, '')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [parseLine({ line, number: index + 1, file })]));
  if (questions.length > 0) return questions;
  throw new CommandError({
    message: `The questions file ${file} holds no question.`,
    remedy: 'Write one JSON object a line: {"id": "q1", "question": "…"}',
  });
}

function parseLine({ line, number, file }: { line: string; number: number; file: string }): FiledQuestion {
  const wrong = (problem: string, cause?: unknown): CommandError =>
    new CommandError({
      message: `Line ${number} of ${file}: ${problem}`,
      remedy: 'Each line must be one JSON object such as {"id": "q1", "question": "…"}',
      cause,
    });
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw wrong('this is not JSON.', error);
  }
  const parsed = questionLine.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `"${issue.path.join('.')}": `;
  throw wrong(`${place}${issue?.message ?? 'it is malformed'}.`, parsed.error);
}
