import { array, assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadTokenizer } from '../../corpus/index.ts';
import type { StoredDocument } from '../../table/index.ts';
import { chunkCount, chunkDocuments, type Chunk } from './chunks.ts';

const tokenizer = await loadTokenizer('o200k');

function stored(texts: readonly string[]): StoredDocument[] {
  return texts.map((text, index) => {
    const path = `${index}.md`;
    return { id: path, path, title: `T${index}`, format: 'markdown', hash: '', tokens: tokenizer.count(text), text, sourceMap: { segments: [] } }; // prettier-ignore
  });
}

async function chunksOf(
  documents: readonly StoredDocument[],
  { chunkTokens, sectionTokens = 100_000 }: { chunkTokens: number; sectionTokens?: number },
): Promise<Chunk[]> {
  const totalTokens = documents.reduce((sum, { tokens }) => sum + tokens, 0);
  return await Array.fromAsync(
    chunkDocuments({
      documents: ReadableStream.from(documents),
      totalTokens,
      tokenizer,
      isCounted: true,
      chunkTokens,
      sectionTokens,
    }),
  );
}

describe('chunkCount', () => {
  // Published cases: context tokens, chunk, updates.
  it.each([
    [1, 32768, 1],
    [32768, 32768, 1],
    [32769, 32768, 2],
    [131072, 32768, 4],
    [4_000_000, 32_000, 125],
    [120_000, 5000, 24],
    [0, 5000, 0],
  ])('makes of %i tokens in chunks of %i %i updates', (tokens, chunk, updates) => {
    expect(chunkCount(tokens, chunk)).toBe(updates);
  });
});

describe('chunkDocuments', () => {
  const paragraph = 'The company earned 12.5 million dollars in 2021. It employs 300 people.\n\n';

  it('fills chunks with whole documents, and cuts between paragraphs where there is slack', async () => {
    const chunks = await chunksOf(stored([paragraph.repeat(4), paragraph.repeat(30), paragraph]), {
      chunkTokens: 300,
    });
    expect(chunks.length).toBeLessThanOrEqual(Math.ceil((35 * tokenizer.count(paragraph)) / 300));
    for (const { passages, tokens } of chunks) {
      expect(tokens).toBeLessThanOrEqual(300);
      for (const { text } of passages) expect(text).toMatch(/\n\n$/);
    }
    expect(chunks[1]?.passages[0]).toMatchObject({ title: 'T1', continued: true });
  });

  it('shows what goes on below the headings and the table header that are open', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => `| Row ${index} | ${index} |\n`).join('');
    const text = `# T0\n\n## Sales (in millions)\n\n| Name | Revenue |\n|---|---|\n${rows}`;
    const [first, second] = await chunksOf(stored([text]), { chunkTokens: 600 });
    expect(first?.passages[0]?.text).toMatch(/^# T0/);
    expect(second?.passages[0]?.text).toMatch(
      /^## Sales \(in millions\)\n\n\| Name \| Revenue \|\n\|---\|---\|\n/,
    );
  });

  it('ends a chunk earlier where titles would exceed the room in the prompt', async () => {
    const chunks = await chunksOf(stored(Array.from({ length: 50 }, () => 'x')), {
      chunkTokens: 50,
      sectionTokens: 200,
    });
    expect(chunks.length).toBeGreaterThan(1);
    expect(chunks.reduce((sum, { documentsEnded }) => sum + documentsEnded, 0)).toBe(50);
  });

  it('loses nothing, keeps the order, and makes no more chunks than there must be', async () => {
    const text = array(
      constantFrom(paragraph, 'word ', 'Zahl 1.234,5\n', '漢字。', '😀', '\n\n', 'x'.repeat(50)),
      {
        maxLength: 60,
      },
    ).map((parts) => parts.join(''));
    await assert(
      asyncProperty(
        array(text, { maxLength: 8 }),
        integer({ min: 20, max: 200 }),
        async (texts, chunkTokens) => {
          const documents = stored(texts);
          const chunks = await chunksOf(documents, { chunkTokens });
          const pieces = chunks.flatMap(({ passages }) => passages.map((passage) => passage.text));
          expect(pieces.join('')).toBe(texts.join(''));
          const total = documents.reduce((sum, { tokens }) => sum + tokens, 0);
          expect(chunks.filter(({ tokens }) => tokens > 0).length).toBeLessThanOrEqual(
            Math.max(1, chunkCount(total, chunkTokens)),
          );
          for (const { tokens } of chunks) expect(tokens).toBeLessThanOrEqual(chunkTokens * 1.01 + 1);
        },
      ),
      { numRuns: 150 },
    );
  });
});
