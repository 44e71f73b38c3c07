import { createHash } from 'node:crypto';
import type { CompletionRequest, ModelMessage, ModelRequest, ReplyForm } from '../model-client.ts';

/** All of a request that its answer hangs on. */
export interface CallContent {
  readonly mode: 'chat' | 'completion';
  /** For a completion, one message of the user: the text to continue. */
  readonly messages: readonly ModelMessage[];
  readonly replyForm: ReplyForm | null;
  readonly maximumOutputTokens: number;
  readonly temperature: number | null;
  readonly topP: number | null;
  readonly seed: number | null;
  readonly stopSequences: readonly string[];
  readonly attempt: number;
}

/** What of a request its answer hangs on, with the output limit held to the model's. */
export function contentOf(
  request: ModelRequest | CompletionRequest,
  { maximumOutputTokens }: { maximumOutputTokens: number },
): CallContent {
  const completes = 'prompt' in request;
  return {
    mode: completes ? 'completion' : 'chat',
    messages: completes
      ? [{ role: 'user', content: request.prompt }]
      : request.messages.map(({ role, content }) => ({ role, content })),
    replyForm: completes ? null : (request.replyForm ?? null),
    maximumOutputTokens: Math.min(request.maximumOutputTokens, maximumOutputTokens),
    temperature: request.temperature ?? null,
    topP: request.topP ?? null,
    seed: request.seed ?? null,
    stopSequences: request.stopSequences ?? [],
    attempt: request.attempt ?? 0,
  };
}

/** What a call is found by in the ledger: a hash of the model and of everything that its answer hangs on. */
export function ledgerKey({ identity, content }: { identity: string; content: CallContent }): string {
  return createHash('sha256')
    .update(JSON.stringify([1, identity, content]))
    .digest('hex');
}
