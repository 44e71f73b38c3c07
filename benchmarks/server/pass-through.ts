/**
 * What the server adds to requests that fit the model's window and pass through: requests per second to the model
 * server itself and through `corpuscope serve`, with 1, 8 and 64 under way, and the processor time of the latter.
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
      const processorMilliseconds: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        direct.push((await load({ baseUrl: upstream.baseUrl, stream, concurrency })).perSecond);
        const before = server.processorSeconds();
        const { perSecond, requests } = await load({ baseUrl: server.baseUrl, stream, concurrency });
        through.push(perSecond);
        processorMilliseconds.push(((server.processorSeconds() - before) * 1000) / requests);
      }
      console.log(
        `${stream ? 'streamed' : 'whole   '} ${String(concurrency).padStart(2)} under way: ` +
          `${median(direct).toFixed(0)} requests/s to the model server, ${median(through).toFixed(0)} through ` +
          `corpuscope, which takes ${median(processorMilliseconds).toFixed(2)} ms of processor time for each`,
      );
    }
  }
  console.log(`peak memory of the server: ${server.peakMebibytes().toFixed(0)} MiB`);
} finally {
  await server.stop();
  await upstream.stop();
  await rm(folder, { recursive: true, force: true });
}

/** Sends requests for a while; those of the first half second are counted, but not timed. */
async function load({
  baseUrl,
  stream,
  concurrency,
}: {
  baseUrl: string;
  stream: boolean;
  concurrency: number;
}): Promise<{ perSecond: number; requests: number }> {
  const body = JSON.stringify({
    model: 'test',
    stream,
    messages: [{ role: 'user', content: 'Hello there.' }],
  });
  const headers = { 'content-type': 'application/json' };
  let requests = 0;
  const work = async (until: number): Promise<void> => {
    while (performance.now() < until) {
      const response = await fetch(`${baseUrl}/chat/completions`, { method: 'POST', headers, body });
      if (!response.ok || !(await response.text()).includes('now.'))
        throw new Error(`Status ${response.status}`);
      requests += 1;
    }
  };
  const workFor = async (milliseconds: number): Promise<void> => {
    const until = performance.now() + milliseconds;
    await Promise.all(Array.from({ length: concurrency }, () => work(until)));
  };
  await workFor(500);
  const warm = requests;
  const started = performance.now();
  await workFor(seconds * 1000);
  return { perSecond: (requests - warm) / ((performance.now() - started) / 1000), requests };
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? 0;
}
