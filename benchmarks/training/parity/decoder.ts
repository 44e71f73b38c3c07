import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { loadCheckpoint } from '../../../src/training/checkpoint/checkpoint-folder.ts';
import { readParameters } from '../../../src/training/checkpoint/checkpoint-tensors.ts';
import { prefillGraph } from '../../../src/training/decoding/decoding-graphs.ts';
import { DecoderEngine } from '../../../src/training/engine/decoder-engine.ts';
import { supervisedLossOf } from '../../../src/training/engine/losses.ts';
import { layOutBatch } from '../../../src/training/engine/token-batch.ts';
import { floatBuffer, integerBuffer } from '../../../src/training/graph/buffers.ts';
import { Runtime } from '../../../src/training/graph/runtime.ts';
import { blockBuffers, namedParameters } from '../../../src/training/model/parameter-layout.ts';
import { RotaryAngles } from '../../../src/training/model/rotary-angles.ts';
import { absoluteDifference, relativeDifference } from './comparison.ts';
import type { Check, Comparison } from './comparison.ts';
import { randomGroups, saveRandomDecoder, smallDecoder } from './decoders.ts';

const resultSchema = z.object({ loss: z.number(), logits: z.array(z.array(z.number())) });

/**
 * Checkpoints that we save load in Transformers' Qwen3ForCausalLM, and those that it saves load here: equal logits,
 * loss and gradients of a fixed batch.
 */
export const decoderParity: Check = async ({ python, folder }) => {
  const runtime = new Runtime();
  try {
    const ours = [
      ['tied embeddings', smallDecoder()],
      ['an output projection of its own', smallDecoder({ tiedEmbeddings: false, keyValueHeads: 6 })],
    ] as const;
    const comparisons: Comparison[] = [];
    for (const [name, configuration] of ours) {
      const checkpoint = join(folder, name);
      await saveRandomDecoder(checkpoint, { configuration, runtime });
      comparisons.push(...(await compare({ python, checkpoint, runtime, what: `ours, ${name}` })));
    }
    for (const name of ['float32', 'bfloat16 in shards']) {
      const checkpoint = join(folder, name);
      await python('make_decoder.py', checkpoint, name);
      comparisons.push(...(await compare({ python, checkpoint, runtime, what: `theirs, ${name}` })));
    }
    return comparisons;
  } finally {
    await runtime.close();
  }
};

async function compare(input: {
  readonly python: Parameters<Check>[0]['python'];
  readonly checkpoint: string;
  readonly runtime: Runtime;
  readonly what: string;
}): Promise<Comparison[]> {
  const { python, checkpoint, runtime, what } = input;
  const engine = await loadEngine(checkpoint, runtime);
  const groups = randomGroups(engine.configuration.vocabularySize);
  const batchFile = join(checkpoint, 'batch.json');
  await writeFile(batchFile, JSON.stringify(groups));
  await python('decoder.py', checkpoint, batchFile);
  const theirs = resultSchema.parse(JSON.parse(await readFile(join(checkpoint, 'result.json'), 'utf8')));
  const gradients = await readParameters(join(checkpoint, 'gradients.safetensors'));

  const logits: number[] = [];
  for (const { prompt } of groups) logits.push(...(await logitsOf(engine, runtime, prompt)));
  const responses = groups.flatMap((group) => group.responses);
  const mask = responses.map((response) => new Uint8Array(response.length).fill(1));
  const comparisons = [
    { what: `${what}: logits`, difference: absoluteDifference(logits, theirs.logits.flat()), limit: 1e-4 },
  ];
  for (const layout of ['plain', 'shared-prompt'] as const) {
    const batch = layOutBatch(groups, { layout, convolutionTaps: 0 });
    const { kind, inputs } = supervisedLossOf({ mask, aggregation: 'token-mean' });
    const { loss } = await engine.computeGradients([{ batch, inputs }], kind);
    const named = [...namedParameters(engine.layout, engine.gradients)];
    const differences = named.map(([name, { data }]) =>
      relativeDifference(data, gradients.get(name)?.data ?? []),
    );
    comparisons.push(
      {
        what: `${what}: supervised loss, ${layout} rows`,
        difference: relativeDifference([loss], [theirs.loss]),
        limit: 1e-5,
      },
      {
        what: `${what}: gradients of ${named.length} parameters, ${layout} rows`,
        difference: Math.max(...differences),
        limit: 1e-4,
      },
    );
  }
  await engine.release();
  return comparisons;
}

/** An engine with the weights of a checkpoint. */
export async function loadEngine(checkpoint: string, runtime: Runtime): Promise<DecoderEngine> {
  const { configuration, parameters } = await loadCheckpoint(checkpoint);
  if (configuration.kind !== 'decoder') throw new Error(`${checkpoint} is no decoder.`);
  const engine = new DecoderEngine({ configuration, runtime });
  for (const [name, { data }] of namedParameters(engine.layout, engine.weights)) {
    data.set(parameters.get(name)?.data ?? []);
  }
  return engine;
}

/** The logits after each token, by the graph that reads prompts: it gives those of one place in a row. */
async function logitsOf(
  { configuration, layout, weights }: DecoderEngine,
  runtime: Runtime,
  tokens: readonly number[],
): Promise<Float32Array> {
  const length = tokens.length;
  const shape = { prompts: length, promptLength: length };
  const program = await runtime.load(prefillGraph({ configuration, layout }, shape));
  const bound = await program.bind({ inputs: blockBuffers(layout, weights) });
  const rows = Array.from({ length }, (_, row) => row);
  integerBuffer(bound.inputs, 'tokens').set(rows.flatMap(() => tokens.map(BigInt)));
  integerBuffer(bound.inputs, 'promptEnds').set(rows.map((row) => BigInt(row * length + row)));
  new RotaryAngles(configuration).write(Int32Array.from(rows), {
    cosine: floatBuffer(bound.inputs, 'cosine'),
    sine: floatBuffer(bound.inputs, 'sine'),
  });
  await bound.run();
  const logits = floatBuffer(bound.outputs, 'logits').slice();
  await program.release();
  return logits;
}
