/*
 * The model layer by layer, with activations recomputed: one program for the forward pass of a layer and one for
 * its backward pass serve all layers. Between the layers only their inputs are kept, so that memory grows with
 * layers · tokens · hidden size instead of with every activation, for one more forward pass of work. (Chen et
 * al., "Training deep nets with sublinear memory cost", 2016, with a segment a layer.)
 */
import { Graph } from '../graph/graph.ts';
import { allocate } from '../graph/runtime.ts';
import type { BoundProgram, Buffers, LoadedProgram, Runtime } from '../graph/runtime.ts';
import type { Tensor } from '../graph/tensor.ts';
import { decoderLayer } from '../model/decoder-layer.ts';
import { embedTokens } from '../model/embedding.ts';
import { weightsOf } from '../model/layer-weights.ts';
import type { Weights } from '../model/layer-weights.ts';
import { blockBuffers } from '../model/parameter-layout.ts';
import { gradientBuffers, resultOf } from './batch-program.ts';
import type { BatchProgram, ParameterMemory } from './batch-program.ts';
import { batchAttention, batchRotary, nameGradients, placesOf } from './decoder-graph.ts';
import { lossHead } from './loss-head.ts';
import type { ProgramOptions } from './whole-program.ts';

type Floats = Record<string, Float32Array>;

export async function loadLayerwiseProgram(
  runtime: Runtime,
  options: ProgramOptions,
  memory: ParameterMemory,
): Promise<BatchProgram> {
  const { configuration, layout, shape, loss } = options;
  const hiddenShape = [placesOf(shape), configuration.hiddenSize];
  const activation = () => allocate({ type: 'float32', shape: hiddenShape }) as Float32Array;
  const weights = blockBuffers(layout, memory.weights);
  const gradients = blockBuffers(layout, memory.gradients);
  const hasGradients = loss.kind !== 'scores';
  const inputs: Record<string, Buffers[string]> = {};
  const loaded: LoadedProgram[] = [];

  /** Binds a program; batches are written to what no one else fills. */
  const bind = async (program: LoadedProgram, buffers: { inputs: Floats; outputs: Floats }) => {
    const bound = await program.bind({ inputs: { ...inputs, ...buffers.inputs }, outputs: buffers.outputs });
    for (const [name, buffer] of Object.entries(bound.inputs)) {
      if (!(name in buffers.inputs)) inputs[name] = buffer;
    }
    return bound;
  };
  const load = async (graph: Graph) => {
    const program = await runtime.load(graph.build());
    loaded.push(program);
    return program;
  };

  // Activations before each layer and after the last; scores need no more than two.
  const activations = hasGradients
    ? Array.from({ length: configuration.layers + 1 }, activation)
    : [activation(), activation()];
  const activationAt = (layer: number) => activations[layer % activations.length] ?? activation();
  const output = activationAt(configuration.layers);

  const forward: BoundProgram[] = [
    await bind(await load(embeddingGraph(options)), {
      inputs: weights,
      outputs: { hidden: activationAt(0) },
    }),
  ];
  const layerForward = await load(layerGraph(options, { backward: false }));
  for (let layer = 0; layer < configuration.layers; layer++) {
    const own = { ...layerBuffers(weights, layer), hiddenInput: activationAt(layer) };
    forward.push(await bind(layerForward, { inputs: own, outputs: { hidden: activationAt(layer + 1) } }));
  }

  const gradientBefore = activation();
  const gradientAfter = activation();
  const head = await bind(await load(headGraph(options)), {
    inputs: { ...weights, hiddenInput: output },
    outputs: { ...gradientBuffers(gradients), hiddenGradient: gradientBefore },
  });
  const backward: BoundProgram[] = [];
  const embeddingGradients: Floats = {};
  if (hasGradients) {
    let [incoming, outgoing] = [gradientBefore, gradientAfter];
    const layerBackward = await load(layerGraph(options, { backward: true }));
    for (let layer = configuration.layers - 1; layer >= 0; layer--) {
      const own = layerBuffers(weights, layer);
      const bound = await bind(layerBackward, {
        inputs: { ...own, hiddenInput: activationAt(layer), outputGradient: incoming },
        outputs: { ...gradientBuffers(layerBuffers(gradients, layer)), hiddenGradient: outgoing },
      });
      backward.push(bound);
      [incoming, outgoing] = [outgoing, incoming];
    }
    for (const { name } of embeddingBlocks(options)) {
      embeddingGradients[name] = allocate({
        type: 'float32',
        shape: [gradients[name]?.length ?? 0],
      }) as Float32Array;
    }
    backward.push(
      await bind(await load(embeddingGraph(options, { backward: true })), {
        inputs: { ...weights, outputGradient: incoming },
        outputs: gradientBuffers(embeddingGradients),
      }),
    );
  }
  return {
    inputs,
    run: async () => {
      for (const part of [...forward, head, ...backward]) await part.run();
      for (const [name, own] of Object.entries(embeddingGradients)) {
        addTo(gradients[name], own, { isFresh: !(configuration.tiedEmbeddings && isTable(name)) });
      }
      return resultOf(head.outputs);
    },
    release: async () => {
      for (const part of [...forward, head, ...backward]) await part.release();
      for (const program of loaded) await program.release();
    },
  };
}

