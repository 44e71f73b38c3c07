import { parseQuestion, PlanError, type CompiledQuery, type QueryPlan } from '../../questions/index.ts';
import { planKey } from '../../questions/plan-key.ts';
import { toSearchTerms } from '../../strategies/retrieval/search-text.ts';
import type { Difficulty, QuestionFamily, QuestionLanguage } from '../benchmark-format.ts';
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
export interface MadeQuestion extends WordedQuestion, Meant {
  readonly family: QuestionFamily;
  readonly difficulty: Difficulty;
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

/** What becomes of a model's words for a question. */
export type ParaphraseOutcome = 'kept' | 'no other words' | 'read otherwise' | 'answered by ten documents';

interface WordedQuestion {
  readonly question: string;
  readonly language: QuestionLanguage;
  /** The grammar's words, where the question is in those of a model. */
  readonly paraphraseOf?: string | undefined;
}

/** What a question is to mean. */
interface Meant {
  readonly plan: QueryPlan;
  readonly query: CompiledQuery;
  readonly answer: FinalAnswer;
}

const documentsOfGuard = 10;
const attemptsAQuestion = 40;
const wordingsTried = 3;

/** Makes questions of one set until they pass all guards. */
export class QuestionMaker {
  readonly dropped = new Map<DropReason, number>();
  /** What became of the words of a model. */
  readonly paraphrases = new Map<ParaphraseOutcome, number>();
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
    const meant = { plan, query, answer };
    if (!isLookUp && this.#isAnsweredByFew(written.question, meant)) return 'answered by ten documents';
    const worded = await this.#inOtherWords(written, { ...meant, isLookUp });
    this.#asked.add(key);
    const { language } = worded;
    this.#madeIn.set(language, (this.#madeIn.get(language) ?? 0) + 1);
    if (isLookUp) this.#lookUpsLeft -= 1;
    const random = createRandom(`${this.#seed}/dispersion/${written.question}`);
    const dispersion = measureDispersion({ ...meant, table, entities, random });
    const difficulty = difficultyOf(family);
    return { family, difficulty, ...worded, ...meant, isLookUp, dispersion };
  }

  /** What a model makes of the question, where it still means the same: the set is the same with and without a model. */
  async #inOtherWords(
    written: WordedQuestion,
    meant: Meant & { isLookUp: boolean },
  ): Promise<WordedQuestion> {
    if (this.#paraphrase === undefined) return written;
    const { question, language } = written;
    const other = await this.#paraphrase(question, language);
    const outcome = this.#judgeParaphrase(other, question, meant);
    this.paraphrases.set(outcome, (this.paraphrases.get(outcome) ?? 0) + 1);
    return outcome === 'kept' && other !== null
      ? { question: other, language, paraphraseOf: question }
      : written;
  }

  #judgeParaphrase(
    other: string | null,
    question: string,
    { isLookUp, ...meant }: Meant & { isLookUp: boolean },
  ): ParaphraseOutcome {
    if (other === null || other === question) return 'no other words';
    if (!this.meansTheSame(other, meant)) return 'read otherwise';
    return !isLookUp && this.#isAnsweredByFew(other, meant) ? 'answered by ten documents' : 'kept';
  }

  /** Words the plan in the language with the fewest questions so far, in another where that has no wording for it. */
  #wordInTurn(parts: Meant & { random: Random }): WordedQuestion | DropReason {
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
  }: Meant & { surface: Surface; random: Random }): { readonly question: string } | DropReason {
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
  meansTheSame(question: string, { plan, answer }: Meant): boolean {
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
  #isAnsweredByFew(question: string, { plan, query, answer }: Meant): boolean {
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
