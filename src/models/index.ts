/** Language models: their interface, cost and errors. */
export { addCosts, noCost, type Cost } from './cost.ts';
export type {
  CallPlan,
  CallUse,
  CompletionRequest,
  Demonstrations,
  ModelClient,
  ModelLimits,
  ModelMemory,
  ModelMessage,
  ModelReply,
  ModelRequest,
  ObjectReply,
  ObjectRequest,
  PlannedEmbeddings,
  PlannedUse,
  ReplyForm,
  RungChoice,
  Trial,
} from './model-client.ts';
export { rungNames, type RungName } from './structured-output/rung-names.ts';
export type { JsonSchema } from './json-schema.ts';
export { ModelError, type ModelErrorKind } from './model-error.ts';
export {
  free,
  type DeclaredLimits,
  type ModelProvider,
  type ProviderRequest,
  type ResolvedModel,
  type TokenPrice,
} from './model-provider.ts';
export { Budget, type Reservation, type Spending } from './budget.ts';
export { callFailureOf, isTooLong, type CallFailure } from './calls/call-failure.ts';
export { ConcurrencyLimit } from './calls/concurrency-limit.ts';
export { findCompatibleEndpoint, type CompatibleEndpoint, type Environment } from './compatible-endpoint.ts';
export {
  createModelClient,
  defaultConcurrency,
  defaultTimeLimits,
  type ModelClientOptions,
  type StoppableModelClient,
} from './create-model-client.ts';
export { CountRatio, PromptSize } from './calls/prompt-size.ts';
export { usdOf } from './price.ts';
export { llamaProvider } from './llama/llama-provider.ts';
export { pricePlan, type PricedPlan, type PricedUse } from './price-plan.ts';
export { forEachConcurrently } from './for-each-concurrently.ts';
export { Ledger } from './ledger/ledger.ts';
export {
  LedgerReader,
  type CallFilter,
  type LedgerCall,
  type LedgerCallText,
  type LedgerFailure,
  type LedgerTotal,
} from './ledger/ledger-reader.ts';
export { builtInFacts, readModelFacts, type ModelFacts } from './model-facts.ts';
export {
  drainGraceMilliseconds,
  openModelSession,
  type ModelDeclaration,
  type ModelSession,
  type ModelSessionOptions,
} from './model-session.ts';
export { resolveModel, type ModelChoice } from './resolve-model.ts';
export {
  EmbeddingClient,
  resolveEmbeddingModel,
  type EmbeddingClientOptions,
  type EmbeddingModelChoice,
  type ResolvedEmbeddingModel,
} from './embeddings/index.ts';
