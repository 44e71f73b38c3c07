// Time and peak memory of reading a corpus, of a second run with nothing changed, of a run with one changed
// document, and of a question on the ready table; each a process of its own, measured from outside.
//
//   node benchmarks/corpora/counterfactual.ts ../shared/data/factbook/2022 --out /tmp/ten-million --tokens 10000000
//   node benchmarks/reading/scale.ts /tmp/ten-million/docs --question "Which five profiles have the highest total median age?"
import { appendFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runCorpuscope, type MeasuredRun } from '../measured-process.ts';

const reportSchema = z.object({
  documents: z.number(),
  tokens: z.number(),
  readings: z.number(),
  files: z.object({ read: z.number(), unchanged: z.number() }),
});

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { question: { type: 'string' } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: node benchmarks/reading/scale.ts FOLDER [--question "…"]');
  process.exit(2);
}

const store = mkdtempSync(join(tmpdir(), 'corpuscope-scale-'));
try {
  const first = await runCorpuscope(['read', folder, '--store', store, '--json']);
  const report = reportSchema.parse(JSON.parse(first.stdout));
  console.log(`${report.documents} documents, ${report.tokens} tokens, ${report.readings} readings`);
  show('read all', first, `${Math.round(report.tokens / first.seconds).toLocaleString('en-US')} tokens/s`);
  show('read again', await runCorpuscope(['read', folder, '--store', store, '--json']), 'nothing changed');
  const file = readdirSync(folder).find((name) => /\.(md|txt)$/.test(name));
  if (file !== undefined) {
    appendFileSync(join(folder, file), '\n');
    const changed = await runCorpuscope(['read', folder, '--store', store, '--json']);
    const { files } = reportSchema.parse(JSON.parse(changed.stdout));
    show('one changed', changed, `${files.read} read, ${files.unchanged} unchanged`);
  }
  if (values.question !== undefined) {
    const asked = await runCorpuscope(['ask', folder, values.question, '--store', store, '--json']);
    const answer = z.object({ status: z.string(), seconds: z.number() }).parse(JSON.parse(asked.stdout));
    show('ask', asked, `${answer.status}, ${answer.seconds.toFixed(2)} s without start-up`);
  }
} finally {
  rmSync(store, { recursive: true, force: true });
}

function show(what: string, { status, seconds, peakMebibytes }: MeasuredRun, detail: string): void {
  const figures = `${seconds.toFixed(1).padStart(6)} s ${String(Math.round(peakMebibytes)).padStart(5)} MiB`;
  console.log(`${what.padEnd(12)} ${figures}  exit ${status}  ${detail}`);
}
