import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';
import type { Quantity } from './meanings.ts';
import { chainsAt } from './operator-chains.ts';
import type { SpokenOperator } from './operator-chains.ts';

const operators: readonly SpokenOperator[] = [
  { words: ['+'], operator: '+', binding: 1 },
  { words: ['plus'], operator: '+', binding: 1 },
  { words: ['-'], operator: '-', binding: 1 },
  { words: ['minus'], operator: '-', binding: 1 },
  { words: ['less'], operator: '-', binding: 1 },
  { words: [',', 'minus'], operator: '-', binding: 1 },
  { words: [',', 'plus'], operator: '+', binding: 1 },
  { words: ['*'], operator: '*', binding: 2 },
  { words: ['x'], operator: '*', binding: 2 },
  { words: ['times'], operator: '*', binding: 2 },
  { words: [',', 'times'], operator: '*', binding: 0 },
  { words: [',', 'multiplied', 'by'], operator: '*', binding: 0 },
  { words: ['multiplied', 'by'], operator: '*', binding: 2 },
  { words: ['/'], operator: '/', binding: 2 },
  { words: ['divided', 'by'], operator: '/', binding: 2 },
  { words: [',', 'divided', 'by'], operator: '/', binding: 0 },
  { words: ['over'], operator: '/', binding: 2 },
  { words: ['relative', 'to'], operator: '/', binding: 2 },
];

/** Words of an operator that a grammar's vocabulary must know. */
export const operatorWords: readonly string[] = operators.flatMap((each) => each.words);

/** Terms joined by operators, with the usual precedence; ", times 1,000" applies to all that stands before. */
export function sumsAt(grammar: AnalystGrammar, context: Context, at: number): Parse<Quantity>[] {
  const costOf = ({ words, binding }: SpokenOperator, start: number, end: number): number => {
    const isMixed = isSpoken(words) && binding === 1 && crossesSpoken(context, start, end);
    return (words[0] === 'over' || words[0] === 'less' ? 0.2 : 0) + (isMixed ? 1.3 : 0);
  };
  const termsAt = (from: number): readonly Parse<Quantity>[] => grammar.parse('term', context, from);
  return chainsAt({ operators, tokens: context.tokens, termsAt, costOf }, at);
}

const isSpoken = (words: readonly string[]): boolean => words.some((word) => /[a-z]{2}/.test(word));

/** "A plus B divided by C" leaves open what is divided: no reading of it is sure. */
function crossesSpoken(context: Context, from: number, to: number): boolean {
  let depth = 0;
  for (let at = from; at < to; at += 1) {
    const token = context.tokens[at];
    if (token?.word === '(') depth += 1;
    if (token?.word === ')') depth -= 1;
    const isJoint = token?.word === 'divided' || token?.word === 'multiplied';
    if (depth === 0 && isJoint && context.tokens[at - 1]?.word !== ',') return true;
  }
  return false;
}
