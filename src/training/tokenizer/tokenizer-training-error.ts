/** A tokenizer that cannot be trained as asked. */
export class TokenizerTrainingError extends Error {
  override readonly name = 'TokenizerTrainingError';
}
