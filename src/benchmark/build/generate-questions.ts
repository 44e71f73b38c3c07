import { parseQuestion, PlanError, type CompiledQuery, type QueryPlan } from '../../questions/index.ts';
import { planKey } from '../../questions/plan-key.ts';
import { toSearchTerms } from '../../strategies/retrieval/search-text.ts';
import {
  difficulties,
  questionFamilies,
  type Difficulty,
  type QuestionFamily,
  type QuestionLanguage,
} from '../benchmark-format.ts';
import { createRandom, type Random } from '../random.ts';
import type { DocumentRanking } from './bm25.ts';
import { lookedUp, measureDispersion, type Dispersion } from './dispersion.ts';
import { Draw, NothingToDraw } from './draw.ts';
import { difficultyOf, families } from './families/index.ts';
import { sameAnswer, type FinalAnswer } from './final-answer.ts';
import { guardAnswer, guardChecks, guardValues, type GuardName } from './guards.ts';
import type { Surface } from './languages.ts';
import type { Paraphrase } from './paraphrase.ts';
import { SetTable } from './set-table.ts';
import type { TruthEntity } from './truth-table.ts';

/** A question that has passed all guards. */
export interface MadeQuestion {
  readonly family: QuestionFamily;
  readonly difficulty: Difficulty;
  readonly language: QuestionLanguage;
  readonly question: string;
  readonly plan: QueryPlan;
  readonly query: CompiledQuery;
  readonly answer: FinalAnswer;
  readonly isLookUp: boolean;
  readonly dispersion: Dispersion;
}

/** What the questions of a set are made from. */
export interface QuestionSource {
  readonly table: SetTable;
  /** In the order of the table's rows. */
  readonly entities: readonly TruthEntity[];
  readonly ranking: DocumentRanking;
  /** The documents of the set by position. */
  readonly documents: readonly string[];
}

export type DropReason =
  | GuardName
  | 'cannot be drawn'
  | 'no wording'
  | 'asked already'
  | 'evaluators differ'
  | 'answered by ten documents'
  | 'read back otherwise';

export interface GeneratedQuestions {
  readonly questions: readonly MadeQuestion[];
  /** Families of which no question could be made. */
  readonly missing: readonly QuestionFamily[];
  readonly dropped: ReadonlyMap<DropReason, number>;
  /** How many are in a model's words. */
  readonly paraphrased: number;
}

/** Shares of CorpusQA's own questions (§3 of its paper). */
const difficultyShares: Readonly<Record<Difficulty, number>> = { easy: 0.225, medium: 0.492, hard: 0.283 };

const mostLookUps = 0.05;
const documentsOfGuard = 10;
const attemptsAQuestion = 40;
const wordingsTried = 3;

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
    paraphrased: maker.paraphrased,
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

class QuestionMaker {
  readonly dropped = new Map<DropReason, number>();
  /** Questions in a model's words. */
  paraphrased = 0;
  readonly #source: QuestionSource;
  readonly #surfaces: readonly Surface[];
  readonly #paraphrase: Paraphrase | undefined;
  readonly #seed: string;
  #lookUpsLeft: number;
  readonly #madeIn = new Map<QuestionLanguage, number>();
  readonly #asked = new Set<string>();
  readonly #entityOf = new Map<string, number[]>();
  readonly #draw: Draw;

  constructor({
    source,
    surfaces,
    paraphrase,
    mostLookUps,
    seed,
  }: {
    source: QuestionSource;
    surfaces: readonly Surface[];
    paraphrase: Paraphrase | undefined;
    mostLookUps: number;
    seed: string;
  }) {
    this.#source = source;
    this.#surfaces = surfaces;
    this.#paraphrase = paraphrase;
    this.#lookUpsLeft = mostLookUps;
    this.#seed = seed;
    const { table, fields, rows } = source.table;
    this.#draw = new Draw({ table, fields, rows });
    for (const [index, { documents }] of source.entities.entries()) {
      for (const document of documents) {
        this.#entityOf.set(document, [...(this.#entityOf.get(document) ?? []), index]);
      }
    }
  }

  /** Draws plans of a family until one becomes a question; null when none does. */
  async make(family: QuestionFamily, seed: string): Promise<MadeQuestion | null> {
    for (let attempt = 0; attempt < attemptsAQuestion; attempt += 1) {
      this.#draw.seed(createRandom(`${seed}/${attempt}`));
      const result = await this.#try(family);
      if (typeof result !== 'string') return result;
      this.dropped.set(result, (this.dropped.get(result) ?? 0) + 1);
    }
    return null;
  }

