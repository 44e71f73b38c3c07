import { addCosts, noCost, type CallPlan, type ModelClient, type PlannedUse } from '../models/index.ts';
import { asksAboutMany } from './asks-about-many.ts';
import type { StrategyName } from './strategy-names.ts';
import type { Answer, Strategy, StrategyInput } from './strategy.ts';

export interface AutoSettings {
  /** Whether what is left of a budget may pay for so much; absent: there is no budget. */
  readonly affords?: ((plan: CallPlan) => boolean) | undefined;
}

interface Choice {
  readonly strategy: Strategy;
  /** Why this one, as the end of a sentence. */
  readonly because: string;
  /** Where choosing took answering already. */
  readonly answer?: Answer;
}

/** Makes the strategy of a name. */
type Create = (
  name: StrategyName,
  options?: {
    readonly withoutModel?: boolean;
    /** Whether `table` may read fields that the tables lack; it may where nothing is said. */
    readonly readsFields?: boolean;
  },
) => Strategy;

/**
 * Chooses a strategy for each question, and says why in the answer's first warning:
 *
 * 1. `table` without a call where the grammar understands the question and the tables answer it: exact, and free;
 * 2. `table` with SQL by the model where the tables have all that the question names, and only the wording is in the
 *    way;
 * 3. `full` where the corpus fits the window;
 * 4. `table` with fields that the model reads from all documents, where the question asks about many and names such;
 * 5. `memory` where it asks about many documents otherwise, as far as the budget allows;
 * 6. `retrieval` for the rest: a look-up, or all that the budget allows.
 *
 * A table that gives no answer after all is passed over, and what it took is counted.
 */
export function createAutoStrategy({
  model,
  settings = {},
  create,
}: {
  model: ModelClient;
  settings?: AutoSettings | undefined;
  create: Create;
}): Strategy {
  const choose = new Chooser({ model, affords: settings.affords ?? (() => true), create });
  return {
    name: 'auto',
    plan: async (input) => {
      const options = choose.options(input);
      const plans: CallPlan[] = [];
      for await (const { strategy, because, answer, mayPass } of options) {
        if (plans.length === 0)
          input.onTrace?.({ step: 'strategy', detail: { chosen: strategy.name, because } });
        plans.push(answer === undefined ? await strategy.plan(input) : nothing);
        if (!mayPass) break;
      }
      return inTurn(plans);
    },
    answer: async (input) => {
      const started = performance.now();
      let cost = noCost;
      for await (const { strategy, because, answer: ready, mayPass } of choose.options(input)) {
        const tell = (): void =>
          input.onTrace?.({ step: 'strategy', detail: { chosen: strategy.name, because } });
        if (!mayPass) tell();
        const answer = ready ?? (await strategy.answer(input));
        cost = addCosts(cost, answer.cost);
        if (mayPass && answer.status !== 'answered') continue;
        if (mayPass) tell();
        return {
          ...answer,
          warnings: [`The strategy ${strategy.name} was chosen: ${because}.`, ...answer.warnings],
          cost,
          seconds: (performance.now() - started) / 1000,
        };
      }
      throw new TypeError('The last strategy is never passed over.');
    },
  };
}

const nothing: CallPlan = {
  expected: { calls: 0, inputTokens: 0, outputTokens: 0 },
  upperBound: { calls: 0, inputTokens: 0, outputTokens: 0 },
};

/** The first is expected to answer; at the worst all of them are gone through. */
function inTurn(plans: readonly CallPlan[]): CallPlan {
  const [first = nothing] = plans;
  const embeddings = plans.find((plan) => plan.embeddings !== undefined)?.embeddings;
  const sum = (of: (use: PlannedUse) => number): number =>
    plans.reduce((total, { upperBound }) => total + of(upperBound), 0);
  return {
    expected: first.expected,
    upperBound: {
      calls: sum(({ calls }) => calls),
      inputTokens: sum(({ inputTokens }) => inputTokens),
      outputTokens: sum(({ outputTokens }) => outputTokens),
    },
    ...(embeddings !== undefined && { embeddings }),
  };
}

const format = (tokens: number): string => tokens.toLocaleString('en-US');

/** A choice; one that may pass is followed by another where it gives no answer. */
type Option = Choice & { readonly mayPass: boolean };

class Chooser {
  readonly #model: ModelClient;
  readonly #affords: (plan: CallPlan) => boolean;
  readonly #create: Create;

  constructor({
    model,
    affords,
    create,
  }: {
    model: ModelClient;
    affords: (plan: CallPlan) => boolean;
    create: Create;
  }) {
    this.#model = model;
    this.#affords = affords;
    this.#create = create;
  }

  /** The strategies to go through for a question, best first. */
  async *options(input: StrategyInput): AsyncGenerator<Option> {
    const table = this.#create('table', { withoutModel: true });
    const answer = await table.answer(input);
    if (answer.status === 'answered') {
      const because = 'the question is understood, and the table answers it exactly without a call';
      yield { strategy: table, because, answer, mayPass: false };
      return;
    }
    const { understood = [], notUnderstood = [] } = answer.misunderstanding ?? {};
    if (understood.length > 0 && notUnderstood.length === 0) {
      const sql = this.#create('table', { readsFields: false });
      const because = 'the tables have all that the question names, and the model put it into SQL';
      if (this.#affords(await sql.plan(input))) yield { strategy: sql, because, mayPass: true };
    }
    yield* this.#modelOptions(input);
  }

  async *#modelOptions(input: StrategyInput): AsyncGenerator<Option> {
    const { tokens } = await input.corpus.summary();
    const window = `the window of ${format(this.#model.limits.windowTokens)}`;
    const full = this.#create('full');
    const { upperBound, expected } = await full.plan(input);
    if (upperBound.calls > 0 && this.#affords({ upperBound, expected })) {
      const because = `the corpus of ${format(tokens)} tokens fits ${window}`;
      yield { strategy: full, because, mayPass: false };
      return;
    }
    const retrieval = this.#create('retrieval');
    const tooLong = `the corpus of ${format(tokens)} tokens does not fit ${window}`;
    if (!asksAboutMany(input.question)) {
      const because = `${tooLong}, and the question asks for one thing`;
      yield { strategy: retrieval, because, mayPass: false };
      return;
    }
    const manyDocuments = `${tooLong}, and the question asks about many documents`;
    const table = this.#create('table');
    if (this.#affords(await this.#create('table', { readsFields: false }).plan(input))) {
      const because = `${manyDocuments}, over which the table is exact, with what the model read for it`;
      yield { strategy: table, because, mayPass: true };
    }
    const memory = this.#create('memory');
    const plan = await memory.plan(input);
    if (plan.upperBound.calls > 0 && this.#affords(plan)) {
      yield { strategy: memory, because: manyDocuments, mayPass: false };
      return;
    }
    const cause =
      plan.upperBound.calls === 0
        ? 'the window is too small to read all of them with a memory'
        : `the budget does not pay for reading all of them (${format(plan.expected.calls)} calls)`;
    yield {
      strategy: retrieval,
      because: `${manyDocuments}, but ${cause}; the answer may miss most of them`,
      mayPass: false,
    };
  }
}
