import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { ModelError } from '../model-error.ts';

/** A sentence encoder on disk, as sentence-transformers and optimum lay it out. */
export interface OnnxFolder {
  readonly modelFile: string;
  readonly tokenizerFile: string;
  /** Null where there is none. */
  readonly tokenizerConfigFile: string | null;
  readonly modelBytes: number;
  /** Positions of the model: a longer text is cut. */
  readonly maximumTokens: number;
  readonly pooling: 'mean' | 'cls';
  readonly prompts: { readonly query: string; readonly passage: string };
  /** SHA-256 of model, tokenizer and pooling. */
  readonly hash: string;
}

const usualMaximumTokens = 512;

const modelConfig = z.looseObject({ max_position_embeddings: z.number().optional() });
const tokenizerConfig = z.looseObject({ model_max_length: z.number().optional() });
const poolingConfig = z.looseObject({ pooling_mode_cls_token: z.boolean().optional() });
const promptsConfig = z.looseObject({ prompts: z.record(z.string(), z.string()).optional() });

/**
 * Finds what belongs to an encoder in a folder: the model (`model.onnx` there or in `onnx/`, else the only `.onnx`
 * file; or name the file itself), `tokenizer.json`, and how the model is to be used, where files say so
 * (`config.json`, `tokenizer_config.json`, `1_Pooling/config.json`, `config_sentence_transformers.json`).
 *
 * @throws {ModelError} of kind `unavailable`.
 */
export async function readOnnxFolder(path: string): Promise<OnnxFolder> {
  const modelFile = await findModelFile(resolve(path));
  const beside = dirname(modelFile);
  const folder = basename(beside) === 'onnx' ? dirname(beside) : beside;
  const tokenizerFile = join(folder, 'tokenizer.json');
  const tokenizer = await readFile(tokenizerFile).catch((cause: unknown) => {
    throw unavailable(
      `There is no tokenizer.json in ${folder}.`,
      "Put the model's tokenizer.json (Hugging Face) there.",
      cause,
    );
  });
  const config = await readSettings(join(folder, 'config.json'), modelConfig);
  const tokenizerConfigFile = join(folder, 'tokenizer_config.json');
  const tokenizing = await readSettings(tokenizerConfigFile, tokenizerConfig);
  const pooling = await readSettings(join(folder, '1_Pooling/config.json'), poolingConfig);
  const { prompts = {} } =
    (await readSettings(join(folder, 'config_sentence_transformers.json'), promptsConfig)) ?? {};
  const mode = pooling?.pooling_mode_cls_token === true ? 'cls' : 'mean';
  const hash = createHash('sha256').update(tokenizer).update(mode);
  for await (const chunk of createReadStream(modelFile)) hash.update(chunk as Buffer);
  return {
    modelFile,
    tokenizerFile,
    tokenizerConfigFile: tokenizing === null ? null : tokenizerConfigFile,
    modelBytes: (await stat(modelFile)).size,
    maximumTokens: Math.min(
      config?.max_position_embeddings ?? usualMaximumTokens,
      tokenizing?.model_max_length ?? usualMaximumTokens,
    ),
    pooling: mode,
    prompts: {
      query: prompts['query'] ?? '',
      passage: prompts['passage'] ?? prompts['document'] ?? '',
    },
    hash: hash.digest('hex'),
  };
}

async function findModelFile(path: string): Promise<string> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) {
    throw unavailable(
      `There is no file or folder ${path}.`,
      'An encoder in process is named onnx:FOLDER, with an .onnx file and tokenizer.json in the folder.',
    );
  }
  if (!stats.isDirectory()) return path;
  const found: string[] = [];
  for (const folder of [path, join(path, 'onnx')]) {
    const names = await readdir(folder).catch(() => []);
    found.push(...names.filter((name) => extname(name) === '.onnx').map((name) => join(folder, name)));
  }
  const chosen =
    found.find((file) => basename(file) === 'model.onnx') ?? (found.length === 1 ? found[0] : null);
  if (chosen !== null && chosen !== undefined) return chosen;
  throw unavailable(
    found.length === 0 ? `There is no .onnx file in ${path}.` : `There are several .onnx files in ${path}.`,
    found.length === 0
      ? 'Export the encoder to ONNX, or name the folder that it lies in.'
      : `Name one: ${found.map((file) => `onnx:${file}`).join(', ')}.`,
  );
}

/** The settings of a file, or null where there is no such file. */
async function readSettings<Settings>(file: string, schema: z.ZodType<Settings>): Promise<Settings | null> {
  const content = await readFile(file, 'utf8').catch(() => null);
  if (content === null) return null;
  try {
    return schema.parse(JSON.parse(content));
  } catch (cause) {
    throw unavailable(
      `${file} is not as sentence-transformers writes it.`,
      'Download the model again.',
      cause,
    );
  }
}

function unavailable(message: string, remedy: string, cause?: unknown): ModelError {
  return new ModelError({
    kind: 'unavailable',
    message,
    remedy,
    ...(cause instanceof Error && { detail: cause.message }),
  });
}
