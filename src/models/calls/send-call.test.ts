import { setTimeout as delay } from 'node:timers/promises';
import type { LanguageModelV4, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider';
import { describe, expect, it } from 'vitest';
import { sendCall, type ReceivedReply, type TimeLimits } from './send-call.ts';

const usage: LanguageModelV4Usage = {
  inputTokens: { total: 5, noCache: 5, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 9, text: 9, reasoning: 0 },
};
const finish: LanguageModelV4StreamPart = {
  type: 'finish',
  usage,
  finishReason: { unified: 'stop', raw: 'stop' },
};
const start: LanguageModelV4StreamPart = { type: 'stream-start', warnings: [] };
const text = (delta: string): LanguageModelV4StreamPart => ({ type: 'text-delta', id: '0', delta });

/** A model that streams the parts, with waits in milliseconds between them, and pays no heed to its signal. */
function streaming(parts: readonly (LanguageModelV4StreamPart | number)[]): LanguageModelV4 {
  async function* play(): AsyncGenerator<LanguageModelV4StreamPart> {
    for (const part of parts) {
      if (typeof part === 'number') await delay(part);
      else yield part;
    }
  }
  return {
    specificationVersion: 'v4',
    provider: 'test',
    modelId: 'test',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('not streamed')),
    doStream: () => Promise.resolve({ stream: ReadableStream.from(play()) }),
  };
}

const limits: TimeLimits = {
  firstPartMilliseconds: 5_000,
  stallMilliseconds: 100,
  totalMilliseconds: 10_000,
};

const send = (
  parts: readonly (LanguageModelV4StreamPart | number)[],
  timeLimits: Partial<TimeLimits> = {},
  signal = new AbortController().signal,
): Promise<ReceivedReply> =>
  sendCall({
    model: streaming(parts),
    options: { prompt: [] },
    stream: true,
    traits: { countsEndToken: true },
    timeLimits: { ...limits, ...timeLimits },
    signal,
  });

describe('sendCall', () => {
  it('puts together text, reasoning and the arguments of a tool', async () => {
    const parts: LanguageModelV4StreamPart[] = [
      start,
      { type: 'reasoning-delta', id: '1', delta: 'Nor' },
      { type: 'reasoning-delta', id: '1', delta: 'way' },
      text('Os'),
      text('lo'),
      { type: 'tool-call', toolCallId: '2', toolName: 'city', input: '{}' },
      finish,
    ];
    expect(await send(parts)).toEqual({
      text: 'Oslo',
      reasoning: 'Norway',
      toolInput: '{}',
      finishReason: 'stop',
      usage,
      headers: {},
      doubtful: false,
    });
  });

  it('does not take a long evaluation of the prompt for a stall', async () => {
    expect(await send([start, 300, text('Oslo'), finish])).toMatchObject({ text: 'Oslo' });
  });

  it.each([
    [
      'a stall within the answer',
      [start, text('Os'), 10_000, text('lo')],
      {},
      'the stream stalled for 0.1 s',
    ],
    ['no answer at all', [start, 10_000], { firstPartMilliseconds: 50 }, 'nothing came within 0.05 s'],
    [
      'a call without end',
      [start, text('a'), 60, text('b'), 60, text('c'), 60],
      { totalMilliseconds: 120 },
      'longer than 0.12 s',
    ],
    ['a stream that breaks off', [start, text('Os')], {}, 'ended before the answer did'],
  ] as const)('ends %s', async (_, parts, timeLimits, message) => {
    await expect(send(parts, timeLimits)).rejects.toThrow(message);
  });

  it('passes on what the server writes into the stream as an error', async () => {
    const error = { message: 'overloaded' };
    await expect(send([start, { type: 'error', error }])).rejects.toBe(error);
  });

  it('leaves at once when it is cancelled', async () => {
    const controller = new AbortController();
    const reply = send([start, text('Os'), 10_000], { stallMilliseconds: 10_000 }, controller.signal);
    controller.abort(new Error('enough'));
    await expect(reply).rejects.toThrow('enough');
  });
});
