import type { Command } from 'commander';
import { z } from 'zod';
import { CommandError } from '../command-error.ts';
import { exitStatus } from '../exit-status.ts';
import { withFreshCorpus } from '../fresh-corpus.ts';
import { commonOptions } from '../options.ts';
import { formatCount } from '../terminal/numbers.ts';

const tableOptions = commonOptions.extend({
  out: z.string(),
  table: z.string().optional(),
});

export function addTableCommand(program: Command, signal: AbortSignal): void {
  program
    .command('table')
    .summary('export a table as CSV, Parquet or XLSX')
    .description('Writes the table of the corpus to a file, in the format that the ending names.')
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .requiredOption('--out <file>', 'the file to write: .csv, .parquet or .xlsx')
    .option('--table <name>', 'which table, where the corpus has several')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope table ./reports --out reports.xlsx
  corpuscope table ./reports --table company --out companies.parquet`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      const options = tableOptions.parse(command.optsWithGlobals());
      checkEnding(options.out);
      process.exitCode = await withFreshCorpus({ path, options, signal }, async (corpus) => {
        const exported = await corpus.exportTable({ table: options.table, file: options.out });
        const text = options.json
          ? JSON.stringify(exported)
          : `Wrote ${exported.table}, ${formatCount(exported.rows, 'row')} of ` +
            `${formatCount(exported.columns, 'column')}, to ${exported.file}`;
        process.stdout.write(`${text}\n`);
        return exitStatus.done;
      });
    });
}

/** Said before a long reading, not after it. */
function checkEnding(file: string): void {
  if (/\.(?:csv|parquet|xlsx)$/i.test(file)) return;
  throw new CommandError({
    message: `${file} names no format that a table can be written in.`,
    remedy: 'End the file name in .csv, .parquet or .xlsx.',
    wrongArguments: true,
  });
}
