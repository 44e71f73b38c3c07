import { Readable } from 'node:stream';
import { array, assert, asyncProperty, integer, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';

const linesOf = (bytes: Buffer, chunkBytes: number): Promise<string[]> => {
  const count = Math.ceil(bytes.length / chunkBytes);
  const chunks = Array.from({ length: count }, (_, index) =>
    bytes.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  );
  return Array.fromAsync(readLines(Readable.from(chunks)));
};

describe('readLines', () => {
  it('gives back what JSON wrote a line each, wherever chunks end', async () => {
    await assert(
      asyncProperty(array(string({ unit: 'binary' })), integer({ min: 1, max: 9 }), async (texts, size) => {
        const lines = texts.map((text) => JSON.stringify(`${text}\u2028`));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        expect(await linesOf(bytes, size)).toEqual(lines);
      }),
    );
  });

  it('takes line ends of Windows, a byte order mark and a last line without an end', async () => {
    expect(await linesOf(Buffer.from('\ufeffa\r\n\nb\u2028\u0085c'), 3)).toEqual(['a', '', 'b\u2028\u0085c']);
    expect(await linesOf(Buffer.from(''), 1)).toEqual([]);
  });
});
