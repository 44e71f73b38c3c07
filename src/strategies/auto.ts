import type { CallPlan, ModelClient } from '../models/index.ts';
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
}

/**
 * Chooses a strategy for each question, and says why in the answer's first warning:
 *
 * 1. `table` without a call where the grammar understands the question and the tables answer it: exact, and free;
 * 2. `full` where the corpus fits the window;
 * 3. `memory` where the question asks about many documents, as far as the budget allows;
 * 4. `retrieval` otherwise: a look-up, or all that the budget allows.
 *
 * @param options.create makes the strategy of a name; without a model, where that is said.
 */
export function createAutoStrategy({
  model,
  settings = {},
  create,
}: {
  model: ModelClient;
  settings?: AutoSettings | undefined;
  create: (name: StrategyName, options?: { withoutModel: boolean }) => Strategy;
}): Strategy {
  const affords = settings.affords ?? (() => true);
  const table = create('table', { withoutModel: true });
  const format = (tokens: number): string => tokens.toLocaleString('en-US');

  async function chooseModelStrategy(input: StrategyInput): Promise<Choice> {
    const { tokens } = await input.corpus.summary();
    const window = `the window of ${format(model.limits.windowTokens)}`;
    const full = create('full');
    const { upperBound, expected } = await full.plan(input);
    if (upperBound.calls > 0 && affords({ upperBound, expected })) {
      return { strategy: full, because: `the corpus of ${format(tokens)} tokens fits ${window}` };
    }
    const retrieval = create('retrieval');
    const tooLong = `the corpus of ${format(tokens)} tokens does not fit ${window}`;
    if (!asksAboutMany(input.question)) {
      return { strategy: retrieval, because: `${tooLong}, and the question asks for one thing` };
    }
    const memory = create('memory');
    const plan = await memory.plan(input);
    const manyDocuments = `${tooLong}, and the question asks about many documents`;
    if (plan.upperBound.calls > 0 && affords(plan)) return { strategy: memory, because: manyDocuments };
    const cause =
      plan.upperBound.calls === 0
        ? 'the window is too small to read all of them with a memory'
        : `the budget does not pay for reading all of them (${format(plan.expected.calls)} calls)`;
    return {
      strategy: retrieval,
      because: `${manyDocuments}, but ${cause}; the answer may miss most of them`,
    };
  }

  async function choose(input: StrategyInput): Promise<Choice & { answer?: Answer }> {
    const answer = await table.answer(input);
    if (answer.status === 'answered') {
      const because = 'the question is understood, and the table answers it exactly without a call';
      return { strategy: table, because, answer };
    }
    return await chooseModelStrategy(input);
  }

  return {
    name: 'auto',
    plan: async (input) => {
      const { strategy, because } = await choose(input);
      input.onTrace?.({ step: 'strategy', detail: { chosen: strategy.name, because } });
      return await strategy.plan(input);
    },
    answer: async (input) => {
      const started = performance.now();
      const { strategy, because, answer: ready } = await choose(input);
      input.onTrace?.({ step: 'strategy', detail: { chosen: strategy.name, because } });
      const answer = ready ?? (await strategy.answer(input));
      return {
        ...answer,
        warnings: [`The strategy ${strategy.name} was chosen: ${because}.`, ...answer.warnings],
        seconds: (performance.now() - started) / 1000,
      };
    },
  };
}
