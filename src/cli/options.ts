import { InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { CommandError } from './command-error.ts';

/** The options that every command takes. */
export const commonOptions = z.object({
  json: z.boolean().default(false),
  store: z.string().optional(),
  key: z.string().optional(),
  read: z.boolean().default(true),
  verbose: z.boolean().default(false),
});

export type CommonOptions = z.infer<typeof commonOptions>;

/** Parses an option that counts something. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,12}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** Parses an option that is a duration in seconds. */
export function positiveSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 86_400)) {
    throw new InvalidArgumentError('It must be a number of seconds, above 0 and at most 86400.');
  }
  return seconds;
}

/** Parses the number of cells that an answer shows as evidence: a whole number or `all`. */
export function evidenceCount(text: string): number {
  if (text === 'all') return Number.MAX_SAFE_INTEGER;
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number or "all".');
  return Number(text);
}

/** Parses an option that names several things with commas between, each once. */
export function nameList(text: string): string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
  if (entries.length === 0) throw new InvalidArgumentError('It must name something.');
  return [...new Set(entries)];
}

/**
 * The options of a command as its schema has them.
 *
 * @throws {CommandError} naming the first option that is malformed.
 */
export function parseOptions<Options>({
  schema,
  given,
  command,
}: {
  readonly schema: z.ZodType<Options>;
  readonly given: unknown;
  /** As it is typed: `bench build`. */
  readonly command: string;
}): Options {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new CommandError({
    message: `--${issue?.path[0]?.toString() ?? 'option'}: ${issue?.message ?? 'it is malformed'}.`,
    remedy: `corpuscope ${command} --help lists what it takes.`,
    wrongArguments: true,
  });
}
