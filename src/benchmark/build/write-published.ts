import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { corpusQaDocument, corpusQaQuestion } from '../../models/prompts/index.ts';
import { openBenchmark } from '../open-benchmark.ts';
import { publishedAnswer } from '../published-answer.ts';
import type { BuildProgress } from './build-settings.ts';

/**
 * Writes a file for each set in the format of the published data: `id`, `prompt` (one message), `question`, `answer`.
 * A set's documents stand in every line, and no line is ever held in memory.
 */
export async function writePublished({
  folder,
  signal,
  onProgress,
}: {
  folder: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: BuildProgress) => void) | undefined;
}): Promise<void> {
  const benchmark = await openBenchmark({ folder });
  const total = (await Array.fromAsync(benchmark.questions())).length;
  const documents = join(folder, 'documents.json-text');
  let done = 0;
  for (const set of benchmark.manifest.sets) {
    await pipeline(
      escapedDocuments(benchmark.documents({ set: set.name, signal })),
      createWriteStream(documents),
      { signal },
    );
    const file = join(folder, publishedFile(set.name));
    let flags = 'w';
    for await (const { id, question, answer, answer_type: answerType } of benchmark.questions({
      set: set.name,
    })) {
      const end = inner(corpusQaQuestion(question));
      const gold = publishedAnswer({ answer, answerType });
      const line = async function* (): AsyncGenerator<string | Buffer> {
        yield `{"id":${JSON.stringify(id)},"prompt":[{"role":"user","content":"`;
        yield* createReadStream(documents);
        yield `${end}"}],"question":${JSON.stringify(question)},"answer":${JSON.stringify(gold)}}\n`;
      };
      await pipeline(line, createWriteStream(file, { flags }), { signal });
      flags = 'a';
      done += 1;
      onProgress?.({ phase: 'publishing', done, total });
    }
  }
  await rm(documents, { force: true });
}

/** The name of the published file of a set. */
export function publishedFile(set: string): string {
  return `published-${set}.jsonl`;
}

async function* escapedDocuments(
  documents: AsyncIterable<{ position: number; title: string; text: string }>,
): AsyncGenerator<string> {
  for await (const { position, title, text } of documents)
    yield inner(corpusQaDocument(position + 1, { title, text }));
}

/** Text as it stands between the quotation marks of a JSON string. */
function inner(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
