import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import OpenAI, { APIError } from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { Budget } from '../models/index.ts';
import { hello, post } from './testing/requests.ts';
import { startTestServer, type TestServer } from './testing/start-test-server.ts';

let running: TestServer | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

async function start(options?: Parameters<typeof startTestServer>[0]): Promise<TestServer> {
  running = await startTestServer(options);
  return running;
}

describe('a prompt that fits', () => {
  it('goes to the upstream as it is', async () => {
    const server = await start();
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'any' });
    const completion = await client.chat.completions.create({
      model: 'test',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Hello' }] },
      ],
      temperature: 0,
      logit_bias: { 1: 2 },
    });
    expect(completion).toMatchObject({
      object: 'chat.completion',
      model: 'test',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'The upstream answers.' }, finish_reason: 'stop' },
      ],
      usage: { completion_tokens: 7 },
    });
    expect(completion).not.toHaveProperty('corpuscope');
    expect(server.upstream.requests).toHaveLength(1);
    expect(server.logs).toMatchObject([
      { method: 'POST', path: '/v1/chat/completions', status: 200, model: 'test', completionTokens: 7 },
    ]);
    expect(server.logs[0]).not.toHaveProperty('strategy');
  });

  it('is streamed, with usage where it is asked for', async () => {
    const server = await start();
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'any' });
    for (const include_usage of [true, false]) {
      const stream = await client.chat.completions.create({
        model: 'compatible:test',
        messages: [{ role: 'user', content: 'Hello' }],
        stream: true,
        stream_options: { include_usage },
      });
      let text = '';
      const finishReasons: unknown[] = [];
      const usages: unknown[] = [];
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        finishReasons.push(chunk.choices[0]?.finish_reason ?? null);
        if (chunk.usage != null) usages.push(chunk.usage);
      }
      expect(text).toBe('The upstream answers.');
      expect(finishReasons.filter((reason) => reason !== null)).toEqual(['stop']);
      expect(usages).toHaveLength(include_usage ? 1 : 0);
    }
  });

  it('may call tools, streamed or not', async () => {
    const server = await start({ upstreamOptions: { answer: () => '{"city":"Oslo"}' } });
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'any' });
    const request = {
      model: 'test',
      messages: [
        { role: 'user' as const, content: 'Weather in Lyon and Oslo?' },
        {
          role: 'assistant' as const,
          content: null,
          tool_calls: [
            {
              id: 'one',
              type: 'function' as const,
              function: { name: 'weather', arguments: '{"city":"Lyon"}' },
            },
          ],
        },
        { role: 'tool' as const, tool_call_id: 'one', content: 'Rain' },
      ],
      tools: [
        {
          type: 'function' as const,
          function: {
            name: 'weather',
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
          },
        },
      ],
    };
    const call = { type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } };
    const { choices } = await client.chat.completions.create(request);
    expect(choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { content: null, tool_calls: [call] },
    });
    const streamed = await client.chat.completions.stream(request).finalChatCompletion();
    expect(streamed.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [call] },
    });
  });
});

describe('models', () => {
  it('are the upstream and the strategies, and every other is not there', async () => {
    const server = await start();
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'any' });
    const { data } = await client.models.list();
    expect(data.map(({ id }) => id)).toEqual([
      'compatible:test',
      'full',
      'retrieval',
      'memory',
      'table',
      'auto',
    ]);
    expect(await client.models.retrieve('table')).toMatchObject({ id: 'table', object: 'model' });
    await expect(client.models.retrieve('gpt-9')).rejects.toMatchObject({ status: 404 });
    for (const model of ['gpt-9', 'table@nowhere', 'nothing@nowhere']) {
      await expect(
        client.chat.completions.create({ model, messages: [{ role: 'user', content: 'Hello' }] }),
      ).rejects.toMatchObject({ status: 404, type: 'invalid_request_error', param: 'model' });
    }
  });
});

describe('an upstream that fails', () => {
  it('is answered for with its status, and says nothing of the key', async () => {
    const server = await start({ upstreamOptions: { rates: { 'rate-limit': 1 }, retryAfterSeconds: 7 } });
    const limited = await post(server, hello);
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('7');
    await server.upstream.close();
    const gone = await post(server, { ...hello, stream: true });
    expect(gone.status).toBe(502);
    expect(await gone.json()).toMatchObject({
      error: { code: 'upstream_unreachable', type: 'server_error' },
    });
    expect(server.errors).not.toHaveLength(0);
  });

  it('midway is an event of the stream', async () => {
    const server = await start({ upstreamOptions: { rates: { reset: 1 } } });
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'any', maxRetries: 0 });
    const stream = await client.chat.completions.create({
      ...hello,
      stream: true,
    } as OpenAI.ChatCompletionCreateParamsStreaming);
    await expect(
      (async () => {
        for await (const chunk of stream) expect(chunk.object).toBe('chat.completion.chunk');
      })(),
    ).rejects.toThrow(APIError);
    expect(server.logs).toMatchObject([{ status: 502 }]);
  });
});

