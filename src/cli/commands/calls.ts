import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { LedgerCall, LedgerFailure, LedgerReader, LedgerTotal } from '../../models/index.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { safeText } from '../terminal/display-text.ts';
import { formatCount, formatNumber, formatSeconds } from '../terminal/numbers.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';

const callsOptions = commonOptions.extend({
  purpose: z.string().optional(),
  show: z.string().optional(),
  export: z.string().optional(),
  limit: z.number(),
});

type CallsOptions = z.infer<typeof callsOptions>;

const shownHash = 12;

export function addCallsCommand(program: Command): void {
  program
    .command('calls')
    .summary('see the calls of language models: what they took, what was said')
    .description(
      'Lists what the ledger of a corpus holds: calls by purpose and model, the latest ones, and those that failed. ' +
        'Prompts and answers are shown by --show and written by --export only.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .option('--purpose <name>', 'calls of this purpose only')
    .option('--show <hash>', 'one call with its prompt and answer')
    .option('--export <file>', 'write all calls with prompts and answers, one JSON object a line')
    .option('--limit <number>', 'how many of the latest calls are listed', wholeNumber, 10)
    .addHelpText(
      'after',
      `
Examples:
  corpuscope calls ./reports
  corpuscope calls ./reports --purpose extraction --limit 100 --json
  corpuscope calls ./reports --show 3f9a1c
  corpuscope calls ./reports --export calls.jsonl`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      const options = callsOptions.parse(command.optsWithGlobals());
      const reader = await openLedger({ path, options });
      if (reader === null) {
        process.stdout.write(`${nothingCalled(path, options)}\n`);
        return;
      }
      try {
        process.stdout.write(`${await answerTo({ reader, options })}\n`);
        process.exitCode = exitStatus.done;
      } finally {
        reader.close();
      }
    });
}

async function openLedger({
  path,
  options,
}: {
  path: string;
  options: CallsOptions;
}): Promise<LedgerReader | null> {
  const [{ resolveCorpus }, { LedgerReader }] = await Promise.all([
    import('../../table/index.ts'),
    import('../../models/index.ts'),
  ]);
  const { storeFolder } = await resolveCorpus({ input: path, store: options.store });
  const file = join(storeFolder, 'ledger.sqlite');
  if (existsSync(file)) return new LedgerReader(file);
  if (options.show === undefined && options.export === undefined) return null;
  throw new CommandError({
    message: `No language model was called for ${path} yet.`,
    remedy: 'Calls are made by "ask" with --model and by "read" with --reader.',
  });
}

/** A corpus without calls is no failure. */
function nothingCalled(path: string, { json }: CallsOptions): string {
  return json
    ? JSON.stringify({ totals: [], calls: [], failures: [] })
    : `No language model was called for ${path} yet. Calls are made by "ask" with --model and by "read" with --reader.`;
}

async function answerTo({
  reader,
  options,
}: {
  reader: LedgerReader;
  options: CallsOptions;
}): Promise<string> {
  const { purpose, show, limit, json } = options;
  if (options.export !== undefined) return await exportCalls({ reader, options, file: options.export });
  if (show !== undefined) return showCall({ reader, hash: show, json });
  const totals = reader.totals({ purpose });
  const calls = reader.calls({ purpose, limit });
  const failures = reader.failures({ purpose });
  if (json) return JSON.stringify({ totals, calls, failures });
  const screen = screenOf(process.stdout);
  if (totals.length === 0 && failures.length === 0) return 'The ledger holds no such calls.';
  return [
    ...(totals.length > 0 ? [showTotals(totals, screen), showCalls({ calls, totals, screen })] : []),
    ...(failures.length > 0 ? [showFailures(failures, screen)] : []),
  ].join('\n\n');
}

