import type { Command } from 'commander';
import { z } from 'zod';
import type { OpenCorpus } from '../../table/index.ts';
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
        checkTable(corpus, options.table);
        const exported = await corpus.exportTable({ table: options.table, file: options.out });
        const others = options.table === undefined ? otherTables(corpus, exported.table) : [];
        const text = options.json
          ? JSON.stringify({ ...exported, others })
          : [
              `Wrote ${exported.table}, ${formatCount(exported.rows, 'row')} of ` +
                `${formatCount(exported.columns, 'column')}, to ${exported.file}`,
              ...(others.length === 0
                ? []
                : [`Not written: ${others.join(', ')}; --table NAME writes another.`]),
            ].join('\n');
        process.stdout.write(`${text}\n`);
        return exitStatus.done;
      });
    });
}

/** The tables that were not asked for, which a corpus of several kinds of documents has. */
function otherTables({ catalog }: OpenCorpus, written: string): string[] {
  return catalog.tables
    .filter(({ name }) => name !== written)
    .map(({ name, rows }) => `${name} (${formatCount(rows, 'row')})`);
}

function checkTable({ catalog }: OpenCorpus, name: string | undefined): void {
  if (name === undefined || catalog.tables.some((table) => table.name === name)) return;
  throw new CommandError({
    message: `There is no table ${name}.`,
    remedy: `The tables are: ${catalog.tables.map((table) => table.name).join(', ') || 'none'}.`,
    wrongArguments: true,
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
