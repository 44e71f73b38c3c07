import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startMisbehavingServer,
  type MisbehavingServer,
  type MisbehavingServerOptions,
} from '../../models/testing/misbehaving-server.ts';
import { createModelClient } from '../../models/index.ts';
import { quickRetries, serverModel } from '../../models/testing/server-model.ts';
import { PromptStore } from '../../strategies/index.ts';
import { startServer, type RequestLog, type RunningServer, type ServerOptions } from '../index.ts';

export interface TestServer {
  readonly server: RunningServer;
  readonly upstream: MisbehavingServer;
  /** With `/v1`. */
  readonly baseUrl: string;
  readonly logs: RequestLog[];
  readonly errors: unknown[];
  close(): Promise<void>;
}

/** Starts a server in front of an upstream, both on loopback. The model is called `compatible:test`. */
export async function startTestServer({
  upstreamOptions = {},
  windowTokens = 32_000,
  ...options
}: Partial<ServerOptions> & {
  upstreamOptions?: Partial<MisbehavingServerOptions>;
  windowTokens?: number;
} = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-server-'));
  const upstream = await startMisbehavingServer({
    answer: () => 'The upstream answers.',
    ...upstreamOptions,
  });
  const model = await serverModel(upstream, { limits: { windowTokens, maximumOutputTokens: 2_000 } });
  const logs: RequestLog[] = [];
  const errors: unknown[] = [];
  const server = await startServer({
    model,
    client: createModelClient({ model, retryPolicy: quickRetries }),
    strategy: 'table',
    prompts: new PromptStore({ folder }),
    port: 0,
    onRequest: (log) => logs.push(log),
    onError: (error) => errors.push(error),
    ...options,
  });
  return {
    server,
    upstream,
    baseUrl: `${server.url}/v1`,
    logs,
    errors,
    close: async () => {
      await server.stop();
      await upstream.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
