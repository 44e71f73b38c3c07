import type { CorpusDocument } from '../corpus/index.ts';

/** A text of a prompt as the reader takes it: nothing is known of it but its title and its place among the others. */
export function promptDocument({
  title,
  text,
  number,
  format = 'markdown',
}: {
  title: string | null;
  text: string;
  /** From 1. Later documents count as newer where they contradict each other. */
  number: number;
  format?: CorpusDocument['format'];
}): CorpusDocument {
  const id = String(number).padStart(9, '0');
  return {
    id,
    path: id,
    fragment: null,
    title,
    format,
    text,
    sourceMap: { segments: [] },
    hash: '',
    tokens: 0,
  };
}
