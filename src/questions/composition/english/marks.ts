import { graded, scaleOf } from '../../language/adjectives.ts';
import type { Token } from '../../language/token.ts';
import type { Mark } from '../piece.ts';

/** The phrases of an English question's frame, as words or lemmas. */
const frames: readonly (readonly [Mark, string])[] = [
  [
    'many',
    'how many times|how many of|how many|what number of|total number of|overall number of|number of|count of|count|breakdown of|breakdown|distribution of|what be number of|what be total number of|how often|headcount of|tally of',
  ],
  [
    'much',
    'how much of|how much money|how much|what amount of|what be amount of|what total amount of|what total|what be total amount of',
  ],
  [
    'which',
    'which of|which one of|which one|which|what be name of|what be|how large be|how big be|how high be|what do|what|name of|in which|in what|at which|at what|on which|on what|of which|for which|for what|from which|from what|with which|by which|under which|whose|which be|which do|which have',
  ],
  ['who', 'who be|who|whom|by whom|to whom|for whom|name of person who|name of people who'],
  [
    'when',
    'when|on what date|on which date|on what day|on which day|since when|what date|which date|what day|which day',
  ],
  ['where', 'where'],
  [
    'list',
    'list|name|show|compare|show me|give me|give|find|identify|tell me|tell|display|enumerate|provide|return|put|compute|calculate|determine|get|report|break down|i need|we need|list all|name all|show all',
  ],
  ['rank', 'rank|sort|order|break|split'],
  ['place', 'where do|what rank do|what be rank of|what place do|what position do|how do'],
  [
    'share',
    'what share of|which share of|what percentage of|what percent of|what proportion of|what fraction of|what portion of|what part of|which percentage of|which proportion of|how large share of|how big share of|how large part of|how big part of|percentage of|percent of|share of|proportion of|fraction of|portion of|what percentage|what share|what proportion|what fraction|how many per cent of|how many per cent|how many percent of|how many percent|in what percentage of|in what share of|for what share of|for what percentage of|for what proportion of',
  ],
  [
    'difference',
    'by how much|by how many|how much more|how many more|how much less|how many fewer|how many less|difference between|what be difference between|what be difference in|difference in|difference|gap between|what be gap between|gap in|gap|spread between|how far apart be|how big be gap between|how large be gap between|how big be difference between|how large be difference between|how much of difference be there between|range of|spread of|range|spread|separate|lie between|stand between',
  ],
  [
    'multiple',
    'how many times more|how many times as many|how many times as much|how many times|by what factor|how many times as|ratio of|ratio between|what be ratio of|what be ratio between|ratio',
  ],
  [
    'than',
    'exceed that of|exceed|surpass that of|surpass|beat that of|beat|outdo|differ from that of|differ from|than that of|than those of|than that in|than those in|than that of those|than of those|than of|than|versus|vs|compared with|compared to|as against|against|rather than|as opposed to',
  ],
  [
    'among',
    'among|amongst|of all|of|out of all|out of|within|considering only|considering|taking only|looking only at|looking at|across|for|in',
  ],
  [
    'rest',
    'rest|the rest|all others|all other|other|others|remaining|remainder|everything else|everyone else|all the rest',
  ],
];

const entries: readonly { readonly words: readonly string[]; readonly mark: Mark }[] = frames
  .flatMap(([mark, text]) => text.split('|').map((phrase) => ({ words: phrase.split(' '), mark })))
  .toSorted((one, other) => other.words.length - one.words.length);

/** A share that stands after what it is of: "breach rate". */
export const standsForRate = (token: Token | undefined): boolean =>
  token?.kind === 'word' && token.lemma === 'rate';

