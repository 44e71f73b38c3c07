import { AISDKError, APICallError, LoadAPIKeyError, LoadSettingError } from '@ai-sdk/provider';
import { z } from 'zod';
import { ModelError } from '../model-error.ts';
import { retryAfterMilliseconds } from './rate-headers.ts';

/** Why a try came to nothing, and what that means for the next one. */
export interface CallFailure {
  /**
   * `rate`: come back later; `transient`: the server or the connection failed; `empty`: an answer of nothing;
   * `final`: the same request would fail again.
   */
  readonly kind: 'rate' | 'transient' | 'empty' | 'final';
  /** What is thrown when no try follows. */
  readonly error: ModelError;
  /** What the server asked for; null where it said nothing. */
  readonly waitMilliseconds: number | null;
  /** Whether the server may charge for the try all the same. */
  readonly mayCost: boolean;
}

/** A try that was ended from here, or whose answer is of no use; another one may do better. */
abstract class TryError extends Error {}

/** The stream said nothing for too long, or the whole call took too long. */
export class TimeLimitError extends TryError {
  override readonly name = 'TimeLimitError';
}

/** The stream ended before the answer did. */
export class BrokenStreamError extends TryError {
  override readonly name = 'BrokenStreamError';

  constructor() {
    super('the stream ended before the answer did');
  }
}

/** The stream repeated a part of itself, so what it said is in doubt. */
export class DoubtfulStreamError extends TryError {
  override readonly name = 'DoubtfulStreamError';

  constructor() {
    super('the stream repeated a part of itself');
  }
}

/** The server answered, but with nothing. */
export class EmptyReplyError extends Error {
  override readonly name = 'EmptyReplyError';
}

/** Sorts out what a provider of the AI SDK threw. Messages name causes and never what a server or a document said. */
export function callFailureOf(error: unknown, id: string): CallFailure {
  if (error instanceof ModelError) return final(error);
  if (APICallError.isInstance(error)) return failureOfApiCall(error, id);
  if (LoadAPIKeyError.isInstance(error) || LoadSettingError.isInstance(error))
    return failureOfSetting(error, id);
  if (error instanceof EmptyReplyError) {
    const message = `${id} answered with nothing.`;
    const remedy = 'Run the command again: the call is then made again. If it stays so, try another model.';
    return { ...transient(modelError({ kind: 'unusable-reply', message, remedy, error })), kind: 'empty' };
  }
  if (error instanceof TryError) return transient(unreachable(id, error.message, error));
  // What a server writes into a stream as an error is no instance of Error.
  if (!(error instanceof Error)) return transient(unreachable(id, 'the stream ended with an error', error));
  if (AISDKError.isInstance(error) || isNetworkError(error)) {
    return transient(unreachable(id, 'the connection broke off', error));
  }
  return final(unforeseen(id, error));
}

/** Whether a model refused a prompt, as a provider of the AI SDK throws it, for its length. */
export function isTooLong(error: unknown): boolean {
  return callFailureOf(error, 'model').error.kind === 'too-long';
}

function failureOfApiCall(error: APICallError, id: string): CallFailure {
  const { statusCode: status } = error;
  if (status === undefined) {
    if (!wasNeverReached(error)) return transient(unreachable(id, 'the connection broke off', error));
    return { ...transient(unreachable(id, 'the server cannot be reached', error)), mayCost: false };
  }
  const reason = statedReason(error);
  if (status === 429 && reason !== 'insufficient_quota') {
    const waitMilliseconds = retryAfterMilliseconds(error.responseHeaders ?? {});
    const cause = 'the server kept refusing for its rate limit (status 429)';
    return { kind: 'rate', error: unreachable(id, cause, error), waitMilliseconds, mayCost: false };
  }
  if (status === 408 || status === 409 || status >= 500) {
    const waitMilliseconds = retryAfterMilliseconds(error.responseHeaders ?? {});
    const cause = `the server failed with status ${status}`;
    return { kind: 'transient', error: unreachable(id, cause, error), waitMilliseconds, mayCost: false };
  }
  // What began as an answer and broke off, or was none.
  if (status < 300) return transient(unreachable(id, 'the answer broke off or was not readable', error));
  return { ...final(refusal({ error, status, reason, id })), mayCost: false };
}

const unreachedCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Errors of sockets and of `fetch` have a code, or a cause that has one. */
function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string' && /^(?:E[A-Z]+|UND_ERR_[A-Z_]+)$/.test(error.code))
    return true;
  return isNetworkError(error.cause);
}

/** Whether the request cannot have come to the server. */
function wasNeverReached(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('code' in error && typeof error.code === 'string') return unreachedCodes.has(error.code);
  // Where a name has several addresses, each has its own error.
  if (error instanceof AggregateError) return error.errors.every(wasNeverReached);
  return wasNeverReached(error.cause);
}

function refusal({
  error,
  status,
  reason,
  id,
}: {
  error: APICallError;
  status: number;
  reason: string | null;
  id: string;
}): ModelError {
  const said = `status ${status}${reason === null ? '' : `, ${reason}`}`;
  if (reason === 'context_length_exceeded' || speaksOfLength(error)) {
    const message = `The prompt is longer than ${id} takes (${said}).`;
    return modelError({
      kind: 'too-long',
      message,
      remedy: 'Declare its real window with --window TOKENS.',
      error,
    });
  }
  return modelError({
    kind: 'rejected',
    message: `${id} refuses the call (${said}).`,
    remedy: remedyOfStatus(status, reason),
    error,
  });
}

function remedyOfStatus(status: number, reason: string | null): string {
  if (reason === 'insufficient_quota') return 'The account has no credit left.';
  if (status === 401 || status === 403) return 'Check the key in the environment or in .env.';
  if (status === 404) return "Check the model's name and the base URL.";
  return '--verbose shows what the server said.';
}

function speaksOfLength({ statusCode, responseBody = '' }: APICallError): boolean {
  if (statusCode === 413) return true;
  return (
    statusCode === 400 &&
    /context (?:length|window|size)|prompt is too long|too many tokens/i.test(responseBody)
  );
}

function failureOfSetting(error: Error, id: string): CallFailure {
  const variable = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/.exec(error.message)?.[0] ?? 'its key';
  const remedy = `Set ${variable} in the environment or in .env.`;
  return final(
    modelError({
      kind: 'unavailable',
      message: `${id} needs a key or setting that is not there.`,
      remedy,
      error,
    }),
  );
}

const errorBody = z.object({ error: z.object({ code: z.unknown(), type: z.unknown() }).partial() });

/**
 * The server's own short word for the cause (`model_not_found`). Only words without a digit pass, since a server may
 * repeat a key or a text of the request in any part of its answer.
 */
function statedReason({ data }: APICallError): string | null {
  const { code, type } = errorBody.safeParse(data).data?.error ?? {};
  const words = [code, type].filter((word) => typeof word === 'string');
  return words.find((word) => /^[a-z]+(?:_[a-z]+){1,5}$/.test(word) && word.length <= 40) ?? null;
}

function unreachable(id: string, cause: string, error: unknown): ModelError {
  const message = `${id} could not be asked: ${cause}.`;
  const remedy = 'Run the command again: it goes on where it stopped.';
  return modelError({ kind: 'unreachable', message, remedy, error });
}

/** A model in this process that fails, or a fault in its provider. */
function unforeseen(id: string, error: Error): ModelError {
  const message = `${id} failed in a way that was not foreseen (${error.name}).`;
  const remedy = '--verbose shows where it happened.';
  return new ModelError({ kind: 'unreachable', message, remedy, detail: error.stack ?? error.message });
}

function modelError({
  error,
  ...rest
}: {
  kind: ModelError['kind'];
  message: string;
  remedy: string;
  error: unknown;
}): ModelError {
  return new ModelError({ ...rest, detail: error instanceof Error ? error.message : JSON.stringify(error) });
}

function transient(error: ModelError): CallFailure {
  return { kind: 'transient', error, waitMilliseconds: null, mayCost: true };
}

function final(error: ModelError): CallFailure {
  return { kind: 'final', error, waitMilliseconds: null, mayCost: false };
}
