import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import OpenAI, { APIError } from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
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

const hello = { model: 'compatible:test', messages: [{ role: 'user', content: 'Hello' }] };

function post(server: TestServer, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A GET with any headers, `Host` included, which fetch does not allow. */
function get(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end();
  });
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

describe('a request that is wrong', () => {
  const user = (content: unknown): object => ({ model: 'test', messages: [{ role: 'user', content }] });
  const wrong = [
    { what: 'no JSON', body: '{"model": "test", "secret', code: 'invalid_json' },
    { what: 'no body', body: '', code: 'invalid_json' },
    { what: 'no object', body: '[]' },
    { what: 'no messages', body: { model: 'test' }, param: 'messages' },
    {
      what: 'an unknown role',
      body: { model: 'test', messages: [{ role: 'x', content: '' }] },
      param: 'messages[0].role',
    },
    { what: 'no content', body: user(undefined), param: 'messages[0].content' },
    { what: 'a part without text', body: user([{ type: 'text' }]), param: 'messages[0].content[0].text' },
    {
      what: 'an image',
      body: user([{ type: 'image_url', image_url: { url: 'x' } }]),
      code: 'unsupported_content',
      param: 'messages[0].content[0]',
    },
    { what: 'two choices', body: { ...hello, n: 2 }, param: 'n' },
    {
      what: 'a result of no tool',
      body: { model: 'test', messages: [{ role: 'tool', tool_call_id: 'a', content: '' }] },
      param: 'messages[0].tool_call_id',
    },
    {
      what: 'an unknown corpus',
      body: { ...hello, corpus: 'nowhere' },
      status: 404,
      code: 'corpus_not_found',
      param: 'corpus',
    },
  ];
  it.each(wrong)('$what', async ({ body, status = 400, code = 'invalid_request', param = null }) => {
    const server = await start();
    const response = await post(server, body);
    expect(response.status).toBe(status);
    const { error }: { error: Record<string, unknown> } = JSON.parse(await response.text());
    expect(error).toMatchObject({ type: 'invalid_request_error', code, param });
    expect(String(error['message'])).not.toContain('secret');
    expect(server.logs).toMatchObject([{ status, error: code }]);
    expect(server.server.underWay()).toBe(0);
  });

  it('goes to no such path', async () => {
    const server = await start();
    const response = await fetch(`${server.baseUrl}/embeddings`, { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not_found' } });
  });

  it('is too large, declared or not', async () => {
    const server = await start({ limits: { maximumBodyBytes: 10_000 } });
    const large = JSON.stringify({ ...hello, messages: [{ role: 'user', content: 'x'.repeat(50_000) }] });
    const declared = await post(server, large);
    expect(declared.status).toBe(413);
    expect(await declared.json()).toMatchObject({ error: { code: 'request_too_large' } });
    const undeclared = await fetch(`${server.baseUrl}/chat/completions`, {
      method: 'POST',
      body: ReadableStream.from([Buffer.from(large)]),
      duplex: 'half',
    } as RequestInit);
    expect(undeclared.status).toBe(413);
    expect((await post(server, hello)).status).toBe(200);
  });
});

describe('access', () => {
  it('needs the right token, but for /health', async () => {
    const server = await start({ token: 'sesame-42' });
    expect((await post(server, hello)).status).toBe(401);
    const wrong = new OpenAI({ baseURL: server.baseUrl, apiKey: 'sesame-43' });
    await expect(wrong.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
    const right = new OpenAI({ baseURL: server.baseUrl, apiKey: 'sesame-42' });
    expect((await right.models.list()).data).not.toHaveLength(0);
    expect((await fetch(`${server.server.url}/health`)).status).toBe(200);
    expect(JSON.stringify(server.logs)).not.toContain('sesame');
  });

  it('is refused under another name, and to pages of other origins', async () => {
    const server = await start({ allowedHosts: ['box.example'], allowedOrigins: ['https://app.example'] });
    const url = `${server.baseUrl}/models`;
    const { port } = new URL(url);
    for (const host of [
      `localhost:${port}`,
      `127.0.0.1:${port}`,
      `[::1]:${port}`,
      'box.example',
      'BOX.example:1',
    ]) {
      expect(await get(url, { host })).toMatchObject({ status: 200 });
    }
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      '8.8.8.8',
      'a@localhost',
    ]) {
      const { status } = await get(url, { host });
      expect([host, status]).toEqual([host, host.includes('@') ? 400 : 403]);
    }
    for (const origin of ['https://app.example', server.server.url]) {
      expect(await get(url, { origin })).toMatchObject({ status: 200 });
    }
    for (const origin of ['https://evil.example', 'null', `http://localhost:1`]) {
      expect(await get(url, { origin })).toMatchObject({ status: 403 });
    }
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-headers': 'authorization' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization');
  });

  it('is not open to others without a token', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow(/no token/);
    const server = await start({ host: '0.0.0.0', token: 'sesame' });
    const { port } = new URL(server.server.url);
    expect((await fetch(`http://127.0.0.1:${port}/health`)).status).toBe(200);
  });

  it('says when a port is taken', async () => {
    const server = await start();
    const port = Number(new URL(server.server.url).port);
    await expect(startTestServer({ port })).rejects.toThrow(/in use/);
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
    expect(await gone.json()).toMatchObject({ error: { code: 'upstream_failed', type: 'server_error' } });
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
