/** The embedded model: deterministic, without a neural net, for the project's own prompts. */
export { createEmbeddedModel, embeddedLimits, type EmbeddedModelOptions } from './embedded-model.ts';
export { embeddedProvider } from './embedded-provider.ts';
export type { KeepRule } from './limited-memory.ts';
export { roundDecimal } from './write-answer.ts';
