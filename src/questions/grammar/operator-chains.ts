import type { Token } from '../language/token.ts';
import type { Parse } from './engine.ts';
import type { Quantity } from './meanings.ts';
import { arithmetic, isConstant } from './quantity-values.ts';
import type { Operator } from './quantity-values.ts';

/** Words that join two terms. */
export interface SpokenOperator {
  readonly words: readonly string[];
  readonly operator: Operator;
  /** What has a higher one is calculated first. */
  readonly binding: number;
}

/** How a language joins terms. */
export interface Joints {
  readonly operators: readonly SpokenOperator[];
  readonly tokens: readonly Token[];
  readonly termsAt: (at: number) => readonly Parse<Quantity>[];
  /** What a joint costs, whose right side is `[start, end)`. */
  readonly costOf: (joint: SpokenOperator, start: number, end: number) => number;
}

type Sum = Parse<Quantity>;

/** A sum that may go on, though not with an operator that binds closer than its last one. */
interface Chain extends Sum {
  readonly loosest: number;
}

/** Terms joined by operators, with the usual precedence. */
export function chainsAt({ operators, tokens, termsAt, costOf }: Joints, at: number): Sum[] {
  const climb = (lefts: readonly Sum[], lowest: number): Sum[] => {
    const results: Sum[] = [];
    let current: readonly Chain[] = lefts.map((sum) => ({ ...sum, loosest: 2 }));
    for (let round = 0; round < 12 && current.length > 0; round += 1) {
      results.push(...current);
      const next: Chain[] = [];
      for (const left of current)
        for (const joint of operators) {
          const { words, operator, binding } = joint;
          if (binding < lowest || binding > left.loosest) continue;
          if (!words.every((word, index) => matches(tokens[left.end + index], word))) continue;
          const start = left.end + words.length;
          for (const right of climb(termsAt(start), binding + 1)) {
            const value = arithmetic(operator, left.value, right.value);
            if (value === null) continue;
            next.push({
              end: right.end,
              cost: left.cost + right.cost + costOf(joint, start, right.end),
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
  return climb(termsAt(at), 0).filter((sum) => !isConstant(sum.value));
}

const matches = (token: Token | undefined, word: string): boolean =>
  token !== undefined && token.kind !== 'quote' && token.word === word;
