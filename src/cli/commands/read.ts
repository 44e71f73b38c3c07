import { Option, type Command } from 'commander';
import { z } from 'zod';
import type { OpenCorpus, ReadReport } from '../../table/index.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { describeReading, readWithProgress } from '../fresh-corpus.ts';
import { commonOptions } from '../options.ts';
import { mostUseful, showColumns } from '../show-tables.ts';
import { oneLine } from '../terminal/display-text.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';

const readOptions = commonOptions.extend({
  tokenizer: z.string().optional(),
  force: z.boolean().default(false),
});

const fieldsShown = 12;
const skippedShown = 20;

export function addReadCommand(program: Command, signal: AbortSignal): void {
  program
    .command('read')
    .summary('build or refresh the table of a corpus')
    .description(
      'Reads the documents into a table of cited facts, and shows its fields, their coverage and what was skipped. ' +
        'A second run reads only files that are new or have changed.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .option('--tokenizer <name>', 'count tokens with o200k or with a Hugging Face tokenizer.json')
    .addOption(new Option('--force', 'read every file again'))
    .addHelpText(
      'after',
      `
Examples:
  corpuscope read ./reports
  corpuscope read "reports/**/*.pdf" --store ./store
  corpuscope read ./reports --key "Company name"     name the rows by this field
  corpuscope read ./reports --json | jq .skipped`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      const options = readOptions.parse(command.optsWithGlobals());
      const { location, report } = await readWithProgress({
        path,
        options,
        signal,
        tokenizer: options.tokenizer,
        force: options.force,
      });
      if (options.json) {
        process.stdout.write(`${JSON.stringify({ ...report, storeFolder: location.storeFolder })}\n`);
      } else {
        const { openCorpus } = await import('../../table/index.ts');
        const corpus = await openCorpus({ location, signal });
        try {
          process.stdout.write(`${showReport({ report, corpus, path, screen: screenOf(process.stdout) })}\n`);
        } finally {
          corpus.close();
        }
      }
      process.exitCode = statusOf(report);
    });
}

function statusOf(report: ReadReport): ExitStatus {
  return report.skipped.length > 0 ? exitStatus.incomplete : exitStatus.done;
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