/** A tied embedding has its head's gradient already. */
function addTo(
  total: Float32Array | undefined,
  own: Float32Array,
  { isFresh }: { readonly isFresh: boolean },
): void {
  if (total === undefined) return;
  for (let index = 0; index < own.length; index++) {
    total[index] = (isFresh ? 0 : (total[index] ?? 0)) + (own[index] ?? 0);
  }
}

function isTable(name: string): boolean {
  return name === 'model.embed_tokens.weight';
}

function embeddingBlocks({ layout }: ProgramOptions) {
  return layout.blocks.filter(({ name }) => name.startsWith('model.embed_'));
}

function embeddingGraph(
  options: ProgramOptions,
  pass: { readonly backward: boolean } = { backward: false },
): Graph {
  const { configuration, layout, shape } = options;
  const graph = new Graph();
  const weights = weightsOf(graph, layout, { differentiable: pass.backward });
  const hidden = embedTokens(graph, weights, { configuration, tokens: placesOf(shape) });
  if (!pass.backward) {
    graph.output('hidden', hidden);
    return graph;
  }
  const seeds = new Map([[hidden, graph.input('outputGradient', { type: 'float32', shape: hidden.shape })]]);
  const parameters = embeddingBlocks(options).map(({ name }) => weights(name));
  nameGradients(graph, graph.pullBack(seeds, parameters), parameters);
  return graph;
}

const layerPrefix = { from: 'model.layers.0.', to: 'layer.' };

function layerGraph(options: ProgramOptions, { backward }: { readonly backward: boolean }): Graph {
  const { configuration, layout, shape } = options;
  const graph = new Graph();
  const weights = weightsOf(graph, layout, { differentiable: backward, prefix: layerPrefix });
  const input = hiddenInput(graph, options, backward);
  const { output } = decoderLayer(input, {
    configuration,
    weights,
    layer: 0,
    rotary: batchRotary(graph, shape, configuration),
    attention: batchAttention(graph, shape),
  });
  if (!backward) {
    graph.output('hidden', output);
    return graph;
  }
  const seeds = new Map([[output, graph.input('outputGradient', { type: 'float32', shape: output.shape })]]);
  const parameters = layout.blocks
    .filter(({ name }) => name.startsWith(layerPrefix.from))
    .map(({ name }) => weights(name));
  pullBackTo(graph, seeds, { input, parameters });
  return graph;
}

function headGraph({ configuration, layout, shape, loss }: ProgramOptions): Graph {
  const graph = new Graph();
  const differentiable = loss.kind !== 'scores';
  const weights = weightsOf(graph, layout, { differentiable });
  const input = hiddenInput(graph, { configuration, shape }, differentiable);
  const head = lossHead(input, { configuration, weights, targets: shape.targets, loss });
  graph.output('logProbabilities', head.logProbabilities);
  if (loss.kind !== 'supervised') graph.output('entropies', head.entropies);
  if (head.loss === null) return graph;
  graph.output('loss', head.loss);
  pullBackTo(graph, new Map([[head.loss, graph.scalar(1)]]), {
    input,
    parameters: headParameters(weights, configuration.tiedEmbeddings),
  });
  return graph;
}

function headParameters(weights: Weights, isTied: boolean): Tensor[] {
  return ['model.norm.weight', isTied ? 'model.embed_tokens.weight' : 'lm_head.weight'].map(weights);
}

function hiddenInput(
  graph: Graph,
  { configuration, shape }: Pick<ProgramOptions, 'configuration' | 'shape'>,
  differentiable: boolean,
): Tensor {
  const hiddenShape = [placesOf(shape), configuration.hiddenSize];
  return graph.input('hiddenInput', { type: 'float32', shape: hiddenShape, differentiable });
}

function pullBackTo(
  graph: Graph,
  seeds: ReadonlyMap<Tensor, Tensor>,
  { input, parameters }: { readonly input: Tensor; readonly parameters: readonly Tensor[] },
): void {
  const [first, ...others] = graph.pullBack(seeds, [input, ...parameters]);
  if (first !== undefined) graph.output('hiddenGradient', first);
  nameGradients(graph, others, parameters);
}

/** The buffers of a layer under the names that the program for all layers has for them. */
function layerBuffers(buffers: Floats, layer: number): Floats {
  const own = `model.layers.${layer}.`;
  return Object.fromEntries(
    Object.entries(buffers).flatMap(([name, buffer]) =>
      name.startsWith(own) ? [[name.replace(own, layerPrefix.to), buffer]] : [],
    ),
  );
}
