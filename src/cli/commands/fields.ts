import type { Command } from 'commander';
import type { CatalogTable } from '../../table/catalog.ts';
import type { CorpusLocation, OpenCorpus } from '../../table/index.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { withFreshCorpus } from '../fresh-corpus.ts';
import { commonOptions } from '../options.ts';
import { showColumns } from '../show-tables.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';

/** A view that SQL sees besides the tables. */
interface ViewDescription {
  readonly name: string;
  readonly columns: readonly string[];
}

export function addFieldsCommand(program: Command, signal: AbortSignal): void {
  program
    .command('fields')
    .summary('list the tables and their fields: what can be asked about')
    .description(
      'Lists the tables, their fields with label, type, unit, coverage and examples, and the views that SQL sees ' +
        'besides them.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope fields ./reports
  corpuscope fields ./reports | grep -i revenue
  corpuscope fields ./reports --json | jq '.tables[].columns[].name'

fields.json in the store (its path is printed below the list) renames, joins, retypes, describes or drops fields;
what you write there survives re-reading.`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      const options = commonOptions.parse(command.optsWithGlobals());
      process.exitCode = await withFreshCorpus({ path, options, signal }, (corpus, location) =>
        listFields({ corpus, location, json: options.json }),
      );
    });
}

async function listFields({
  corpus,
  location,
  json,
}: {
  corpus: OpenCorpus;
  location: CorpusLocation;
  json: boolean;
}): Promise<ExitStatus> {
  const { tables } = corpus.catalog;
  const views = await describeViews(corpus);
  const { fieldsFile } = location;
  const text = json
    ? JSON.stringify({ tables: tables.map(withoutFunctions), views, fieldsFile })
    : showFields({ tables, views, fieldsFile, screen: screenOf(process.stdout) });
  process.stdout.write(`${text}\n`);
  return exitStatus.done;
}

function withoutFunctions(table: CatalogTable): Omit<CatalogTable, 'findEntity'> {
  const { name, nouns, rows, key, columns } = table;
  return { name, nouns, rows, key, columns };
}

async function describeViews(corpus: OpenCorpus): Promise<ViewDescription[]> {
  const { rows } = await corpus.sql(
    `SELECT table_name, list(column_name ORDER BY ordinal_position) FROM information_schema.columns
     WHERE table_schema = 'main' AND table_name IN ('documents', 'facts', 'cells') GROUP BY ALL ORDER BY ALL`,
  );
  return rows.map(([name, columns]) => ({
    name: String(name),
    columns: Array.isArray(columns) ? columns.map(String) : [],
  }));
}

function showFields({
  tables,
  views,
  fieldsFile,
  screen,
}: {
  tables: readonly CatalogTable[];
  views: readonly ViewDescription[];
  fieldsFile: string;
  screen: Screen;
}): string {
  const parts = tables.map((table) => showColumns({ table, columns: table.columns, screen }));
  if (tables.length === 0) parts.push('There are no tables: the documents state no labelled values.');
  const viewTable = textTable({
    columns: [{ header: 'view' }, { header: 'columns' }],
    rows: views.map(({ name, columns }) => [name, columns.join(', ')]),
    screen,
  });
  parts.push(viewTable);
  parts.push(`To rename, join, retype, describe or drop fields or set the key, edit\n  ${fieldsFile}`);
  return parts.join('\n\n');
}
