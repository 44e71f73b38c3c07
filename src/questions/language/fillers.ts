import type { Token } from './token.ts';

/** Phrases that ask for nothing, as lemmas without articles; longest first. */
const fillers: readonly (readonly string[])[] = [
  'can you please tell me',
  'could you please tell me',
  'can you tell me',
  'could you tell me',
  'please tell me',
  'i would like to know',
  'i want to know',
  'i need to know',
  'we want to know',
  'let me know',
  'according to document',
  'according to report',
  'according to data',
  'according to record',
  'based on document',
  'based on data',
  'in this data set',
  'in this dataset',
  'in this corpus',
  'in this collection',
  'in this table',
  'in this repository',
  'in data set',
  'in dataset',
  'in corpus',
  'in collection',
  'in table',
  'in repository',
  'in data',
  'in whole corpus',
  'in entire corpus',
  'in entire dataset',
  'of corpus',
  'of dataset',
  'of data set',
  'across corpus',
  'across dataset',
  'across data set',
  'across whole corpus',
  'across entire corpus',
  'across entire dataset',
  'across all document',
  'over whole corpus',
  'please',
  'as stated in document',
  'if any',
  ', at same time ,',
  'at same time',
  'at once',
  'simultaneously',
  ', worded exactly same ,',
  'worded exactly same',
  ', spelled exactly same ,',
  'simply',
]
  .map((phrase) => phrase.split(' '))
  .sort((left, right) => right.length - left.length);

/** The tokens without phrases that only address the reader or point at the corpus as a whole. */
export function withoutFillers(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const start = at;
    const filler = fillers.find((words) =>
      words.every((word, index) => tokens[start + index]?.lemma === word),
    );
    const token = tokens[at];
    if (filler !== undefined) at += filler.length;
    else if (token !== undefined) {
      kept.push(token);
      at += 1;
    }
  }
  return kept;
}
