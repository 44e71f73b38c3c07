import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedProvider } from '../src/embedded/index.ts';
import { createModelClient, resolveModel } from '../src/models/index.ts';
import { startServer } from '../src/server/index.ts';
import { PromptStore } from '../src/strategies/index.ts';

/**
 * The server that the examples talk to, on a free port: the embedded model with a window of 32,000 tokens, and `auto`
 * for longer prompts. On the command line: corpuscope serve --window 32000
 */
export async function startExampleServer(): Promise<{ baseUrl: string; stop: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-example-'));
  const model = await resolveModel({
    id: 'embedded',
    declared: { windowTokens: 32_000, maximumOutputTokens: 4_000 },
    providers: [embeddedProvider],
  });
  const server = await startServer({
    model,
    client: createModelClient({ model }),
    strategy: 'auto',
    prompts: new PromptStore({ folder }),
    port: 0,
  });
  return {
    baseUrl: `${server.url}/v1`,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
