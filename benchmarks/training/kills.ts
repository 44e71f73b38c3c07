// Kills `corpuscope train` (SIGKILL) at random moments and lets the same command go on each time; compares metrics and
// weights of runs that came to their end with those of an undisturbed run, bit for bit.
//
//   node benchmarks/training/kills.ts [--kills 10] [--seed 1] [--threads 2]
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readMetrics, SeededRandom } from '../../src/training/index.ts';
import { runCorpuscope } from '../measured-process.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '10' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
  },
});
const recipe = fileURLToPath(new URL('kills-recipe.ts', import.meta.url));
const work = await mkdtemp(join(tmpdir(), 'corpuscope-training-kills-'));
const train = (out: string, killAfterMilliseconds?: number) =>
  runCorpuscope(['train', recipe, '--out', out, '--threads', values.threads, '--json'], {
    ...(killAfterMilliseconds !== undefined && { killAfterMilliseconds }),
  });
try {
  const calm = join(work, 'calm');
  const undisturbed = await train(calm);
  if (undisturbed.status !== 0) throw new Error(undisturbed.stderr);
  const expected = await traceOf(calm);
  console.log(`undisturbed: ${undisturbed.seconds.toFixed(1)} s, ${expected.steps} records`);
  const random = new SeededRandom(Number(values.seed));
  const wanted = Number(values.kills);
  let [kills, runs, different] = [0, 0, 0];
  for (let isEnded = false; !isEnded;) {
    const folder = join(work, `run ${runs + 1}`);
    // Checkpoints are near: part of the time is often enough to go on, and seldom to end.
    const moment = Math.round(random.next() * undisturbed.seconds * 500);
    const run = await train(folder, kills < wanted ? moment : undefined);
    if (run.status === null) {
      kills++;
      console.log(`${kills}: killed at ${moment} ms`);
      continue;
    }
    if (run.status !== 0) throw new Error(run.stderr);
    runs++;
    const found = await traceOf(folder);
    const isEqual = found.curve === expected.curve && found.weights === expected.weights;
    if (!isEqual) different++;
    console.log(`run ${runs} ended: curve and weights ${isEqual ? 'equal' : 'DIFFERENT'}`);
    isEnded = kills >= wanted;
  }
  console.log(`${kills} kills in ${runs} runs, of which ${runs - different} equal the undisturbed one`);
  process.exitCode = different === 0 ? 0 : 1;
} finally {
  await rm(work, { recursive: true, force: true });
}

/** What a run leaves, but for what a clock says. */
async function traceOf(folder: string): Promise<{ steps: number; curve: string; weights: string }> {
  const records = await readMetrics(join(folder, 'metrics.jsonl'));
  const weights = await readFile(join(folder, 'model.safetensors'));
  return {
    steps: records.length,
    curve: JSON.stringify(records.map((record) => ({ ...record, seconds: 0 }))),
    weights: createHash('sha256').update(weights).digest('hex'),
  };
}
