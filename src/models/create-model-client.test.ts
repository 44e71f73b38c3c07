import { inspect } from 'node:util';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../corpus/testing/temporary-folder.ts';
import { Budget } from './budget.ts';
import {
  createModelClient,
  type ModelClientOptions,
  type StoppableModelClient,
} from './create-model-client.ts';
import { Ledger } from './ledger/ledger.ts';
import type { ModelRequest } from './model-client.ts';
import { ModelError } from './model-error.ts';
import {
  startMisbehavingServer,
  type MisbehavingServer,
  type MisbehavingServerOptions,
} from './testing/misbehaving-server.ts';
import { quickRetries, quickTimeLimits, serverModel, testKey } from './testing/server-model.ts';

let server: MisbehavingServer;
afterEach(() => server.close());

const ledgerFile = (): string => join(new TemporaryFolder().path, 'ledger.sqlite');

async function start(
  serverOptions: Partial<MisbehavingServerOptions> = {},
  options: Partial<ModelClientOptions> = {},
): Promise<StoppableModelClient> {
  server = await startMisbehavingServer({ answer: () => 'Oslo', ...serverOptions });
  return await another(options);
}

async function another(options: Partial<ModelClientOptions> = {}): Promise<StoppableModelClient> {
  const model = options.model ?? (await serverModel(server));
  return createModelClient({ retryPolicy: quickRetries, timeLimits: quickTimeLimits, ...options, model });
}

const secret = 'the secret merger of Acme';
const request: ModelRequest = {
  purpose: 'answer',
  messages: [{ role: 'user', content: `What is the capital of Norway? (${secret})` }],
  maximumOutputTokens: 100,
};

async function failureOf(promise: Promise<unknown>): Promise<ModelError> {
  const error: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(error instanceof ModelError)) throw new Error(`no ModelError: ${inspect(error)}`);
  return error;
}

describe('a call', () => {
  it('is answered with its cost, and never sent again', async () => {
    const file = ledgerFile();
    const ledger = new Ledger({ file });
    const client = await start({}, { ledger });
    const first = await client.generate(request);
    expect(first).toMatchObject({ text: 'Oslo', reasoning: null, finishReason: 'stop', fromLedger: false });
    const { inputTokens, outputTokens, usd, calls } = first.cost;
    expect({ calls, outputTokens }).toEqual({ calls: 1, outputTokens: 2 });
    expect(usd).toBeCloseTo((inputTokens + 2 * outputTokens) / 1e6, 12);
    const again = await client.generate({ ...request, purpose: 'something else' });
    expect(again).toMatchObject({ text: 'Oslo', fromLedger: true, cost: { calls: 0, usd: 0 } });
    ledger.close();
    const reopened = new Ledger({ file });
    const later = await another({ ledger: reopened, replay: true });
    expect(await later.generate(request)).toMatchObject({ text: 'Oslo', fromLedger: true });
    expect(server.requests).toHaveLength(1);
    reopened.close();
  });

  it('is another one when anything that the answer hangs on differs', async () => {
    const client = await start();
    const variants: ModelRequest[] = [
      request,
      { ...request, attempt: 1 },
      { ...request, temperature: 0.5 },
      { ...request, seed: 1 },
      { ...request, maximumOutputTokens: 99 },
      { ...request, stopSequences: ['\n'] },
      { ...request, replyForm: { kind: 'json-schema', name: 'city', schema: { type: 'object' } } },
      { ...request, messages: [{ role: 'system', content: 'Be brief.' }, ...request.messages] },
    ];
    for (const variant of variants) await client.generate(variant);
    expect(server.requests).toHaveLength(variants.length);
  });

  it('is sent once however many ask for it at once', async () => {
    const client = await start({ latencyMilliseconds: 20 });
    const replies = await Promise.all(Array.from({ length: 10 }, () => client.generate(request)));
    expect(replies.filter(({ fromLedger }) => !fromLedger)).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
  });

  it('is sent once by two processes that share a ledger', async () => {
    const file = ledgerFile();
    const ledgers = [new Ledger({ file }), new Ledger({ file })];
    const [client, other] = [
      await start({ latencyMilliseconds: 50 }, { ledger: ledgers[0] }),
      await another({ ledger: ledgers[1] }),
    ];
    const replies = await Promise.all([client.generate(request), other.generate(request)]);
    expect(replies.map(({ text }) => text)).toEqual(['Oslo', 'Oslo']);
    expect(server.requests).toHaveLength(1);
    for (const ledger of ledgers) ledger.close();
  });

  it('continues a text without a chat template', async () => {
    const prompts: string[] = [];
    const client = await start({
      answer: ({ prompt, stop }) => {
        prompts.push(`${prompt}|${JSON.stringify(stop)}`);
        return ' Oslo';
      },
    });
    const completion = { purpose: 'answer', maximumOutputTokens: 10 } as const;
    const reply = await client.complete({ ...completion, prompt: 'Capital:', stopSequences: ['\n'] });
    expect(reply.text).toBe(' Oslo');
    await client.complete({ ...completion, prompt: 'user:\nX' });
    expect(prompts).toEqual(['Capital:|["\\n"]', 'user:\nX|undefined']);
  });

  it('brings the arguments of a tool, or JSON by a schema', async () => {
    const client = await start({ answer: () => '{"city":"Oslo"}' });
    const schema = { type: 'object', properties: { city: { type: 'string' } } } as const;
    for (const kind of ['tool-call', 'json-schema'] as const) {
      const reply = await client.generate({ ...request, replyForm: { kind, name: 'city', schema } });
      expect(JSON.parse(reply.text)).toEqual({ city: 'Oslo' });
    }
  });

  it.each([
    ['<think>Norway…</think>\n\nOslo', 'Norway…'],
    ['Norway…\n</think>\n\nOslo', 'Norway…'],
  ])('sets reasoning apart from %j', async (written, reasoning) => {
    const client = await start({ answer: () => written });
    expect(await client.generate(request)).toMatchObject({ text: 'Oslo', reasoning });
  });
});

