import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { Option, type Command } from 'commander';
import { z } from 'zod';
import { mapInOrder } from '../../benchmark/score/map-in-order.ts';
import { readResultLines, type ReadLine } from '../../benchmark/score/result-lines.ts';
import { scoreResult, type ScoredLine, type ScoreSettings } from '../../benchmark/score/score-line.ts';
import { Tally } from '../../benchmark/score/tally.ts';
import type { ModelClient } from '../../models/index.ts';
import { modelJudge } from '../../scoring/judge.ts';
import { metricNames } from '../../scoring/metrics/metric-names.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { addCallOptions, modelIdForms, modelOptions, openCommandModels } from '../model-options.ts';
import { modelProviders } from '../model-providers.ts';
import { commonOptions } from '../options.ts';
import { showScores } from '../show-scores.ts';
import { screenOf } from '../terminal/screen.ts';
import { StatusLine } from '../terminal/status-line.ts';
import { writeWhole } from '../write-whole.ts';

const scoreOptions = commonOptions.extend(modelOptions.omit({ model: true }).shape).extend({
  out: z.string().optional(),
  judge: z.string().optional(),
  metric: z.enum(metricNames).optional(),
  extraction: z.enum(['final', 'published']).default('final'),
});

type ScoreOptions = z.infer<typeof scoreOptions>;

export function addBenchScoreCommand(bench: Command, signal: AbortSignal): void {
  const command = bench
    .command('score')
    .summary('say which answers are right')
    .description(
      'Scores responses from anywhere. A line holds id, question, answer (the right one) and response, and answer_type, ' +
        'tolerance, ordered, unit, aliases, metric, domain where they are known; it comes out with its verdict (right, ' +
        'wrong, ungraded) and the reason. Answers are compared by rules of their type; what these leave open is ' +
        'ungraded, unless a model judges it.',
    )
    .argument('<file>', 'the results, one JSON object a line; - for standard input')
    .option('--out <file>', 'write the lines here, and the averages to standard output')
    .option('--judge <model>', `a model for what the rules leave open: ${modelIdForms}`)
    .addOption(new Option('--metric <name>', 'how lines are scored that do not say it').choices(metricNames))
    .addOption(
      new Option(
        '--extraction <rule>',
        'which "The answer is:" counts: the last (final) or, as published, the first',
      )
        .choices(['final', 'published'])
        .default('final'),
    )
    .addHelpText(
      'after',
      `
Examples:
  corpuscope bench score run.jsonl --out scored.jsonl
  corpuscope bench score answers.jsonl --judge openai:gpt-5-mini --max-usd 1 --out scored.jsonl
  corpuscope bench score answers.jsonl --metric cover-exact-match --json > scored.jsonl
  cat answers.jsonl | corpuscope bench score - | jq 'select(.verdict == "wrong")'

Without --out the lines go to standard output and the averages to standard error (with --json as JSON). Replies of a
judge are kept in .corpuscope beside the file (--store FOLDER for elsewhere): where it failed, the next run asks
again, and only there. Exit status 3: lines could not be read, or the judge failed.`,
    );
  addCallOptions(command).action(async (file: string, _: unknown, command: Command) => {
    const options = scoreOptions.parse(command.optsWithGlobals());
    process.exitCode = await scoreFile({ file, options, signal });
  });
}

interface ScoreWork {
  readonly file: string;
  readonly options: ScoreOptions;
  readonly signal: AbortSignal;
}

async function scoreFile(work: ScoreWork): Promise<ExitStatus> {
  const { options } = work;
  if (options.judge === undefined) return scoreWith(work, null);
  const models = await openCommandModels({
    options: { ...options, model: options.judge },
    storeFolder: storeOf(work),
    providers: modelProviders,
    signal: work.signal,
  });
  try {
    return await scoreWith(work, await models.client(options.judge));
  } finally {
    await models.close();
  }
}

/** Beside the results; what comes from standard input has no place of its own. */
function storeOf({ file, options }: ScoreWork): string | null {
  if (options.store !== undefined) return options.store;
  const place = file === '-' ? options.out : file;
  return place === undefined ? null : join(dirname(place), '.corpuscope');
}

const rulesAtOnce = 16;

async function scoreWith(
  { file, options, signal }: ScoreWork,
  client: ModelClient | null,
): Promise<ExitStatus> {
  const settings: ScoreSettings = {
    metric: options.metric,
    extraction: options.extraction,
    judge: client === null ? undefined : modelJudge(client, signal),
  };
  const tally = new Tally();
  const status = new StatusLine({ stream: process.stderr, enabled: !options.json });
  const results = await openResults(file);
  let [done, malformed, failed] = [0, 0, 0];
  async function* scoredLines(): AsyncGenerator<string> {
    const scored = mapInOrder({
      items: readResultLines(results),
      concurrency: client?.concurrency ?? rulesAtOnce,
      run: async (read) => ({ read, scored: await scoreRead(read, settings) }),
    });
    for await (const { read, scored: result } of scored) {
      signal.throwIfAborted();
      done += 1;
      status.show(() => `${done} lines scored`);
      if (result === null) {
        malformed += 1;
        status.clear();
        process.stderr.write(`Line ${read.number} is no result: ${'problem' in read ? read.problem : ''}.\n`);
        continue;
      }
      if (client !== null && result.value === null) failed += 1;
      tally.add(result);
      yield `${JSON.stringify(result.line)}\n`;
    }
  }
  await writeWhole({ lines: scoredLines(), file: options.out ?? null, what: 'The scored lines' });
  status.clear();
  const rows = tally.rows();
  const isToFile = options.out !== undefined;
  const stream = isToFile ? process.stdout : process.stderr;
  if (rows.length === 0) throw noResults(file, malformed);
  stream.write(
    options.json
      ? `${JSON.stringify({ scores: rows, malformed, judgeFailed: failed })}\n`
      : `${showScores(rows, screenOf(stream))}\n`,
  );
  return malformed > 0 || failed > 0 ? exitStatus.incomplete : exitStatus.done;
}

async function scoreRead(read: ReadLine, settings: ScoreSettings): Promise<ScoredLine | null> {
  return 'result' in read ? scoreResult(read.result, settings) : null;
}

async function openResults(file: string): Promise<Readable> {
  if (file === '-') return process.stdin;
  try {
    const handle = await open(file);
    if ((await handle.stat()).isDirectory()) {
      await handle.close();
      throw new Error('it is a folder');
    }
    return handle.createReadStream();
  } catch (error) {
    throw new CommandError({
      message: `The results ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      remedy: 'Check the path; - stands for standard input.',
      cause: error,
    });
  }
}

function noResults(file: string, malformed: number): CommandError {
  const place = file === '-' ? 'Standard input' : file;
  return new CommandError({
    message: malformed === 0 ? `${place} holds no line.` : `No line of ${place} is a result.`,
    remedy: 'Each line must be a JSON object with id, question, answer and response.',
  });
}
