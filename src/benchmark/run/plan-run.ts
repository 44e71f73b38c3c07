import { pricePlan, type CallPlan, type PricedPlan, type ResolvedModel } from '../../models/index.ts';
import type { RunFile } from './run-file.ts';
import { OpenCorpora } from './open-corpora.ts';
import type { Contestant, RunTask } from './run-benchmark.ts';

/** What one contestant has before it on one group of questions. */
export interface PlannedWork {
  readonly group: string;
  readonly strategy: string;
  readonly model: string;
  /** Questions that have no line yet. */
  readonly questions: number;
  /** Null where no model is asked. */
  readonly plan: PricedPlan | null;
}

const nothing = { calls: 0, inputTokens: 0, outputTokens: 0 };

/**
 * What a run will take for what the file of results does not have yet; nothing is sent. The corpora are read, as the run
 * itself needs them, and kept.
 *
 * @param options.modelOf the model of a contestant, for its prices; null where it asks none.
 */
export async function planRun({
  tasks,
  results,
  modelOf,
  signal,
}: {
  tasks: readonly RunTask[];
  results: Pick<RunFile, 'has'>;
  modelOf: (contestant: Contestant) => ResolvedModel | null;
  signal?: AbortSignal | undefined;
}): Promise<PlannedWork[]> {
  const open = tasks.filter(({ key, question }) => !results.has(key, question));
  const planned = new Map<string, Omit<PlannedWork, 'plan'> & { contestant: Contestant; sum: CallPlan }>();
  for (const [contestant, items] of Map.groupBy(open, (task) => task.contestant)) {
    const corpora = new OpenCorpora(items, contestant.writer);
    try {
      for (const task of items) {
        signal?.throwIfAborted();
        const { group } = task;
        const plan = await planTask({ task, corpora, model: modelOf(contestant), signal });
        const strategy = contestant.strategy.name;
        const key = JSON.stringify([group.name, strategy, contestant.model]);
        const before = planned.get(key);
        planned.set(key, {
          group: group.name,
          strategy,
          model: contestant.model,
          contestant,
          questions: (before?.questions ?? 0) + 1,
          sum: addPlans(before?.sum ?? emptyPlan, plan),
        });
        corpora.release(group);
      }
    } finally {
      corpora.closeAll();
    }
  }
  return [...planned.values()].map(({ contestant, sum, ...work }) => {
    const model = modelOf(contestant);
    return { ...work, plan: model === null ? null : pricePlan({ plan: sum, model }) };
  });
}

async function planTask({
  task: { group, question, contestant },
  corpora,
  model,
  signal,
}: {
  task: RunTask;
  corpora: OpenCorpora;
  model: ResolvedModel | null;
  signal: AbortSignal | undefined;
}): Promise<CallPlan> {
  if (question.messages === undefined || contestant.sendMessages === undefined || model === null) {
    const { corpus, instructions = question.instructions } = await corpora.take(group);
    return await contestant.strategy.plan({ corpus, question: question.question, instructions, signal });
  }
  const texts = (await question.messages()).map(({ content }) => content);
  const inputTokens = texts.reduce((sum, text) => sum + model.tokenizer.count(text), 0);
  const { maximumOutputTokens } = model.limits;
  return {
    expected: { calls: 1, inputTokens, outputTokens: Math.min(expectedAnswerTokens, maximumOutputTokens) },
    upperBound: { calls: 1, inputTokens, outputTokens: maximumOutputTokens },
  };
}

/** Tokens of an answer that does not think aloud. */
const expectedAnswerTokens = 300;

const emptyPlan: CallPlan = { expected: nothing, upperBound: nothing };

function addPlans(left: CallPlan, right: CallPlan): CallPlan {
  return {
    expected: addUses(left.expected, right.expected),
    upperBound: addUses(left.upperBound, right.upperBound),
    // The passages of a corpus are embedded once, for all questions.
    ...((left.embeddings ?? right.embeddings) && { embeddings: left.embeddings ?? right.embeddings }),
  };
}

function addUses(left: CallPlan['expected'], right: CallPlan['expected']): CallPlan['expected'] {
  return {
    calls: left.calls + right.calls,
    inputTokens: left.inputTokens + right.inputTokens,
    outputTokens: left.outputTokens + right.outputTokens,
  };
}
