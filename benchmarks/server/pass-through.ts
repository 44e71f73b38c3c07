/**
 * What the server adds to requests that fit the model's window and pass through: requests per second and time per
 * request, to the model server itself and through `corpuscope serve`, with 1, 8 and 64 requests under way.
 *
 *   node benchmarks/server/pass-through.ts [SECONDS]
 *
 * Model server, server and clients share the machine, so the figures are of all three together; the model server
 * answers at once. Medians of three rounds, taken in turn.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServe, startUpstream } from './serving-process.ts';

const seconds = Number(process.argv[2] ?? 3);
const rounds = 3;
const folder = await mkdtemp(join(tmpdir(), 'corpuscope-serving-'));
const upstream = await startUpstream();
const server = await startServe(['--model', 'compatible:test', '--strategy', 'table', '--store', folder], {
  COMPATIBLE_BASE_URL: upstream.baseUrl,
});

try {
  for (const stream of [false, true]) {
    for (const concurrency of [1, 8, 64]) {
      const direct: number[] = [];
      const through: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        direct.push(await requestsPerSecond({ baseUrl: upstream.baseUrl, stream, concurrency }));
        through.push(await requestsPerSecond({ baseUrl: server.baseUrl, stream, concurrency }));
      }
      report({ stream, concurrency, direct: median(direct), through: median(through) });
    }
  }
  console.log(`peak memory of the server: ${server.peakMebibytes().toFixed(0)} MiB`);
} finally {
  await server.stop();
  await upstream.stop();
  await rm(folder, { recursive: true, force: true });
}

async function requestsPerSecond({
  baseUrl,
  stream,
  concurrency,
}: {
  baseUrl: string;
  stream: boolean;
  concurrency: number;
}): Promise<number> {
  const body = JSON.stringify({
    model: 'test',
    stream,
    messages: [{ role: 'user', content: 'Hello there.' }],
  });
  const headers = { 'content-type': 'application/json' };
  let done = 0;
  const work = async (until: number): Promise<void> => {
    while (performance.now() < until) {
      const response = await fetch(`${baseUrl}/chat/completions`, { method: 'POST', headers, body });
      if (!response.ok || !(await response.text()).includes('now.'))
        throw new Error(`Status ${response.status}`);
      done += 1;
    }
  };
  const workers = (until: number): Promise<void>[] => Array.from({ length: concurrency }, () => work(until));
  await Promise.all(workers(performance.now() + 500));
  done = 0;
  const started = performance.now();
  await Promise.all(workers(started + seconds * 1000));
  return done / ((performance.now() - started) / 1000);
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;
}

function report({
  stream,
  concurrency,
  direct,
  through,
}: {
  stream: boolean;
  concurrency: number;
  direct: number;
  through: number;
}): void {
  const added = (concurrency * 1000) / through - (concurrency * 1000) / direct;
  console.log(
    `${stream ? 'streamed' : 'whole   '} ${String(concurrency).padStart(2)} under way: ` +
      `${direct.toFixed(0)} requests/s to the model server, ${through.toFixed(0)} through corpuscope ` +
      `(${added.toFixed(1)} ms more per request)`,
  );
}
