import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';
import type { Quantity } from './meanings.ts';
import { arithmetic, isConstant } from './quantity-values.ts';
import type { Operator } from './quantity-values.ts';

const operators: readonly {
  readonly words: readonly string[];
  readonly operator: Operator;
  readonly binding: number;
}[] = [
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

type Sum = Parse<Quantity>;

/** A sum that may go on, though not with an operator that binds closer than its last one. */
interface Chain extends Sum {
  readonly loosest: number;
}

/** Terms joined by operators, with the usual precedence; ", times 1,000" applies to all that stands before. */
export function sumsAt(grammar: AnalystGrammar, context: Context, at: number): Sum[] {
  const climb = (lefts: readonly Sum[], lowest: number): Sum[] => {
    const results: Sum[] = [];
    let current: readonly Chain[] = lefts.map((sum) => ({ ...sum, loosest: 2 }));
    for (let round = 0; round < 12 && current.length > 0; round += 1) {
      results.push(...current);
      const next: Chain[] = [];
      for (const left of current)
        for (const { words, operator, binding } of operators) {
          if (binding < lowest || binding > left.loosest) continue;
          if (!words.every((word, index) => matches(context, left.end + index, word))) continue;
          const start = left.end + words.length;
          const terms = grammar.parse('term', context, start);
          for (const right of climb(terms, binding + 1)) {
            const value = arithmetic(operator, left.value, right.value);
            const isMixed = isSpoken(words) && binding === 1 && crossesSpoken(context, start, right.end);
            const cost =
              left.cost +
              right.cost +
              (words[0] === 'over' || words[0] === 'less' ? 0.2 : 0) +
              (isMixed ? 1.3 : 0);
            if (value !== null)
              next.push({
                end: right.end,
                cost,
                value,
                notes: [...left.notes, ...right.notes],
                loosest: binding,
              });
          }
        }
      current = next;
    }
    return results;
  };
  return climb(grammar.parse('term', context, at), 0).filter((sum) => !isConstant(sum.value));
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

const matches = (context: Context, at: number, word: string): boolean => {
  const token = context.tokens[at];
  return token !== undefined && token.kind !== 'quote' && token.word === word;
};
