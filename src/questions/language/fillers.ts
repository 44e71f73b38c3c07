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

/** Phrases that add nothing to what is asked where all else is understood; they may tell wordings apart elsewhere. */
const looseWords: readonly (readonly string[])[] = [
  'all together',
  'altogether',
  'all in all',
  'in all',
  'as a whole',
  'as whole',
  'at all',
  'ever',
  'yet',
  'nevertheless',
  'nonetheless',
  'however',
  'still',
  'even',
  'also',
  'too',
  'as well',
  'respectively',
  'actually',
  'really',
  'overall',
  'in set',
  'in this set',
  'in our data',
  'in question',
  'by then',
  'thereby',
  'in fact',
  'currently',
  'both day included',
  'both date included',
  'both included',
  'inclusive',
  '( inclusive )',
  'roughly',
  'approximately',
  'on record',
  'in record',
  'to date',
  'so far',
]
  .map((phrase) => phrase.split(' '))
  .sort((left, right) => right.length - left.length);

/** The tokens without phrases that only address the reader or point at the corpus as a whole. */
export const withoutFillers = (tokens: readonly Token[]): Token[] => withoutPhrases(tokens, fillers);

/** The tokens without phrases that mostly add nothing: "nevertheless", "at all". */
export const withoutLooseWords = (tokens: readonly Token[]): Token[] => withoutPhrases(tokens, looseWords);

function withoutPhrases(tokens: readonly Token[], phrases: readonly (readonly string[])[]): Token[] {
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const start = at;
    const filler = phrases.find((words) =>
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
