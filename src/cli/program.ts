import { Command, Option } from 'commander';
import { addAskCommand } from './commands/ask.ts';
import { addBenchCommand } from './commands/bench.ts';
import { addCallsCommand } from './commands/calls.ts';
import { addExportCommand } from './commands/export.ts';
import { addFactsCommand } from './commands/facts.ts';
import { addFieldsCommand } from './commands/fields.ts';
import { addMergeCommand } from './commands/merge.ts';
import { addReadCommand } from './commands/read.ts';
import { addSampleCommand } from './commands/sample.ts';
import { addServeCommand } from './commands/serve.ts';
import { addSqlCommand } from './commands/sql.ts';
import { addTableCommand } from './commands/table.ts';
import { addTrainCommand } from './commands/train.ts';
import { screenOf } from './terminal/screen.ts';
import { checkNodeVersion, packageVersion } from './version.ts';

const description = `Answers questions whose evidence is spread over a whole folder of documents,
exactly and with citations. It reads the documents once into a table of cited
facts; an answer is SQL over that table. No key, no network, no language model.

  corpuscope ask ./reports "Which 5 companies have the highest revenue?"
      reads the folder (later only what changed), then answers
  corpuscope fields ./reports
      what can be asked about: tables, fields, units, coverage
  corpuscope facts ./reports --document 2023/acme.md
      check what was read from a document
  corpuscope sql ./reports "SELECT …"
      ask in SQL instead of English
  corpuscope table ./reports --out reports.xlsx
      take the table elsewhere`;

const footer = `
PATH is a folder, a file, a quoted glob ("reports/**/*.pdf"), or - for standard
input (with --store). What was read is kept in PATH/.corpuscope, or where
--store says; the documents themselves are never changed.

corpuscope COMMAND --help explains a command, with examples.

Exit status: 0 done, 1 failed, 2 wrong arguments, 3 done but a file was skipped
or a question refused, 130 interrupted.`;

/** What commands take of the options on a corpus, where that is not all of them; commands on models know no corpus. */
const corpusOptionsOf: Readonly<Record<string, readonly string[]>> = {
  train: [],
  sample: [],
  merge: [],
  export: [],
  bench: [],
  'bench run': ['--store'],
  'bench score': ['--store'],
  'bench report': [],
  'bench ruler': [],
};

/** The options of the whole program that a command takes, and its help shows. */
function globalOptionsOf(command: Command): readonly Option[] {
  const names: string[] = [];
  let program = command;
  while (program.parent !== null) {
    names.unshift(program.name());
    program = program.parent;
  }
  if (program === command) return [];
  const taken = corpusOptionsOf[names.join(' ')];
  const isTaken = (long: string): boolean => taken?.includes(long) ?? true;
  return program.options.filter(
    ({ long }) =>
      long !== '--version' && (!/^--(?:store|key|no-read)$/.test(long ?? '') || isTaken(long ?? '')),
  );
}

/** The command line: its commands, their options and help. `signal` stops a running command. */
export function buildProgram(signal: AbortSignal): Command {
  const program = new Command('corpuscope');
  program
    .description(description)
    .usage('COMMAND PATH [options]')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .addOption(new Option('--json', 'print JSON on standard output'))
    .addOption(new Option('--store <folder>', 'keep what was read here (default: PATH/.corpuscope)'))
    .addOption(
      new Option('--key <field>', 'name the rows by this field instead of the title; kept for later runs'),
    )
    .addOption(new Option('--no-read', 'use the table as it is, without looking for changed files'))
    .addOption(new Option('--verbose', 'show where an error happened'))
    .hook('preAction', checkNodeVersion)
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => {
        const { paint } = screenOf(process.stderr);
        write(text.replace(/^error:/, paint('red', 'Error:')));
      },
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => screenOf(process.stdout).paint('bold', title),
      visibleGlobalOptions: (command) => [...globalOptionsOf(command)],
    })
    .addHelpText('after', footer);
  addAskCommand(program, signal);
  addReadCommand(program, signal);
  addFieldsCommand(program, signal);
  addFactsCommand(program, signal);
  addSqlCommand(program, signal);
  addTableCommand(program, signal);
  addTrainCommand(program, signal);
  addSampleCommand(program, signal);
  addServeCommand(program, signal);
  addMergeCommand(program, signal);
  addExportCommand(program, signal);
  addBenchCommand(program, signal);
  addCallsCommand(program);
  for (const command of program.commands) {
    const usage = command.createHelp().commandUsage(command);
    command.showHelpAfterError(`Usage: ${usage}\nSee: corpuscope ${command.name()} --help`);
  }
  return program.showHelpAfterError('See: corpuscope --help');
}
