import { areNames } from './title-affixes.ts';

/** Titles of so many documents are those of a form. */
const fewestDocuments = 3;
const fewestDifferent = 0.95;
const subtitle = /^\s*(?:#{1,6} )?([^\n]+)\n\s*((?![#|>*+`![-])[^\n]{4,60})\n\s*\n/u;
/** What sentences, lists and labelled lines have, and names do not. */
const notOfNames = /[:：|。，；！？;!?]|[.,、]$/u;

/** A document with its title and the beginning of its text, where the title stands. */
export interface TitledText {
  readonly title: string | null;
  readonly opening: string;
}

/**
 * Titles of documents, where what is shared by several is the title of their form, and the line below it the name of
 * what each is about: "Notice of award", then "Repair of the Elm Street pier". Taken where all documents of the title
 * have such a line, each its own.
 */
export function withSubtitles(documents: readonly TitledText[]): (string | null)[] {
  const titles = documents.map(({ title }) => title);
  const groups = Map.groupBy(documents.keys(), (index) => titles[index] ?? null);
  for (const [title, indexes] of groups) {
    if (title === null || indexes.length < fewestDocuments) continue;
    const lines = indexes.map((index) => subtitleOf(title, documents[index]?.opening ?? ''));
    const different = new Set(lines.map((line) => fold(line ?? '')));
    if (lines.includes(null) || different.size < lines.length * fewestDifferent || !areNames(lines)) continue;
    for (const [place, index] of indexes.entries()) titles[index] = lines[place] ?? title;
  }
  return titles;
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

function subtitleOf(title: string, opening: string): string | null {
  const [, first = '', line = ''] = subtitle.exec(opening) ?? [];
  const name = line.trim();
  const letters = name.match(/\p{L}/gu)?.length ?? 0;
  const isName = letters >= name.length / 2 && !notOfNames.test(name) && !/^\p{Ll}/u.test(name);
  return fold(first) === fold(title) && isName ? name : null;
}
