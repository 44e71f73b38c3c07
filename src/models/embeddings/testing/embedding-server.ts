import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { createFaultSchedule, type Fault, type FaultRates } from '../../testing/fault-schedule.ts';

const requestShape = z.looseObject({ model: z.string(), input: z.array(z.string()) });

export interface EmbeddingServer {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  /** The texts of each request that came, answered or not, and what went wrong with it. */
  readonly requests: readonly { readonly texts: readonly string[]; readonly fault: Fault | null }[];
  close(): Promise<void>;
}

/**
 * Starts an OpenAI-compatible server of embeddings on loopback that misbehaves at the given rates: it refuses for its
 * rate limit, fails, breaks off, or answers with nothing.
 */
export async function startEmbeddingServer({
  seed = 0,
  rates = 0,
  dimensions = 64,
}: {
  seed?: number;
  rates?: FaultRates;
  dimensions?: number;
} = {}): Promise<EmbeddingServer> {
  const schedule = createFaultSchedule({ seed, rates });
  const requests: { texts: string[]; fault: Fault | null }[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { input } = requestShape.parse(JSON.parse(body));
    const fault = schedule(body);
    requests.push({ texts: input, fault });
    switch (fault) {
      case 'rate-limit':
        response.setHeader('retry-after', '0.02');
        send(response, 429, {
          error: { message: 'Rate limit reached', type: 'requests', code: 'rate_limit_exceeded' },
        });
        return;
      case 'server-error':
        send(response, 500, { error: { message: 'internal error', type: 'server_error' } });
        return;
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'empty':
        send(response, 200, { data: [], model: 'test' });
        return;
      default: {
        const data = input.map((given, index) => ({ index, embedding: bagOfWords(given, dimensions) }));
        const tokens = input.reduce((sum, given) => sum + Math.ceil(given.length / 4), 0);
        send(response, 200, { data, model: 'test', usage: { prompt_tokens: tokens, total_tokens: tokens } });
      }
    }
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A vector in which each word counts in the place that its hash gives it: texts that share words are near. */
export function bagOfWords(given: string, dimensions: number): number[] {
  const vector = Array.from({ length: dimensions }, () => 0);
  for (const word of given.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const place = createHash('sha256').update(word).digest().readUInt32BE() % dimensions;
    vector[place] = (vector[place] ?? 0) + 1;
  }
  return vector;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
