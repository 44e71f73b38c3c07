import type { RankedDocument } from './document-order.ts';

/** A word is a group's when this share of its files have it in their names. */
const sharedBy = 0.8;
const fewestOfForm = 3;
const wordsInNames = /\p{L}{2,}/gu;
/** Words that say how or in what state a file is kept, not what it is. */
const storageWords =
  /^(?:copy|final|draft|new|old|rev|ver|version|page|part|file|doc|document|scan|img|export)$/;

/**
 * Tells from the names of files which were filed as the same sort of thing: `inspection_10-349.docx` and
 * `inspection_12-387.docx`, `incidents_2022.jsonl` and `incidents_2023.jsonl`.
 */
export class FileFamilies {
  readonly #documents: readonly RankedDocument[];

  constructor(documents: readonly RankedDocument[]) {
    this.#documents = documents;
  }

  /**
   * Whether the files of two groups of documents (by rank) are called alike: in one folder, with a word in common,
   * numbered in the same way (`1987_112`, `FS-20711_20230421`), or made up in the same way of numbers and words that
   * differ (`017-mill-lane`). Their formats may differ: the same sort of thing is filed as text and as HTML.
   */
  areOne(a: readonly number[], b: readonly number[]): boolean {
    const [wordsA, wordsB] = [this.#sharedWords(a), this.#sharedWords(b)];
    if (!wordsA.isDisjointFrom(wordsB)) return true;
    return [formOf, patternOf].some((shapeOf) => {
      // `invoice-7` and `letter-7` are made up alike, of words that tell them apart.
      if (shapeOf === patternOf && wordsA.size + wordsB.size > 0) return false;
      const shape = this.#sharedShape(a, shapeOf);
      return shape !== null && shape === this.#sharedShape(b, shapeOf);
    });
  }

  /** Whether the names of the files of two groups, in one folder, have a word in common. */
  shareWord(a: readonly number[], b: readonly number[]): boolean {
    return !this.#sharedWords(a).isDisjointFrom(this.#sharedWords(b));
  }

  /** What (almost) all of the files' names are like, with the folder; null where they are of several shapes or none. */
  #sharedShape(ranks: readonly number[], shapeOf: (stem: string) => string | null): string | null {
    const paths = new Set(ranks.map((rank) => this.#documents[rank]?.path ?? ''));
    const counts = new Map<string, number>();
    for (const path of paths) {
      const { folder, stem } = partsOf(path);
      const shape = shapeOf(stem);
      if (shape === null) continue;
      const key = `${folder}\n${shape}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([, first], [, second]) => second - first);
    return most !== undefined && most[1] >= Math.max(fewestOfForm, paths.size * sharedBy) ? most[0] : null;
  }

  /** The words most of the files have in their names, each with the folder it is found in. */
  #sharedWords(ranks: readonly number[]): Set<string> {
    const paths = new Set(ranks.map((rank) => this.#documents[rank]?.path ?? ''));
    const counts = new Map<string, number>();
    for (const path of paths) {
      const { folder, stem } = partsOf(path);
      const words = new Set(stem.toLowerCase().match(wordsInNames) ?? []);
      for (const word of words) {
        if (storageWords.test(word)) continue;
        const key = `${folder}\n${word}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return new Set([...counts].filter(([, count]) => count >= paths.size * sharedBy).map(([key]) => key));
  }
}

function partsOf(path: string): { folder: string; stem: string } {
  const slash = path.lastIndexOf('/');
  return { folder: path.slice(0, slash + 1), stem: path.slice(slash + 1).replace(/\.[^.]*$/, '') };
}

/** How a file is numbered; null where its name is words. */
function formOf(stem: string): string | null {
  if (!/\d[^\p{L}]*$/u.test(stem) || /\p{L}{5,}/u.test(stem)) return null;
  return stem.replaceAll(/\d+/g, '0').replaceAll(/\p{L}+/gu, 'A');
}

/** How a name is made up of numbers and runs of words; null where it has no number. */
function patternOf(stem: string): string | null {
  if (!/\d/.test(stem)) return null;
  const tokens = stem
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map((token) => token.replaceAll(/\d+/g, '0').replaceAll(/\p{L}[\p{L}\p{M}]*/gu, 'A'));
  return tokens.filter((token, index) => token !== 'A' || tokens[index - 1] !== 'A').join(' ');
}
