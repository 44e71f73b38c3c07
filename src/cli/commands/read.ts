import { InvalidArgumentError, Option, type Command } from 'commander';
import { z } from 'zod';
import type { OpenCorpus, ReadReport } from '../../table/index.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { describeReading, readWithProgress } from '../fresh-corpus.ts';
import { addCallOptions, modelIdForms, modelOptions } from '../model-options.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { readWithModels, type ModelWork } from '../read-with-models.ts';
import { showModelReading } from '../show-model-reading.ts';
import { showPlan } from '../show-plan.ts';
import { mostUseful, showColumns } from '../show-tables.ts';
import { oneLine } from '../terminal/display-text.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';

const readOptions = commonOptions.extend(modelOptions.omit({ model: true }).shape).extend({
  tokenizer: z.string().optional(),
  force: z.boolean().default(false),
  reader: z.string().optional(),
  attempts: z.number(),
  fields: z.string().optional(),
  limit: z.number().optional(),
  propose: z.boolean().default(false),
  plan: z.boolean().default(false),
});

type ReadOptions = z.infer<typeof readOptions>;

const fieldsShown = 12;
const skippedShown = 20;

export function addReadCommand(program: Command, signal: AbortSignal): void {
  const command = program
    .command('read')
    .summary('build or refresh the table of a corpus')
    .description(
      'Reads the documents into a table of cited facts, and shows its fields, their coverage and what was skipped. ' +
        'A second run reads only files that are new or have changed. With --reader, language models read fields that ' +
        'patterns do not find; every value is looked up in its document, and what was read once is not read again.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .option('--tokenizer <name>', 'count tokens with o200k or with a Hugging Face tokenizer.json')
    .addOption(new Option('--force', 'read every file again'))
    .option('--reader <ids>', `language models that read, with commas between: ${modelIdForms}`)
    .option(
      '--fields <list>',
      'what they read: names with commas between, or a JSON file of { name, description, type, values, examples }',
    )
    .option('--attempts <number>', 'how often each is asked; the majority of all votes counts', positive, 1)
    .option('--limit <documents>', 'have only so many documents read by them, the first by path', positive)
    .option('--propose', 'print fields that they propose, for --fields FILE.json, and read nothing')
    .option('--plan', 'say what their calls will take, and make none')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope read ./reports
  corpuscope read "reports/**/*.pdf" --store ./store
  corpuscope read ./reports --key "Company name"     name the rows by this field
  corpuscope read ./reports --json | jq .skipped
  corpuscope read ./news --reader openai:gpt-5-mini --propose > fields.json
  corpuscope read ./news --reader openai:gpt-5-mini --fields fields.json --plan
  corpuscope read ./news --reader openai:gpt-5-mini,anthropic:claude-haiku-4-5,google:gemini-3-flash \\
      --fields country,"incident type",victims --max-usd 5
  corpuscope read ./news --reader llama:gemma.gguf --fields fields.json --limit 20`,
    );
  addCallOptions(command).action(async (path: string, _: unknown, command: Command) => {
    const options = readOptions.parse(command.optsWithGlobals());
    const request = readerRequest(options);
    const { location, report } = await readWithProgress({
      path,
      options,
      signal,
      tokenizer: options.tokenizer,
      force: options.force,
    });
    const work = request === null ? null : await readWithModels({ location, options: request, signal });
    if (work !== null && work.kind !== 'read') {
      process.stdout.write(`${showIntention(work, options)}\n`);
    } else if (options.json) {
      const { storeFolder } = location;
      const models = work === null ? {} : { models: { ...work.report, seconds: work.seconds } };
      process.stdout.write(`${JSON.stringify({ ...report, storeFolder, ...models })}\n`);
    } else {
      const { openCorpus } = await import('../../table/index.ts');
      const corpus = await openCorpus({ location, signal });
      try {
        const screen = screenOf(process.stdout);
        const parts = work === null ? [] : [showModelReading({ ...work, screen }), ''];
        parts.push(showReport({ report, corpus, path, screen }));
        process.stdout.write(`${parts.join('\n')}\n`);
      } finally {
        corpus.close();
      }
    }
    process.exitCode = statusOf(report, work);
  });
}

function positive(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError('It must be above 0.');
  return number;
}

/** What language models are asked for, or null where they are not asked. */
function readerRequest(options: ReadOptions): Parameters<typeof readWithModels>[0]['options'] | null {
  const { reader, fields, propose, plan } = options;
  const wrong = (message: string, remedy: string): CommandError =>
    new CommandError({ message, remedy, wrongArguments: true });
  if (reader === undefined) {
    if (fields === undefined && !propose && !plan) return null;
    throw wrong(
      'No model is named that would read the fields.',
      'Name one with --reader, such as openai:gpt-5-mini.',
    );
  }
  if (fields === undefined && !propose) {
    throw wrong(
      'No fields are named for the models to read.',
      'Name them: --fields country,"incident type", or see what the model proposes with --propose.',
    );
  }
  return { ...options, reader };
}

/** A plan or a proposal. The proposal is what a fields file holds. */
function showIntention(work: Exclude<ModelWork, { kind: 'read' }>, { json }: ReadOptions): string {
  if (work.kind === 'proposal') {
    const lines = work.proposal.fields.map((field) => `  ${JSON.stringify(field)}`);
    return `[\n${lines.join(',\n')}\n]`;
  }
  return json
    ? JSON.stringify({ plan: work.plans })
    : showPlan({ plans: work.plans, screen: screenOf(process.stdout) });
}

function statusOf(report: ReadReport, work: ModelWork | null): ExitStatus {
  const failed = work?.kind === 'read' && work.report.failures.length > 0;
  return failed || report.skipped.length > 0 ? exitStatus.incomplete : exitStatus.done;
}

function showReport({
  report,
  corpus,
  path,
  screen,
}: {
  report: ReadReport;
  corpus: OpenCorpus;
  path: string;
  screen: Screen;
}): string {
  const lines = [describeReading(report)];
  for (const table of corpus.catalog.tables) {
    const shown = mostUseful(table.columns).slice(0, fieldsShown);
    lines.push('', showColumns({ table, columns: shown, screen }));
    const more = table.columns.length - shown.length;
    if (more > 0)
      lines.push(screen.paint('dim', `  … and ${more} more; corpuscope fields ${path} lists them`));
  }
  if (corpus.catalog.tables.length === 0) {
    lines.push(
      '',
      report.documents === 0
        ? 'There is nothing to ask: none of the files could be read.'
        : 'No fields were found: the documents state no labelled values that the reader knows.',
    );
  }
  for (const note of report.notes) lines.push(`${screen.paint('cyan', 'Note')} ${oneLine(note)}`);
  for (const warning of report.warnings)
    lines.push(`${screen.paint('yellow', 'Warning')} ${oneLine(warning)}`);
  if (report.skipped.length > 0) lines.push('', showSkipped(report, screen));
  if (corpus.catalog.tables.length > 0) lines.push('', `Next: corpuscope ask ${path} "…"`);
  return lines.join('\n');
}

function showSkipped({ skipped }: ReadReport, screen: Screen): string {
  const table = textTable({
    columns: [{ header: 'skipped' }, { header: 'reason' }],
    rows: skipped.slice(0, skippedShown).map(({ path, reason }) => [path, reason]),
    screen,
  });
  const more = skipped.length - skippedShown;
  return more > 0
    ? `${table}\n${screen.paint('dim', `… and ${more} more; --json lists all of them`)}`
    : table;
}
