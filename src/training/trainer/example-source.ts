import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { SeededRandom } from '../sampling/random.ts';
import { TaskBalancedSampler } from '../sampling/task-balanced.ts';
import type { TaskBalancedState } from '../sampling/task-balanced.ts';
import type { StageData } from './recipe.ts';
import { seedOf } from './seeds.ts';
import { TrainingError } from './training-error.ts';
import type { TrainingExample } from './training-example.ts';

const exampleSchema = z
  .object({
    prompt: z.string().min(1),
    response: z.string().optional(),
    gold: z.union([z.string().transform((gold) => [gold]), z.array(z.string()).min(1)]).optional(),
    question: z.string().optional(),
    kind: z.enum(['short-answer', 'number', 'choice']).optional(),
    task: z.string().optional(),
  })
  .refine(({ response, gold }) => response !== undefined || gold !== undefined, {
    message: 'must have a response (to learn, or to be matched exactly) or gold answers',
  });

/** Draws batches of examples, and goes on after a restart where it stood. */
export interface ExampleSource {
  /** @param draw The number of the batch, from 0: what a task makes depends on nothing else but the seed. */
  readonly nextBatch: (size: number, draw: number) => readonly TrainingExample[];
  /** What a checkpoint keeps; null where there is nothing to keep. */
  readonly state: SourceState;
}

export type SourceState = TaskBalancedState | null;

/**
 * Opens the data of a stage: a task that makes examples, or a JSONL file, of which every row is drawn once before any
 * is drawn again.
 *
 * @throws TrainingError The file is missing, empty, or has a row that is no example.
 */
export async function openExamples(
  data: StageData,
  options: {
    readonly folder: string;
    readonly seed: number;
    readonly batchSize: number;
    readonly state: SourceState;
  },
): Promise<ExampleSource> {
  const { folder, seed, batchSize, state } = options;
  if (typeof data !== 'string') {
    return {
      nextBatch: (size, draw) => {
        const random = new SeededRandom(seedOf(seed, draw));
        return Array.from({ length: size }, () => data.example(random));
      },
      state: null,
    };
  }
  const examples = await readExamples(isAbsolute(data) ? data : join(folder, data));
  // One pool for all tasks of the file: they come in the shares that the file has.
  const pool = [{ name: 'all', weight: 1, size: examples.length }];
  const sampler = new TaskBalancedSampler({
    tasks: pool,
    batchSize: Math.min(batchSize, examples.length),
    seed,
    ...(state !== null && { state }),
  });
  return {
    nextBatch: (size) => {
      const drawn: TrainingExample[] = [];
      while (drawn.length < size) {
        const places = sampler.nextBatch();
        drawn.push(...places.flatMap(({ index }) => examples[index] ?? []));
      }
      return drawn.slice(0, size);
    },
    get state() {
      return sampler.state;
    },
  };
}

/** @throws TrainingError */
export async function readExamples(path: string): Promise<TrainingExample[]> {
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new TrainingError({
      message: `The training data ${path} cannot be read.`,
      remedy: 'Check the path; a relative one begins at the folder of the recipe.',
      cause: error,
    });
  });
  const lines = content.split('\n');
  const examples = lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [parseExample(line, { path, line: index + 1 })],
  );
  if (examples.length > 0) return examples;
  throw new TrainingError({
    message: `The training data ${path} holds no example.`,
    remedy: 'Write one JSON object a line: {"prompt": "…", "response": "…"}.',
  });
}

function parseExample(
  text: string,
  { path, line }: { readonly path: string; readonly line: number },
): TrainingExample {
  let problem: string;
  try {
    const parsed = exampleSchema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    problem = z.prettifyError(parsed.error);
  } catch {
    problem = 'it is no JSON';
  }
  throw new TrainingError({
    message: `Line ${line} of ${path} is no example: ${problem}`,
    remedy:
      'Each line must be a JSON object such as {"prompt": "…", "response": "…"} or {"prompt": "…", "gold": ["…"]}.',
  });
}
