import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import type { OpenCorpus, SqlCell, SqlResult } from '../../table/index.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { withFreshCorpus } from '../fresh-corpus.ts';
import { commonOptions, positiveSeconds, wholeNumber } from '../options.ts';
import { cellText } from '../terminal/cell-text.ts';
import { formatCount } from '../terminal/numbers.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';

const sqlOptions = commonOptions.extend({
  file: z.string().optional(),
  timeout: z.number(),
  limit: z.number(),
});

type SqlOptions = z.infer<typeof sqlOptions>;

export function addSqlCommand(program: Command, signal: AbortSignal): void {
  program
    .command('sql')
    .summary('run your own SQL over the tables, read-only')
    .description(
      'Runs one SELECT (DuckDB SQL) over the tables and the views documents, facts and cells. It can neither write ' +
        'nor reach files or the network, and is stopped at limits on time, memory and rows.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .argument('[statement]', 'the SQL, in quotation marks')
    .option('--file <file>', 'take the SQL from a file')
    .option('--timeout <seconds>', 'stop the statement after this time', positiveSeconds, 30)
    .option('--limit <rows>', 'how many rows at most', wholeNumber, 1000)
    .addHelpText(
      'after',
      `
Examples:
  corpuscope sql ./reports "SHOW TABLES"
  corpuscope sql ./reports "SELECT document, field, number FROM facts LIMIT 5"
  corpuscope sql ./reports --file query.sql --json --limit 100000

"corpuscope fields ./reports" lists the tables and columns.`,
    )
    .action(async (path: string, statement: string | undefined, _: unknown, command: Command) => {
      const options = sqlOptions.parse(command.optsWithGlobals());
      const sql = await statementOf({ statement, file: options.file });
      process.exitCode = await withFreshCorpus({ path, options, signal }, (corpus) =>
        runStatement({ corpus, sql, options, signal }),
      );
    });
}

async function statementOf({
  statement,
  file,
}: {
  statement: string | undefined;
  file: string | undefined;
}): Promise<string> {
  if ((statement === undefined) === (file === undefined)) {
    throw new CommandError({
      message:
        statement === undefined ? 'There is no SQL statement.' : 'A statement and --file were both given.',
      remedy: 'Give one statement in quotation marks, or a file with --file FILE.sql.',
      wrongArguments: true,
    });
  }
  if (file === undefined) return statement ?? '';
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandError({
      message: `The SQL file ${file} cannot be read.`,
      remedy: 'Check the path after --file.',
      cause: error,
    });
  });
}

async function runStatement({
  corpus,
  sql,
  options,
  signal,
}: {
  corpus: OpenCorpus;
  sql: string;
  options: SqlOptions;
  signal: AbortSignal;
}): Promise<ExitStatus> {
  const limits = { timeoutMilliseconds: options.timeout * 1000, maximumRows: options.limit };
  const result = await corpus.sql(sql, { limits, signal });
  const text = options.json
    ? JSON.stringify(asRecords(result))
    : showResult(result, screenOf(process.stdout));
  process.stdout.write(`${text}\n`);
  return exitStatus.done;
}

function asRecords({ columns, rows, truncated }: SqlResult): {
  columns: readonly string[];
  rows: Record<string, SqlCell>[];
  truncated: boolean;
} {
  const records = rows.map((row) =>
    Object.fromEntries(columns.map((column, index): [string, SqlCell] => [column, row[index] ?? null])),
  );
  return { columns, rows: records, truncated };
}

function showResult({ columns, rows, truncated }: SqlResult, screen: Screen): string {
  const isNumeric = (index: number): boolean => rows.some((row) => typeof row[index] === 'number');
  const table = textTable({
    columns: columns.map((header, index) => ({ header, align: isNumeric(index) ? 'right' : 'left' })),
    rows: rows.map((row) => row.map((cell) => cellText(cell))),
    screen,
  });
  const more = truncated ? '; there are more, which --limit ROWS brings' : '';
  return `${table}\n${screen.paint('dim', `${formatCount(rows.length, 'row')}${more}`)}`;
}
