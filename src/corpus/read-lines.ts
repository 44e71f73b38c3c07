import type { Readable } from 'node:stream';

/**
 * The lines of a UTF-8 stream, without their ends and without a byte order mark. Only line feeds end a line: readers of
 * lines that also break at U+2028, as Node's own does, tear JSON apart whose strings hold that character.
 */
export async function* readLines(stream: Readable): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let pending: string[] = [];
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      const text = decoder.decode(chunk, { stream: true });
      let start = 0;
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
        yield withoutReturn(pending.join('') + text.slice(start, end));
        pending = [];
        start = end + 1;
      }
      if (start < text.length) pending.push(text.slice(start));
    }
    const last = pending.join('') + decoder.decode();
    if (last !== '') yield withoutReturn(last);
  } finally {
    stream.destroy();
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