describe('a server in trouble', () => {
  it.each(['rate-limit', 'rate-limit-without-hint', 'server-error', 'reset', 'stall', 'empty'] as const)(
    'is asked again after %s',
    async (fault) => {
      const client = await start({ rates: { [fault]: 0.5 } });
      const questions = Array.from({ length: 8 }, (_, index) => ({
        ...request,
        attempt: index,
        seed: index,
      }));
      const replies = await Promise.all(questions.map((question) => client.generate(question)));
      expect(replies.every(({ text }) => text === 'Oslo')).toBe(true);
      expect(server.requests.some((received) => received.fault === fault)).toBe(true);
    },
  );

  it('is asked without streaming when a chunk came twice', async () => {
    const client = await start({ rates: { 'duplicated-chunk': 1 }, answer: () => 'The capital is Oslo.' });
    expect(await client.generate(request)).toMatchObject({ text: 'The capital is Oslo.' });
    expect(server.requests).toHaveLength(2);
  });

  it('is asked without streaming when it knows none, and that is learnt', async () => {
    const client = await start({ abilities: { streaming: false } });
    expect(await client.generate(request)).toMatchObject({ text: 'Oslo' });
    expect(await client.generate({ ...request, attempt: 1 })).toMatchObject({ text: 'Oslo' });
    expect(server.requests).toHaveLength(2);
  });

  it('is trusted when it counts tokens in its own way', async () => {
    // Every chunk repeats the one before, and there is no token for the end in the server's count.
    const client = await start({ answer: () => '00000000', countsEndToken: false });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      expect(await client.generate({ ...request, attempt })).toMatchObject({ text: '00000000' });
    }
    expect(server.requests).toHaveLength(5);
  });

  it('is tried once a call while it is down, and patiently again when it is back', async () => {
    const client = await start({ rates: { 'server-error': 1 } });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await failureOf(client.generate({ ...request, attempt }));
    }
    expect(server.requests).toHaveLength(3 * quickRetries.maximumTries + 2);
  });

  it.each([
    ['server-error', 'unreachable', 'status 500'],
    ['rate-limit', 'unreachable', 'status 429'],
    ['reset', 'unreachable', 'broke off'],
    ['stall', 'unreachable', 'stalled for 0.5 s'],
    ['empty', 'unusable-reply', 'answered with nothing'],
  ] as const)('is given up after too many of %s, with the cause', async (fault, kind, cause) => {
    const ledger = new Ledger({ file: ledgerFile() });
    const client = await start(
      { rates: { [fault]: 1 }, answer: () => 'The capital of Norway is Oslo.' },
      {
        ledger,
        retryPolicy: {
          ...quickRetries,
          maximumTries: 3,
          maximumEmptyTries: 3,
          ratePatienceMilliseconds: 300,
        },
      },
    );
    const error = await failureOf(client.generate(request));
    expect(error).toMatchObject({ kind, message: expect.stringContaining(cause) });
    expect(server.requests.length).toBeGreaterThan(1);
    ledger.close();
  });
});

