import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeTextAtomically } from '../checkpoint/atomic-write.ts';
import { copyFiles, tokenizerFileNames } from '../checkpoint/checkpoint-folder.ts';
import { configurationFileName, writeConfiguration } from '../checkpoint/configuration-file.ts';
import type { WeightType } from '../checkpoint/element-type.ts';
import { OpenModel } from '../checkpoint/open-model.ts';
import { parameterShapes } from '../model/parameter-shapes.ts';
import type { ExportProgress } from './export-progress.ts';
import { OnnxBuilder } from './onnx-builder.ts';
import { buildDecoder } from './onnx-decoder.ts';
import { buildEncoder } from './onnx-encoder.ts';
import { writeOnnx } from './write-onnx.ts';

/** Where transformers.js and Optimum look for the graph in a model's folder. */
export const onnxFileName = join('onnx', 'model.onnx');

/**
 * Writes a model as an ONNX graph for inference, with `config.json` and tokenizer: a folder that ONNX Runtime,
 * transformers.js and Optimum use. `onnx-decoder.ts` and `onnx-encoder.ts` say what goes in and comes out.
 *
 * @param input.type In which the weights are kept, F32 unless told; computed is in float32.
 * @param input.maximumInlineBytes Weights beyond this lie in a file of their own; 1.9 GB unless told.
 * @returns The files of the graph and the weights.
 * @throws CheckpointError The model cannot be read.
 */
export async function exportOnnx(input: {
  readonly folder: string;
  readonly out: string;
  readonly type?: WeightType | undefined;
  readonly maximumInlineBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
}): Promise<{ readonly tensors: number; readonly files: readonly string[] }> {
  const { folder, out, type = 'F32', signal, onProgress } = input;
  const model = await OpenModel.open(folder);
  try {
    const { configuration, tokenizer } = model;
    const builder = new OnnxBuilder(parameterShapes(configuration), type);
    if (configuration.kind === 'decoder') buildDecoder(builder, configuration);
    else buildEncoder(builder, configuration);
    const path = join(out, onnxFileName);
    await mkdir(dirname(path), { recursive: true });
    const total = builder.weights.length;
    let done = 0;
    const files = await writeOnnx({
      path,
      builder,
      type,
      maximumInlineBytes: input.maximumInlineBytes,
      read: async (parameter) => {
        signal?.throwIfAborted();
        const numbers = await model.readNumbers(parameter);
        onProgress?.({ done: ++done, total });
        return numbers;
      },
    });
    await writeConfiguration(out, configuration);
    if (files.length > 1) await nameExternalData(join(out, configurationFileName));
    if (tokenizer !== null) await copyFiles(dirname(tokenizer.path), out, tokenizerFileNames);
    return { tensors: total, files };
  } finally {
    await model.close();
  }
}

/** transformers.js loads a file of weights only when `config.json` says that there is one. */
async function nameExternalData(path: string): Promise<void> {
  const content: unknown = JSON.parse(await readFile(path, 'utf8'));
  const changed = { ...Object(content), 'transformers.js_config': { use_external_data_format: true } };
  await writeTextAtomically(path, `${JSON.stringify(changed, null, 2)}\n`);
}
