import { basename, resolve } from 'node:path';
import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import type { RequestLog, ServerLimits } from '../../server/index.ts';
import { strategyNames } from '../../strategies/strategy-names.ts';
import type { CorpusLocation } from '../../table/index.ts';
import { openStrategySettings } from '../answering.ts';
import { CommandError } from '../command-error.ts';
import { describeError } from '../error-report.ts';
import { describeReading, readWithProgress } from '../fresh-corpus.ts';
import { prolongGrace } from '../interruption.ts';
import { addModelOptions, modelOptions, openCommandModels } from '../model-options.ts';
import { commonOptions, positiveSeconds, wholeNumber, type CommonOptions } from '../options.ts';
import { addStrategyOptions, strategyOptions } from '../strategy-options.ts';
import { formatNumber, formatSeconds } from '../terminal/numbers.ts';
import { oneLine } from '../terminal/display-text.ts';

const serveOptions = commonOptions
  .extend(modelOptions.shape)
  .extend(strategyOptions.shape)
  .extend({
    model: z.string().default('embedded'),
    strategy: z.enum(strategyNames).default('auto'),
    port: z.number(),
    host: z.string(),
    token: z.string().optional(),
    corpus: z.array(z.string()).default([]),
    allowHost: z.array(z.string()).default([]),
    allowOrigin: z.array(z.string()).default([]),
    maxBody: z.number(),
    maxRequests: z.number(),
    requestTimeout: z.number(),
    drain: z.number(),
  });

type ServeOptions = z.infer<typeof serveOptions>;

export function addServeCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('serve')
    .summary("serve a model over OpenAI's API, for prompts and corpora of any length")
    .description(
      'Serves /v1/chat/completions and /v1/models in front of a model. A prompt that fits its window goes to it as ' +
        'it is. A longer one is taken apart into documents and question, which a strategy answers; so are questions ' +
        'to a corpus. The response says in its field "corpuscope" what the answer rests on.',
    )
    .option('--port <number>', 'the port; 0 for any that is free', portNumber, 8080)
    .option('--host <address>', 'the address to listen on; any but loopback needs a token', '127.0.0.1')
    .option(
      '--token <text>',
      'what clients must send as their API key (or CORPUSCOPE_TOKEN in the environment)',
    )
    .option('--corpus <name=path>', 'a corpus that requests can name; may be repeated', collect)
    .option('--allow-host <name>', 'another name that clients call this server by; may be repeated', collect)
    .option(
      '--allow-origin <origin>',
      'web pages that may use it (https://app.example); may be repeated',
      collect,
    )
    .option('--max-body <megabytes>', 'the largest request', wholeNumber, 64)
    .option('--max-requests <number>', 'requests worked on at once', wholeNumber, 64)
    .option('--request-timeout <seconds>', 'how long a request may take', positiveSeconds, 1800)
    .option(
      '--drain <seconds>',
      'how long requests may take to finish when it is stopped',
      positiveSeconds,
      30,
    )
    .addHelpText(
      'after',
      `
Examples:
  corpuscope serve --model compatible:qwen3-32b --window 32000
  corpuscope serve --model openai:gpt-5-mini --strategy memory --max-usd 5
  corpuscope serve --corpus reports=./reports       ask it as model "table@reports"
  CORPUSCOPE_TOKEN=… corpuscope serve --host 0.0.0.0 --allow-host box.example

Clients use http://127.0.0.1:8080/v1 as their base URL. Ctrl-C and SIGTERM let requests finish. Requests are logged
without their texts. What prompts hold is kept in a private temporary folder for a day, or in --store FOLDER.`,
    );
  addStrategyOptions(command, {
    strategyHelp: 'what answers long prompts and questions to a corpus (default: auto)',
  });
  addModelOptions(command).action(async (_: unknown, command: Command) => {
    const options = serveOptions.parse(command.optsWithGlobals());
    await serve(options, signal);
  });
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('It must be at most 65535.');
  return port;
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

const closingMilliseconds = 40_000;
const cleaningMilliseconds = 3_600_000;

