import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareGreedyTokens, comparedTokens } from '../../../src/training/export/compare-greedy-tokens.ts';
import { exportGguf } from '../../../src/training/export/export-gguf.ts';
import { exportOnnx } from '../../../src/training/export/export-onnx.ts';
import { LlamaDecoder } from '../../../src/training/export/run-llama.ts';
import { OnnxDecoder } from '../../../src/training/export/run-onnx.ts';
import { saveSmallCheckpoint } from '../../../src/training/export/testing/small-checkpoint.ts';
import type { DecoderConfiguration } from '../../../src/training/model/model-configuration.ts';
import type { Check, Comparison } from './comparison.ts';

const cases: readonly (readonly [string, Partial<DecoderConfiguration>])[] = [
  ['tied embeddings', { tiedEmbeddings: true, hiddenSize: 64, intermediateSize: 96, headSize: 32 }],
  ['an output projection of its own', { hiddenSize: 64, intermediateSize: 96, headSize: 32 }],
];

/**
 * Exported models continue prompts by the same tokens: ONNX in ONNX Runtime, and where node-llama-cpp is, GGUF in
 * llama.cpp.
 *
 * @param llamaFolder A folder in which node-llama-cpp is installed.
 */
export function exportsParity(llamaFolder: string | undefined): Check {
  return async ({ folder }) => {
    const comparisons: Comparison[] = [];
    for (const [name, changes] of cases) {
      const model = join(folder, name);
      const { configuration } = await saveSmallCheckpoint(model, changes);
      const { files } = await exportOnnx({ folder: model, out: join(folder, `${name} onnx`) });
      const onnx = await OnnxDecoder.open(files[0] ?? '', configuration);
      comparisons.push(await compare(model, { what: `${name}: ONNX Runtime`, decoder: onnx }));
      if (llamaFolder === undefined) continue;
      const path = join(folder, `${name}.gguf`);
      await exportGguf({ folder: model, path, type: 'F32' });
      const require = createRequire(join(resolve(llamaFolder), 'package.json'));
      const llama = await LlamaDecoder.open(path, {
        contextTokens: comparedTokens,
        package: pathToFileURL(require.resolve('node-llama-cpp')).href,
      });
      comparisons.push(await compare(model, { what: `${name}: llama.cpp`, decoder: llama }));
    }
    return comparisons;
  };
}

async function compare(
  model: string,
  { what, decoder }: { readonly what: string; readonly decoder: OnnxDecoder | LlamaDecoder },
): Promise<Comparison> {
  const { tokens, equal } = await compareGreedyTokens(model, (prompt, count) =>
    decoder.continueGreedily(prompt, count),
  );
  await decoder.close();
  return { what: `${what}, ${tokens} greedy tokens`, difference: tokens - equal, limit: 0 };
}
