import { AsyncLocalStorage } from 'node:async_hooks';
import { addCosts, noCost, type Cost, type ModelClient, type ModelReply } from '../../models/index.ts';

/** What calls took while something was done. */
export interface Metered<Result> {
  readonly result: Result;
  /** What the calls took when they were first made, those that the ledger answered included. */
  readonly took: Cost;
  /** What was spent now. */
  readonly spent: Cost;
}

interface Meter {
  took: Cost;
  spent: Cost;
}

/**
 * Tells what the calls of one question took, while many questions share a client. The same work costs the same, whether
 * a call was sent now or its answer was kept from a run that was killed.
 */
export class CallMeter {
  readonly #meters = new AsyncLocalStorage<Meter>();

  /** A client whose calls count for the work in whose course they are made. */
  meter(client: ModelClient): ModelClient {
    const count = async <Reply extends ModelReply>(call: Promise<Reply>): Promise<Reply> => {
      const meter = this.#meters.getStore();
      const reply = await call;
      if (meter !== undefined) {
        meter.took = addCosts(meter.took, { ...reply.took, calls: 1 });
        meter.spent = addCosts(meter.spent, reply.cost);
      }
      return reply;
    };
    return {
      id: client.id,
      limits: client.limits,
      tokenizer: client.tokenizer,
      concurrency: client.concurrency,
      completesOnly: client.completesOnly,
      generate: (request) => count(client.generate(request)),
      complete: (request) => count(client.complete(request)),
      generateObject: (request) => count(client.generateObject(request)),
      chooseRung: async (trials) => {
        const meter = this.#meters.getStore();
        const choice = await client.chooseRung(trials);
        if (meter !== undefined) {
          meter.took = addCosts(meter.took, choice.cost);
          meter.spent = addCosts(meter.spent, choice.cost);
        }
        return choice;
      },
    };
  }

  async measure<Result>(work: () => Promise<Result>): Promise<Metered<Result>> {
    const meter: Meter = { took: noCost, spent: noCost };
    const result = await this.#meters.run(meter, work);
    return { result, ...meter };
  }
}
