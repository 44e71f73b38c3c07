import { z } from 'zod';
import type { ModelMemory } from '../model-client.ts';
import { rungNames, type RungName } from './rung-names.ts';

const learntSchema = z.object({
  /** The way that answered known tasks best; those above it are not tried. */
  chosen: z.enum(rungNames).nullable(),
  works: z.array(z.enum(rungNames)),
  /** How often a way that never worked gave nothing that could be used. */
  unusable: z.partialRecord(z.enum(rungNames), z.number()),
  /** Why a way is not tried any more. */
  givenUp: z.partialRecord(z.enum(rungNames), z.string()),
});

type Learnt = z.infer<typeof learntSchema>;

/** Unusable replies before a way that never worked is given up: one alone may be chance. */
const mostUnusable = 3;

/**
 * In which ways a model can be asked for a value: learnt by trying, and kept beside the ledger, so that what a server
 * refuses is asked of it once, not with every call.
 */
export class LearntRungs {
  readonly #memory: ModelMemory;
  readonly #topic: string;

  constructor({ memory, model }: { memory: ModelMemory; model: string }) {
    this.#memory = memory;
    this.#topic = `structured-output ${model}`;
  }

  /** The ways to try, best first. */
  left(): readonly RungName[] {
    const { chosen, givenUp } = this.#recall();
    const first = chosen === null ? 0 : rungNames.indexOf(chosen);
    return rungNames.filter((name, place) => place >= first && givenUp[name] === undefined);
  }

  /** The way that {@link choose} settled on, in this process or an earlier one. */
  chosen(): RungName | null {
    return this.#recall().chosen;
  }

  choose(rung: RungName): void {
    const learnt = this.#recall();
    const { [rung]: _, ...givenUp } = learnt.givenUp;
    this.#remember({ ...learnt, chosen: rung, givenUp });
  }

  noteWorks(rung: RungName): void {
    const learnt = this.#recall();
    if (!learnt.works.includes(rung)) this.#remember({ ...learnt, works: [...learnt.works, rung] });
  }

  /** The server refuses to be asked in this way. */
  noteRefused(rung: RungName, reason: string): void {
    const learnt = this.#recall();
    if (learnt.works.includes(rung) || learnt.givenUp[rung] !== undefined) return;
    this.#remember({ ...learnt, givenUp: { ...learnt.givenUp, [rung]: reason } });
  }

  /** The replies to one task could not be used. Counts against a way only while it never worked. */
  noteUnusable(rung: RungName, reason: string): void {
    const learnt = this.#recall();
    if (learnt.works.includes(rung)) return;
    const count = (learnt.unusable[rung] ?? 0) + 1;
    this.#remember({ ...learnt, unusable: { ...learnt.unusable, [rung]: count } });
    if (count >= mostUnusable) this.noteRefused(rung, reason);
  }

  #recall(): Learnt {
    const nothing: Learnt = { chosen: null, works: [], unusable: {}, givenUp: {} };
    const recalled = this.#memory.recall(this.#topic);
    if (recalled === null) return nothing;
    // What an other version wrote and this one cannot read is learnt anew.
    return learntSchema.safeParse(JSON.parse(recalled)).data ?? nothing;
  }

  #remember(learnt: Learnt): void {
    this.#memory.remember(this.#topic, JSON.stringify(learnt));
  }
}
