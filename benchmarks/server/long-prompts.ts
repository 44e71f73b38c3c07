/**
 * What a prompt far beyond the model's window takes: the time of the first request, which reads its documents, and of
 * the next ones, which need not; the calls of the model and their tokens; the server's peak memory.
 *
 *   node benchmarks/server/long-prompts.ts [--strategy NAME] [MILLIONS OF TOKENS …]      table, and 1, by default
 *
 * The prompts are made-up company reports of 2,500 tokens in the layout of CorpusQA; the model is the embedded one with
 * a window of 32,000 tokens, of which an answer may take 4,000. Each size has a server of its own. Only `table` is sure
 * to be right here: what a memory of 4,000 tokens drops, it cannot answer.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadTokenizer } from '../../src/corpus/index.ts';
import { companyPrompt } from '../../src/server/testing/company-prompt.ts';
import { startServe } from './serving-process.ts';

interface Reply {
  readonly choices: readonly [{ readonly message: { readonly content: string } }];
  readonly usage: { readonly total_tokens: number };
  readonly corpuscope: { readonly cost: { readonly calls: number } };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { strategy: { type: 'string', default: 'table' } },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [1];
const reportsPerMillion = 400;
const repetitions = 3;
const { count } = await loadTokenizer('o200k');

for (const millions of sizes) {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-serving-'));
  const server = await startServe(
    ['--window', '32000', '--output-limit', '4000', '--strategy', values.strategy, '--store', folder],
    {},
  );
  try {
    const companies = Math.round(millions * reportsPerMillion);
    const prompt = companyPrompt({ companies, sentences: 130 });
    const before = server.peakMebibytes();
    const first = await ask(server.baseUrl, prompt);
    const next: number[] = [];
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      next.push((await ask(server.baseUrl, prompt)).seconds);
    }
    const { choices, usage, corpuscope } = first.reply;
    const answer = choices[0].message.content.split('\n').at(-1);
    const isRight = answer === `The answer is: "Company ${companies}"`;
    console.log(
      `${(count(prompt) / 1e6).toFixed(2)}M tokens (${(prompt.length / 2 ** 20).toFixed(1)} MiB) by ${values.strategy}: ` +
        `first request ${first.seconds.toFixed(1)} s, next ${median(next).toFixed(2)} s; ` +
        `${corpuscope.cost.calls} calls, ${usage.total_tokens} tokens; ` +
        `peak memory ${server.peakMebibytes().toFixed(0)} MiB (${before.toFixed(0)} MiB before); ` +
        `${isRight ? 'right' : 'wrong'}: ${answer}`,
    );
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask(baseUrl: string, prompt: string): Promise<{ seconds: number; reply: Reply }> {
  const body = JSON.stringify({ model: 'embedded', messages: [{ role: 'user', content: prompt }] });
  const started = performance.now();
  const response = await fetch(`${baseUrl}/chat/completions`, { method: 'POST', body });
  const text = await response.text();
  if (!response.ok) throw new Error(text.slice(0, 500));
  return { seconds: (performance.now() - started) / 1000, reply: JSON.parse(text) };
}

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[times.length >> 1] ?? 0;
}
