import { chunksText, segments } from './pdf-lines.ts';
import type { Line } from './pdf-lines.ts';

/** The lines of a page, top to bottom. */
export interface PageLines {
  readonly height: number;
  readonly lines: readonly Line[];
}

/** Parts of the page's height in which headers and footers stand. */
const marginZone = 0.15;
const pageNumberZone = 0.1;
const mostMarginLines = 4;
/** In points: how far the same line may move from page to page. */
const sameHeight = 8;
/** In type sizes: the space between a header and the text. */
const clearSpace = 1.6;
const pageNumber =
  /^[-–—|[(\s]*(?:(?:page|seite|p\.|pg\.?|стр\.?|página|pagina|第)\s?)?(?:#|[ivxlc]{1,6})(?:\s?(?:of|\/|von|de|di|sur|из)\s?#)?(?:\s?页)?[-–—|\])\s]*$/u;

interface MarginLine {
  readonly line: Line;
  readonly signature: string;
  /** Distance from the page's upper or lower edge. */
  readonly distance: number;
  readonly zone: 'top' | 'bottom';
  readonly page: number;
  /** Clear space, in type sizes, towards the middle of the page. */
  readonly space: number;
}

/** The running headers, footers and page numbers of a document: what repeats in the margins of its pages. */
export function runningLines(pages: readonly PageLines[]): ReadonlySet<Line> {
  const groups = new Map<string, MarginLine[]>();
  for (const [page, content] of pages.entries()) {
    for (const line of marginLines(content, page)) {
      const key = `${line.zone} ${line.signature}`;
      const group = groups.get(key) ?? [];
      group.push(line);
      groups.set(key, group);
    }
  }
  const running = new Set<Line>();
  for (const line of numberedLines([...groups.values()].flat())) running.add(line);
  for (const group of groups.values()) {
    for (const cluster of clusterByHeight(group)) {
      if (isRunning(cluster, pages.length)) for (const { line } of cluster) running.add(line);
    }
  }
  return running;
}

function marginLines(page: PageLines, index: number): MarginLine[] {
  const { height, lines } = page;
  const result: MarginLine[] = [];
  const add = (line: Line, neighbour: Line | undefined, zone: 'top' | 'bottom'): void => {
    const distance = zone === 'top' ? line.y : height - line.y;
    if (distance > height * marginZone) return;
    const space =
      neighbour === undefined ? Number.POSITIVE_INFINITY : Math.abs(neighbour.y - line.y) / line.size;
    const signature = chunksText(line.chunks, line.size).toLowerCase().replaceAll(/\d+/gu, '#');
    result.push({ line, signature, distance, zone, page: index, space });
  };
  for (const [at, line] of lines.slice(0, mostMarginLines).entries()) add(line, lines[at + 1], 'top');
  const first = Math.max(0, lines.length - mostMarginLines);
  for (const [at, line] of lines.slice(first).entries()) add(line, lines[first + at - 1], 'bottom');
  return result;
}

/** Lines that begin or end with the page's number, whatever they say beside it: headers that name chapters. */
function numberedLines(lines: readonly MarginLine[]): Line[] {
  const byOffset = new Map<string, MarginLine[]>();
  for (const line of lines) {
    const parts = segments(line.line);
    for (const part of new Set([parts[0], parts.at(-1)])) {
      const text = part === undefined ? '' : chunksText(part.chunks, line.line.size);
      if (!/^\d{1,4}$/u.test(text)) continue;
      const key = `${line.zone} ${Number(text) - line.page}`;
      const group = byOffset.get(key) ?? [];
      group.push(line);
      byOffset.set(key, group);
    }
  }
  const groups = [...byOffset.values()].filter((group) => new Set(group.map((line) => line.page)).size >= 3);
  return groups.flatMap((group) => group.map((line) => line.line));
}

function clusterByHeight(group: readonly MarginLine[]): MarginLine[][] {
  const clusters: MarginLine[][] = [];
  for (const line of group.toSorted((first, second) => first.distance - second.distance)) {
    const last = clusters.at(-1);
    const before = last?.at(-1);
    if (last !== undefined && before !== undefined && line.distance - before.distance <= sameHeight)
      last.push(line);
    else clusters.push([line]);
  }
  return clusters;
}

function isRunning(cluster: readonly MarginLine[], pages: number): boolean {
  const [first] = cluster;
  if (first === undefined) return false;
  const seen = new Set(cluster.map((line) => line.page)).size;
  const isNumber = pageNumber.test(first.signature);
  if (isNumber && pages === 1) return isAtEdge(first) && first.space > clearSpace;
  if (seen < 2) return false;
  if (isNumber) return true;
  // The header of a table repeats on each of its pages too, but its rows follow closely.
  const isClear = cluster.filter((line) => line.space > clearSpace).length * 2 > cluster.length;
  if (!isClear && segments(first.line).length > 2) return false;
  if (seen < 3) return pages === 2 && isClear && first.signature.length > 3 && !first.signature.includes('#');
  return seen >= pages * 0.3 && (isClear || seen >= pages * 0.6);
}

function isAtEdge(line: MarginLine): boolean {
  return (
    line.distance < pageNumberZone * 800 && /^[-–—\s]*#[-–—\s]*$|page|seite|\bof\b/u.test(line.signature)
  );
}
