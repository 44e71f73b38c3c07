import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import type { LanguageModelV4, LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { afterEach, describe, expect, it } from 'vitest';
import { createFaultSchedule, faults, type FaultRates } from './fault-schedule.ts';
import { startMisbehavingServer, type MisbehavingServer } from './misbehaving-server.ts';

const right = '{"revenue": "4,160 million USD", "year": 2023}';
let server: MisbehavingServer;
afterEach(() => server.close());

async function start(rates: FaultRates): Promise<LanguageModelV4> {
  server = await startMisbehavingServer({ rates, answer: () => right });
  return createOpenAICompatible({ name: 'test', baseURL: server.baseUrl, includeUsage: true })('any');
}

const call: LanguageModelV4CallOptions = {
  prompt: [{ role: 'user', content: [{ type: 'text', text: 'How much?' }] }],
};

async function streamed(model: LanguageModelV4, options = call): Promise<string> {
  const { stream } = await model.doStream(options);
  let text = '';
  for await (const part of stream) {
    if (part.type === 'text-delta') text += part.delta;
    if (part.type === 'tool-call') text += part.input;
    if (part.type === 'error') throw part.error;
  }
  return text;
}

async function whole(model: LanguageModelV4): Promise<string> {
  const { content } = await model.doGenerate(call);
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

describe('a server that misbehaves', () => {
  it('answers right without faults, streamed, whole and by a tool call', async () => {
    const model = await start(0);
    expect(await streamed(model)).toBe(right);
    expect(await whole(model)).toBe(right);
    const tools = [{ type: 'function' as const, name: 'fields', inputSchema: { type: 'object' as const } }];
    expect(await streamed(model, { ...call, tools })).toBe(right);
    expect(server.requests.map(({ answered }) => answered)).toEqual([true, true, true]);
    expect(server.requests[0]?.content).toBe(server.requests[1]?.content);
  });

  it.each([
    ['rate-limit', 'Rate limit reached'],
    ['rate-limit-without-hint', 'Rate limit reached'],
    ['server-error', 'internal error'],
    ['reset', /process|terminated|connect/i],
  ] as const)('fails by %s', async (fault, message) => {
    const model = await start({ [fault]: 1 });
    await expect(streamed(model)).rejects.toThrow(message);
    await expect(whole(model)).rejects.toThrow(message);
    expect(server.requests.map(({ answered }) => answered)).toEqual([false, false]);
  });

  it('stalls until the caller leaves', async () => {
    const model = await start({ stall: 1 });
    const abortSignal = AbortSignal.timeout(100);
    await expect(streamed(model, { ...call, abortSignal })).rejects.toThrow('timeout');
    await expect.poll(() => server.inFlight()).toBe(0);
  });

  it.each([
    ['truncated', right.slice(0, right.length / 2)],
    ['wrong-schema', '{"unexpected": true}'],
    ['empty', ''],
  ] as const)('answers wrongly by %s', async (fault, expected) => {
    const model = await start({ [fault]: 1 });
    expect(await streamed(model)).toBe(expected);
    expect(await whole(model)).toBe(expected);
  });

  it('fences an answer, and sends a chunk twice', async () => {
    expect(await whole(await start({ fenced: 1 }))).toContain(`\`\`\`json\n${right}\n\`\`\``);
    await server.close();
    expect((await streamed(await start({ 'duplicated-chunk': 1 }))).length).toBe(right.length + 4);
  });
});

describe('createFaultSchedule', () => {
  it('keeps to the rates, whatever the order', () => {
    const contents = Array.from({ length: 5000 }, (_, index) => `request ${index}`);
    const draw = (order: readonly string[]): Map<string, unknown> => {
      const schedule = createFaultSchedule({ seed: 7, rates: 0.02 });
      return new Map(order.map((content) => [content, schedule(content)]));
    };
    const forward = draw(contents);
    const backward = draw(contents.toReversed());
    expect(contents.every((content) => forward.get(content) === backward.get(content))).toBe(true);
    for (const fault of faults) {
      const count = [...forward.values()].filter((drawn) => drawn === fault).length;
      expect(count).toBeGreaterThan(60);
      expect(count).toBeLessThan(140);
    }
  });
});
