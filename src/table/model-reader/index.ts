/** Fields read from documents by language models. */
export { alignFields, columnOf } from './align-fields.ts';
export { readDeclaredFields, toDeclaredField } from './declared-fields-file.ts';
export type { DeclaredField, FieldExample } from './declared-field.ts';
export type { ModelOutcome, OutcomeStatus } from './model-outcome.ts';
export { planReading, type ModelReadingPlan } from './plan-reading.ts';
export type { ModelReading } from './prepare-reading.ts';
export { proposeFields, type FieldProposal, type ProposedField } from './propose-fields.ts';
export {
  readFieldsByModels,
  type FieldReport,
  type ModelReadProgress,
  type ModelReadReport,
} from './read-fields.ts';
