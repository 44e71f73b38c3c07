import { difficulties, questionFamilies, type Difficulty, type QuestionFamily } from '../benchmark-format.ts';
import { createRandom, type Random } from '../random.ts';
import { difficultyOf } from './families/index.ts';
import type { Surface } from './languages.ts';
import type { Paraphrase } from './paraphrase.ts';
import {
  QuestionMaker,
  type DropReason,
  type MadeQuestion,
  type ParaphraseOutcome,
  type QuestionSource,
} from './question-maker.ts';

export interface GeneratedQuestions {
  readonly questions: readonly MadeQuestion[];
  /** Families of which no question could be made. */
  readonly missing: readonly QuestionFamily[];
  readonly dropped: ReadonlyMap<DropReason, number>;
  readonly paraphrases: ReadonlyMap<ParaphraseOutcome, number>;
}

/** Shares of CorpusQA's own questions (§3 of its paper). */
const difficultyShares: Readonly<Record<Difficulty, number>> = { easy: 0.225, medium: 0.492, hard: 0.283 };

const mostLookUps = 0.05;

/**
 * Makes the questions of one set: of every family in turn plans are drawn by seed until one passes all guards, so that
 * families are spread evenly within each difficulty. A plan is kept when SQL and the independent evaluator agree on the
 * answer, when the ten documents that BM25 ranks first for the question give another answer, and when the question is
 * read back as a plan with the same result.
 */
export async function generateQuestions({
  source,
  count,
  surfaces,
  paraphrase,
  seed,
  signal,
  onProgress,
}: {
  source: QuestionSource;
  count: number;
  surfaces: readonly Surface[];
  /** Other words for a question, kept where they mean the same. */
  paraphrase?: Paraphrase | undefined;
  seed: string;
  signal?: AbortSignal | undefined;
  onProgress?: ((done: number) => void) | undefined;
}): Promise<GeneratedQuestions> {
  const maker = new QuestionMaker({
    source,
    surfaces,
    paraphrase,
    mostLookUps: Math.floor(count * mostLookUps),
    seed,
  });
  const questions: MadeQuestion[] = [];
  const made = new Set<QuestionFamily>();
  const tried = new Set<QuestionFamily>();
  for (const [difficulty, wanted] of quotas(count)) {
    const ofDifficulty = shuffled(
      questionFamilies.filter((family) => difficultyOf(family) === difficulty),
      createRandom(`${seed}/${difficulty}`),
    );
    const spent = new Map<QuestionFamily, number>();
    for (let taken = 0, turn = 0; taken < wanted; turn += 1) {
      const left = ofDifficulty.filter((family) => (spent.get(family) ?? 0) < 2);
      const family = left[turn % left.length];
      if (family === undefined) break;
      signal?.throwIfAborted();
      tried.add(family);
      const question = await maker.make(family, `${seed}/${family}/${turn}`);
      if (question === null) {
        spent.set(family, (spent.get(family) ?? 0) + 1);
        continue;
      }
      questions.push(question);
      made.add(family);
      taken += 1;
      onProgress?.(questions.length);
    }
  }
  return {
    questions,
    missing: questionFamilies.filter((family) => tried.has(family) && !made.has(family)),
    dropped: maker.dropped,
    paraphrases: maker.paraphrases,
  };
}

/** How many questions of each difficulty, by the largest remainders. */
export function quotas(count: number): readonly (readonly [Difficulty, number])[] {
  const exact = difficulties.map((difficulty) => count * difficultyShares[difficulty]);
  const whole = exact.map(Math.floor);
  const left = count - whole.reduce((sum, each) => sum + each, 0);
  const largest = exact
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .toSorted((one, other) => other.remainder - one.remainder)
    .slice(0, left)
    .map(({ index }) => index);
  const byRemainder = new Set(largest);
  return difficulties.map((difficulty, index) => [
    difficulty,
    (whole[index] ?? 0) + (byRemainder.has(index) ? 1 : 0),
  ]);
}

function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  const left = [...items];
  const taken: Item[] = [];
  while (left.length > 0) taken.push(...left.splice(Math.floor(random() * left.length), 1));
  return taken;
}
