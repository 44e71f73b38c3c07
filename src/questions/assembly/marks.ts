import { scaleOf } from '../language/adjectives.ts';
import type { Token } from '../language/token.ts';
import type { Mark } from './tile.ts';

/** The phrases of a question's frame, as words or lemmas. */
const frames: readonly (readonly [Mark, string])[] = [
  [
    'many',
    'how many times|how many of|how many|what number of|total number of|overall number of|number of|count of|what be number of|what be total number of',
  ],
  ['much', 'how much of|how much|what amount of|what be amount of|what total amount of'],
  [
    'which',
    'which of|which|what be|what|name of|in which|in what|at which|at what|on which|on what|of which|for which|for what|from which|from what|with which|by which|whose',
  ],
  ['who', 'who|whom|by whom|to whom|for whom'],
  ['when', 'when|on what date|on which date|on what day|on which day|since when'],
  ['how-long', 'how long|how many day|how many day on average|number of day|what length of time'],
  [
    'list',
    'list|name|show|show me|give me|give|find|identify|tell me|tell|display|enumerate|provide|return|rank|sort|order|put|compute|calculate|determine|get|report|count',
  ],
  [
    'share',
    'what share of|which share of|what percentage of|what percent of|what proportion of|what fraction of|what portion of|what part of|which percentage of|which proportion of|how large share of|percentage of|share of|proportion of|fraction of',
  ],
  [
    'difference',
    'by how much|by how many|how much more|how many more|how much less|how many fewer|how much higher|how much lower|how much larger|how much smaller|difference between|what be difference between|what be difference in|difference in|gap between',
  ],
  [
    'multiple',
    'how many time more|how many time as many|how many time as much|how many time|by what factor|how many times more|how many times',
  ],
  ['than', 'than that of|than those of|than that|than'],
  ['compare', 'compare'],
  ['versus', 'versus|vs|compared with|compared to|as against|against'],
  ['often', 'most often|most frequently|most commonly|most frequent|most common|commonest'],
];

const entries: readonly { readonly words: readonly string[]; readonly mark: Mark }[] = frames
  .flatMap(([mark, text]) => text.split('|').map((phrase) => ({ words: phrase.split(' '), mark })))
  .toSorted((one, other) => other.words.length - one.words.length);

/** Marks that open a question; elsewhere their words mean other things. */
const opening: ReadonlySet<Mark> = new Set(['list', 'which', 'who', 'when', 'how-long', 'much']);

/** "How much heavier": a comparative after "how much" asks for a difference. */
function differenceAt(tokens: readonly Token[], at: number): { readonly end: number; readonly mark: Mark }[] {
  const asks = tokens[at]?.word === 'how' && ['much', 'many'].includes(tokens[at + 1]?.word ?? '');
  const word = tokens[at + 2]?.word ?? '';
  const isComparative = scaleOf(word) !== null || /^(?:older|younger|newer|greater|better|worse)$/.test(word);
  return asks && isComparative ? [{ end: at + 3, mark: 'difference' }] : [];
}

/** The phrases of the frame that begin at the token, longest first. */
export function marksAt(
  tokens: readonly Token[],
  at: number,
): readonly { readonly end: number; readonly mark: Mark }[] {
  const phrases = entries.flatMap(({ words, mark }) => {
    const isHere = words.every((word, index) => {
      const token = tokens[at + index];
      return token?.kind === 'word' && (token.word === word || token.lemma === word);
    });
    const opens = at === 0 || /^[,:;]$/.test(tokens[at - 1]?.word ?? '');
    return !isHere || (opening.has(mark) && !opens) ? [] : [{ end: at + words.length, mark }];
  });
  return [...differenceAt(tokens, at), ...phrases];
}
