// A reading worker: parses a file into documents, reads each by the pattern reader, and sends both in batches.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { parseFile } from '../../corpus/parse-file.ts';
import { readFailure } from '../../corpus/read-failure.ts';
import { loadTokenizer, type Tokenizer } from '../../corpus/tokenizer.ts';
import { UnreadableFileError } from '../../corpus/unreadable-file-error.ts';
import { readDocument } from '../reader/pattern-reader.ts';
import { BatchBuilder, type Batch } from './batch.ts';
import type { ReadResult, ReadTask } from './read-task.ts';

/** A batch is sent when it has about so many characters. */
const batchCharacters = 2_000_000;

let tokenizer: Promise<Tokenizer> | undefined;

/** Reads one file; the worker pool's threads run this. */
export default async function readTask(
  task: ReadTask,
  sendPart: (batch: Batch) => Promise<void>,
): Promise<ReadResult> {
  let hash: string | null = null;
  try {
    hash = await hashFile(task.absolutePath);
    if (hash === task.knownHash) return { status: 'unchanged' };
    tokenizer ??= loadTokenizer(task.tokenizer);
    return await readFile({ task, hash, tokenizer: await tokenizer, sendPart });
  } catch (error) {
    if (error instanceof UnreadableFileError) return { status: 'skipped', hash, reason: error.reason };
    if (hash === null) return { status: 'skipped', hash, reason: readFailure(error) };
    throw error;
  }
}

async function readFile({
  task,
  hash,
  tokenizer,
  sendPart,
}: {
  task: ReadTask;
  hash: string;
  tokenizer: Tokenizer;
  sendPart: (batch: Batch) => Promise<void>;
}): Promise<ReadResult> {
  const { absolutePath, path, title, madeFrom } = task;
  const warnings: string[] = [];
  const counts = { documents: 0, tokens: 0, readings: 0, uncited: 0 };
  const builder = new BatchBuilder();
  for await (const document of parseFile({
    absolutePath,
    path,
    tokenizer,
    title,
    madeFrom,
    warn: (message) => warnings.push(message),
  })) {
    const readings = readDocument(document);
    counts.uncited += builder.add(document, readings);
    counts.documents += 1;
    counts.tokens += document.tokens;
    counts.readings += readings.length;
    if (builder.size >= batchCharacters) await sendPart(builder.take());
  }
  if (builder.size > 0) await sendPart(builder.take());
  return { status: 'read', hash, ...counts, warnings };
}

async function hashFile(absolutePath: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(absolutePath)) hash.update(chunk);
  return hash.digest('hex');
}
