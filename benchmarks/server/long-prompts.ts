/**
 * What a prompt far beyond the model's window takes: the time of the first request, which reads its documents, and of
 * the next ones, which need not; and the server's peak memory.
 *
 *   node benchmarks/server/long-prompts.ts [MILLIONS OF TOKENS …]      1 by default
 *
 * The prompts are made-up company reports of 2,500 tokens in the layout of CorpusQA, answered by `table` over a model
 * of 32,000 tokens, which is never called. Each size has a server of its own.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadTokenizer } from '../../src/corpus/index.ts';
import { companyPrompt } from '../../src/server/testing/company-prompt.ts';
import { startServe } from './serving-process.ts';

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1];
const reportsPerMillion = 400;
const { count } = await loadTokenizer('o200k');

for (const millions of sizes) {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-serving-'));
  const server = await startServe(
    ['--model', 'compatible:none', '--window', '32000', '--strategy', 'table', '--store', folder],
    { COMPATIBLE_BASE_URL: 'http://127.0.0.1:9/v1' },
  );
  try {
    const companies = Math.round(millions * reportsPerMillion);
    const prompt = companyPrompt({ companies, sentences: 130 });
    const tokens = count(prompt);
    const before = server.peakMebibytes();
    const times: number[] = [];
    for (let request = 0; request < 4; request += 1) {
      times.push(await ask({ baseUrl: server.baseUrl, prompt, expected: `"Company ${companies}"` }));
    }
    const [first = 0, ...next] = times;
    console.log(
      `${(tokens / 1e6).toFixed(2)}M tokens (${(prompt.length / 2 ** 20).toFixed(1)} MiB): first request ` +
        `${first.toFixed(1)} s, next ${(next.toSorted((left, right) => left - right)[1] ?? 0).toFixed(2)} s; ` +
        `peak memory ${server.peakMebibytes().toFixed(0)} MiB (${before.toFixed(0)} MiB before)`,
    );
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function ask({
  baseUrl,
  prompt,
  expected,
}: {
  baseUrl: string;
  prompt: string;
  expected: string;
}): Promise<number> {
  const body = JSON.stringify({ model: 'table', messages: [{ role: 'user', content: prompt }] });
  const started = performance.now();
  const response = await fetch(`${baseUrl}/chat/completions`, { method: 'POST', body });
  const text = await response.text();
  const seconds = (performance.now() - started) / 1000;
  const reply: { choices?: { message: { content: string } }[] } = JSON.parse(text);
  const answer = reply.choices?.[0]?.message.content;
  if (answer !== `The answer is: ${expected}`) throw new Error(`Wrong answer: ${text.slice(0, 500)}`);
  return seconds;
}
