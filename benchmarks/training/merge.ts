// Time and peak memory of merging two models and their base, each a file of random weights of Qwen3-0.6B's shape in
// bfloat16 (1.2 GB), by every method; each merge a process of its own, measured from outside. For comparison the same
// merges, with --python by NumPy (a Python that has torch, numpy and safetensors), with --mergekit by mergekit.
//
//   node benchmarks/training/merge.ts
//   node benchmarks/training/merge.ts --python ./venv/bin/python
//   node benchmarks/training/merge.ts --layers 4 --methods sce,ties --mergekit ./venv/bin/mergekit-yaml
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { writeConfiguration } from '../../src/training/checkpoint/configuration-file.ts';
import { elementCount } from '../../src/training/checkpoint/element-type.ts';
import { writeSafetensors } from '../../src/training/checkpoint/write-safetensors.ts';
import { decoderOfSize } from '../../src/training/model/model-sizes.ts';
import { parameterShapes } from '../../src/training/model/parameter-shapes.ts';
import { measureProcess, runCorpuscope, type MeasuredRun } from '../measured-process.ts';

const { values } = parseArgs({
  options: {
    layers: { type: 'string', default: '28' },
    methods: { type: 'string', default: 'linear,task-arithmetic,ties,sce,sce-selected' },
    mergekit: { type: 'string' },
    python: { type: 'string' },
    folder: { type: 'string', default: tmpdir() },
  },
});

/** Options of the command, and the same for the peers, which call them otherwise. */
const methods: Record<string, { options: readonly string[]; mergekit: string; numpy: object }> = {
  linear: {
    options: ['--method', 'linear'],
    mergekit: 'merge_method: linear\nparameters: {weight: 1.0}',
    numpy: { method: 'linear' },
  },
  'task-arithmetic': {
    options: ['--method', 'task-arithmetic', '--scale', '0.5'],
    mergekit: 'merge_method: task_arithmetic\nparameters: {weight: 1.0, lambda: 0.5}',
    numpy: { method: 'task-arithmetic', scale: 0.5 },
  },
  ties: {
    options: ['--method', 'ties', '--density', '0.2'],
    mergekit: 'merge_method: ties\nparameters: {weight: 1.0, density: 0.2}',
    numpy: { method: 'ties', density: 0.2 },
  },
  sce: {
    options: ['--method', 'sce', '--variant', 'mergekit'],
    mergekit: 'merge_method: sce\nparameters: {select_topk: 1.0}',
    numpy: { method: 'sce', density: 1 },
  },
  'sce-selected': {
    options: ['--method', 'sce', '--variant', 'mergekit', '--density', '0.1'],
    mergekit: 'merge_method: sce\nparameters: {select_topk: 0.1}',
    numpy: { method: 'sce', density: 0.1 },
  },
};

const configuration = {
  ...decoderOfSize('0.6B', { vocabularySize: 151_936 }),
  layers: Number(values.layers),
};
const root = await mkdtemp(join(values.folder, 'corpuscope-merge-'));
try {
  const [base = '', ...models] = [
    await makeModel('base', 1),
    await makeModel('one', 2),
    await makeModel('two', 3),
  ];
  const { size } = await stat(join(base, 'model.safetensors'));
  const parameters = [...parameterShapes(configuration).values()].reduce(
    (sum, shape) => sum + elementCount(shape),
    0,
  );
  console.log(
    `three files of ${(size / 1e9).toFixed(2)} GB, ${(parameters / 1e6).toFixed(0)}M parameters each`,
  );
  for (const name of values.methods.split(',')) {
    const method = methods[name];
    if (method === undefined)
      throw new Error(`No method ${name}; there are ${Object.keys(methods).join(', ')}.`);
    const out = join(root, 'merged');
    const ofBase = name === 'linear' ? [] : ['--base', base];
    const ofModels = models.flatMap((model) => ['--model', model]);
    const run = await runCorpuscope(['merge', ...method.options, ...ofBase, ...ofModels, '--out', out]);
    show({ name, run, parameters });
    await rm(out, { recursive: true, force: true });
    const { python } = values;
    if (python !== undefined) {
      const script = fileURLToPath(new URL('peers/merge.py', import.meta.url));
      const paths = name === 'linear' ? models : [base, ...models];
      const peer = await measureProcess(() =>
        spawn(python, [script, JSON.stringify({ ...method.numpy, paths }), out], {
          stdio: ['ignore', 'pipe', 'pipe'],
        }),
      );
      show({ name: `${name}, NumPy`, run: peer, parameters });
      await rm(out, { recursive: true, force: true });
    }
    if (values.mergekit !== undefined) {
      const recipe = join(root, 'recipe.yaml');
      await writeFile(recipe, mergekitRecipe(method.mergekit, name === 'linear' ? undefined : base, models));
      const command = [recipe, out, '--allow-crimes', '--no-copy-tokenizer', '--no-write-model-card'];
      const peer = await measureProcess(() =>
        spawn(values.mergekit ?? '', command, { stdio: ['ignore', 'pipe', 'pipe'] }),
      );
      show({ name: `${name}, mergekit`, run: peer, parameters });
      await rm(out, { recursive: true, force: true });
    }
  }
} finally {
  await rm(root, { recursive: true, force: true });
}

/** A model of small random weights, those of the models close to those of the base. */
async function makeModel(name: string, seed: number): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  await writeConfiguration(folder, configuration);
  await writeSafetensors({
    path: join(folder, 'model.safetensors'),
    tensors: [...parameterShapes(configuration)].map(([tensor, shape]) => ({
      name: tensor,
      type: 'BF16',
      shape,
    })),
    read: ({ name: tensor, shape }) => {
      const [ofBase, ofModel] = [randomNumbers(tensor.length), randomNumbers(tensor.length * 1000 + seed)];
      const change = name === 'base' ? 0 : 0.05;
      return Float32Array.from({ length: elementCount(shape) }, () => ofBase() + change * ofModel());
    },
  });
  return folder;
}

/** Numbers from −0.05 to 0.05 (xorshift). */
function randomNumbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state / 2 ** 31 / 20;
  };
}

function mergekitRecipe(method: string, base: string | undefined, models: readonly string[]): string {
  const list = models.map((model) => `  - model: ${model}`).join('\n');
  const ofBase = base === undefined ? '' : `base_model: ${base}\n`;
  return `${method}\n${ofBase}models:\n${list}\ndtype: bfloat16\n`;
}

function show({ name, run, parameters }: { name: string; run: MeasuredRun; parameters: number }): void {
  const { status, seconds, processorSeconds, peakMebibytes, stderr } = run;
  const speed = `${(parameters / seconds / 1e6).toFixed(1).padStart(6)}M parameters/s`;
  const memory = `${String(Math.round(peakMebibytes)).padStart(6)} MiB`;
  const times = [seconds, processorSeconds].map((time) => `${time.toFixed(1).padStart(6)} s`);
  console.log(`${name.padEnd(26)} ${times.join(', processors')} ${speed} ${memory}  exit ${status}`);
  if (status !== 0) console.log(stderr.slice(-2000));
}
