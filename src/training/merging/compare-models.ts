import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckpointTensors } from '../checkpoint/checkpoint-tensors.ts';
import { configurationFileName } from '../checkpoint/configuration-file.ts';
import { tokenizerFileName } from '../tokenizer/tokenizer-file.ts';

/** What gives equal shapes another meaning. */
const telling = ['model_type', 'num_attention_heads', 'num_key_value_heads', 'rope_theta', 'rope_parameters'];

/**
 * What the user should know of models whose shapes are alike: settings and tokenizers that differ from those of the
 * frame, which the result takes.
 */
export async function compareModels(
  frame: CheckpointTensors,
  models: readonly CheckpointTensors[],
): Promise<string[]> {
  const notes: string[] = [];
  const configuration = await readConfiguration(frame.folder);
  const tokenizer = await hashOfTokenizer(frame.folder);
  for (const { path, folder } of models.filter((model) => model.folder !== frame.folder)) {
    const other = await readConfiguration(folder);
    for (const key of telling) {
      const [ours, theirs] = [JSON.stringify(configuration[key]), JSON.stringify(other[key])];
      if (ours !== undefined && theirs !== undefined && ours !== theirs) {
        notes.push(`${path}: ${key} is ${theirs}, in ${frame.path} ${ours}, which the result takes.`);
      }
    }
    const theirs = await hashOfTokenizer(folder);
    if (tokenizer !== null && theirs !== null && tokenizer !== theirs) {
      notes.push(
        `${path}: its tokenizer is another file than that of ${frame.path}, which the result takes. If rows of the ` +
          'embeddings stand for other tokens, the merge is meaningless.',
      );
    }
  }
  return notes;
}

async function readConfiguration(folder: string): Promise<Record<string, unknown>> {
  try {
    const content: unknown = JSON.parse(await readFile(join(folder, configurationFileName), 'utf8'));
    return typeof content === 'object' && content !== null ? { ...content } : {};
  } catch {
    // A merge needs the weights only.
    return {};
  }
}

async function hashOfTokenizer(folder: string): Promise<string | null> {
  const content = await readFile(join(folder, tokenizerFileName)).catch(() => null);
  return content === null ? null : createHash('sha256').update(content).digest('hex');
}