async function serve(options: ServeOptions, signal: AbortSignal): Promise<void> {
  const onError = (error: unknown): void => {
    process.stderr.write(
      `${options.verbose ? describeError(error, { verbose: true }) : briefError(error)}\n`,
    );
  };
  const { startServer } = await import('../../server/index.ts');
  const { modelProviders } = await import('../model-providers.ts');
  const { PromptStore } = await import('../../strategies/index.ts');
  const corpora = await readCorpora(options, signal);
  const prompts = new PromptStore({ folder: options.store });
  await prompts.clean();
  setInterval(() => void prompts.clean().catch(onError), cleaningMilliseconds).unref();
  // Calls are interrupted once requests have had their time to finish, not with the first Ctrl-C.
  const drained = new AbortController();
  const models = await openCommandModels({
    options,
    storeFolder: prompts.folder,
    providers: modelProviders,
    signal: drained.signal,
  });
  prompts.forgetOldCallsOf(models.ledger);
  const limits = limitsOf(options);
  prolongGrace(limits.drainMilliseconds + closingMilliseconds);
  try {
    const model = await models.model(options.model);
    const { settings, close } = await openStrategySettings({ options, models, model });
    try {
      const server = await startServer({
        model,
        client: await models.client(options.model),
        budget: models.budget,
        strategy: options.strategy,
        settings,
        corpora,
        prompts,
        host: options.host,
        port: options.port,
        token: options.token ?? process.env['CORPUSCOPE_TOKEN'],
        allowedHosts: options.allowHost,
        allowedOrigins: options.allowOrigin,
        limits,
        onRequest: (log) => process.stderr.write(`${options.json ? JSON.stringify(log) : logLine(log)}\n`),
        onError,
      });
      announce(server.url, options);
      await untilAborted(signal);
      await server.stop();
    } finally {
      await close();
    }
  } finally {
    drained.abort(signal.reason);
    await models.close();
  }
}

function limitsOf({
  maxBody,
  maxRequests,
  requestTimeout,
  drain,
}: ServeOptions): Pick<
  ServerLimits,
  'maximumBodyBytes' | 'concurrency' | 'requestMilliseconds' | 'drainMilliseconds'
> {
  return {
    maximumBodyBytes: maxBody * 2 ** 20,
    concurrency: maxRequests,
    requestMilliseconds: requestTimeout * 1000,
    drainMilliseconds: drain * 1000,
  };
}

async function readCorpora(options: ServeOptions, signal: AbortSignal): Promise<Map<string, CorpusLocation>> {
  const corpora = new Map<string, CorpusLocation>();
  for (const argument of options.corpus) {
    const { name, path } = parseCorpus(argument);
    if (corpora.has(name)) {
      throw new CommandError({
        message: `Two corpora are called ${name}.`,
        remedy: 'Give one another name: --corpus NAME=PATH.',
        wrongArguments: true,
      });
    }
    corpora.set(name, await locateCorpus({ path, options, signal }));
  }
  return corpora;
}

function parseCorpus(argument: string): { name: string; path: string } {
  const { name, path } = /^(?<name>[\w.-]+)=(?<path>.+)$/.exec(argument)?.groups ?? {};
  if (name !== undefined && path !== undefined) return { name, path };
  return { name: basename(resolve(argument)).replaceAll(/[^\w.-]+/g, '-'), path: argument };
}

async function locateCorpus({
  path,
  options,
  signal,
}: {
  path: string;
  options: ServeOptions;
  signal: AbortSignal;
}): Promise<CorpusLocation> {
  if (!options.read) {
    const { resolveCorpus } = await import('../../table/index.ts');
    return await resolveCorpus({ input: path });
  }
  // Each corpus has its own store; --store is for the documents of prompts.
  const own: CommonOptions = { ...options, store: undefined };
  const { location, report } = await readWithProgress({ path, options: own, signal });
  if (!options.json) process.stderr.write(`${path}: ${describeReading(report)}\n`);
  return location;
}

function announce(url: string, { json, model, strategy }: ServeOptions): void {
  process.stdout.write(
    json
      ? `${JSON.stringify({ url, model, strategy })}\n`
      : `Serving ${model} at ${url}/v1; longer prompts are answered by the strategy ${strategy}.\n`,
  );
}

function logLine(log: RequestLog): string {
  const { time, method, path, status, milliseconds, model, strategy, promptTokens, completionTokens } = log;
  const parts = [
    time.slice(11, 19),
    method,
    path,
    String(status),
    ...(log.error === undefined ? [] : [log.error]),
    formatSeconds(milliseconds / 1000),
    ...(model === undefined ? [] : [model]),
    ...(strategy === undefined ? [] : [`by ${strategy}`]),
    ...(promptTokens === undefined || completionTokens === undefined
      ? []
      : [`${formatNumber(promptTokens)} tokens in, ${formatNumber(completionTokens)} out`]),
  ];
  // The path and the model are what a client wrote.
  return oneLine(parts.join(' '));
}

/** Errors that have a remedy hold no text of a request; others may. */
function briefError(error: unknown): string {
  if (!(error instanceof Error)) return 'Error: --verbose shows what it says.';
  if ('remedy' in error) return describeError(error, { verbose: false });
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `Error: ${error.name}${code}; --verbose shows what it says and where.`;
}

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }));
}
