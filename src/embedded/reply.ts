import { markdownTitle } from '../corpus/formats/text-title.ts';
import type { Tokenizer } from '../corpus/index.ts';
import {
  readCorpusQaPrompt,
  readExtractionPrompt,
  readMemoryAnswerPrompt,
  readMemoryUpdatePrompt,
  readQuestionToSqlPrompt,
  readQuestionSplitPrompt,
  type CorpusQaPrompt,
  type MemoryAnswer,
} from '../models/prompts/index.ts';
import { answerDocuments, refuse } from './answer-documents.ts';
import { extractFields } from './extract-fields.ts';
import type { KeepRule } from './limited-memory.ts';
import { readMemoryLines } from './memory-lines.ts';
import { promptDocument } from './prompt-documents.ts';
import type { RememberedReadings } from './remembered-readings.ts';
import { rememberedDocument } from './remembered-value.ts';
import { splitQuestion } from './split-question.ts';
import { updateMemory } from './update-memory.ts';
import { writeSql } from './write-sql.ts';

/** What replying takes beyond the prompt. */
export interface ReplySettings {
  readonly tokenizer: Tokenizer;
  readonly keep: KeepRule;
  readonly readings: RememberedReadings;
  readonly signal?: AbortSignal | undefined;
}

/** The embedded model's reply to a prompt: by the prompt alone, the same every time. */
export async function replyTo(prompt: string, settings: ReplySettings): Promise<string> {
  const text = prompt.trim();
  const update = readMemoryUpdatePrompt(text);
  if (update !== null) return updateMemory({ update, ...settings });
  const fromMemory = readMemoryAnswerPrompt(text);
  if (fromMemory !== null) return await answerFromMemory(fromMemory, settings);
  const request = readQuestionSplitPrompt(text);
  if (request !== null) return splitQuestion(request);
  const extraction = readExtractionPrompt(text);
  if (extraction !== null) return extractFields(extraction);
  const toSql = readQuestionToSqlPrompt(text);
  if (toSql !== null) return writeSql(toSql);
  const corpusQa = readCorpusQaPrompt(text);
  if (corpusQa !== null) return await answerFromDocuments(corpusQa, settings);
  return refuse(
    'the embedded model understands only the prompts of this project (documents under "# Document 1:" and a question under "# Question:", and the steps of its strategies). For other prompts choose a language model.',
  );
}

async function answerFromDocuments(
  { documents, question }: CorpusQaPrompt,
  { readings, signal }: ReplySettings,
): Promise<string> {
  if (documents.length === 0) return refuse('the prompt holds no document.');
  const read = documents.map(({ title, text }, index) =>
    promptDocument({ title: title ?? markdownTitle(text), text, number: index + 1 }),
  );
  return await answerDocuments({ documents: read, question, readings, signal });
}

async function answerFromMemory(
  { question, memory }: MemoryAnswer,
  { readings, signal }: ReplySettings,
): Promise<string> {
  const { lines, dropped } = readMemoryLines(memory);
  if (lines.every(({ values }) => values.length === 0)) {
    return refuse('the memory holds no value of anything the question mentions.');
  }
  const remarks =
    dropped > 0
      ? [`The memory was too small: ${dropped} lines were dropped, so the answer may be incomplete.`]
      : [];
  const documents = lines.map((line, index) => rememberedDocument(line, index + 1));
  return await answerDocuments({ documents, question, remarks, readings, signal });
}
