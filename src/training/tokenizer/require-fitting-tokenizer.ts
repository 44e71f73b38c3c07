import { CheckpointError } from '../checkpoint/checkpoint-error.ts';
import type { ModelTokenizer } from './model-tokenizer.ts';

/**
 * Checks that a model has an embedding for each token, and the tokenizer the special tokens that are needed. A model
 * may have more embeddings than there are tokens, as Qwen's do.
 *
 * @param input.vocabularySize The rows of the model's embedding.
 * @param input.specialTokens Tokens that a template or a stage of training will use.
 * @throws CheckpointError
 */
export function requireFittingTokenizer(input: {
  readonly tokenizer: ModelTokenizer;
  readonly vocabularySize: number;
  readonly specialTokens?: readonly string[];
}): void {
  const { tokenizer, vocabularySize, specialTokens = [] } = input;
  if (tokenizer.vocabularySize > vocabularySize) {
    throw new CheckpointError({
      message:
        `The tokenizer ${tokenizer.path} does not fit the model: it has ${tokenizer.vocabularySize} tokens, the ` +
        `model embeddings for ${vocabularySize}.`,
      remedy: 'Use the tokenizer the model was trained with, or make a model with this vocabulary size.',
    });
  }
  const missing = specialTokens.filter((token) => tokenizer.idOf(token) === null);
  if (missing.length > 0) {
    throw new CheckpointError({
      message: `The tokenizer ${tokenizer.path} has no token ${missing.join(', ')}, which is needed here.`,
      remedy: 'Use a tokenizer with these special tokens, or name those that it has.',
    });
  }
}
