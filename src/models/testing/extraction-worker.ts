// Extracts facts as a process of its own, so that it can be killed: LEDGER_FILE REPORTS CONCURRENCY, and the
// server's COMPATIBLE_BASE_URL in the environment. Prints its outcome as JSON.
import { openModelSession } from '../model-session.ts';
import { extractFacts } from './extraction-work.ts';
import { quickRetries, quickTimeLimits } from './server-model.ts';

const [ledgerFile = '', reports = '', concurrency = ''] = process.argv.slice(2);
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.once(name, () => interruption.abort(new DOMException(name, 'AbortError')));
}
const session = openModelSession({
  ledgerFile,
  concurrency: Number(concurrency),
  retryPolicy: quickRetries,
  timeLimits: quickTimeLimits,
  signal: interruption.signal,
});
try {
  const client = await session.client('compatible:test');
  const outcome = await extractFacts({ client, reports: Number(reports), signal: interruption.signal });
  process.stdout.write(JSON.stringify(outcome));
} catch (error) {
  if (error !== interruption.signal.reason) throw error;
  process.exitCode = 130;
} finally {
  await session.close();
}
