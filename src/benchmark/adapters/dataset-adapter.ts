import { z } from 'zod';
import { BenchmarkError } from '../benchmark-error.ts';
import type { DatasetItem } from '../dataset-item.ts';
import type { DatasetRecord } from './read-records.ts';

/** Reads one published data set. */
export interface DatasetAdapter {
  /** As the command line names it. */
  readonly name: string;
  /** What it is, and which file of it is read. */
  readonly summary: string;
  /**
   * The questions of a file, one after the other.
   *
   * @throws {BenchmarkError} when the file cannot be read, or a record is not one of the data set (with its number).
   */
  read(path: string): AsyncGenerator<DatasetItem>;
}

/** Text that holds JSON. */
export const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('it is no JSON');
    return z.NEVER;
  }
});

/**
 * Checks that a record has the fields of the data set.
 *
 * @throws {BenchmarkError} naming the record and the field.
 */
export function checkRecord<Value>({
  schema,
  record,
  path,
  dataset,
}: {
  schema: z.ZodType<Value>;
  record: DatasetRecord;
  path: string;
  dataset: string;
}): Value {
  const parsed = schema.safeParse(record.value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue === undefined || issue.path.length === 0 ? '' : ` "${issue.path.join('.')}":`;
  throw new BenchmarkError({
    message: `Record ${record.number} of ${path} is none of ${dataset}:${field} ${issue?.message ?? 'it is malformed'}.`,
    remedy: `Check that the file is one of ${dataset} as published, and that --dataset names the right data set.`,
    cause: parsed.error,
  });
}
