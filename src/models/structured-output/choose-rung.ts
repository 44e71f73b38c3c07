import { addCosts, noCost, type Cost } from '../cost.ts';
import type { ModelMemory, RungChoice, Trial } from '../model-client.ts';
import { askOn, createTask, isUnreachable, rungsFor } from './generate-object.ts';
import { LearntRungs } from './learnt-rungs.ts';
import type { RungName } from './rung-names.ts';
import type { LadderModel, Rung } from './rung.ts';

/** A way that does so well need not be compared with those below it. */
const goodShare = 0.75;
/** A way that had so many tasks wrong, and none right, is left: a model that cannot follow it writes long replies. */
const mostWrongAtFirst = 2;

/**
 * Finds out in which way a model answers best, by tasks whose answer is known, and remembers it. Needed because a
 * server can hold any model to a schema: a base model then fills it with something, and only the answers tell. The
 * first way with three quarters right is taken, else the best of all, among equals the highest; where nothing was
 * right nothing is decided. A base model has one way only.
 */
export async function chooseRung<Value>({
  client,
  memory,
  trials,
}: {
  client: LadderModel;
  memory: ModelMemory;
  trials: readonly Trial<Value>[];
}): Promise<RungChoice> {
  if (client.completesOnly) return { rung: 'demonstrations', cost: noCost };
  const learnt = new LearntRungs({ memory, model: client.id });
  const known = learnt.chosen();
  const [first] = trials;
  if (known !== null || first === undefined) return { rung: known, cost: noCost };
  let cost = noCost;
  let best: { rung: RungName | null; right: number } = { rung: null, right: 0 };
  for (const rung of rungsFor(createTask(client, first.request), learnt)) {
    const { right, cost: took } = await countRight({ rung, client, trials });
    cost = addCosts(cost, took);
    if (right > best.right) best = { rung: rung.name, right };
    if (right >= trials.length * goodShare) break;
  }
  if (best.rung !== null) learnt.choose(best.rung);
  return { rung: best.rung, cost };
}

async function countRight<Value>({
  rung,
  client,
  trials,
}: {
  rung: Rung;
  client: LadderModel;
  trials: readonly Trial<Value>[];
}): Promise<{ right: number; cost: Cost }> {
  let right = 0;
  let cost = noCost;
  for (const [before, { request, isRight }] of trials.entries()) {
    if (right === 0 && before === mostWrongAtFirst) break;
    const outcome = await askOn(rung, createTask(client, request));
    if ('error' in outcome) {
      if (isUnreachable(rung, outcome.error)) throw outcome.error;
      // What the server refuses once it refuses again.
      break;
    }
    cost = outcome.replies.reduce((sum, reply) => addCosts(sum, reply.cost), cost);
    if (outcome.read.status === 'value' && isRight(outcome.read.value)) right += 1;
    // One that writes until it is stopped does so again, and takes longest of all.
    else if (right === 0 && outcome.replies.some(({ finishReason }) => finishReason === 'length')) break;
  }
  return { right, cost };
}
