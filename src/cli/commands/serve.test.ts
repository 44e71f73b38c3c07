import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { startMisbehavingServer, type MisbehavingServer } from '../../models/testing/misbehaving-server.ts';
import { makeCompanyFolder } from '../testing/company-folder.ts';
import { runCommand, startCommand, type Finished } from '../testing/run-command.ts';

let folder: string;
let upstream: MisbehavingServer;

beforeAll(async () => {
  folder = await makeCompanyFolder();
  upstream = await startMisbehavingServer({
    answer: () => 'An answer of several chunks.',
    latencyMilliseconds: 500,
  });
  vi.stubEnv('COMPATIBLE_BASE_URL', upstream.baseUrl);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await upstream.close();
  await rm(folder, { recursive: true, force: true });
});

const base = ['serve', '--model', 'compatible:test', '--strategy', 'table', '--port', '0'];

let stop: (() => Promise<Finished>) | undefined;

afterEach(async () => {
  await stop?.();
  stop = undefined;
});

/** Starts the command and waits until it serves. */
async function serve(...options: string[]): Promise<{ client: OpenAI; stop: () => Promise<Finished> }> {
  const store = join(folder, 'prompts');
  const { child, finished } = startCommand([...base, '--window', '8000', '--store', store, ...options]);
  stop = async () => {
    child.kill('SIGTERM');
    return await finished;
  };
  const baseURL = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const url = /http:\/\/[^\s"]+?:\d+/.exec(String(chunk))?.[0];
      if (url !== undefined) resolve(`${url}/v1`);
    });
    void finished.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { client: new OpenAI({ baseURL, apiKey: 'sesame-1234', maxRetries: 0 }), stop };
}

describe('corpuscope serve', () => {
  it('serves a model and corpora, and logs requests without their texts', async () => {
    const { client, stop } = await serve(
      '--corpus',
      `firms=${join(folder, 'reports')}`,
      '--token',
      'sesame-1234',
    );
    const passed = await client.chat.completions.create({
      model: 'test',
      messages: [{ role: 'user', content: 'A confidential question' }],
    });
    expect(passed.choices[0]?.message.content).toBe('An answer of several chunks.');
    const asked = await client.chat.completions.create({
      model: 'table@firms',
      messages: [{ role: 'user', content: 'How many companies are there?' }],
    });
    expect(asked).toHaveProperty('corpuscope.status', 'answered');
    const wrong = new OpenAI({ baseURL: client.baseURL, apiKey: 'sesame-9999', maxRetries: 0 });
    await expect(wrong.models.list()).rejects.toMatchObject({ status: 401 });
    const { status, stdout, stderr } = await stop();
    expect(status).toBe(143);
    expect(stdout).toMatch(/^Serving compatible:test at http:\/\/127\.0\.0\.1:\d+\/v1; /);
    expect(stderr).toMatch(/POST \/v1\/chat\/completions 200 .* test .* out\n/);
    expect(stderr).toMatch(/ 200 .* table@firms by table /);
    expect(stderr).toMatch(/GET \/v1\/models 401 invalid_api_key/);
    expect(stderr).not.toMatch(/confidential|sesame|several chunks/);
  });

  it('lets a stream finish when it is told to stop', async () => {
    const { client, stop } = await serve('--json');
    const before = upstream.requests.length;
    const streamed = client.chat.completions
      .stream({ model: 'test', messages: [{ role: 'user', content: 'Hello' }] })
      .finalContent();
    await expect.poll(() => upstream.requests.length, { timeout: 20_000 }).toBe(before + 1);
    const stopped = stop();
    expect(await streamed).toBe('An answer of several chunks.');
    const { status, stdout, stderr } = await stopped;
    expect(status).toBe(143);
    expect(JSON.parse(stdout)).toMatchObject({ model: 'compatible:test', strategy: 'table' });
    const log = stderr.split('\n').find((line) => line.startsWith('{'));
    expect(JSON.parse(log ?? '')).toMatchObject({ status: 200, stream: true, model: 'test' });
  });

  it.each([
    ['another address without a token', ['--host', '0.0.0.0'], 1, /no token/],
    ['a port that is none', ['--port', '70000'], 2, /at most 65535/],
    ['two corpora of one name', ['--corpus', 'a=.', '--corpus', 'a=.', '--no-read'], 2, /Two corpora/],
    ['a corpus that is not there', ['--corpus', 'a=nowhere'], 1, /no file or folder/],
  ])('refuses %s', async (_, options, status, message) => {
    const finished = await runCommand([...base, ...options], { folder });
    expect(finished.status).toBe(status);
    expect(finished.stderr).toMatch(message);
  });
});
