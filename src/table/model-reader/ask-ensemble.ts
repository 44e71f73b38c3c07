import { ModelError, type Cost, addCosts, noCost } from '../../models/index.ts';
import type { Passage } from '../../models/prompts/index.ts';
import type { DeclaredField } from './declared-field.ts';
import { demonstrationsFor, type DemonstrationsByField } from './demonstrations.ts';
import type { Ensemble } from './ensemble.ts';
import { extractionRequest, voteOf } from './extraction-request.ts';
import { decide, type Decision, type Vote } from './majority.ts';

/** What the ensemble made of a passage. */
export interface EnsembleAnswer {
  /** By the name of the field; none of them open. */
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Why votes are missing, where any are: the fields without a majority may have failed for that. */
  readonly failure: ModelError | null;
  readonly cost: Cost;
}

/** Troubles of one call; all others end the whole work. */
const countsAsNoVote: ReadonlySet<string> = new Set(['rejected', 'unreachable', 'unusable-reply']);

/**
 * Asks every model as often as it takes until more than half of all votes agree on each field, or cannot any more.
 * Votes that a decision does not need are not asked for.
 *
 * @throws {ModelError} `too-long` when the passage does not fit; `over-budget`, `not-in-ledger` and `unavailable`.
 */
export async function askEnsemble({
  ensemble,
  fields,
  passage,
  documentHash,
  demonstrations,
  signal,
}: {
  ensemble: Ensemble;
  fields: readonly DeclaredField[];
  passage: Passage;
  documentHash: string | null;
  demonstrations: DemonstrationsByField;
  signal?: AbortSignal | undefined;
}): Promise<EnsembleAnswer> {
  const { ballots } = ensemble;
  const votes = new Map<string, Vote[]>(fields.map(({ name }) => [name, []]));
  let failure: ModelError | null = null;
  let cost = noCost;
  for (let asked = 0; ;) {
    const left = ballots.length - asked;
    const decisions = new Map(
      fields.map(({ name }) => [name, decide({ votes: votes.get(name) ?? [], total: ballots.length, left })]),
    );
    const needed = [...decisions.values()].map((each) => (each.status === 'open' ? each.votesNeeded : 0));
    const next = ballots.slice(asked, asked + Math.max(...needed));
    if (next.length === 0) return { decisions, failure, cost };
    asked += next.length;
    await Promise.all(next.map(cast));
  }

  async function cast({ model, attempt }: Ensemble['ballots'][number]): Promise<void> {
    try {
      const shown = demonstrationsFor({ fields, demonstrations, documentHash, text: passage.text });
      const reply = await model.generateObject(
        extractionRequest({ fields, passage, limits: model.limits, attempt, demonstrations: shown, signal }),
      );
      cost = addCosts(cost, reply.cost);
      for (const field of fields) votes.get(field.name)?.push(voteOf(reply.value, field));
    } catch (error) {
      if (!(error instanceof ModelError) || !countsAsNoVote.has(error.kind)) throw error;
      failure ??= error;
    }
  }
}