describe('limits', () => {
  it('refuse more requests than may be under way', async () => {
    const server = await start({
      limits: { concurrency: 2 },
      upstreamOptions: { answer: () => 'ok', latencyMilliseconds: 300 },
    });
    const statuses = await Promise.all([1, 2, 3].map(async () => (await post(server, hello)).status));
    expect(statuses.toSorted()).toEqual([200, 200, 429]);
    expect((await post(server, hello)).status).toBe(200);
  });

  it('end a request that takes too long', async () => {
    const server = await start({
      limits: { requestMilliseconds: 100 },
      upstreamOptions: { rates: { stall: 1 } },
    });
    const response = await post(server, hello);
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({ error: { code: 'timeout' } });
    const streamed = await (await post(server, { ...hello, stream: true })).text();
    expect(streamed).toContain('"code":"timeout"');
    expect(server.server.underWay()).toBe(0);
  });

  it('keep a stream alive on which nothing happens', async () => {
    const server = await start({
      limits: { keepAliveMilliseconds: 20, requestMilliseconds: 200 },
      upstreamOptions: { rates: { stall: 1 } },
    });
    const text = await (await post(server, { ...hello, stream: true })).text();
    expect(text.match(/^: working$/gm)?.length).toBeGreaterThan(2);
  });
});

describe('a budget', () => {
  it('holds for what passes through, and gives back what was not needed', async () => {
    // The prompt counts 200 tokens at most, an answer 2,000; the upstream reports far fewer.
    const server = await start({ budget: new Budget({ maximumTokens: 3_000 }) });
    const limited = { ...hello, max_tokens: 50 };
    expect((await post(server, hello)).status).toBe(200);
    const texts = await (await post(server, { ...hello, stream: true })).text();
    expect(texts).toContain('[DONE]');
    const all = await Promise.all(Array.from({ length: 5 }, () => post(server, limited)));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const large = await post(server, {
      ...hello,
      messages: [{ role: 'user', content: 'word '.repeat(1_500) }],
    });
    expect(large.status).toBe(429);
    expect(await large.json()).toMatchObject({ error: { code: 'insufficient_quota' } });
    expect(server.upstream.requests).toHaveLength(7);
  });
});

describe('a client that leaves', () => {
  it.each([true, false])('ends the work (stream: %s)', async (stream) => {
    const server = await start({ upstreamOptions: { rates: { stall: 1 } } });
    const leaving = new AbortController();
    const response = fetch(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ ...hello, stream }),
      signal: leaving.signal,
    }).then((response) => response.text());
    await until(() => server.upstream.inFlight() === 1);
    leaving.abort();
    await expect(response).rejects.toThrow(/abort/);
    await until(() => server.upstream.inFlight() === 0 && server.server.underWay() === 0);
    expect(server.logs).toMatchObject([{ error: 'client_left' }]);
    expect(server.errors).toEqual([]);
  });

  it('in the middle of its request leaves nothing behind', async () => {
    const server = await start();
    const { port } = new URL(server.server.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write('POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"mod');
    await until(() => server.server.underWay() === 1);
    socket.destroy();
    await until(() => server.server.underWay() === 0);
    expect((await post(server, hello)).status).toBe(200);
  });
});

describe('stopping', () => {
  it('lets what is under way end, and takes nothing new', async () => {
    const server = await start({
      upstreamOptions: { answer: () => 'To the end.', latencyMilliseconds: 300 },
    });
    const client = new OpenAI({ baseURL: server.baseUrl, apiKey: 'any', maxRetries: 0 });
    const streamed = client.chat.completions
      .stream({ ...hello, stream: true } as OpenAI.ChatCompletionCreateParamsStreaming)
      .finalContent();
    const whole = post(server, hello);
    await until(() => server.upstream.inFlight() === 2);
    const stopped = server.server.stop();
    await expect(post(server, hello)).rejects.toThrow(/fetch failed/);
    expect(await streamed).toBe('To the end.');
    expect((await whole).status).toBe(200);
    await stopped;
    expect(server.server.underWay()).toBe(0);
  });

  it('does not wait for a client that has stopped reading', async () => {
    const server = await start({
      limits: { requestMilliseconds: 300 },
      upstreamOptions: { answer: () => 'word '.repeat(1_000_000), chunkCharacters: 100_000 },
    });
    const { port } = new URL(server.server.url);
    const socket = connect(Number(port), '127.0.0.1');
    const body = JSON.stringify({ ...hello, stream: true });
    socket.write(
      `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    socket.pause();
    await until(() => server.server.underWay() === 1);
    await until(() => server.server.underWay() === 0);
    expect(server.logs).toMatchObject([{ error: 'timeout' }]);
    await server.server.stop();
    socket.destroy();
  });

  it('ends what takes too long', async () => {
    const server = await start({
      limits: { drainMilliseconds: 50 },
      upstreamOptions: { rates: { stall: 1 } },
    });
    const streamed = post(server, { ...hello, stream: true }).then((response) => response.text());
    const whole = post(server, hello);
    await until(() => server.upstream.inFlight() === 2);
    await server.server.stop();
    expect(await streamed).toContain('"code":"server_stopping"');
    expect((await whole).status).toBe(503);
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await delay(5);
}
