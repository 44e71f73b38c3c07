import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider';
import { BrokenStreamError, TimeLimitError } from './call-failure.ts';
import type { Headers } from './rate-headers.ts';
import { RepetitionWatch } from './repetition-watch.ts';
import type { ServerTraits } from './server-traits.ts';

/** How long a call may take, in milliseconds. */
export interface TimeLimits {
  /** Until the first part of the answer arrives. */
  readonly firstPartMilliseconds: number;
  /** Between two parts. */
  readonly stallMilliseconds: number;
  readonly totalMilliseconds: number;
}

/** What a model answered to one try. */
export interface ReceivedReply {
  /** As written, with reasoning that stands in the text. */
  readonly text: string;
  /** Reasoning that came apart from the text. */
  readonly reasoning: string;
  readonly toolInput: string | null;
  readonly finishReason: LanguageModelV4FinishReason['unified'];
  readonly usage: LanguageModelV4Usage | null;
  readonly headers: Headers;
  /** Whether the stream may have said something twice. */
  readonly doubtful: boolean;
}

export interface SendRequest {
  readonly model: LanguageModelV4;
  readonly options: LanguageModelV4CallOptions;
  /** Streaming shows early that a server stalls. */
  readonly stream: boolean;
  readonly traits: Pick<ServerTraits, 'countsEndToken'>;
  readonly timeLimits: TimeLimits;
  readonly signal: AbortSignal;
}

/**
 * Sends a call once and receives its whole answer.
 *
 * @throws what the provider throws, {@link TimeLimitError}, or the signal's reason.
 */
export async function sendCall(request: SendRequest): Promise<ReceivedReply> {
  const { timeLimits, signal } = request;
  signal.throwIfAborted();
  const controller = new AbortController();
  const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
  // Ends the call for the server, and for us even where the provider pays the signal no heed.
  const end = (reason: unknown): void => {
    stop(reason);
    controller.abort(reason);
  };
  const watch = new StallWatch({ timeLimits, onStall: end });
  const abort = (): void => end(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const options = { ...request.options, abortSignal: controller.signal };
  const received = request.stream
    ? receiveStream({ ...request, options }, watch)
    : receiveWhole({ ...request, options });
  try {
    return await Promise.race([received, stopped]);
  } catch (error) {
    received.catch(() => {});
    throw controller.signal.aborted ? controller.signal.reason : error;
  } finally {
    stopped.catch(() => {});
    watch.end();
    signal.removeEventListener('abort', abort);
  }
}

async function receiveWhole({ model, options }: SendRequest): Promise<ReceivedReply> {
  const { content, finishReason, usage, response } = await model.doGenerate(options);
  let text = '';
  let reasoning = '';
  let toolInput: string | null = null;
  for (const part of content) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'reasoning') reasoning += part.text;
    else if (part.type === 'tool-call') toolInput ??= part.input;
  }
  const headers = response?.headers ?? {};
  return { text, reasoning, toolInput, finishReason: finishReason.unified, usage, headers, doubtful: false };
}

async function receiveStream(
  { model, options, traits }: SendRequest,
  watch: StallWatch,
): Promise<ReceivedReply> {
  const { stream, response } = await model.doStream(options);
  const repetition = new RepetitionWatch();
  let text = '';
  let reasoning = '';
  let toolInput: string | null = null;
  let end: { finishReason: LanguageModelV4FinishReason; usage: LanguageModelV4Usage } | null = null;
  for await (const part of stream) {
    watch.partArrived(part.type);
    switch (part.type) {
      case 'text-delta':
        text += part.delta;
        repetition.see(part.delta);
        break;
      case 'reasoning-delta':
        reasoning += part.delta;
        repetition.see(part.delta);
        break;
      case 'tool-input-delta':
        repetition.see(part.delta);
        break;
      case 'tool-call':
        toolInput ??= part.input;
        break;
      case 'error':
        throw part.error;
      case 'finish':
        end = part;
        break;
      default:
    }
  }
  const unified = end?.finishReason.unified;
  if (end === null || unified === undefined || unified === 'error' || unified === 'interrupted') {
    throw new BrokenStreamError();
  }
  const { usage } = end;
  const outputTokens = usage.outputTokens.total ?? null;
  const doubtful = repetition.isDoubtful({ outputTokens, countsEndToken: traits.countsEndToken });
  return {
    text,
    reasoning,
    toolInput,
    finishReason: unified,
    usage,
    headers: response?.headers ?? {},
    doubtful,
  };
}

/** Parts that come before the model has begun to answer, however long that takes it. */
const signsOfLife: ReadonlySet<LanguageModelV4StreamPart['type']> = new Set([
  'stream-start',
  'response-metadata',
  'ping',
  'raw',
]);

/** Ends a call that says nothing for too long. One timer serves all parts. */
class StallWatch {
  readonly #onStall: (reason: TimeLimitError) => void;
  readonly #stallMilliseconds: number;
  readonly #total: NodeJS.Timeout;
  #silence: NodeJS.Timeout;
  #started = false;

  constructor({
    timeLimits,
    onStall,
  }: {
    timeLimits: TimeLimits;
    onStall: (reason: TimeLimitError) => void;
  }) {
    const { firstPartMilliseconds, stallMilliseconds, totalMilliseconds } = timeLimits;
    this.#onStall = onStall;
    this.#stallMilliseconds = stallMilliseconds;
    this.#silence = this.#limit(firstPartMilliseconds, 'nothing came within');
    this.#total = this.#limit(totalMilliseconds, 'the call took longer than');
  }

  partArrived(type: LanguageModelV4StreamPart['type']): void {
    if (this.#started || signsOfLife.has(type)) {
      this.#silence.refresh();
      return;
    }
    this.#started = true;
    clearTimeout(this.#silence);
    this.#silence = this.#limit(this.#stallMilliseconds, 'the stream stalled for');
  }

  end(): void {
    clearTimeout(this.#silence);
    clearTimeout(this.#total);
  }

  #limit(milliseconds: number, what: string): NodeJS.Timeout {
    const stall = (): void => this.#onStall(new TimeLimitError(`${what} ${milliseconds / 1000} s`));
    return setTimeout(stall, milliseconds);
  }
}
