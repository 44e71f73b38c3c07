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
   * Whether the files of two groups of documents (by rank) are called alike: in one folder, with a word in common, or
   * numbered in the same way (`1987_112`, `FS-20711_20230421`).
   */
  areOne(a: readonly number[], b: readonly number[]): boolean {
    const [wordsA, wordsB] = [this.#sharedWords(a), this.#sharedWords(b)];
    if ([...wordsA].some((word) => wordsB.has(word))) return true;
    const form = this.#sharedForm(a);
    return form !== null && form === this.#sharedForm(b);
  }

  /** How (almost) all of the files are numbered, with folder and format; null where their names are words. */
  #sharedForm(ranks: readonly number[]): string | null {
    const paths = new Set(ranks.map((rank) => this.#documents[rank]?.path ?? ''));
    const counts = new Map<string, number>();
    for (const path of paths) {
      const slash = path.lastIndexOf('/');
      const [stem = '', format = ''] = path.slice(slash + 1).split(/\.(?=[^.]*$)/);
      if (!/\d[^\p{L}]*$/u.test(stem) || /\p{L}{5,}/u.test(stem)) continue;
      const form = stem.replaceAll(/\d+/g, '0').replaceAll(/\p{L}+/gu, 'A');
      const key = `${path.slice(0, slash + 1)}\n${format.toLowerCase()}\n${form}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const [most] = [...counts].sort(([, first], [, second]) => second - first);
    return most !== undefined && most[1] >= Math.max(fewestOfForm, paths.size * sharedBy) ? most[0] : null;
  }

  /** The words most of the files have in their names, each with the folder and format it is found in. */
  #sharedWords(ranks: readonly number[]): Set<string> {
    const paths = new Set(ranks.map((rank) => this.#documents[rank]?.path ?? ''));
    const counts = new Map<string, number>();
    for (const path of paths) {
      const slash = path.lastIndexOf('/');
      const [stem = '', format = ''] = path.slice(slash + 1).split(/\.(?=[^.]*$)/);
      const words = new Set(stem.toLowerCase().match(wordsInNames) ?? []);
      for (const word of words) {
        if (storageWords.test(word)) continue;
        const key = `${path.slice(0, slash + 1)}\n${format.toLowerCase()}\n${word}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return new Set([...counts].filter(([, count]) => count >= paths.size * sharedBy).map(([key]) => key));
  }
}
