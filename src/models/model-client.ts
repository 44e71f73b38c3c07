import type { z } from 'zod';
import type { Tokenizer } from '../corpus/index.ts';
import type { Cost } from './cost.ts';
import type { JsonSchema } from './json-schema.ts';
import type { RungName } from './structured-output/rung-names.ts';

/** What a model takes and gives at most. A model's window counts prompt and output together. */
export interface ModelLimits {
  readonly windowTokens: number;
  readonly maximumOutputTokens: number;
}

export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/**
 * Asks a server for a value instead of prose, in one of the two ways that servers have for it. The reply's text is
 * then the value as JSON, as far as the model kept to the schema.
 */
export interface ReplyForm {
  /** `json-schema`: the server's own structured output; `tool-call`: the arguments of a tool that must be called. */
  readonly kind: 'json-schema' | 'tool-call';
  /** Letters, digits and underscores. */
  readonly name: string;
  readonly schema: JsonSchema;
}

/** One call of a language model. Equal requests (attempt number included) are one call, sent and paid once. */
export interface ModelRequest {
  /** What the call is for, as `corpuscope calls` lists it: `answer`, `memory-update`, `extraction`, … */
  readonly purpose: string;
  readonly messages: readonly ModelMessage[];
  /** Absent: the reply is text. */
  readonly replyForm?: ReplyForm | undefined;
  readonly maximumOutputTokens: number;
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
  readonly seed?: number | undefined;
  readonly stopSequences?: readonly string[] | undefined;
  /** Tells several votes on one request apart, from 0. */
  readonly attempt?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A text that the model goes on with as it stands: what a base model without a chat template understands. */
export interface CompletionRequest extends Omit<ModelRequest, 'messages' | 'replyForm'> {
  /** Without a space at its end: tokenizers count the space to the word that follows. */
  readonly prompt: string;
}

/**
 * The same task as a request's messages, told by examples alone: `INPUT_LABEL: input`, then a line
 * `LABEL: value`. Each property of the value is asked for by itself, after the examples that have it.
 */
export interface Demonstrations {
  /** What an input is called: `Report`, `Question`. */
  readonly inputLabel: string;
  readonly input: string;
  /** What stands before the value of each property to be asked for. Other properties of the schema become null. */
  readonly labels: Readonly<Record<string, string>>;
  readonly examples: readonly {
    readonly input: string;
    /** By property, as the model should write it, on one line. */
    readonly values: Readonly<Record<string, string>>;
  }[];
}

/** A request whose answer is a value of a given shape. */
export interface ObjectRequest<Value> extends Omit<ModelRequest, 'replyForm'> {
  /** An object; values that a document may lack are nullable, not optional. */
  readonly schema: z.ZodType<Value>;
  /** Names the value for servers that want a name: `fields`, `sql_query`. */
  readonly schemaName: string;
  /** For models that only complete; without it they cannot be asked. */
  readonly demonstrations?: Demonstrations | undefined;
}

/** A task whose answer is known. */
export interface Trial<Value> {
  readonly request: ObjectRequest<Value>;
  readonly isRight: (value: Value) => boolean;
}

/** On which rung of the ladder a model is asked. */
export interface RungChoice {
  /** Null where none is known to do. */
  readonly rung: RungName | null;
  /** What it cost to find out; nothing where it was known. */
  readonly cost: Cost;
}

export interface ModelReply {
  /** The answer without the reasoning. */
  readonly text: string;
  /** What the model thought aloud before answering (`<think>…</think>` or reasoning parts); null where nothing. */
  readonly reasoning: string | null;
  /** `length` means that the answer was cut by the output limit. */
  readonly finishReason: 'stop' | 'length' | 'content-filter' | 'other';
  /** What this reply cost; nothing where the ledger had it. */
  readonly cost: Cost;
  /** What the call took when it was made: now, or by the command whose answer the ledger kept. */
  readonly took: CallUse;
  readonly fromLedger: boolean;
}

/** What a call that was answered took, repeated sends included. */
export interface CallUse {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

export interface ObjectReply<Value> extends ModelReply {
  readonly value: Value;
}

/**
 * A language model as the rest of the project calls it: through the ledger (a reply once received is never paid
 * for again), within the budget, with retries, rate limits and time limits, reasoning set apart.
 *
 * Calls fail with a {@link ModelError}, whose `kind` tells what to do about it; an abort fails with the signal's
 * reason.
 */
export interface ModelClient {
  /** As the user names it: `openai:gpt-5-mini`, `embedded`. */
  readonly id: string;
  readonly limits: ModelLimits;
  /** Counts as the model does, as far as is known; budgets and plans name it. */
  readonly tokenizer: Tokenizer;
  /** Calls that are sent at once. Whoever makes calls in a loop has this many under way, not all of them. */
  readonly concurrency: number;
  /** Whether it is a base model, which follows examples and no instructions. */
  readonly completesOnly: boolean;
  generate(request: ModelRequest): Promise<ModelReply>;
  /**
   * Goes on with a text, without any chat template.
   *
   * @throws {ModelError} of kind `unavailable` where the model or its server takes chat messages only.
   */
  complete(request: CompletionRequest): Promise<ModelReply>;
  /** Climbs down the ladder of structured output until the model gives a value of the shape. */
  generateObject<Value>(request: ObjectRequest<Value>): Promise<ObjectReply<Value>>;
  /**
   * Finds out, once for a model, on which rung of the ladder it answers best; `generateObject` then begins there.
   *
   * @returns the rung, or null where it had no task right; and what trying took.
   */
  chooseRung<Value>(trials: readonly Trial<Value>[]): Promise<RungChoice>;
}

/** What was learnt about a model and its server, kept in the ledger from one command to the next. */
export interface ModelMemory {
  /** @returns what was last remembered under the topic, null where nothing was. */
  recall(topic: string): string | null;
  remember(topic: string, value: string): void;
}

/** How many calls and tokens a piece of work takes: what is expected, and what it cannot exceed. */
export interface CallPlan {
  readonly expected: PlannedUse;
  readonly upperBound: PlannedUse;
  /** Calls of an embedding model beside them, which are known exactly; absent where there are none. */
  readonly embeddings?: PlannedEmbeddings;
}

export interface PlannedEmbeddings {
  /** The id of the embedding model. */
  readonly model: string;
  readonly tokenizer: string;
  readonly calls: number;
  readonly inputTokens: number;
  /** Null where the model has no known price. */
  readonly usd: number | null;
}

export interface PlannedUse {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}
