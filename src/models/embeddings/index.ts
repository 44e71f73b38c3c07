/** Embedding models: their interface, how they are found, and how they are called. */
export { EmbeddingClient, type EmbeddingClientOptions, type EmbeddingReply } from './embedding-client.ts';
export type { ResolvedEmbeddingModel } from './embedding-model.ts';
export { resolveEmbeddingModel, type EmbeddingModelChoice } from './resolve-embedding-model.ts';
