import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadTokenizer } from '../../corpus/index.ts';
import type { Demonstrations, ModelMemory, ObjectRequest } from '../model-client.ts';
import {
  startMisbehavingServer,
  type MisbehavingServer,
  type MisbehavingServerOptions,
  type ServedRequest,
} from '../testing/misbehaving-server.ts';
import { chooseRung } from './choose-rung.ts';
import { completionPrompt } from './demonstrations-rung.ts';
import { generateObject } from './generate-object.ts';
import { createMemory } from './testing/memory.ts';
import { createServerClient } from './testing/server-client.ts';

interface Incident {
  country: string | null;
  kind: string | null;
}

const schema: z.ZodType<Incident> = z.object({ country: z.string().nullable(), kind: z.string().nullable() });

const demonstrations: Demonstrations = {
  inputLabel: 'Report',
  input: 'A bomb went off\nin Lima.\n\nCountry: Chile',
  labels: { country: 'Country', kind: 'Type' },
  examples: [
    { input: 'A mayor was\nkidnapped in Cali.', values: { country: 'Colombia', kind: 'kidnapping' } },
    { input: 'A bank in Bogota was robbed.', values: { country: 'Colombia' } },
  ],
};

const request: ObjectRequest<Incident> = {
  purpose: 'extraction',
  messages: [{ role: 'user', content: 'Where was it, and what?' }],
  maximumOutputTokens: 100,
  schema,
  schemaName: 'fields',
};

const right = { country: 'Peru', kind: 'bombing' };

let server: MisbehavingServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** How a request asks: by which rung, and whether for the second time. */
function wayOf(served: ServedRequest): string {
  if (served.prompt !== undefined) return 'demonstrations';
  const last = JSON.stringify(served.messages?.at(-1)?.content);
  const again = last.includes('cannot be used') ? ' again' : '';
  if (served.response_format !== undefined) return `json-schema${again}`;
  if (served.tools !== undefined) return `tool-call${again}`;
  return `${JSON.stringify(served.messages).includes('JSON Schema') ? 'prompted-json' : 'lines'}${again}`;
}

async function start(
  answer: (way: string, served: ServedRequest) => string,
  options: Omit<MisbehavingServerOptions, 'answer'> = {},
  memory: ModelMemory = createMemory(),
) {
  const ways: string[] = [];
  server = await startMisbehavingServer({
    ...options,
    answer: (served) => {
      ways.push(wayOf(served));
      return answer(wayOf(served), served);
    },
  });
  const client = createServerClient({ baseUrl: server.baseUrl, tokenizer: await loadTokenizer('o200k') });
  return { ways, memory, client };
}

