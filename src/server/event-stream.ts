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

/**
 * A body of server-sent events in OpenAI's manner, ended by `[DONE]`. While nothing is sent, comments keep proxies
 * and clients from giving the connection up. An error after the start is an event too, since the status is gone by then.
 *
 * @param options.work sends the events; it is told by its caller's signal when the client has left.
 * @param options.onGone called when the client has left.
 */
export function eventStream({
  work,
  keepAliveMilliseconds,
  onGone,
}: {
  work: (sink: EventSink) => Promise<void>;
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
      await writer.write(encoder.encode(text));
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
      await write(`data: ${JSON.stringify(errorBody(toApiError(error)))}\n\n`).catch(() => {});
    } finally {
      clearInterval(timer);
      await writer.close().catch(() => {});
    }
  };
  void run();
  return readable;
}
