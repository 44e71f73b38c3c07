import type { Readable } from 'node:stream';
import { z } from 'zod';
import { readLines } from '../../corpus/index.ts';
import { metricNames } from '../../scoring/metrics/metric-names.ts';
import { runLine } from '../run-line.ts';

/** A line to be scored: a result, and how it is to be scored where it says so. A missing response counts as wrong. */
const scoredInput = runLine.extend({
  response: z
    .string()
    .nullish()
    .transform((response) => response ?? ''),
  metric: z.enum(metricNames).optional(),
  aliases: z.array(z.string()).optional(),
  required_prefix: z.string().optional(),
});

export type ResultLine = z.infer<typeof scoredInput>;

/** A line that can be scored, or what is wrong with it. Numbers count from 1. */
export type ReadLine =
  | { readonly number: number; readonly result: ResultLine }
  | { readonly number: number; readonly problem: string };

/** Reads results, one JSON object a line; empty lines are passed over. */
export async function* readResultLines(stream: Readable): AsyncGenerator<ReadLine> {
  let number = 0;
  for await (const text of readLines(stream)) {
    number += 1;
    if (text.trim() !== '') yield readLine(text, number);
  }
}

function readLine(text: string, number: number): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { number, problem: 'it is not JSON' };
  }
  const parsed = scoredInput.safeParse(value);
  if (parsed.success) return { number, result: parsed.data };
  const [issue] = parsed.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `"${issue.path.join('.')}": `;
  return { number, problem: `${place}${issue?.message ?? 'it is malformed'}` };
}
