import type { ModelClient, ModelReply, ObjectRequest } from '../model-client.ts';
import type { ReadReply, ValueShape } from './read-reply.ts';
import type { RungName } from './rung-names.ts';

/** What the ladder needs of a model. */
export type LadderModel = Pick<ModelClient, 'id' | 'tokenizer' | 'completesOnly' | 'generate' | 'complete'>;

export interface RungTask<Value> {
  readonly client: LadderModel;
  readonly request: ObjectRequest<Value>;
  readonly shape: ValueShape<Value>;
}

/** What came of asking in one way, and every reply on the way there. */
export interface RungOutcome<Value> {
  readonly read: ReadReply<Value>;
  readonly replies: readonly ModelReply[];
}

/** One way to get a value out of a model. */
export interface Rung {
  readonly name: RungName;
  /** Whether this task can be put in this way at all. */
  fits<Value>(task: RungTask<Value>): boolean;
  ask<Value>(task: RungTask<Value>): Promise<RungOutcome<Value>>;
}
