import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../corpus/testing/temporary-folder.ts';
import { findCompatibleEndpoint } from './compatible-endpoint.ts';
import { builtInFacts, factsOf, readModelFacts } from './model-facts.ts';
import { free, type ModelProvider } from './model-provider.ts';
import { pricePlan } from './price-plan.ts';
import { resolveModel } from './resolve-model.ts';

describe('resolveModel', () => {
  it('knows windows, prices and the tokenizer of common models', async () => {
    const model = await resolveModel({ id: 'openai:gpt-5-mini' });
    expect(model.limits).toEqual({ windowTokens: 400_000, maximumOutputTokens: 128_000 });
    expect(model).toMatchObject({
      identity: 'openai:gpt-5-mini',
      windowIsAssumed: false,
      tokenizerIsExact: true,
    });
    expect(model.price?.usdPerMillionOutputTokens).toBe(2);
    expect(model.model).toMatchObject({ specificationVersion: 'v4', modelId: 'gpt-5-mini' });
  });

  it('says of which models o200k is the tokenizer', async () => {
    const ids = ['openai:gpt-4.1-mini', 'openai:o3', 'openai:gpt-4', 'google:gemini-2.5-pro'];
    const models = await Promise.all(ids.map((id) => resolveModel({ id })));
    expect(models.map(({ tokenizerIsExact }) => tokenizerIsExact)).toEqual([true, true, false, false]);
  });

  it.each(['anthropic:claude-sonnet-4-5', 'google:gemini-2.5-flash'])('makes %s', async (id) => {
    const { model, price, completionModel } = await resolveModel({ id });
    expect(model.modelId).toBe(id.slice(id.indexOf(':') + 1));
    expect(price).not.toBeNull();
    expect(completionModel).toBeNull();
  });

  it('takes what the user declares, and says when a window is a guess', async () => {
    const environment = { OPENAI_BASE_URL: 'http://127.0.0.1:1/v1' };
    const id = 'compatible:org/model:7b';
    expect(await resolveModel({ id, environment })).toMatchObject({ windowIsAssumed: true, price: null });
    const declared = { windowTokens: 2000 };
    const model = await resolveModel({ id, environment, declared });
    expect(model).toMatchObject({
      windowIsAssumed: false,
      limits: { windowTokens: 2000, maximumOutputTokens: 2000 },
    });
    expect(model.model.modelId).toBe('org/model:7b');
  });

  it('names a server that is not known where only when it is called', async () => {
    const { model, limits } = await resolveModel({ id: 'compatible:qwen-plus', environment: {} });
    expect(limits.windowTokens).toBe(1_000_000);
    await expect(Promise.resolve(model.doStream({ prompt: [] }))).rejects.toMatchObject({
      kind: 'unavailable',
    });
  });

  it('asks those who are registered first', async () => {
    const own: ModelProvider = {
      name: 'embedded',
      usage: 'embedded',
      resolve: async ({ id, declared }) => ({
        ...(await resolveModel({ id: 'openai:gpt-5' })),
        id,
        price: free,
        limits: { windowTokens: declared.windowTokens ?? 1, maximumOutputTokens: 1 },
      }),
    };
    const declared = { windowTokens: 77 };
    const model = await resolveModel({ id: 'embedded', providers: [own], declared });
    expect(model).toMatchObject({ id: 'embedded', price: free, limits: { windowTokens: 77 } });
  });

  it('says how to install a provider that is not there', async () => {
    await expect(resolveModel({ id: 'nosuchprovider:large' })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringContaining('@ai-sdk/nosuchprovider'),
      remedy: expect.stringContaining('npm install @ai-sdk/nosuchprovider'),
    });
  });

  it('refuses a package that is no provider', async () => {
    await expect(resolveModel({ id: 'provider-utils:x' })).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each(['gpt-5', '', '../etc:x', 'openai:'])('says how models are named for %j', async (id) => {
    await expect(resolveModel({ id })).rejects.toMatchObject({
      kind: 'unavailable',
      remedy: expect.stringContaining('compatible:NAME'),
    });
  });
});

describe('findCompatibleEndpoint', () => {
  const local = 'http://127.0.0.1:8000/v1';
  it.each([
    [{ COMPATIBLE_BASE_URL: `${local}/` }, { baseUrl: local, apiKey: null }],
    // A key goes to the server of its own name only.
    [
      { COMPATIBLE_BASE_URL: local, OPENAI_API_KEY: 'a' },
      { baseUrl: local, apiKey: null },
    ],
    [
      { COMPATIBLE_BASE_URL: local, COMPATIBLE_API_KEY: 'b' },
      { baseUrl: local, apiKey: 'b' },
    ],
    [
      { OPENAI_BASE_URL: local, OPENAI_API_KEY: 'a', DASHSCOPE_API_KEY: 'c' },
      { baseUrl: local, apiKey: 'a' },
    ],
    [
      { DASHSCOPE_API_KEY: 'c', OPENAI_API_KEY: ' ' },
      { baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1', apiKey: 'c' },
    ],
  ])('reads %j', (environment, endpoint) => {
    expect(findCompatibleEndpoint(environment)).toEqual(endpoint);
  });

  it('does not choose among several services, and repeats no key', () => {
    const environment = { DASHSCOPE_API_KEY: 'sk-secret-1', DEEPSEEK_API_KEY: 'sk-secret-2' };
    expect(() => findCompatibleEndpoint(environment)).toThrow('DASHSCOPE_API_KEY, DEEPSEEK_API_KEY');
    expect(() => findCompatibleEndpoint(environment)).not.toThrow('sk-secret');
    expect(() => findCompatibleEndpoint({})).toThrow('not known where');
    expect(() => findCompatibleEndpoint({ COMPATIBLE_BASE_URL: 'localhost:8000' })).toThrow('no URL');
  });
});

describe('model facts', () => {
  it('hold for dated versions of a model, and not for its siblings', () => {
    const facts = [
      { id: 'a:m-4', input: 1, output: 2 },
      { id: 'b:*', windowTokens: 5 },
      { id: 'b:x', windowTokens: 6, input: 0, output: 0 },
    ];
    const priceOf = (id: string): number | undefined =>
      factsOf({ id, facts }).price?.usdPerMillionInputTokens;
    expect(['a:m-4', 'a:m-4-20250929', 'a:m-4-2025-09-29', 'a:m-4-latest'].map(priceOf)).toEqual([
      1, 1, 1, 1,
    ]);
    expect(['a:m-4-5', 'a:m-4-mini', 'a:m', 'b:y'].map(priceOf)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(factsOf({ id: 'b:x', facts })).toMatchObject({
      windowTokens: 5,
      price: { usdPerMillionInputTokens: 0 },
    });
  });

  it('can be overridden by a file, whose mistakes are named', async () => {
    const folder = new TemporaryFolder();
    const own = folder.write(
      'own.json',
      '{"models": [{"id": "openai:gpt-5-mini", "input": 9, "output": 9}]}',
    );
    const { price, windowTokens } = factsOf({ id: 'openai:gpt-5-mini', facts: await readModelFacts(own) });
    expect({ price: price?.usdPerMillionInputTokens, windowTokens }).toEqual({
      price: 9,
      windowTokens: 400_000,
    });
    const partial = folder.write('partial.json', '{"models": [{"id": "x:y", "input": 9}]}');
    await expect(readModelFacts(partial)).rejects.toThrow('both "input" and "output"');
    await expect(readModelFacts(folder.write('none.txt', 'prices'))).rejects.toThrow('no JSON');
    await expect(readModelFacts(`${folder.path}/absent.json`)).rejects.toThrow('cannot be read');
  });

  it('state windows that hold the output', () => {
    const wrong = builtInFacts.filter(
      ({ windowTokens, maximumOutputTokens = 0 }) =>
        windowTokens !== undefined && windowTokens <= maximumOutputTokens,
    );
    expect(wrong).toEqual([]);
  });
});

describe('pricePlan', () => {
  it('prices expectation and bound, and names the tokenizer', async () => {
    const model = await resolveModel({ id: 'openai:gpt-5-mini' });
    const plan = {
      expected: { calls: 2, inputTokens: 1_000_000, outputTokens: 1000 },
      upperBound: { calls: 4, inputTokens: 2_000_000, outputTokens: 100_000 },
    };
    const priced = pricePlan({ plan, model });
    expect(priced).toMatchObject({ tokenizer: 'o200k', expected: { usd: 0.252 }, upperBound: { usd: 0.7 } });
    expect(pricePlan({ plan, model: { ...model, price: null } }).expected.usd).toBeNull();
  });
});