describe('what errors say', () => {
  const leaks = (error: ModelError): boolean => {
    const said = `${inspect(error, { depth: 10, showHidden: true })}${JSON.stringify(error)}${error.stack}`;
    return said.includes(secret) || said.includes(testKey);
  };

  it('names a refusal without repeating what the server said', async () => {
    const client = await start({ abilities: { jsonSchema: 'refuse' } });
    const replyForm = { kind: 'json-schema', name: 'city', schema: { type: 'object' } } as const;
    const error = await failureOf(client.generate({ ...request, replyForm }));
    expect(error).toMatchObject({ kind: 'rejected', message: expect.stringContaining('status 400') });
    expect(error.detail).toContain('json_schema');
    expect(server.requests).toHaveLength(0);
    expect(leaks(error)).toBe(false);
  });

  it.each(['server-error', 'reset', 'stall', 'rate-limit', 'empty'] as const)(
    'holds no key and no prompt after %s',
    async (fault) => {
      const client = await start(
        { rates: { [fault]: 1 } },
        {
          retryPolicy: {
            ...quickRetries,
            maximumTries: 1,
            maximumEmptyTries: 1,
            ratePatienceMilliseconds: 0,
          },
        },
      );
      expect(leaks(await failureOf(client.generate(request)))).toBe(false);
    },
  );

  it('says that a server is not there', async () => {
    const client = await start();
    await server.close();
    const error = await failureOf(client.generate(request));
    expect(error).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('cannot be reached'),
    });
    expect(leaks(error)).toBe(false);
  });

  it('refuses a prompt beyond the window before sending it', async () => {
    const client = await start();
    const messages = [{ role: 'user', content: `${secret} `.repeat(2000) }] as const;
    const error = await failureOf(client.generate({ ...request, messages }));
    expect(error.kind).toBe('too-long');
    expect(leaks(error)).toBe(false);
    expect(server.requests).toHaveLength(0);
  });

  it('says under --replay that a call is missing', async () => {
    const client = await start({}, { replay: true });
    const error = await failureOf(client.generate(request));
    expect(error.kind).toBe('not-in-ledger');
    expect(leaks(error)).toBe(false);
    expect(server.requests).toHaveLength(0);
  });
});

describe('budget', () => {
  it('is never exceeded, with many in flight', async () => {
    const budget = new Budget({ maximumTokens: 2000 });
    const client = await start({ latencyMilliseconds: 5 }, { budget, concurrency: 16 });
    const calls = Array.from({ length: 100 }, (_, attempt) => client.generate({ ...request, attempt }));
    const outcomes = await Promise.allSettled(calls);
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const { inputTokens, outputTokens } = budget.spent;
    expect(inputTokens + outputTokens).toBeLessThanOrEqual(2000);
    expect(done).toBeGreaterThan(50);
    expect(done).toBeLessThan(100);
    expect(server.requests).toHaveLength(done);
    const kinds = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.kind : 'done'));
    expect(new Set(kinds)).toEqual(new Set(['done', 'over-budget']));
  });

  it('refuses a model without a price under a cap in dollars', async () => {
    const client = await start();
    const budget = new Budget({ maximumUsd: 1 });
    const unpriced = await another({ budget, model: await serverModel(server, { price: null }) });
    expect(await failureOf(unpriced.generate(request))).toMatchObject({ kind: 'over-budget' });
    expect(await client.generate(request)).toMatchObject({ text: 'Oslo' });
  });
});

describe('stopping', () => {
  it('cancels a call when its last caller leaves', async () => {
    const client = await start({ rates: { stall: 1 } });
    const controller = new AbortController();
    const promise = client.generate({ ...request, signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    controller.abort(new Error('enough'));
    await expect(promise).rejects.toThrow('enough');
    await expect.poll(() => server.inFlight()).toBe(0);
  });

  it('makes a call anew for a caller who comes while it is being cancelled', async () => {
    const client = await start({ latencyMilliseconds: 50 });
    const controller = new AbortController();
    const first = client.generate({ ...request, signal: controller.signal });
    await expect.poll(() => server.requests.length).toBe(1);
    const left = Promise.allSettled([first]);
    controller.abort(new Error('enough'));
    expect(await client.generate(request)).toMatchObject({ text: 'Oslo', fromLedger: false });
    expect(await left).toMatchObject([{ status: 'rejected', reason: { message: 'enough' } }]);
  });

  it('lets what has been sent finish when interrupted, keeps it, and sends nothing more', async () => {
    const ledger = new Ledger({ file: ledgerFile() });
    const client = await start({ latencyMilliseconds: 100 }, { ledger, concurrency: 4 });
    const calls = Array.from({ length: 10 }, (_, attempt) => client.generate({ ...request, attempt }));
    const outcomes = Promise.allSettled(calls);
    await expect.poll(() => server.requests.length).toBe(4);
    client.interrupt(new Error('interrupted'));
    expect((await outcomes).every(({ status }) => status === 'rejected')).toBe(true);
    await expect(client.generate({ ...request, attempt: 11 })).rejects.toThrow('interrupted');
    await client.drain(5_000);
    const next = await another({ ledger });
    const replies = await Promise.all(calls.map((_, attempt) => next.generate({ ...request, attempt })));
    expect(replies.filter(({ fromLedger }) => fromLedger)).toHaveLength(4);
    expect(server.requests).toHaveLength(10);
    ledger.close();
  });
});
