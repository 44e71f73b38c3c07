import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateText, Output, streamText, tool, wrapLanguageModel } from 'ai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  startMisbehavingServer,
  type MisbehavingServer,
  type MisbehavingServerOptions,
} from '../../models/testing/misbehaving-server.ts';
import { serverModel } from '../../models/testing/server-model.ts';
import { PromptStore } from '../prompt-corpus/index.ts';
import { longContext, type LongContextOptions } from './long-context.ts';

let folder: string;
let upstream: MisbehavingServer | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-long-context-'));
});

afterEach(async () => {
  await upstream?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A model of 1,000 tokens behind a server, wrapped. */
async function wrapped(
  options: Partial<LongContextOptions> = {},
  server: Partial<MisbehavingServerOptions> = {},
): Promise<ReturnType<typeof wrapLanguageModel>> {
  upstream = await startMisbehavingServer({ answer: () => 'The model answers.', ...server });
  const { model } = await serverModel(upstream);
  const middleware = longContext({
    windowTokens: 1_000,
    maximumOutputTokens: 100,
    strategy: 'table',
    prompts: new PromptStore({ folder }),
    ...options,
  });
  return wrapLanguageModel({ model, middleware });
}

const report = (name: string, revenue: number): string =>
  `# ${name}\n\nRevenue: $${revenue} million\n\n${'It was a year like others. '.repeat(80)}\n`;
const documents = [report('Acme', 120), report('Brisk', 80), report('Corda', 410)].join('\n');
const question = 'Which company has the highest revenue?';
const prompt = `${documents}\n\n${question}`;

describe('a prompt that fits', () => {
  it('goes to the model untouched, with its tools', async () => {
    const model = await wrapped({}, { answer: () => '{"city":"Oslo"}' });
    const { toolCalls, providerMetadata } = await generateText({
      model,
      prompt: 'Weather?',
      tools: { weather: tool({ inputSchema: z.object({ city: z.string() }) }) },
    });
    expect(toolCalls).toMatchObject([{ toolName: 'weather', input: { city: 'Oslo' } }]);
    expect(providerMetadata).not.toHaveProperty('corpuscope');
    expect(upstream?.requests).toHaveLength(1);
  });

  it('is streamed from the model', async () => {
    const { textStream } = streamText({ model: await wrapped(), prompt: 'Hello' });
    const deltas: string[] = [];
    for await (const delta of textStream) deltas.push(delta);
    expect(deltas.length).toBeGreaterThan(1);
    expect(deltas.join('')).toBe('The model answers.');
  });
});

describe('a prompt that does not fit', () => {
  it('is answered by the strategy, with sources, metadata and usage', async () => {
    const progress: string[] = [];
    const model = await wrapped({ onProgress: ({ activity }) => progress.push(activity) });
    const { text, sources, providerMetadata, usage, finishReason } = await generateText({ model, prompt });
    expect(text).toBe('Corda');
    expect(finishReason).toBe('stop');
    expect(sources).toMatchObject([{ sourceType: 'document', title: 'Corda', filename: 'document-3.md' }]);
    expect(providerMetadata?.['corpuscope']).toMatchObject({
      strategy: 'table',
      status: 'answered',
      prompt:
        'Documents: 3 documents under Markdown headings of the first level. Question: the last paragraph.',
      evidence: [{ document: 'document-3.md', quote: 'Revenue: $410 million' }],
      coverage: { documents: 3, read: 3 },
      cost: { calls: 0, usd: 0 },
    });
    expect(usage).toMatchObject({ inputTokens: 0, outputTokens: 0 });
    expect(progress).toContain('reading documents');
    expect(upstream?.requests).toHaveLength(0);
  });

  it('is streamed, with the same', async () => {
    const stream = streamText({ model: await wrapped(), prompt });
    expect(await stream.text).toBe('Corda');
    expect(await stream.sources).toHaveLength(1);
    expect((await stream.providerMetadata)?.['corpuscope']).toMatchObject({ status: 'answered' });
  });

  it('may bring its documents as attached texts', async () => {
    const names = ['acme.md', 'corda.md'];
    const content = [report('Acme', 120), report('Corda', 410)].map((data, index) => ({
      type: 'file' as const,
      data: Buffer.from(data),
      mediaType: 'text/markdown',
      filename: names[index] ?? '',
    }));
    const { providerMetadata } = await generateText({
      model: await wrapped(),
      messages: [{ role: 'user', content: [...content, { type: 'text', text: question }] }],
    });
    expect(providerMetadata?.['corpuscope']).toMatchObject({
      value: 'Corda',
      evidence: [{ document: '2/corda.md' }],
    });
  });

  it('is brought into the JSON that is asked for by one more call', async () => {
    const model = await wrapped({}, { answer: () => '{"company":"Corda"}' });
    const { output, usage } = await generateText({
      model,
      prompt,
      output: Output.object({ schema: z.object({ company: z.string() }) }),
    });
    expect(output).toEqual({ company: 'Corda' });
    expect(upstream?.requests).toHaveLength(1);
    expect(usage.inputTokens).toBeGreaterThan(0);
  });

  it('is what the model finds too long, too', async () => {
    const body = { error: { message: 'This is too much.', code: 'context_length_exceeded' } };
    const refusing = createServer((_, response) => {
      response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    const { port } = refusing.address() as AddressInfo;
    const { model } = await serverModel({ baseUrl: `http://127.0.0.1:${port}/v1` });
    const prompts = new PromptStore({ folder });
    const middleware = longContext({ windowTokens: 100_000, strategy: 'table', prompts });
    const strict = wrapLanguageModel({ model, middleware });
    expect((await generateText({ model: strict, prompt })).text).toBe('Corda');
    expect(await streamText({ model: strict, prompt }).text).toBe('Corda');
    refusing.close();
  });

  it('says why it is not answered', async () => {
    const unclear = prompt.replace(question, 'Which company has the best reputation?');
    const { text, providerMetadata } = await generateText({ model: await wrapped(), prompt: unclear });
    expect(providerMetadata?.['corpuscope']).toMatchObject({ status: 'refused', reason: text });
  });

  it('cannot have tools or images', async () => {
    const model = await wrapped();
    const tools = { weather: tool({ inputSchema: z.object({}) }) };
    await expect(generateText({ model, prompt, tools })).rejects.toThrow(/offers tools/);
    const image = { type: 'file' as const, data: new Uint8Array([137, 80, 78, 71]), mediaType: 'image/png' };
    await expect(
      generateText({
        model,
        messages: [{ role: 'user', content: [image, { type: 'text', text: prompt }] }],
      }),
    ).rejects.toThrow(/image\/png/);
    expect(upstream?.requests).toHaveLength(0);
  });

  it('is given up when it is aborted, and when its stream is cancelled', async () => {
    const model = await wrapped();
    const aborted = new AbortController();
    const call = generateText({ model, prompt, abortSignal: aborted.signal });
    aborted.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }],
    });
    await stream.cancel();
  });
});
