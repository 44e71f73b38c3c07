import { ModelError, type ModelErrorKind } from '../models/index.ts';
import { PromptError, StrategyError } from '../strategies/index.ts';

/** The kinds of errors that OpenAI's API knows. */
export type ApiErrorType =
  | 'invalid_request_error'
  | 'authentication_error'
  | 'permission_error'
  | 'rate_limit_error'
  | 'server_error';

/** A request that is not answered, in the terms of OpenAI's API. The message is for whoever sent the request. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly type: ApiErrorType;
  /** Tells programs which error this is, such as `model_not_found`. */
  readonly code: string;
  /** The field of the request that is wrong, or null. */
  readonly param: string | null;
  readonly retryAfterSeconds: number | null;

  constructor({
    status,
    type,
    code,
    message,
    param = null,
    retryAfterSeconds = null,
    cause,
  }: {
    status: number;
    type: ApiErrorType;
    code: string;
    message: string;
    param?: string | null;
    retryAfterSeconds?: number | null;
    cause?: unknown;
  }) {
    super(message, { cause });
    this.status = status;
    this.type = type;
    this.code = code;
    this.param = param;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The body of an error as OpenAI's clients read it. */
export function errorBody({ message, type, code, param }: ApiError): object {
  return { error: { message, type, param, code } };
}

/** A request that is wrong in itself: sent again, it fails again. */
export function invalidRequest({
  message,
  code = 'invalid_request',
  param = null,
  status = 400,
}: {
  message: string;
  code?: string;
  param?: string | null;
  status?: number;
}): ApiError {
  return new ApiError({ status, type: 'invalid_request_error', code, message, param });
}

/** Any error as one of the API. What was not foreseen tells nothing about itself; the log does. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof PromptError) {
    const message = `${error.message} ${error.remedy}`;
    return invalidRequest({ message, code: 'context_length_exceeded', param: 'messages' });
  }
  if (error instanceof StrategyError) {
    const message = `${error.message} ${error.remedy}`;
    return invalidRequest({ message, code: 'strategy_unavailable', param: 'model' });
  }
  if (error instanceof ModelError) return fromModelError(error);
  return new ApiError({
    status: 500,
    type: 'server_error',
    code: 'internal_error',
    message: 'Something went wrong that was not foreseen; the log of the server says where.',
    cause: error,
  });
}

const statusOfKind: Readonly<Record<ModelErrorKind, { status: number; type: ApiErrorType; code: string }>> = {
  'too-long': { status: 400, type: 'invalid_request_error', code: 'context_length_exceeded' },
  'over-budget': { status: 429, type: 'rate_limit_error', code: 'insufficient_quota' },
  'not-in-ledger': { status: 409, type: 'server_error', code: 'not_in_ledger' },
  unavailable: { status: 503, type: 'server_error', code: 'model_unavailable' },
  unreachable: { status: 502, type: 'server_error', code: 'upstream_unreachable' },
  rejected: { status: 502, type: 'server_error', code: 'upstream_rejected' },
  'unusable-reply': { status: 502, type: 'server_error', code: 'upstream_unusable_reply' },
};

/** The remedy is for whoever runs the server, who finds it in the log. */
function fromModelError(error: ModelError): ApiError {
  return new ApiError({ ...statusOfKind[error.kind], message: error.message, cause: error });
}