  async #try(family: QuestionFamily): Promise<MadeQuestion | DropReason> {
    const { table, entities } = this.#source;
    let plan: QueryPlan;
    let query: CompiledQuery;
    try {
      plan = families[family](this.#draw);
      query = table.compile(plan);
    } catch (error) {
      if (error instanceof NothingToDraw || error instanceof PlanError) return 'cannot be drawn';
      throw error;
    }
    const key = planKey(plan);
    if (this.#asked.has(key)) return 'asked already';
    const isLookUp = lookedUp(plan) !== null;
    if (isLookUp && this.#lookUpsLeft === 0) return 'cannot be drawn';
    const answer = table.answerByEvaluation(plan, query);
    const broken = guardAnswer(plan, answer) ?? guardValues(plan, table);
    if (broken !== null || answer === null) return broken ?? 'no value';
    const bySql = await table.answerBySql(plan, query);
    if (!sameAnswer(answer, bySql, true)) return 'evaluators differ';
    const failed = await guardChecks(query, table);
    if (failed !== null) return failed;
    const written = this.#wordInTurn({ plan, query, answer, random: () => this.#draw.random() });
    if (typeof written === 'string') return written;
    const worded = await this.#inOtherWords(written, { plan, query, answer });
    if (typeof worded === 'object') {
      if (!isLookUp && this.#isAnsweredByFew(worded.question, { plan, query, answer })) {
        return 'answered by ten documents';
      }
      this.#asked.add(key);
      const { language } = worded;
      this.#madeIn.set(language, (this.#madeIn.get(language) ?? 0) + 1);
      if (isLookUp) this.#lookUpsLeft -= 1;
      const random = createRandom(`${this.#seed}/dispersion/${worded.question}`);
      const dispersion = measureDispersion({ plan, query, answer, table, entities, random });
      const difficulty = difficultyOf(family);
      return { family, difficulty, ...worded, plan, query, answer, isLookUp, dispersion };
    }
    return worded;
  }

  /** What a model makes of the question, where it still means the same. */
  async #inOtherWords(
    worded: { readonly question: string; readonly language: QuestionLanguage },
    meant: { plan: QueryPlan; query: CompiledQuery; answer: FinalAnswer },
  ): Promise<typeof worded> {
    const other = await this.#paraphrase?.(worded.question, worded.language);
    if (other === null || other === undefined || !this.meansTheSame(other, meant)) return worded;
    this.paraphrased += 1;
    return { ...worded, question: other };
  }

  /** Words the plan in the language with the fewest questions so far, in another where that has no wording for it. */
  #wordInTurn(parts: {
    plan: QueryPlan;
    query: CompiledQuery;
    answer: FinalAnswer;
    random: Random;
  }): { readonly question: string; readonly language: QuestionLanguage } | DropReason {
    const made = ({ language }: Surface): number => this.#madeIn.get(language) ?? 0;
    let reason: DropReason = 'no wording';
    for (const surface of this.#surfaces.toSorted((one, other) => made(one) - made(other))) {
      const worded = this.#word({ ...parts, surface });
      if (typeof worded === 'object') return { ...worded, language: surface.language };
      reason = worded;
    }
    return reason;
  }

  /** Words the plan and reads the words back; other wordings are tried where it is read otherwise. */
  #word({
    plan,
    query,
    answer,
    surface,
    random,
  }: {
    plan: QueryPlan;
    query: CompiledQuery;
    answer: FinalAnswer;
    surface: Surface;
    random: Random;
  }): { readonly question: string } | DropReason {
    let reason: DropReason = 'no wording';
    for (let wording = 0; wording < wordingsTried; wording += 1) {
      const question = surface.write(plan, this.#source.table.catalog, Math.floor(random() * 1e6));
      if (question === null) continue;
      reason = 'read back otherwise';
      if (this.meansTheSame(question, { plan, query, answer })) return { question };
    }
    return reason;
  }

  /** Whether a question is read as the plan, or as one with the same answer. */
  meansTheSame(
    question: string,
    { plan, answer }: { plan: QueryPlan; query: CompiledQuery; answer: FinalAnswer },
  ): boolean {
    const { table } = this.#source;
    const parsed = parseQuestion({ question, catalog: table.catalog });
    if (parsed.status !== 'understood') return false;
    if (planKey(parsed.plan) === planKey(plan)) return true;
    if (parsed.plan.table !== plan.table) return false;
    try {
      const query = table.compile(parsed.plan);
      return sameAnswer(table.answerByEvaluation(parsed.plan, query), answer);
    } catch (error) {
      if (error instanceof PlanError) return false;
      throw error;
    }
  }

  /** Whether the ten documents that BM25 ranks first give the answer. */
  #isAnsweredByFew(
    question: string,
    { plan, query, answer }: { plan: QueryPlan; query: CompiledQuery; answer: FinalAnswer },
  ): boolean {
    const { table, ranking, documents } = this.#source;
    const best = ranking.best({
      terms: toSearchTerms(question),
      documents: documents.length,
      limit: documentsOfGuard,
    });
    const indexes = new Set(best.flatMap((position) => this.#entityOf.get(documents[position] ?? '') ?? []));
    const rows = [...indexes]
      .toSorted((one, other) => one - other)
      .map((index) => table.rows[index])
      .filter((row) => row !== undefined);
    return sameAnswer(table.answerByEvaluation(plan, query, rows), answer);
  }
}

function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  const left = [...items];
  const taken: Item[] = [];
  while (left.length > 0) taken.push(...left.splice(Math.floor(random() * left.length), 1));
  return taken;
}
