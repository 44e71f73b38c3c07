import { execFile } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { contentOf, ledgerKey } from './call-content.ts';
import { LedgerReader } from './ledger-reader.ts';
import { Ledger, type CallLabel } from './ledger.ts';

const newFile = (): string => join(new TemporaryFolder().path, 'store', 'ledger.sqlite');

const content = contentOf(
  { purpose: 'answer', messages: [{ role: 'user', content: 'Which city?' }], maximumOutputTokens: 10 },
  { maximumOutputTokens: 100 },
);
const label = (name: string, purpose = 'answer'): CallLabel => ({
  key: ledgerKey({ identity: name, content }),
  purpose,
  model: 'compatible:test',
  attempt: 0,
});
const outcome = { inputTokens: 12, outputTokens: 3, usd: 0.5, sends: 1, seconds: 0.2 };
const reply = { text: 'Oslo', reasoning: 'Norway', finishReason: 'stop' } as const;
const failure = { kind: 'unreachable', message: 'It failed.', sends: 6, usd: null } as const;

describe('Ledger', () => {
  it('keeps answers, and forgets a failure when the call succeeds', () => {
    const file = newFile();
    const ledger = new Ledger({ file });
    expect(ledger.find(label('a').key)).toBeNull();
    ledger.recordFailure({ label: label('a'), failure });
    ledger.recordFailure({ label: label('b'), failure });
    ledger.record({ label: label('a'), content, reply, outcome });
    ledger.close();
    const again = new Ledger({ file });
    expect(again.find(label('a').key)).toEqual({
      reply,
      took: { inputTokens: 12, outputTokens: 3, usd: 0.5 },
    });
    again.close();
    const reader = new LedgerReader(file);
    expect(reader.failures({}).map(({ key }) => key)).toEqual([label('b').key]);
    reader.close();
  });

  it('keeps the first of two answers, so that all use one', () => {
    const ledger = new Ledger({ file: null });
    ledger.record({ label: label('a'), content, reply, outcome });
    const second = { ...reply, text: 'Bergen' };
    expect(ledger.record({ label: label('a'), content, reply: second, outcome })).toEqual(reply);
    ledger.close();
  });

  it('says that an answer cannot be written', () => {
    const file = newFile();
    const ledger = new Ledger({ file });
    const other = new DatabaseSync(file);
    other.exec('DROP TABLE calls');
    other.close();
    const write = (): unknown => ledger.record({ label: label('a'), content, reply, outcome });
    expect(write).toThrow('The ledger cannot be written: no such table');
    ledger.close();
  });

  it('remembers what was learnt of a model', () => {
    const file = newFile();
    const ledger = new Ledger({ file });
    ledger.memoryOf('a').remember('rung', 'tool-call');
    ledger.memoryOf('a').remember('rung', 'prompted');
    ledger.close();
    const again = new Ledger({ file });
    expect(again.memoryOf('a').recall('rung')).toBe('prompted');
    expect(again.memoryOf('b').recall('rung')).toBeNull();
    again.close();
  });

  it('lets one of two take a call, and takes it over from a process that is no more', async () => {
    const file = newFile();
    const [ledger, other] = [new Ledger({ file }), new Ledger({ file })];
    expect([ledger.claim('k'), other.claim('k')]).toEqual([true, false]);
    ledger.release('k');
    expect(other.claim('k')).toBe(true);
    other.close();
    expect(ledger.claim('k')).toBe(true);
    const ledgerModule = fileURLToPath(new URL('./ledger.ts', import.meta.url));
    const script = `import { Ledger } from ${JSON.stringify(ledgerModule)};
      new Ledger({ file: ${JSON.stringify(file)} }).claim('left');
      process.kill(process.pid, 'SIGKILL');`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]).catch(() => {});
    expect(ledger.claim('left')).toBe(true);
    ledger.close();
  });

  it('can be opened for the first time by many processes at once', async () => {
    const file = newFile();
    const ledgerModule = fileURLToPath(new URL('./ledger.ts', import.meta.url));
    const script = `import { Ledger } from ${JSON.stringify(ledgerModule)};
      new Ledger({ file: ${JSON.stringify(file)} }).close();`;
    const open = (): Promise<{ stderr: string }> =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    const results = await Promise.all(Array.from({ length: 6 }, open));
    expect(results.map(({ stderr }) => stderr)).toEqual(['', '', '', '', '', '']);
  });

  it('says what is wrong with a file that is no ledger, or of another version', () => {
    const folder = new TemporaryFolder();
    expect(() => new Ledger({ file: folder.write('a.sqlite', 'this is no database at all, is it') })).toThrow(
      /cannot be used: file is not a database/,
    );
    const newer = join(folder.path, 'b.sqlite');
    const database = new DatabaseSync(newer);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => new Ledger({ file: newer })).toThrow('version 99');
  });
});

describe('LedgerReader', () => {
  it('sums up, lists, shows and exports', () => {
    const file = newFile();
    const ledger = new Ledger({ file });
    for (const name of ['a', 'b']) ledger.record({ label: label(name), content, reply, outcome });
    ledger.record({ label: label('c', 'extraction'), content, reply, outcome: { ...outcome, usd: null } });
    const reader = new LedgerReader(file);
    expect(reader.totals({}).map(({ purpose, calls, usd }) => ({ purpose, calls, usd }))).toEqual([
      { purpose: 'answer', calls: 2, usd: 1 },
      { purpose: 'extraction', calls: 1, usd: null },
    ]);
    expect(reader.calls({ purpose: 'answer', limit: 1 })).toHaveLength(1);
    const { key } = label('a');
    expect(reader.call(key.slice(0, 12))).toMatchObject({ key, text: 'Oslo', request: content });
    expect(() => reader.call('')).toThrow('More than one call');
    expect(() => reader.call('zz')).toThrow('No call');
    expect([...reader.texts({ purpose: 'extraction' })].map(({ reasoning }) => reasoning)).toEqual([
      'Norway',
    ]);
    reader.close();
    ledger.close();
  });
});
