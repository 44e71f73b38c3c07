import { errorBody, toApiError } from './api-error.ts';

export interface EventSink {
  /** Sends an event; resolves when the client keeps up. */
  send(event: object): Promise<void>;
  /** Says what is being done, in the next comment that keeps the connection alive. */
  say(activity: string): void;
}

export const eventStreamHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache',
  // Proxies that buffer would hold the stream back.
  'x-accel-buffering': 'no',
} as const;

/** How long a client that has stopped reading may take to get the last words. */
const lastWordsMilliseconds = 5_000;

/**
 * A body of server-sent events in OpenAI's manner, ended by `[DONE]`. While nothing is sent, comments keep proxies
 * and clients from giving the connection up. An error after the start is an event too, since the status is gone by then.
 *
 * @param options.work sends the events.
 * @param options.signal aborted when the work has become useless; what is being sent then is no longer waited for.
 * @param options.onGone called when the client has left.
 */
export function eventStream({
  work,
  signal,
  keepAliveMilliseconds,
  onGone,
}: {
  work: (sink: EventSink) => Promise<void>;
  signal: AbortSignal;
  keepAliveMilliseconds: number;
  onGone: () => void;
}): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  const encoder = new TextEncoder();
  let activity = 'working';
  let sending = 0;
  let sentAt = performance.now();
  const write = async (text: string): Promise<void> => {
    sending += 1;
    try {
      await unlessAborted(writer.write(encoder.encode(text)), signal);
    } finally {
      sending -= 1;
      sentAt = performance.now();
    }
  };
  const timer = setInterval(() => {
    if (sending > 0 || performance.now() - sentAt < keepAliveMilliseconds * 0.9) return;
    write(`: ${activity}\n\n`).catch(() => {});
  }, keepAliveMilliseconds);
  writer.closed.catch(onGone);
  const run = async (): Promise<void> => {
    try {
      await work({
        send: (event) => write(`data: ${JSON.stringify(event)}\n\n`),
        say: (text) => (activity = text.replaceAll(/\s+/g, ' ')),
      });
      await write('data: [DONE]\n\n');
    } catch (error) {
      const event = `data: ${JSON.stringify(errorBody(toApiError(error)))}\n\n`;
      writer.write(encoder.encode(event)).catch(() => {});
    } finally {
      clearInterval(timer);
      const giveUp = setTimeout(() => void writer.abort().catch(() => {}), lastWordsMilliseconds);
      await writer.close().catch(() => {});
      clearTimeout(giveUp);
    }
  };
  void run();
  return readable;
}

async function unlessAborted(sent: Promise<void>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    await Promise.race([sent, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    sent.catch(() => {});
  }
}