describe('generateObject', () => {
  it('asks by JSON schema first', async () => {
    const { client, memory, ways } = await start(() => JSON.stringify(right));
    const reply = await generateObject({ client, memory, request });
    expect(reply.value).toEqual(right);
    expect(reply.cost.calls).toBe(1);
    expect(ways).toEqual(['json-schema']);
  });

  it('climbs down past what the server refuses, and does not ask for it again', async () => {
    const { client, memory, ways } = await start(() => JSON.stringify(right), {
      abilities: { jsonSchema: 'refuse', tools: 'refuse' },
    });
    expect((await generateObject({ client, memory, request })).value).toEqual(right);
    expect((await generateObject({ client, memory, request })).value).toEqual(right);
    expect(ways).toEqual(['prompted-json', 'prompted-json']);
    const learnt: unknown = JSON.parse(memory.recall('structured-output compatible:test') ?? '');
    expect(learnt).toMatchObject({
      works: ['prompted-json'],
      givenUp: { 'json-schema': 'The server answered 400.', 'tool-call': 'The server answered 400.' },
    });
  });

  it('says what was wrong, and takes the second reply', async () => {
    const { client, memory, ways } = await start((way) =>
      way.endsWith('again') ? JSON.stringify(right) : '{"country": ["Peru"]}',
    );
    const reply = await generateObject({ client, memory, request });
    expect(reply.value).toEqual(right);
    expect(reply.cost.calls).toBe(2);
    expect(ways).toEqual(['json-schema', 'json-schema again']);
  });

  it('reads a line a property where the model knows no JSON', async () => {
    const { client, memory, ways } = await start((way) =>
      way.startsWith('lines') ? '**Country:** "Peru"\n- kind: none' : 'It was in Peru.',
    );
    const reply = await generateObject({ client, memory, request });
    expect(reply.value).toEqual({ country: 'Peru', kind: null });
    expect(ways.filter((way) => way === 'lines')).toHaveLength(1);
    expect(ways).toHaveLength(7);
  });

  it('asks a base model property by property, by examples, with the text on one line', async () => {
    const prompts: string[] = [];
    const { client, memory } = await start(
      (_, { prompt = '' }) => {
        prompts.push(prompt);
        return prompt.endsWith('Country:') ? ' Peru\nReport: and so on' : ' bombing';
      },
      { abilities: { chat: false } },
    );
    const reply = await generateObject({ client, memory, request: { ...request, demonstrations } });
    expect(reply.value).toEqual(right);
    expect(prompts).toEqual([
      'Report: A mayor was kidnapped in Cali.\nCountry: Colombia\n\n' +
        'Report: A bank in Bogota was robbed.\nCountry: Colombia\n\n' +
        'Report: A bomb went off in Lima. Country: Chile\nCountry:',
      'Report: A mayor was kidnapped in Cali.\nType: kidnapping\n\n' +
        'Report: A bomb went off in Lima. Country: Chile\nType:',
    ]);
    expect(completionPrompt(demonstrations, 'kind')).toBe(prompts[1]);
  });

  it('shows examples that have all values once for all properties', () => {
    const whole: Demonstrations = {
      ...demonstrations,
      examples: [
        { input: 'A mayor was kidnapped in Cali.', values: { country: 'Colombia', kind: 'kidnapping' } },
      ],
    };
    const shared =
      'Report: A mayor was kidnapped in Cali.\nCountry: Colombia\nType: kidnapping\n\n' +
      'Report: A bomb went off in Lima. Country: Chile\n';
    expect(completionPrompt(whole, 'country')).toBe(`${shared}Country:`);
    expect(completionPrompt(whole, 'kind')).toBe(`${shared}Type:`);
  });

  it('keeps what a base model said of one property when it says nothing of another', async () => {
    const { client, memory } = await start(
      (_, served) => (String(served.prompt).endsWith('Type:') ? '\n' : ' Peru'),
      { abilities: { chat: false } },
    );
    const { value } = await generateObject({ client, memory, request: { ...request, demonstrations } });
    expect(value).toEqual({ country: 'Peru', kind: null });
  });

  it('fails with the server’s own refusal when it refuses everything', async () => {
    const { client, memory } = await start(() => '', { abilities: { chat: false, completions: false } });
    const asked = generateObject({ client, memory, request: { ...request, demonstrations } });
    await expect(asked).rejects.toMatchObject({ kind: 'rejected', message: 'The server answered 404.' });
    expect(memory.recall('structured-output compatible:test')).toBeNull();
  });

  it('asks once more in plain words when the server fails on the form, and not of a dead one', async () => {
    const { client, memory, ways } = await start(() => '', { rates: { 'server-error': 1 } });
    await expect(generateObject({ client, memory, request })).rejects.toMatchObject({ kind: 'unreachable' });
    expect(server?.requests).toHaveLength(2);
    expect(ways).toEqual([]);
  });

  it('names every way that gave nothing, and no word of the reply', async () => {
    const { client, memory } = await start(() => 'secret words');
    const failure = await generateObject({ client, memory, request }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      kind: 'unusable-reply',
      message:
        'compatible:test gave no value of the shape that was asked for (json-schema: the reply held no JSON object; ' +
        'tool-call: the reply held no JSON object; prompted-json: the reply held no JSON object; ' +
        'lines: the reply held none of the lines).',
    });
  });

  it('gets through faults of every kind in the content', async () => {
    const { client, memory } = await start(() => JSON.stringify(right), {
      seed: 7,
      rates: { truncated: 0.1, fenced: 0.1, 'wrong-schema': 0.1, empty: 0.1 },
    });
    for (let number = 0; number < 60; number += 1) {
      const messages = [{ role: 'user', content: `Report ${number}` } as const];
      const reply = await generateObject({ client, memory, request: { ...request, messages } });
      expect(reply.value).toEqual(right);
    }
    const learnt: unknown = JSON.parse(memory.recall('structured-output compatible:test') ?? '');
    expect(learnt).toMatchObject({ works: expect.arrayContaining(['json-schema']), givenUp: {} });
  });
});

