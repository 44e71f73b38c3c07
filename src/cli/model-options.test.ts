import type { ChildProcess } from 'node:child_process';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../corpus/testing/temporary-folder.ts';
import { startMisbehavingServer, type MisbehavingServer } from '../models/testing/misbehaving-server.ts';
import { runCommand, startCommand, type Finished } from './testing/run-command.ts';

const key = 'sk-live-0123456789abcdef';
const secret = 'the merger of Amber and Birch';

let server: MisbehavingServer;
let running: { child: ChildProcess; finished: Promise<Finished> } | undefined;
afterEach(async () => {
  running?.child.kill('SIGTERM');
  await running?.finished;
});
afterAll(() => server.close());

/** Starts `corpuscope serve` in a folder whose `.env` names the model server and its key. */
async function serveFrom(folder: string, options: readonly string[]): Promise<string> {
  const started = startCommand(
    ['serve', '--model', 'compatible:test', '--strategy', 'table', '--port', '0', ...options],
    {
      folder,
    },
  );
  running = started;
  return await new Promise((resolve, reject) => {
    started.child.stdout?.on('data', (chunk: Buffer) => {
      const url = /http:\/\/[^\s"]+?:\d+/.exec(String(chunk))?.[0];
      if (url !== undefined) resolve(url);
    });
    void started.finished.then(({ stderr }) => reject(new Error(stderr)));
  });
}

describe('the options of models', () => {
  it('takes server and key from .env, and lets neither key nor prompt into what it says', async () => {
    server = await startMisbehavingServer({ rates: { 'server-error': 1 }, answer: () => 'Oslo' });
    const folder = new TemporaryFolder();
    folder.write('.env', `COMPATIBLE_BASE_URL=${server.baseUrl}\nCOMPATIBLE_API_KEY=${key}\n`);
    const url = await serveFrom(folder.path, ['--timeout', '20']);
    const response = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'test', messages: [{ role: 'user', content: secret }] }),
    });
    const answer = await response.text();
    running?.child.kill('SIGTERM');
    const { stdout, stderr } = (await running?.finished) ?? { stdout: '', stderr: '' };
    expect(server.requests.length).toBeGreaterThan(0);
    expect(response.ok).toBe(false);
    expect(stderr).toContain('The window of compatible:test is not known; 32,768 tokens are assumed.');
    expect(stderr).toContain('upstream_unreachable');
    for (const said of [answer, stdout, stderr]) {
      expect(said).not.toContain(secret);
      expect(said).not.toContain(key);
    }
  });

  it.each([
    [['--max-usd', 'much'], /an amount/],
    [['--prices', 'nowhere.json'], /prices in nowhere\.json cannot be read/],
    [['--model', 'gpt-5'], /"gpt-5" names no model/],
    [['--model', 'nosuch:x'], /npm install @ai-sdk\/nosuch/],
  ])('says what is wrong with %j', async (options, message) => {
    const { path } = new TemporaryFolder();
    const base = ['serve', '--model', 'compatible:test', '--strategy', 'table', '--port', '0'];
    const { status, stderr } = await runCommand([...base, ...options], { folder: path });
    expect(stderr).toMatch(message);
    expect(status).toBeGreaterThan(0);
  });
});
