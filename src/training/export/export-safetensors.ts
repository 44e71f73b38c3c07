import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyFiles, tokenizerFileNames } from '../checkpoint/checkpoint-folder.ts';
import { weightsFileName } from '../checkpoint/checkpoint-tensors.ts';
import { writeConfiguration } from '../checkpoint/configuration-file.ts';
import type { WeightType } from '../checkpoint/element-type.ts';
import { OpenModel } from '../checkpoint/open-model.ts';
import { writeSafetensors } from '../checkpoint/write-safetensors.ts';
import type { ExportProgress } from './export-progress.ts';

/**
 * Writes a model anew in the Hugging Face layout: one safetensors file in the type asked for, `config.json`, and the
 * tokenizer; without what a training run keeps beside them, and without heads of other tasks.
 *
 * @param input.type As the model has it unless told.
 * @throws CheckpointError The model cannot be read.
 */
export async function exportSafetensors(input: {
  readonly folder: string;
  readonly out: string;
  readonly type?: WeightType | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}): Promise<{ readonly tensors: number; readonly file: string }> {
  const { folder, out, type, signal, onProgress } = input;
  const model = await OpenModel.open(folder);
  try {
    const file = join(out, weightsFileName);
    const total = model.parameters.size;
    let done = 0;
    await mkdir(out, { recursive: true });
    await writeConfiguration(out, model.configuration);
    if (model.tokenizer !== null) await copyFiles(dirname(model.tokenizer.path), out, tokenizerFileNames);
    await writeSafetensors({
      path: file,
      tensors: [...model.parameters].map(([name, stored]) => ({
        ...stored,
        name,
        type: type ?? stored.type,
      })),
      read: async ({ name }) => {
        signal?.throwIfAborted();
        const numbers = await model.readNumbers(name);
        onProgress?.({ done: ++done, total });
        return numbers;
      },
    });
    return { tensors: total, file };
  } finally {
    await model.close();
  }
}