/** Marks that open a question, or a clause after a comma or an "and". */
const opening: ReadonlySet<Mark> = new Set(['list', 'rank', 'place', 'among']);
/** What asks how many there are only where it is said of which groups. */
const groupedCounts: ReadonlySet<string> = new Set(['count', 'breakdown of', 'breakdown', 'distribution of']);
const grouping: ReadonlySet<string> = new Set(['per', 'by', 'each', 'every', 'across']);
/** What opens a question for a number of rows, as a command. */
const countingWords: ReadonlySet<string> = new Set(['count', 'tally']);
const auxiliaries: ReadonlySet<string> = new Set(['be', 'do', 'have', 'can']);

/** The phrases of the frame that begin at the token, longest first. */
export function marksAt(
  tokens: readonly Token[],
  at: number,
): readonly { readonly end: number; readonly mark: Mark }[] {
  const opens = at === 0 || /^[,:;]$/.test(tokens[at - 1]?.word ?? '');
  const found = entries.flatMap(({ words, mark }) => {
    const phrase = words.join(' ');
    const isHere = words.every((word, index) => {
      const token = tokens[at + index];
      return token?.kind === 'word' && (token.word === word || token.lemma === word);
    });
    if (!isHere || (opening.has(mark) && !opens)) return [];
    // "Compare A with B" alone asks for both, and not for what they differ by.
    if (phrase === 'compare' && !tokens.some(({ lemma }) => lemma === 'difference' || lemma === 'gap'))
      return [];
    // "By how much" asks for a difference.
    if ((mark === 'many' || mark === 'much') && tokens[at]?.word === 'how' && tokens[at - 1]?.word === 'by')
      return [];
    // "Ticket numbers of" names them.
    if (words[0] === 'number' && tokens[at]?.word === 'numbers') return [];
    // "A count per month", "a breakdown by month" count rows, and so does "count the orders".
    const isCommand = at === 0 && phrase === 'count';
    if (
      !isCommand &&
      groupedCounts.has(phrase) &&
      !tokens.slice(at + words.length).some(({ word }) => grouping.has(word))
    )
      return [];
    // "Other than" leaves out what follows.
    if (mark === 'rest' && tokens[at + words.length]?.word === 'than') return [];
    return [{ end: at + words.length, mark }];
  });
  const isHow = tokens[at]?.word === 'how' && ['much', 'many'].includes(tokens[at + 1]?.word ?? '');
  const comparative = tokens[at + 2]?.word ?? '';
  if (
    isHow &&
    (scaleOf(comparative) !== null ||
      /^(?:older|younger|newer|greater|better|worse|higher|lower)$/.test(comparative))
  )
    found.unshift({ end: at + 3, mark: 'difference' });
  if (tokens[at]?.word === 'how' && scaleOf(graded(tokens[at + 1]?.word ?? '', 'er')) !== null)
    found.push({ end: at + 1, mark: 'much' });
  if (
    tokens[at]?.word === 'how' &&
    /^(?:old|high|far|expensive|costly|populous)$/.test(tokens[at + 1]?.word ?? '')
  )
    found.push({ end: at + 1, mark: 'much' });
  // "How electronegative", "how porous".
  if (
    tokens[at]?.word === 'how' &&
    /.{3}(?:ive|able|ible|ous|ic|ent|ant|al)$/.test(tokens[at + 1]?.word ?? '')
  )
    found.push({ end: at + 1, mark: 'much' });
  // "How many days did it take" asks for a length of time.
  const isSpan = isHow && ['day', 'week', 'month', 'year', 'hour'].includes(tokens[at + 2]?.lemma ?? '');
  if (isSpan && ['do', 'be', 'pass', 'have'].includes(tokens[at + 3]?.lemma ?? ''))
    found.push({ end: at + 3, mark: 'much' });
  if (at === 0 && countingWords.has(tokens[0]?.word ?? '')) found.push({ end: 1, mark: 'many' });
  const isYesNo = at === 0 && auxiliaries.has(tokens[0]?.lemma ?? '');
  return isYesNo ? [...found, { end: 1, mark: 'yes-no' }] : found;
}
