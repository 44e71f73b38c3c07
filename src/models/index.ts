/** Language models: their interface, cost and errors. */
export { addCosts, noCost, type Cost } from './cost.ts';
export type {
  CallPlan,
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
  PlannedUse,
  ReplyForm,
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
