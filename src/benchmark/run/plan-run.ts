import { pricePlan, type CallPlan, type PricedPlan, type ResolvedModel } from '../../models/index.ts';
import type { RunFile } from './run-file.ts';
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
  const open = tasks.filter(({ key }) => !results.has(key));
  const planned: PlannedWork[] = [];
  for (const [group, ofGroup] of Map.groupBy(open, (task) => task.group)) {
    const documents = await group.open();
    try {
      for (const [contestant, work] of Map.groupBy(ofGroup, (task) => task.contestant)) {
        const plans: CallPlan[] = [];
        for (const { question } of work) {
          signal?.throwIfAborted();
          const { corpus } = documents;
          plans.push(await contestant.strategy.plan({ corpus, question: question.question, signal }));
        }
        const model = modelOf(contestant);
        planned.push({
          group: group.name,
          strategy: contestant.strategy.name,
          model: contestant.model,
          questions: work.length,
          plan: model === null ? null : pricePlan({ plan: plans.reduce(addPlans, emptyPlan), model }),
        });
      }
    } finally {
      documents.close();
    }
  }
  return planned;
}

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
