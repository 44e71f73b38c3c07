import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { Budget } from '../budget.ts';
import { ModelError } from '../model-error.ts';
import { quickRetries, testKey } from '../testing/server-model.ts';
import { EmbeddingClient, type EmbeddingClientOptions } from './embedding-client.ts';
import { resolveEmbeddingModel } from './resolve-embedding-model.ts';
import { bagOfWords, startEmbeddingServer, type EmbeddingServer } from './testing/embedding-server.ts';

let server: EmbeddingServer;
afterEach(() => server.close());

async function start(
  serverOptions: Parameters<typeof startEmbeddingServer>[0] = {},
  options: Partial<EmbeddingClientOptions> = {},
): Promise<EmbeddingClient> {
  server = await startEmbeddingServer(serverOptions);
  const model = await resolveEmbeddingModel({
    id: 'compatible:test',
    environment: { COMPATIBLE_BASE_URL: server.baseUrl, COMPATIBLE_API_KEY: testKey },
    facts: [{ id: 'compatible:test', input: 2, output: 0 }],
  });
  return new EmbeddingClient({ model, retryPolicy: quickRetries, ...options });
}

async function failureOf(promise: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof ModelError)) throw new Error(`no ModelError: ${inspect(error)}`);
  return error;
}

describe('EmbeddingClient', () => {
  it('gives each text its vector, of length 1, and says what it cost', async () => {
    const client = await start();
    const texts = ['grain and ore', 'timber', 'grain'];
    const { vectors, cost } = await client.embed({ texts });
    expect(server.requests.map((request) => request.texts)).toEqual([texts]);
    vectors.forEach((vector, index) => {
      const given = bagOfWords(texts[index] ?? '', 64);
      const length = Math.hypot(...given);
      expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
      given.forEach((value, place) => expect(vector[place]).toBeCloseTo(value / length, 6));
    });
    expect(cost).toEqual({ calls: 1, inputTokens: 8, outputTokens: 0, usd: 8 * 2e-6 });
  });

  it('calls nothing where calls are replayed', async () => {
    const client = await start({}, { replay: true });
    const failure = await failureOf(client.embed({ texts: ['grain', 'ore'] }));
    expect(failure).toMatchObject({
      kind: 'not-in-ledger',
      message: expect.stringContaining('2 of the texts'),
    });
    expect(server.requests).toHaveLength(0);
  });

  it('gets every vector from a server that refuses, fails, breaks off and answers with nothing', async () => {
    const rates = { 'rate-limit': 0.1, 'server-error': 0.1, reset: 0.1, empty: 0.1 };
    const client = await start({ seed: 7, rates });
    const texts = Array.from({ length: 100 }, (_, index) => `text number ${index}`);
    const replies = await Promise.all(texts.map((text) => client.embed({ texts: [text] })));
    replies.forEach(({ vectors }, index) => {
      const given = bagOfWords(texts[index] ?? '', 64);
      const length = Math.hypot(...given);
      expect([...(vectors[0] ?? [])].map((value) => value * length)).toEqual(
        given.map((value): unknown => expect.closeTo(value, 5)),
      );
    });
    expect(server.requests.some(({ fault }) => fault !== null)).toBe(true);
  });

  it('fails with the cause when the server keeps failing, and tells no text', async () => {
    const client = await start({ rates: { 'server-error': 1 } });
    const failure = await failureOf(client.embed({ texts: ['the secret merger'] }));
    expect(failure).toMatchObject({ kind: 'unreachable' });
    expect(inspect(failure)).toContain('status 500');
    expect(inspect(failure)).not.toMatch(/secret|sk-test/);
    expect(server.requests).toHaveLength(quickRetries.maximumTries);
  });

  it('sends nothing that could exceed the budget', async () => {
    const budget = new Budget({ maximumTokens: 100 });
    const client = await start({}, { budget });
    await client.embed({ texts: ['x'.repeat(60)] });
    expect(budget.spent).toMatchObject({ calls: 1, inputTokens: 15 });
    const failure = await failureOf(client.embed({ texts: ['x'.repeat(90)] }));
    expect(failure.kind).toBe('over-budget');
    expect(server.requests).toHaveLength(1);
  });

  it('stops when it is told to', async () => {
    const client = await start(
      { rates: { 'server-error': 1 } },
      { retryPolicy: { ...quickRetries, maximumTries: 1e6 } },
    );
    const stopped = client.embed({ texts: ['a'], signal: AbortSignal.timeout(50) });
    await expect(stopped).rejects.toThrow(/timeout/i);
  });
});

describe('resolveEmbeddingModel', () => {
  it('says what names there are, and which package is missing', async () => {
    server = await startEmbeddingServer();
    expect((await failureOf(resolveEmbeddingModel({ id: 'minilm' }))).remedy).toContain('onnx:FOLDER');
    const missing = await failureOf(resolveEmbeddingModel({ id: 'cohere:embed-v4.0' }));
    expect(missing.remedy).toContain('npm install @ai-sdk/cohere');
  });

  it('knows prices', async () => {
    server = await startEmbeddingServer();
    expect(await resolveEmbeddingModel({ id: 'openai:text-embedding-3-small' })).toMatchObject({
      identity: 'openai:text-embedding-3-small',
      usdPerMillionTokens: 0.02,
    });
  });
});
