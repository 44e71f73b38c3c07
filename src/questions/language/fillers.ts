import { unitWords } from './number-words.ts';
import type { Token } from './token.ts';

/** "Both years included": what every range means here in any case. */
const inclusions: readonly string[] = [
  '',
  'year ',
  'day ',
  'date ',
  'month ',
  'end ',
  'value ',
  'limit ',
  'bound ',
]
  .flatMap((noun) => ['included', 'counted', 'inclusive'].map((word) => `both ${noun}${word}`))
  .concat('inclusive', 'inclusively')
  .flatMap((phrase) => [phrase, `( ${phrase} )`, `with ${phrase}`, `( with ${phrase} )`]);

/** Phrases that ask for nothing, as lemmas without articles; longest first. */
const fillers: readonly (readonly string[])[] = [
  ...inclusions,
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
  'filed under',
  'listed under',
  'recorded under',
  'registered under',
  'catalogued under',
  'as stated in document',
  'filed under',
  'listed under',
  'registered under',
  'recorded under',
  'kept under',
  'if any',
  ', at same time ,',
  'at same time',
  'at once',
  'simultaneously',
  'whole of',
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
  'in total',
  'both',
  'over three year',
  'over two year',
  'over four year',
  'over five year',
  'over whole period',
  'over entire period',
  'over period',
  'in set',
  'in this set',
  'in our data',
  'in question',
  'in fleet list',
  'in fleet',
  'of fleet',
  'across fleet',
  'in portfolio',
  'across portfolio',
  'in inventory',
  'in list',
  'on list',
  'at moment',
  'by then',
  'thereby',
  'in fact',
  'currently',
  'roughly',
  'approximately',
  'on record',
  'in record',
  'on file',
  'in handbook',
  'in register',
  'in directory',
  'in catalogue',
  'in catalog',
  'in gazetteer',
  'in yearbook',
  'in almanac',
  'to date',
  'so far',
]
  .map((phrase) => phrase.split(' '))
  .sort((left, right) => right.length - left.length);

/** The tokens without phrases that only address the reader or point at the corpus as a whole. */
export const withoutFillers = (tokens: readonly Token[]): Token[] => withoutPhrases(tokens, fillers);

const spans: ReadonlySet<string> = new Set('month year week day season quarter period'.split(' '));

/**
 * The tokens without "over the six months", "in the three years together": the whole time that the documents tell
 * of. Without the article, "over six months" is a length of time.
 */
function withoutWholeSpan(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex((token, index) => {
    const [count, span] = [tokens[index + 1], tokens[index + 2]];
    if (['each', 'every'].includes(tokens[index - 1]?.word ?? '')) return false;
    const isNumber =
      count !== undefined && (count.number !== null || unitWords.has(count.word) || count.word === 'half');
    const hasArticle = count !== undefined && count.start - token.end > 1;
    return (
      ['over', 'across', 'in', 'of'].includes(token.word) &&
      isNumber &&
      hasArticle &&
      spans.has(span?.lemma ?? '')
    );
  });
  return at < 0 ? tokens : [...tokens.slice(0, at), ...tokens.slice(at + 3)];
}

/** The tokens without phrases and brackets that mostly add nothing: "nevertheless", "(plain mean of the ratios)". */
export const withoutLooseWords = (tokens: readonly Token[]): Token[] =>
  withoutPhrases(withoutAsides(withoutWholeSpan(tokens)), looseWords);

const sums: ReadonlySet<string> = new Set(['all together', 'altogether', 'in total', 'both', 'all in all']);

const idleWords = looseWords.filter((words) => !sums.has(words.join(' ')));

/** The tokens without what adds nothing, but for words that say that a sum is asked for. */
export const withoutIdleWords = (tokens: readonly Token[]): Token[] =>
  withoutPhrases(withoutAsides(withoutWholeSpan(tokens)), idleWords);

/** Words of an aside that says again how a number is calculated, or what its sign means. */
const asideWords: ReadonlySet<string> = new Set(
  'simple plain arithmetic individual mean average ratio median percentile quartile linear interpolation interpolated with using of value by trial item row each minute hour day unweighted weighted equally negative positive if when lower higher less more it be result sign sum that'.split(
    ' ',
  ),
);

/** How a range is calculated. */
const rangeWords: ReadonlySet<string> = new Set(
  'max min maximum minimum minus highest lowest value -'.split(' '),
);
const ranges: ReadonlySet<string> = new Set(['range', 'spread', 'gap', 'difference', 'span']);

/** Whether a bracket only says which is subtracted from which, in the order in which they were named before. */
function repeatsOrder(before: readonly Token[], inside: readonly Token[]): boolean {
  const joint = inside.findIndex(
    (token) => token.word === 'minus' || token.word === '-' || token.word === 'less',
  );
  if (joint <= 0) return false;
  const place = (words: readonly Token[]): number =>
    before.findIndex((_, at) => words.every((word, index) => before[at + index]?.lemma === word.lemma));
  const first = place(inside.slice(0, joint));
  const second = place(inside.slice(joint + 1));
  return first >= 0 && second > first;
}

/** The tokens without brackets in which nothing new is said. */
function withoutAsides(tokens: readonly Token[]): readonly Token[] {
  const opening = tokens.findLastIndex((token) => token.kind === 'symbol' && token.word === '(');
  const closing = tokens.findIndex(
    (token, at) => at > opening && token.kind === 'symbol' && token.word === ')',
  );
  if (opening < 0 || closing < 0) return tokens;
  const inside = tokens.slice(opening + 1, closing);
  const says = inside.every(
    (token) => asideWords.has(token.lemma) || token.word === ',' || /^\d+(?:st|nd|rd|th)$/.test(token.word),
  );
  const saysRange =
    tokens.slice(0, opening).some(({ lemma }) => ranges.has(lemma)) &&
    inside.every(({ word, lemma }) => rangeWords.has(lemma) || rangeWords.has(word));
  if (!says && !saysRange && !repeatsOrder(tokens.slice(0, opening), inside)) return tokens;
  return withoutAsides([...tokens.slice(0, opening), ...tokens.slice(closing + 1)]);
}

function withoutPhrases(tokens: readonly Token[], phrases: readonly (readonly string[])[]): Token[] {
  const kept: Token[] = [];
  let at = 0;
  while (at < tokens.length) {
    const start = at;
    const filler = phrases.find((words) =>
      words.every((word, index) => tokens[start + index]?.lemma === word),
    );
    const token = tokens[at];
    if (filler !== undefined) {
      at += filler.length;
      // The comma before a phrase at the end goes with it.
      const isEnd = tokens[at] === undefined || /^[,.?!]$/.test(tokens[at]?.word ?? '');
      if (isEnd && kept.at(-1)?.word === ',') kept.pop();
    } else if (token !== undefined) {
      kept.push(token);
      at += 1;
    }
  }
  return kept;
}
