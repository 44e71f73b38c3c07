/**
 * Time and memory of cutting a corpus into passages and indexing their words, of looking again when nothing has
 * changed, and of a question.
 *
 *   node benchmarks/corpora/counterfactual.ts ../shared/data/factbook/2022 --out /tmp/ten-million --tokens 10000000
 *   node benchmarks/strategies/passages.ts /tmp/ten-million/docs
 *
 * The corpus is read by a process of its own before. Processor time is that of all threads; on a machine with two
 * cores and nothing else to do, half of it passes.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fillPrompt } from '../../src/strategies/retrieval/fill-prompt.ts';
import { loadPassages } from '../../src/strategies/retrieval/load-passages.ts';
import { Retriever } from '../../src/strategies/retrieval/retriever.ts';
import { loadTokenizer } from '../../src/corpus/index.ts';
import { openCorpus, resolveCorpus } from '../../src/table/index.ts';
import { runCorpuscope } from '../measured-process.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node benchmarks/strategies/passages.ts FOLDER');
  process.exit(2);
}
const store = await mkdtemp(join(tmpdir(), 'corpuscope-passages-'));
try {
  const { status, stderr } = await runCorpuscope(['read', folder, '--store', store, '--json']);
  if (status !== 0) throw new Error(`The corpus could not be read: ${stderr}`);
  await measure(folder, store);
} finally {
  await rm(store, { recursive: true, force: true });
}

async function measure(folder: string, store: string): Promise<void> {
  const corpus = await openCorpus({ location: await resolveCorpus({ input: folder, store }) });
  const retriever = new Retriever({ corpus });
  await timed('cut and index', () => retriever.build());
  const { documents, passages, tokens } = retriever.totals();
  console.log(`${documents} documents, ${passages} passages, ${tokens} tokens`);
  await timed('again', () => new Retriever({ corpus }).build());
  const question = 'What is the total median age of Norway?';
  const tokenizer = await loadTokenizer('o200k');
  for (const maximumTokens of [30_000, 120_000, 1_000_000]) {
    await timed(`prompt of ${maximumTokens} tokens`, async () => {
      const found = await retriever.find({ question, limit: Math.ceil(maximumTokens / 400) });
      const loaded = await loadPassages({ corpus, found });
      fillPrompt({ passages: loaded, question, tokenizer, maximumTokens });
    });
  }
  corpus.close();
}

async function timed(what: string, work: () => Promise<void>): Promise<void> {
  const started = performance.now();
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const processor = ((user + system) / 1e6).toFixed(1);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${what.padEnd(28)} ${seconds.padStart(6)} s, processor ${processor.padStart(6)} s, peak ${peak} MiB`,
  );
}
