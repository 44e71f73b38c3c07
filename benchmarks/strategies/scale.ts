// Time, peak memory and model calls of each strategy on one corpus, on the embedded model; each a process of its own,
// measured from outside. The corpus is read before, and that is not counted.
//
//   node benchmarks/corpora/counterfactual.ts ../shared/data/factbook/2022 --out /tmp/ten-million --tokens 10000000
//   node benchmarks/strategies/scale.ts /tmp/ten-million/docs --question "Which five profiles have the highest total median age?"
//     [--window 128000] [--only table,memory] [--store FOLDER]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runCorpuscope, type MeasuredRun } from '../measured-process.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    question: { type: 'string' },
    window: { type: 'string', default: '128000' },
    only: { type: 'string' },
    store: { type: 'string' },
  },
});
const [folder] = positionals;
const { question } = values;
if (folder === undefined || question === undefined) {
  console.error('usage: node benchmarks/strategies/scale.ts FOLDER --question "…" [--window TOKENS]');
  process.exit(2);
}

const ways: Readonly<Record<string, readonly string[]>> = {
  table: ['--strategy', 'table'],
  full: ['--strategy', 'full'],
  'full-cut': ['--strategy', 'full', '--truncate', 'middle'],
  memory: ['--strategy', 'memory'],
  retrieval: ['--strategy', 'retrieval'],
  'retrieval-ready': ['--strategy', 'retrieval'],
  auto: [],
};

const answerShape = z.object({
  status: z.string(),
  value: z.unknown(),
  cost: z.object({ calls: z.number() }),
});

const store = values.store ?? mkdtempSync(join(tmpdir(), 'corpuscope-scale-'));
try {
  const read = await runCorpuscope(['read', folder, '--store', store, '--json']);
  const { documents, tokens } = z
    .object({ documents: z.number(), tokens: z.number() })
    .parse(JSON.parse(read.stdout));
  console.log(`${documents} documents, ${tokens} tokens; window ${values.window}`);
  const wanted = values.only?.split(',') ?? Object.keys(ways);
  for (const name of wanted) {
    const options = [
      '--store',
      store,
      '--model',
      'embedded',
      '--window',
      values.window,
      '--no-read',
      '--json',
    ];
    const run = await runCorpuscope(['ask', folder, question, ...options, ...(ways[name] ?? [])]);
    show(name, run);
  }
} finally {
  if (values.store === undefined) rmSync(store, { recursive: true, force: true });
}

function show(
  name: string,
  { status, seconds, processorSeconds, peakMebibytes, stdout, stderr }: MeasuredRun,
): void {
  const answer = answerShape.safeParse(JSON.parse(stdout === '' ? 'null' : stdout)).data;
  const figures = [
    `${seconds.toFixed(1)} s`,
    `${processorSeconds.toFixed(1)} s of processors`,
    `${Math.round(peakMebibytes)} MiB`,
    `${answer?.cost.calls ?? 0} calls`,
    `exit ${status}`,
  ];
  const said = answer === undefined ? stderr.trim() : `${answer.status} ${JSON.stringify(answer.value)}`;
  console.log(`${name.padEnd(17)} ${figures.join('  ')}  ${said.slice(0, 200)}`);
}
