import { setMaxListeners } from 'node:events';
import { Budget } from './budget.ts';
import type { RetryPolicy } from './calls/retry-policy.ts';
import type { TimeLimits } from './calls/send-call.ts';
import { createModelClient, type StoppableModelClient } from './create-model-client.ts';
import { Ledger } from './ledger/ledger.ts';
import type { ModelClient } from './model-client.ts';
import type { ModelFacts } from './model-facts.ts';
import type { DeclaredLimits, ModelProvider, ResolvedModel } from './model-provider.ts';
import { resolveModel } from './resolve-model.ts';

/** How long calls that have been sent may take to finish when a command is interrupted. */
export const drainGraceMilliseconds = 30_000;

export interface ModelSessionOptions {
  /** Null keeps the ledger in memory. */
  readonly ledgerFile: string | null;
  /** The cap in US dollars over all calls of the session; absent: none. */
  readonly maximumUsd?: number | undefined;
  /** The cap on input and output tokens together; absent: none. */
  readonly maximumTokens?: number | undefined;
  readonly replay?: boolean | undefined;
  readonly concurrency?: number | undefined;
  readonly facts?: ModelFacts | undefined;
  readonly providers?: readonly ModelProvider[] | undefined;
  readonly timeLimits?: TimeLimits | undefined;
  readonly retryPolicy?: RetryPolicy | undefined;
  /** The interruption of the whole command. Calls that have been sent are let finish within a grace period. */
  readonly signal?: AbortSignal | undefined;
}

/** What the user says of one model. */
export interface ModelDeclaration extends DeclaredLimits {
  readonly tokenizerFile?: string | undefined;
}

/** The models of one command: they share a ledger and a budget. */
export interface ModelSession {
  readonly budget: Budget;
  readonly ledger: Ledger;
  /**
   * The client of a model; one for each id.
   *
   * @throws {ModelError} of kind `unavailable`.
   */
  client(id: string, declaration?: ModelDeclaration): Promise<ModelClient>;
  /** The model behind the client of an id, for its price and tokenizer. */
  model(id: string, declaration?: ModelDeclaration): Promise<ResolvedModel>;
  /** Lets calls that have been sent finish within the grace period, keeps their answers, and frees everything. */
  close(): Promise<void>;
}

interface Opened {
  readonly model: ResolvedModel;
  readonly client: StoppableModelClient;
}

/**
 * Opens the ledger and the budget for the models of one command.
 *
 * @throws {ModelError} of kind `unavailable` when the ledger cannot be used.
 */
export function openModelSession(options: ModelSessionOptions): ModelSession {
  const { ledgerFile, maximumUsd, maximumTokens, signal } = options;
  const ledger = new Ledger({ file: ledgerFile });
  const budget = new Budget({ maximumUsd, maximumTokens });
  const opening = new Map<string, Promise<Opened>>();
  const opened: Opened[] = [];

  async function open(id: string, declaration: ModelDeclaration): Promise<Opened> {
    const { tokenizerFile, ...declared } = declaration;
    const { facts, providers } = options;
    const model = await resolveModel({ id, declared, tokenizerFile, facts, providers });
    const client = createModelClient({ ...options, model, ledger, budget });
    if (signal?.aborted === true) client.interrupt(signal.reason);
    opened.push({ model, client });
    return { model, client };
  }

  function get(id: string, declaration: ModelDeclaration = {}): Promise<Opened> {
    const before = opening.get(id);
    if (before !== undefined) return before;
    const now = open(id, declaration);
    opening.set(id, now);
    return now;
  }

  // At once, and before callers who listen to the same signal leave: what has been sent must not be cancelled.
  const interrupt = (): void => {
    for (const { client } of opened) client.interrupt(signal?.reason);
  };
  if (signal !== undefined) setMaxListeners(0, signal);
  signal?.addEventListener('abort', interrupt, { once: true });

  return {
    budget,
    ledger,
    client: async (id, declaration) => (await get(id, declaration)).client,
    model: async (id, declaration) => (await get(id, declaration)).model,
    close: async () => {
      await Promise.allSettled(opening.values());
      await Promise.all(opened.map(({ client }) => client.drain(drainGraceMilliseconds)));
      signal?.removeEventListener('abort', interrupt);
      await Promise.all(opened.map(({ model }) => model.close?.()));
      ledger.close();
    },
  };
}
