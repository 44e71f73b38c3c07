import { chunksText } from './pdf-lines.ts';
import type { Line } from './pdf-lines.ts';

const entry = /(?:[.·…_]{4,}|(?:\. ?){4,})\s?(\d{1,4}|[ivxl]{1,6})$/u;
const fewestEntries = 4;

/** The entries of a table of contents: rows of dots that lead to page numbers, which never fall. */
export function contentsLines(pages: readonly { readonly lines: readonly Line[] }[]): ReadonlySet<Line> {
  const contents = new Set<Line>();
  let run: Line[] = [];
  let last = 0;
  const endRun = (): void => {
    if (run.length >= fewestEntries) for (const line of run) contents.add(line);
    run = [];
    last = 0;
  };
  for (const line of pages.flatMap((page) => page.lines)) {
    const text = line.chunks.some((chunk) => /[.·…_]/u.test(chunk.text))
      ? chunksText(line.chunks, line.size)
      : '';
    const number = entry.exec(text)?.[1];
    if (number === undefined) continue;
    const page = /^\d/u.test(number) ? Number(number) : 0;
    if (page < last || page > pages.length + 200) endRun();
    run.push(line);
    last = page;
  }
  endRun();
  return contents;
}