async function exportCalls({
  reader,
  options,
  file,
}: {
  reader: LedgerReader;
  options: CallsOptions;
  file: string;
}): Promise<string> {
  let calls = 0;
  function* lines(): Generator<string> {
    for (const call of reader.texts({ purpose: options.purpose })) {
      calls += 1;
      yield `${JSON.stringify(call)}\n`;
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(file)).catch((error: unknown) => {
    throw new CommandError({
      message: `The file ${file} cannot be written.`,
      remedy: 'Check the path after --export.',
      cause: error,
    });
  });
  return options.json ? JSON.stringify({ calls, file }) : `Wrote ${formatCount(calls, 'call')} to ${file}`;
}

const sentMessages = z.looseObject({
  messages: z.array(z.object({ role: z.string(), content: z.string() })),
});

function showCall({ reader, hash, json }: { reader: LedgerReader; hash: string; json: boolean }): string {
  const call = reader.call(hash);
  if (json) return JSON.stringify(call);
  const { paint } = screenOf(process.stdout);
  const { messages, ...parameters } = sentMessages.parse(call.request);
  const parts: [string, string][] = [
    ['call', `${call.key}\n${describeCall(call)}\n${JSON.stringify(parameters)}`],
    ...messages.map(({ role, content }): [string, string] => [role, content]),
    ...(call.reasoning === null ? [] : [['reasoning', call.reasoning] satisfies [string, string]]),
    ['answer', call.text],
  ];
  return parts.map(([heading, text]) => `${paint('cyan', heading)}\n${safeLines(text)}`).join('\n\n');
}

const safeLines = (text: string): string => text.split('\n').map(safeText).join('\n');

function describeCall(call: LedgerCall): string {
  const { purpose, model, attempt, inputTokens, outputTokens, sends, seconds, finishReason, createdAt } =
    call;
  return (
    `${purpose}, ${model}, attempt ${attempt}, ${createdAt}: ${formatNumber(inputTokens)} tokens in, ` +
    `${formatNumber(outputTokens)} out, ${formatUsd(call.usd)}, sent ${formatCount(sends, 'time')}, ` +
    `${formatSeconds(seconds)}, ended by ${finishReason}`
  );
}

const shortTime = (iso: string): string => iso.replace('T', ' ').slice(0, 19);

const formatUsd = (usd: number | null): string => (usd === null ? 'no price' : `${usd.toFixed(4)} USD`);

function showTotals(totals: readonly LedgerTotal[], screen: Screen): string {
  return textTable({
    columns: [
      { header: 'purpose', whole: true },
      { header: 'model', whole: true },
      { header: 'calls', align: 'right' },
      { header: 'tokens in', align: 'right' },
      { header: 'tokens out', align: 'right' },
      { header: 'cost', align: 'right' },
      { header: 'time', align: 'right' },
    ],
    rows: totals.map((total) => [
      total.purpose,
      total.model,
      formatNumber(total.calls),
      formatNumber(total.inputTokens),
      formatNumber(total.outputTokens),
      formatUsd(total.usd),
      formatSeconds(total.seconds),
    ]),
    screen,
  });
}

function showCalls({
  calls,
  totals,
  screen,
}: {
  calls: readonly LedgerCall[];
  totals: readonly LedgerTotal[];
  screen: Screen;
}): string {
  const table = textTable({
    columns: [
      { header: 'hash', whole: true },
      { header: 'made at', whole: true },
      { header: 'purpose' },
      { header: 'model' },
      { header: 'in', align: 'right' },
      { header: 'out', align: 'right' },
      { header: 'sent', align: 'right' },
      { header: 'ended by' },
    ],
    rows: calls.map((call) => [
      call.key.slice(0, shownHash),
      shortTime(call.createdAt),
      call.purpose,
      call.model,
      formatNumber(call.inputTokens),
      formatNumber(call.outputTokens),
      formatCount(call.sends, 'time'),
      call.finishReason,
    ]),
    screen,
  });
  const more = totals.reduce((sum, total) => sum + total.calls, 0) - calls.length;
  if (more === 0) return table;
  return `${table}\n${screen.paint('dim', `… and ${formatCount(more, 'earlier one')}; --limit NUMBER shows them`)}`;
}

function showFailures(failures: readonly LedgerFailure[], screen: Screen): string {
  const shown = failures.slice(0, 10);
  const table = textTable({
    columns: [
      { header: 'hash', whole: true },
      { header: 'failed at', whole: true },
      { header: 'purpose' },
      { header: 'cause' },
    ],
    rows: shown.map((failure) => [
      failure.key.slice(0, shownHash),
      shortTime(failure.createdAt),
      failure.purpose,
      failure.message,
    ]),
    screen,
  });
  const heading = `${screen.paint('yellow', formatCount(failures.length, 'call'))} failed and will be made again`;
  const more = failures.length - shown.length;
  return more === 0
    ? `${heading}\n${table}`
    : `${heading}\n${table}\n… and ${formatCount(more, 'more', 'more')}; --json`;
}
