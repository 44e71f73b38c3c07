// What calling a model through ledger, budget and limits takes beyond the model's own time.
//
//   node benchmarks/models/overhead.ts [CALLS] [IN_FLIGHT] [LATENCY_MILLISECONDS]
//
// A server on loopback answers after 200 ms; 3,000 calls, 64 in flight, prompts of about 1,000 tokens. The ideal
// time is that of the waves alone. Prints the share over it, CPU time a call, and peak memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { forEachConcurrently, openModelSession } from '../../src/models/index.ts';

const [calls = 3000, inFlight = 64, latency = 200] = process.argv.slice(2).map(Number);
const upstreamFile = fileURLToPath(new URL('./upstream.ts', import.meta.url));

const upstream = spawn(process.execPath, [upstreamFile, String(latency)], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const lines = createInterface({ input: upstream.stdout });
const [baseUrl] = (await once(lines, 'line')) as [string];
process.env['COMPATIBLE_BASE_URL'] = baseUrl;
const folder = await mkdtemp(join(tmpdir(), 'corpuscope-overhead-'));
const session = openModelSession({
  ledgerFile: join(folder, 'ledger.sqlite'),
  concurrency: inFlight,
  maximumTokens: 1e9,
});
try {
  const client = await session.client('compatible:test');
  const report = 'The company reported revenue of 4,160 million USD for the year. '.repeat(70);
  const call = async (index: number): Promise<void> => {
    await client.generate({
      purpose: 'extraction',
      messages: [{ role: 'user', content: `Report ${index}. ${report}` }],
      maximumOutputTokens: 200,
    });
  };
  await forEachConcurrently({
    items: range(inFlight),
    concurrency: inFlight,
    run: (index) => call(-1 - index),
  });
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  await forEachConcurrently({ items: range(calls), concurrency: inFlight, run: call });
  const seconds = (performance.now() - started) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const ideal = (Math.ceil(calls / inFlight) * latency) / 1000;
  const peak = Number(/VmHWM:\s+(\d+)/.exec(await readFile('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
  console.log(`${calls} calls, ${inFlight} in flight, ${latency} ms each`);
  console.log(
    `time       ${seconds.toFixed(2)} s, ideal ${ideal.toFixed(2)} s: ${(seconds / ideal).toFixed(3)} of it`,
  );
  console.log(`CPU        ${((cpu.user + cpu.system) / 1000 / calls).toFixed(2)} ms a call`);
  console.log(`memory     ${peak.toFixed(0)} MiB at most`);
} finally {
  await session.close();
  upstream.kill();
  await rm(folder, { recursive: true });
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
