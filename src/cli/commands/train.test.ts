import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, startCommand } from '../testing/run-command.ts';

const training = new URL('../../training/index.ts', import.meta.url).href;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-train-command-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function writeRecipe(stages: string): Promise<void> {
  const rows = ['a', 'b', 'c'].map((letter) => JSON.stringify({ prompt: `say ${letter}`, response: letter }));
  await writeFile(join(folder, 'data.jsonl'), rows.join('\n'));
  await writeFile(
    join(folder, 'recipe.ts'),
    `import { defineRecipe } from '${training}';
     export default defineRecipe({
       model: { size: '0.3M', convolutionTaps: 3, initialDeviation: 0.08 },
       tokenizer: { symbols: ['say', 'a', 'b', 'c'] },
       checkpointEverySteps: 5,
       stages: ${stages},
     });`,
  );
}

const sft = (steps: number) =>
  `[{ kind: 'sft', data: 'data.jsonl', steps: ${steps}, examplesPerBatch: 6, optimizer: { learningRate: 3e-3 } }]`;

async function losses(run: string): Promise<string[]> {
  const text = await readFile(join(folder, run, 'metrics.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.stringify({ ...JSON.parse(line), seconds: 0 }));
}

test('trains by a recipe, and the model writes what it learnt', async () => {
  await writeRecipe(sft(40));
  const trained = await runCommand(['train', 'recipe.ts', '--out', 'run', '--threads', '1'], { folder });
  expect(trained).toMatchObject({ status: 0, stderr: '' });
  expect(trained.stdout).toMatch(/^1-sft {2}40 of 40 steps {2}loss \d\.\d+ → 0\.0/);
  expect(trained.stdout).toContain('corpuscope sample run');
  const again = await runCommand(['train', 'recipe.ts', '--out', 'run'], { folder });
  expect(again.stdout).toContain('finished before');

  const greedy = ['--temperature', '0', '--threads', '1'];
  const sampled = await runCommand(['sample', 'run', 'say b', ...greedy], { folder });
  expect(sampled).toEqual({ status: 0, stdout: 'b\n', stderr: '' });
  const piped = await runCommand(['sample', 'run', '--json', '--samples', '2', ...greedy], {
    folder,
    input: 'say c\n',
  });
  expect(JSON.parse(piped.stdout)).toEqual({
    prompt: 'say c',
    completions: Array.from({ length: 2 }, () => ({ text: 'c', tokens: 2, finishReason: 'end' })),
  });
});

test('a run that was killed goes on to the same curve', async () => {
  await writeRecipe(sft(60));
  const command = ['train', 'recipe.ts', '--threads', '1', '--json'];
  const undisturbed = await runCommand([...command, '--out', 'undisturbed'], { folder });
  expect(undisturbed.stdout.trim().split('\n')).toHaveLength(60);
  for (const afterSteps of [3, 12]) {
    const { child, finished } = startCommand([...command, '--out', 'killed'], { folder });
    let seen = 0;
    child.stdout?.on('data', (chunk: Buffer) => {
      seen += chunk.toString().split('\n').length - 1;
      if (seen >= afterSteps) child.kill('SIGKILL');
    });
    expect((await finished).status).toBeNull();
  }
  const last = await runCommand([...command, '--out', 'killed'], { folder });
  expect(last.status).toBe(0);
  expect(last.stdout.trim().split('\n').length).toBeLessThan(60);
  expect(await losses('killed')).toEqual(await losses('undisturbed'));
  const [one, other] = await Promise.all(
    ['killed', 'undisturbed'].map((run) => readFile(join(folder, run, 'model.safetensors'))),
  );
  expect(one?.equals(other ?? Buffer.alloc(0))).toBe(true);
});

test('an interruption leaves a checkpoint of the last step', async () => {
  await writeRecipe(sft(4000));
  const { child, finished } = startCommand(['train', 'recipe.ts', '--out', 'run', '--json'], { folder });
  child.stdout?.once('data', () => child.kill('SIGINT'));
  const { status, stdout } = await finished;
  expect(status).toBe(130);
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const checkpoints = await readdir(join(folder, 'run', 'checkpoints'));
  expect(Number(checkpoints.sort().at(-1))).toBe(JSON.parse(last).step);
});

test('what is wrong with a recipe is said with its field', async () => {
  await writeRecipe(sft(40).replace('3e-3', '-1'));
  const impossible = await runCommand(['train', 'recipe.ts', '--out', 'run'], { folder });
  expect(impossible.status).toBe(1);
  expect(impossible.stderr).toContain('stages[0].optimizer.learningRate: Too small');
  const missing = await runCommand(['train', 'none.ts', '--out', 'run'], { folder });
  expect(missing).toMatchObject({ status: 2 });
  expect(missing.stderr).toContain('The recipe none.ts cannot be loaded: there is no such file.\n');
  await writeFile(join(folder, 'empty.ts'), 'export const recipe = {};');
  const empty = await runCommand(['train', 'empty.ts', '--out', 'run'], { folder });
  expect(empty.stderr).toContain('empty.ts exports no recipe.');
  const nothing = await runCommand(['sample', 'run', 'say a'], { folder });
  expect(nothing).toMatchObject({ status: 1 });
  expect(nothing.stderr).toContain('There is no checkpoint at run: there is no such folder.');
});