describe('chooseRung', () => {
  const trials = [1, 2, 3, 4].map((number) => ({
    request: {
      ...request,
      messages: [{ role: 'user', content: `Report ${number}` } as const],
      demonstrations: { ...demonstrations, input: `Report ${number}` },
    },
    isRight: ({ country }: Incident) => country === 'Peru',
  }));

  it('passes over a way that gives wrong values of the right shape', async () => {
    const { client, memory, ways } = await start((way) => {
      if (way === 'demonstrations') return 'Peru';
      return way.startsWith('lines') ? 'country: Chile\nkind: none' : '{"country": "", "kind": ""}';
    });
    expect(await chooseRung({ client, memory, trials })).toMatchObject({ rung: 'demonstrations' });
    const before = ways.length;
    expect(await chooseRung({ client, memory, trials })).toMatchObject({ rung: 'demonstrations' });
    expect(ways).toHaveLength(before);
    await generateObject({ client, memory, request: { ...request, demonstrations } });
    expect(ways.slice(before)).toEqual(['demonstrations', 'demonstrations']);
  });

  it('looks no further than a way that does well', async () => {
    const { client, memory, ways } = await start((_, served) =>
      JSON.stringify(served.messages).includes('Report 4')
        ? '{"country": "Chile", "kind": null}'
        : JSON.stringify(right),
    );
    expect(await chooseRung({ client, memory, trials })).toMatchObject({
      rung: 'json-schema',
      cost: { calls: 4 },
    });
    expect(ways).toHaveLength(4);
  });

  it('asks a base model by examples alone, and for nothing where there are none', async () => {
    const { client, memory, ways } = await start(() => 'Peru');
    const base = { ...client, completesOnly: true };
    expect(await chooseRung({ client: base, memory, trials })).toMatchObject({
      rung: 'demonstrations',
      cost: { calls: 0 },
    });
    await generateObject({ client: base, memory, request: { ...request, demonstrations } });
    expect(ways).toEqual(['demonstrations', 'demonstrations']);
    await expect(generateObject({ client: base, memory, request })).rejects.toMatchObject({
      kind: 'unusable-reply',
      remedy: 'The model only goes on with texts: give it examples.',
    });
    expect(ways).toHaveLength(2);
  });

  it('leaves a way at once in which the model writes until it is stopped', async () => {
    const { client, memory, ways } = await start((way) =>
      way === 'demonstrations' ? 'Peru' : '{"country": "and so on and so',
    );
    const talkative: typeof client = {
      ...client,
      generate: async (asked) => ({ ...(await client.generate(asked)), finishReason: 'length' }),
    };
    const chosen = await chooseRung({ client: talkative, memory, trials });
    expect(chosen).toMatchObject({ rung: 'demonstrations' });
    expect(ways.filter((way) => way !== 'demonstrations')).toEqual([
      'json-schema',
      'tool-call',
      'prompted-json',
      'lines',
    ]);
  });

  it('leaves a way that has nothing right at first', async () => {
    const { client, memory, ways } = await start((way) =>
      way === 'demonstrations' ? 'Peru' : '{"country": "", "kind": ""}',
    );
    await chooseRung({ client, memory, trials });
    expect(ways.filter((way) => way === 'json-schema')).toHaveLength(2);
  });

  it('decides nothing where nothing was right', async () => {
    const { client, memory } = await start(() => '{"country": null, "kind": null}');
    expect(await chooseRung({ client, memory, trials })).toMatchObject({ rung: null });
    expect(memory.recall('structured-output compatible:test')).toBeNull();
  });
});
