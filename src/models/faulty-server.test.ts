import { afterEach, describe, expect, it, vi } from 'vitest';
import { createModelClient } from './create-model-client.ts';
import { answerExtraction, extractFacts } from './testing/extraction-work.ts';
import { faults } from './testing/fault-schedule.ts';
import { startMisbehavingServer, type MisbehavingServer } from './testing/misbehaving-server.ts';
import { quickRetries, quickTimeLimits, serverModel } from './testing/server-model.ts';

vi.setConfig({ testTimeout: 180_000 });

let server: MisbehavingServer;
afterEach(() => server.close());

// `benchmarks/models/faults.ts` runs a thousand calls over many seeds.
describe('extraction from a server that misbehaves in every way', () => {
  it.each([1, 2])('ends right or is reported with its cause, with seed %i', async (seed) => {
    server = await startMisbehavingServer({ seed, rates: 0.02, answer: answerExtraction });
    const model = await serverModel(server);
    const client = createModelClient({
      model,
      retryPolicy: quickRetries,
      timeLimits: quickTimeLimits,
      concurrency: 32,
    });
    const reports = 250;
    const { right, wrong, failed } = await extractFacts({ client, reports });
    expect(wrong).toBe(0);
    expect(right + failed.length).toBe(reports);
    expect(failed.length).toBeLessThan(5);
    expect(new Set(server.requests.map(({ fault }) => fault))).toEqual(new Set([null, ...faults]));
  });
});
