import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createModelClient, Ledger } from '../models/index.ts';
import { startMisbehavingServer, type MisbehavingServer } from '../models/testing/misbehaving-server.ts';
import { quickRetries, serverModel } from '../models/testing/server-model.ts';
import { makeCompanyFolder } from './testing/company-folder.ts';
import { runCommand } from './testing/run-command.ts';

const question = 'In which city is Amber Mills?';
let folder: string;
let reports: string;
let server: MisbehavingServer;

beforeAll(async () => {
  folder = await makeCompanyFolder();
  reports = join(folder, 'reports');
  server = await startMisbehavingServer({
    answer: ({ messages }) => (JSON.stringify(messages).includes('fail') ? '' : 'Oslo\u001b[31m'),
  });
  const ledger = new Ledger({ file: join(reports, '.corpuscope', 'ledger.sqlite') });
  const client = createModelClient({ model: await serverModel(server), ledger, retryPolicy: quickRetries });
  const ask = (purpose: string, content: string): Promise<unknown> =>
    client.generate({ purpose, messages: [{ role: 'user', content }], maximumOutputTokens: 50 });
  await ask('answer', question);
  await ask('extraction', 'Extract the city.');
  await ask('extraction', 'Please fail.').catch(() => {});
  ledger.close();
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const listing = z.object({
  totals: z.array(z.looseObject({ purpose: z.string(), calls: z.number() })),
  calls: z.array(z.looseObject({ key: z.string(), purpose: z.string() })),
  failures: z.array(z.looseObject({ kind: z.string(), message: z.string() })),
});

describe('calls', () => {
  it('lists what calls took and which failed, without what was said', async () => {
    const { status, stdout, stderr } = await runCommand(['calls', reports]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/answer +compatible:test +1 /);
    expect(stdout).toContain('1 call failed');
    expect(stdout).toContain('answered with nothing');
    expect(stdout).not.toMatch(/Oslo|Amber|city|Please/);
  });

  it('lists as JSON, by purpose', async () => {
    const { stdout } = await runCommand(['calls', reports, '--json', '--purpose', 'extraction']);
    const { totals, calls, failures } = listing.parse(JSON.parse(stdout));
    expect(totals).toMatchObject([{ purpose: 'extraction', calls: 1 }]);
    expect(calls).toHaveLength(1);
    expect(failures).toMatchObject([{ kind: 'unusable-reply' }]);
    expect(stdout).not.toContain('Oslo');
  });

  it('shows a call when asked to, safe for the terminal', async () => {
    const { stdout } = await runCommand(['calls', reports, '--json', '--purpose', 'answer']);
    const [call] = listing.parse(JSON.parse(stdout)).calls;
    const shown = await runCommand(['calls', reports, '--show', call?.key.slice(0, 10) ?? '']);
    expect(shown.stdout).toContain(question);
    expect(shown.stdout).toContain('Oslo');
    expect(shown.stdout).not.toContain('\u001b');
    const missing = await runCommand(['calls', reports, '--show', 'abcdef0123']);
    expect(missing.stderr).toContain('No call in the ledger has the hash abcdef0123');
    expect(missing.status).toBe(1);
  });

  it('exports all calls, a line each', async () => {
    const file = join(folder, 'calls.jsonl');
    const { stdout } = await runCommand(['calls', reports, '--export', file]);
    expect(stdout).toBe(`Wrote 2 calls to ${file}\n`);
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).request.messages[0].content)).toEqual([
      question,
      'Extract the city.',
    ]);
  });

  it('says when there were none', async () => {
    const without = ['calls', reports, '--store', join(folder, 'other')];
    const { status, stdout, stderr } = await runCommand(without);
    expect(stdout).toContain('No language model was called');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const asJson = await runCommand([...without, '--json']);
    expect(JSON.parse(asJson.stdout)).toEqual({ totals: [], calls: [], failures: [] });
    const shown = await runCommand([...without, '--show', 'abcdef']);
    expect(shown.stderr).toContain('No language model was called');
    expect(shown.status).toBe(1);
  });
});
