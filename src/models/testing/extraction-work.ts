import { z } from 'zod';
import { forEachConcurrently } from '../for-each-concurrently.ts';
import type { ModelClient } from '../model-client.ts';
import { ModelError } from '../model-error.ts';
import type { ServedRequest } from './misbehaving-server.ts';

const facts = z.object({ company: z.string(), revenue: z.string(), year: z.number() });

type Facts = z.infer<typeof facts>;

/** What the made-up report of a number states. */
function factsOf(report: number): Facts {
  return {
    company: `Company ${report}`,
    revenue: `${4160 + report * 7} million USD`,
    year: 1990 + (report % 30),
  };
}

/** The right answer to a request of {@link extractFacts}, for the test server. */
export function answerExtraction({ messages = [] }: ServedRequest): string {
  const report = /report number (\d+)/.exec(JSON.stringify(messages))?.[1];
  return JSON.stringify(factsOf(Number(report)));
}

export interface ExtractionOutcome {
  right: number;
  wrong: number;
  /** Causes of the calls that were reported as failed. */
  readonly failed: string[];
}

/**
 * Extracts the facts of made-up reports, one call each, as reading a corpus with a language model does.
 *
 * @throws the reason when it is interrupted.
 */
export async function extractFacts({
  client,
  reports,
  signal,
}: {
  client: ModelClient;
  reports: number;
  signal?: AbortSignal | undefined;
}): Promise<ExtractionOutcome> {
  const outcome: ExtractionOutcome = { right: 0, wrong: 0, failed: [] };
  const extract = async (report: number): Promise<void> => {
    const content = `Extract company, revenue and year from report number ${report}.`;
    try {
      const { value } = await client.generateObject({
        purpose: 'extraction',
        messages: [{ role: 'user', content }],
        maximumOutputTokens: 200,
        temperature: 0,
        schema: facts,
        schemaName: 'facts',
        signal,
      });
      if (JSON.stringify(value) === JSON.stringify(factsOf(report))) outcome.right += 1;
      else outcome.wrong += 1;
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      outcome.failed.push(error.message);
    }
  };
  const numbers = Array.from({ length: reports }, (_, index) => index);
  await forEachConcurrently({ items: numbers, concurrency: client.concurrency, run: extract });
  return outcome;
}
