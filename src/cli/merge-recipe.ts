import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { mergeRecipeSchema } from '../training/merging/merge-recipe.ts';
import type { MergeRecipe } from '../training/merging/merge-recipe.ts';
import { CommandError } from './command-error.ts';

/**
 * The recipe of a merge: what a file says, and what options say, which come first.
 *
 * @param stated Settings by their names in a recipe.
 * @throws CommandError The file cannot be read, or the settings do not go together.
 */
export async function resolveMergeRecipe(
  file: string | undefined,
  stated: Readonly<Record<string, unknown>>,
): Promise<MergeRecipe> {
  const given = Object.entries(stated).filter(([, value]) => value !== undefined);
  const settings = { ...(file === undefined ? {} : await readRecipe(file)), ...Object.fromEntries(given) };
  const parsed = mergeRecipeSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => describeProblem(issue, settings));
  throw new CommandError({
    message: `This merge cannot be made: ${problems.join('; ')}.`,
    remedy: 'See: corpuscope merge --help',
    wrongArguments: true,
    cause: parsed.error,
  });
}

/** A recipe, its paths meant from where it lies. */
async function readRecipe(file: string): Promise<Record<string, unknown>> {
  const problem = (what: string, cause?: unknown): CommandError =>
    new CommandError({
      message: `The recipe ${file} cannot be read: ${what}.`,
      remedy:
        'Give a JSON file such as {"method": "sce", "base": "base", "models": ["one", "two"]}, or the same by options.',
      wrongArguments: true,
      cause,
    });
  const found = await stat(file).catch(() => null);
  if (found === null) throw problem('there is no such file');
  if (found.isDirectory()) throw problem('it is a folder (models are named by --model)');
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw problem(`it is no JSON (${error instanceof Error ? error.message : String(error)})`, error);
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw problem('it is no JSON object');
  const from = (path: unknown): unknown => (typeof path === 'string' ? resolve(dirname(file), path) : path);
  const settings: Record<string, unknown> = { ...content };
  const { base, models } = settings;
  return {
    ...settings,
    ...(base !== undefined && { base: from(base) }),
    ...(Array.isArray(models) && { models: models.map(from) }),
  };
}

/** What each setting is called as an option, and what it means where it is missing. */
const options: Readonly<Record<string, { readonly option: string; readonly meaning?: string }>> = {
  method: { option: '--method', meaning: 'sce, linear, task-arithmetic or ties' },
  base: { option: '--base', meaning: 'the model that all were trained from' },
  models: { option: '--model', meaning: 'a model to merge, the option once for each' },
  type: { option: '--dtype' },
  normalise: { option: '--no-normalise' },
};

function describeProblem(issue: z.core.$ZodIssue, settings: Readonly<Record<string, unknown>>): string {
  const [first = '', ...others] = issue.path.map(String);
  const { option = `--${first}`, meaning } = options[first] ?? {};
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => `"${key}"`).join(', ');
    return `the method ${String(settings['method'])} has no setting ${names}`;
  }
  if (settings[first] === undefined && meaning !== undefined) return `${option} is missing (${meaning})`;
  if (first === 'method') return `there is no method "${String(settings[first])}", only ${meaning}`;
  const place = others.length === 0 ? '' : ` ${Number(others[0]) + 1}`;
  return `${option}${place}: ${issue.message}`;
}
