import type { Tokenizer } from '../../corpus/index.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import { createRandom } from '../random.ts';
import { chinese } from './chinese.ts';
import { english } from './english.ts';
import { SentenceCounts } from './fill-context.ts';
import { makeRulerItem, type RulerItem } from './make-ruler-item.ts';
import type { RulerTask } from './ruler-tasks.ts';

/** A line of a file of RULER questions, as the adapter `ruler` reads it. */
export interface RulerLine extends RulerItem {
  readonly id: string;
  readonly task: RulerTask;
  readonly language: 'en' | 'zh';
  /** The tokens asked for, text and question together. */
  readonly length: number;
}

const languages = { en: english, zh: chinese } as const;
/** Below this there is no room for the statements of every task. */
export const smallestLength = 500;

/**
 * Makes questions of RULER's tasks, each with a text of the length asked for. What a question is hangs on seed, task,
 * language, length and number alone. Needles and their noise are sentences of our own.
 *
 * @throws {BenchmarkError} for lengths below {@link smallestLength}.
 */
export function* makeRulerLines({
  tasks,
  lengths,
  languages: codes,
  count,
  seed,
  tokenizer,
}: {
  tasks: readonly RulerTask[];
  lengths: readonly number[];
  languages: readonly ('en' | 'zh')[];
  count: number;
  seed: string;
  tokenizer: Tokenizer;
}): Generator<RulerLine> {
  const short = lengths.find((length) => length < smallestLength);
  if (short !== undefined) {
    throw new BenchmarkError({
      message: `${short} tokens are too few for a question of RULER.`,
      remedy: `Ask for ${smallestLength} tokens or more.`,
    });
  }
  const counts = new SentenceCounts(tokenizer);
  for (const length of lengths) {
    for (const code of codes) {
      for (const task of tasks) {
        for (let index = 0; index < count; index++) {
          const random = createRandom(JSON.stringify([seed, task, code, length, index]));
          const item = makeRulerItem({ task, language: languages[code], tokens: length, counts, random });
          yield { id: `${task}_${code}_${length}_${index + 1}`, task, language: code, length, ...item };
        }
      }
    }
  }
}
