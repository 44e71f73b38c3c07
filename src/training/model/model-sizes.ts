import type { DecoderConfiguration } from './model-configuration.ts';

const shared = {
  kind: 'decoder',
  maximumPositions: 40_960,
  ropeTheta: 1_000_000,
  normEpsilon: 1e-6,
  tiedEmbeddings: true,
  convolutionTaps: 0,
} as const;

/** Decoders by their number of parameters, with a vocabulary of 512 to 1,024 tokens; `0.6B` is Qwen3-0.6B. */
const shapes = {
  '0.3M': {
    hiddenSize: 96,
    intermediateSize: 256,
    layers: 3,
    attentionHeads: 3,
    keyValueHeads: 3,
    headSize: 32,
  },
  '0.9M': {
    hiddenSize: 128,
    intermediateSize: 352,
    layers: 4,
    attentionHeads: 4,
    keyValueHeads: 4,
    headSize: 32,
  },
  '3.3M': {
    hiddenSize: 256,
    intermediateSize: 704,
    layers: 4,
    attentionHeads: 4,
    keyValueHeads: 4,
    headSize: 64,
  },
  '5M': {
    hiddenSize: 256,
    intermediateSize: 704,
    layers: 6,
    attentionHeads: 4,
    keyValueHeads: 4,
    headSize: 64,
  },
  '20M': {
    hiddenSize: 448,
    intermediateSize: 1216,
    layers: 8,
    attentionHeads: 7,
    keyValueHeads: 7,
    headSize: 64,
  },
  '30M': {
    hiddenSize: 512,
    intermediateSize: 1536,
    layers: 8,
    attentionHeads: 8,
    keyValueHeads: 8,
    headSize: 64,
  },
  '0.6B': {
    hiddenSize: 1024,
    intermediateSize: 3072,
    layers: 28,
    attentionHeads: 16,
    keyValueHeads: 8,
    headSize: 128,
  },
} as const;

export type ModelSize = keyof typeof shapes;

export const modelSizes = Object.keys(shapes) as readonly ModelSize[];

/** A decoder of one of the named sizes over a vocabulary. */
export function decoderOfSize(
  size: ModelSize,
  vocabulary: { readonly vocabularySize: number; readonly endTokenIds?: readonly number[] },
): DecoderConfiguration {
  const { vocabularySize, endTokenIds = [] } = vocabulary;
  return { ...shared, ...shapes[size], vocabularySize, endTokenIds: [...endTokenIds] };
}
