/** Language models: their interface, cost and errors. */
export { addCosts, noCost, type Cost } from './cost.ts';
export type {
  CallPlan,
  ModelClient,
  ModelLimits,
  ModelMessage,
  ModelReply,
  ModelRequest,
  ObjectReply,
  ObjectRequest,
  PlannedUse,
} from './model-client.ts';
export { ModelError, type ModelErrorKind } from './model-error.ts';
