import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import { EmbeddingClient, resolveEmbeddingModel } from '../../models/index.ts';
import {
  startEmbeddingServer,
  type EmbeddingServer,
} from '../../models/embeddings/testing/embedding-server.ts';
import { quickRetries } from '../../models/testing/server-model.ts';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../../table/index.ts';
import { Retriever } from './retriever.ts';

// Each test reads a corpus anew, in threads of their own.
vi.setConfig({ testTimeout: 60_000 });

const passageTokens = 60;

let folder: TemporaryFolder;
let server: EmbeddingServer;
let corpus: OpenCorpus | null = null;

const write = (name: string, ...paragraphs: string[]): string =>
  folder.write(`docs/${name}.md`, `# ${name}\n\n${paragraphs.map((text) => `${text}\n\n`).join('')}`);

beforeEach(async () => {
  folder = new TemporaryFolder();
  server = await startEmbeddingServer();
  write('Alba', 'The harbour handles grain and ore. '.repeat(6), 'Its mayor is elected for life. '.repeat(6));
  write('Brenn', 'A fortress above the river. '.repeat(8), 'Its mayor is elected every year. '.repeat(6));
});

afterEach(async () => {
  corpus?.close();
  await server.close();
  rmSync(folder.path, { recursive: true, force: true });
});

/** A retriever over the corpus as it is now, as a new process has it. */
async function open({ embeddings = true }: { embeddings?: boolean } = {}) {
  corpus?.close();
  const location = await resolveCorpus({ input: join(folder.path, 'docs') });
  await readCorpus({ location });
  corpus = await openCorpus({ location });
  const environment = { COMPATIBLE_BASE_URL: server.baseUrl };
  const facts = [{ id: 'compatible:test', input: 1, output: 0 }];
  const model = await resolveEmbeddingModel({ id: 'compatible:test', environment, facts });
  const client = new EmbeddingClient({ model, retryPolicy: quickRetries });
  return new Retriever({ corpus, passageTokens, ...(embeddings && { embeddings: client }) });
}

const question = 'Who is the mayor of Brenn?';

describe('Retriever', () => {
  it('finds by words alone without an embedding model', async () => {
    const retriever = await open({ embeddings: false });
    await retriever.build();
    const [first] = await retriever.find({ question, limit: 10 });
    expect(first).toMatchObject({ document: 'Brenn.md', title: 'Brenn', meaning: null, words: { rank: 1 } });
    expect(server.requests).toEqual([]);
  });

  it('finds by words and meaning together', async () => {
    const retriever = await open();
    await retriever.build();
    await retriever.embed();
    const found = await retriever.find({ question, limit: 3 });
    expect(found[0]?.document).toBe('Brenn.md');
    expect(found).toHaveLength(3);
    for (const { score, words, meaning } of found) {
      expect(score).toBeCloseTo(
        1 / (60 + (words?.rank ?? Infinity)) + 1 / (60 + (meaning?.rank ?? Infinity)),
        12,
      );
    }
    expect(found.map(({ score }) => score)).toEqual(
      found.map(({ score }) => score).toSorted((a, b) => b - a),
    );
  });

  it('says what embedding will take, and pays for a text once', async () => {
    const first = await open();
    await first.build();
    const plan = await first.planEmbedding(question);
    await first.embed();
    await first.find({ question, limit: 3 });
    const cost = first.takeCost();
    expect(plan).toMatchObject({ model: 'compatible:test', calls: cost.calls });
    expect(plan?.inputTokens).toBeGreaterThan(0);
    expect(cost.usd).toBeGreaterThan(0);
    expect(first.takeCost().calls).toBe(0);
    const sent = server.requests.length;
    const again = await open();
    await again.build();
    expect(await again.planEmbedding(question)).toBeNull();
    await again.embed();
    expect(await again.find({ question, limit: 3 })).toEqual(await first.find({ question, limit: 3 }));
    expect(server.requests).toHaveLength(sent);
  });

  it('embeds only what has changed', async () => {
    const first = await open();
    await first.build();
    await first.embed();
    const before = server.requests.length;
    write('Brenn', 'A fortress above the river. '.repeat(8), 'Its mayor is called Otto. '.repeat(6));
    const retriever = await open();
    await retriever.build();
    await retriever.embed();
    const texts = server.requests.slice(before).flatMap((request) => request.texts);
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('Otto');
    expect((await retriever.find({ question: 'Otto', limit: 1 }))[0]?.document).toBe('Brenn.md');
  });

  it('goes on with what a server that broke down left out', async () => {
    for (let index = 0; index < 200; index += 1)
      write(`Town ${index}`, `A town of ${index} houses. `.repeat(5));
    const first = await open();
    await first.build();
    const controller = new AbortController();
    const stopped = first.embed({
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('ended')),
    });
    await expect(stopped).rejects.toThrow('ended');
    const planned = (await first.planEmbedding(question))?.calls ?? 0;
    expect(planned).toBeGreaterThan(1);
    const before = server.requests.length;
    const second = await open();
    await second.build();
    await second.embed();
    expect(server.requests.length - before).toBeLessThanOrEqual(planned);
    expect((await second.planEmbedding(question))?.calls).toBe(1);
  });

  it('lets questions that come together wait for one build', async () => {
    const retriever = await open();
    const works = await Promise.all(
      Array.from({ length: 4 }, async () => {
        await retriever.build();
        await retriever.embed();
        return await retriever.find({ question, limit: 2 });
      }),
    );
    expect(new Set(works.map((found) => JSON.stringify(found))).size).toBe(1);
    const texts = server.requests.flatMap((request) => request.texts).filter((text) => text !== question);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
