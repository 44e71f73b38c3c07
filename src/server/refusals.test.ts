import OpenAI from 'openai';
import { afterEach, describe, expect, it } from 'vitest';
import { get, hello, post } from './testing/requests.ts';
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
