// Kills `corpuscope read` (SIGKILL) at random moments, lets the next run finish, and compares the tables with
// those of an undisturbed run.
//
//   node benchmarks/faults/kill.ts FOLDER [--kills 20] [--seed 1]
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createRandom } from '../../src/benchmark/random.ts';
import { runCorpuscope } from '../measured-process.ts';
import { hashTables } from './hash-tables.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: node benchmarks/faults/kill.ts FOLDER [--kills N] [--seed N]');
  process.exit(2);
}

const work = mkdtempSync(join(tmpdir(), 'corpuscope-kill-'));
const corpus = join(work, 'corpus');
cpSync(folder, corpus, { recursive: true, filter: (path) => !path.includes('.corpuscope') });
try {
  const calm = join(work, 'calm');
  const undisturbed = await runCorpuscope(['read', corpus, '--store', calm, '--json']);
  const expected = await hashTables(join(calm, 'corpus.duckdb'));
  console.log(`undisturbed: ${undisturbed.seconds.toFixed(1)} s, tables ${expected.slice(0, 16)}`);
  const random = createRandom(values.seed);
  let equal = 0;
  const kills = Number(values.kills);
  for (let kill = 1; kill <= kills; kill += 1) {
    const store = join(work, `killed-${kill}`);
    const moment = Math.round(random() * undisturbed.seconds * 1000);
    const killed = await runCorpuscope(['read', corpus, '--store', store, '--json'], {
      killAfterMilliseconds: moment,
    });
    const resumed = await runCorpuscope(['read', corpus, '--store', store, '--json']);
    const got =
      resumed.status === 0 ? await hashTables(join(store, 'corpus.duckdb')) : `exit ${resumed.status}`;
    if (got === expected) equal += 1;
    const fate = killed.status === null ? 'killed' : `had ended with ${killed.status}`;
    console.log(
      `${kill}: ${fate} at ${moment} ms; resumed in ${resumed.seconds.toFixed(1)} s; ${got === expected ? 'equal' : `DIFFERENT ${got} ${resumed.stderr}`}`,
    );
    rmSync(store, { recursive: true, force: true });
  }
  console.log(`${equal} of ${kills} equal to the undisturbed run`);
  process.exitCode = equal === kills ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
