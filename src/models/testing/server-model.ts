import type { RetryPolicy } from '../calls/retry-policy.ts';
import type { ResolvedModel } from '../model-provider.ts';
import { resolveModel } from '../resolve-model.ts';
import type { MisbehavingServer } from './misbehaving-server.ts';

/** The model `compatible:test` behind a test server, with a price. */
export async function serverModel(
  server: Pick<MisbehavingServer, 'baseUrl'>,
  changes: Partial<ResolvedModel> = {},
): Promise<ResolvedModel> {
  const model = await resolveModel({
    id: 'compatible:test',
    environment: { COMPATIBLE_BASE_URL: server.baseUrl, COMPATIBLE_API_KEY: testKey },
    facts: [{ id: 'compatible:test', windowTokens: 8000, maximumOutputTokens: 500, input: 1, output: 2 }],
  });
  return { ...model, ...changes };
}

export const testKey = 'sk-test-0123456789abcdef';

/** Retries as patient as the usual ones, in less time. */
export const quickRetries: RetryPolicy = {
  maximumTries: 6,
  maximumEmptyTries: 4,
  baseMilliseconds: 2,
  maximumMilliseconds: 20,
  ratePatienceMilliseconds: 5_000,
};

export const quickTimeLimits = {
  firstPartMilliseconds: 10_000,
  stallMilliseconds: 500,
  totalMilliseconds: 20_000,
};
