import type { Budget, ModelClient } from '../models/index.ts';
import type { PromptStore, StrategyName, StrategySettings } from '../strategies/index.ts';
import type { CorpusLocation } from '../table/index.ts';
import type { AccessPolicy } from './access.ts';
import type { RequestLog } from './request-log.ts';
import type { UpstreamModel } from './upstream.ts';

/** What the server takes at most. */
export interface ServerLimits {
  readonly maximumBodyBytes: number;
  /** Requests worked on at once; more are refused with status 429. */
  readonly concurrency: number;
  /** Of these, the ones that a strategy answers; more wait in line. */
  readonly strategiesAtOnce: number;
  readonly requestMilliseconds: number;
  /** How long requests that are under way may take when the server is stopped. */
  readonly drainMilliseconds: number;
  /** How often a stream on which nothing else happens is kept alive. */
  readonly keepAliveMilliseconds: number;
}

export const defaultServerLimits: ServerLimits = {
  maximumBodyBytes: 64 * 2 ** 20,
  concurrency: 64,
  strategiesAtOnce: 4,
  requestMilliseconds: 1_800_000,
  drainMilliseconds: 30_000,
  keepAliveMilliseconds: 10_000,
};

export interface ServerOptions {
  /** Prompts that fit its window go to this model as they are. */
  readonly model: UpstreamModel;
  /** The same model as strategies call it; without it, only those run that call none. */
  readonly client?: ModelClient | undefined;
  /** Caps what prompts cost that go to the model as they are; shared with the client. No cap by default. */
  readonly budget?: Budget | undefined;
  /** Answers prompts that do not fit, and questions to a corpus, unless a request names another. */
  readonly strategy: StrategyName;
  readonly settings?: StrategySettings | undefined;
  /** By the names that requests give them. They must have been read. */
  readonly corpora?: ReadonlyMap<string, CorpusLocation> | undefined;
  /** Where the documents of prompts are kept. */
  readonly prompts: PromptStore;
  /** Cells or passages that a response cites at most; 50 by default. */
  readonly evidenceLimit?: number | undefined;
  /** The address to bind; 127.0.0.1 by default. Any other than loopback needs a token. */
  readonly host?: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  readonly token?: string | undefined;
  readonly allowedHosts?: AccessPolicy['allowedHosts'] | undefined;
  readonly allowedOrigins?: AccessPolicy['allowedOrigins'] | undefined;
  readonly limits?: Partial<ServerLimits> | undefined;
  readonly onRequest?: ((log: RequestLog) => void) | undefined;
  /** Told of errors that were not foreseen, and of failed upstreams and strategies. */
  readonly onError?: ((error: unknown) => void) | undefined;
}
