import type { Command } from 'commander';
import { z } from 'zod';
import type { FactRow, OpenCorpus } from '../../table/index.ts';
import { CommandError } from '../command-error.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import { withFreshCorpus } from '../fresh-corpus.ts';
import { commonOptions, wholeNumber } from '../options.ts';
import { placeOf } from '../show-answer.ts';
import { cellText } from '../terminal/cell-text.ts';
import { formatCount } from '../terminal/numbers.ts';
import { screenOf, type Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';

const factsOptions = commonOptions.extend({
  document: z.string().optional(),
  field: z.string().optional(),
  entity: z.string().optional(),
  limit: z.number(),
});

type FactsOptions = z.infer<typeof factsOptions>;

export function addFactsCommand(program: Command, signal: AbortSignal): void {
  program
    .command('facts')
    .summary('inspect what was read from a document, or for a field or entity')
    .description(
      'Lists facts: what a document states for a field, with the quote, its place, and the value read.',
    )
    .argument('<path>', 'folder, file, quoted glob, or - for standard input')
    .option('--document <path>', 'facts of this document, by its path in the corpus')
    .option('--field <name>', 'facts of this field, by name or label')
    .option('--entity <name>', 'facts about this entity (a row of a table)')
    .option('--limit <number>', 'how many facts at most', wholeNumber, 50)
    .addHelpText(
      'after',
      `
Examples:
  corpuscope facts ./reports --document 2023/acme.md
  corpuscope facts ./reports --field revenue --limit 10
  corpuscope facts ./reports --entity "Acme" --json`,
    )
    .action(async (path: string, _: unknown, command: Command) => {
      const options = factsOptions.parse(command.optsWithGlobals());
      process.exitCode = await withFreshCorpus({ path, options, signal }, (corpus) =>
        listFacts({ corpus, options }),
      );
    });
}

async function listFacts({
  corpus,
  options,
}: {
  corpus: OpenCorpus;
  options: FactsOptions;
}): Promise<ExitStatus> {
  const { document, field, entity, limit, json } = options;
  const { facts, total } = await corpus.facts({ document, field, entity, limit });
  if (total === 0) await checkFilters(corpus, options);
  const text = json
    ? JSON.stringify({ facts, total })
    : showFacts({ facts, total, screen: screenOf(process.stdout) });
  process.stdout.write(`${text}\n`);
  return exitStatus.done;
}

/** Refuses what the corpus does not have; where each is there, there are only no facts of all of them. */
async function checkFilters(corpus: OpenCorpus, { document, field, entity }: FactsOptions): Promise<void> {
  const { tables } = corpus.catalog;
  const columns = tables.flatMap((table) => table.columns);
  if (document !== undefined && !(await hasDocument(corpus, document)))
    throw unknown(
      `document ${document}`,
      'Documents are named by their paths in the corpus: "SELECT path FROM documents".',
    );
  const isField = columns.some(({ name, label, aliases }) =>
    [name, label, ...aliases].some((each) => each.toLowerCase() === field?.toLowerCase()),
  );
  if (field !== undefined && !isField && (await corpus.facts({ field, limit: 1 })).total === 0)
    throw unknown(`field ${field}`, 'A field goes by its name or label, which "corpuscope fields" lists.');
  if (entity !== undefined && tables.every((table) => table.findEntity(entity) === null))
    throw unknown(`row ${entity}`, 'Rows go by their names: the first column of a table.');
}

async function hasDocument(corpus: OpenCorpus, name: string): Promise<boolean> {
  const quoted = `'${name.replaceAll("'", "''")}'`;
  const { rows } = await corpus.sql(
    `SELECT 1 FROM documents WHERE id = ${quoted} OR path = ${quoted} LIMIT 1`,
  );
  return rows.length > 0;
}

function unknown(what: string, remedy: string): CommandError {
  return new CommandError({ message: `The corpus has no ${what}.`, remedy, wrongArguments: true });
}

function showFacts({
  facts,
  total,
  screen,
}: {
  facts: readonly FactRow[];
  total: number;
  screen: Screen;
}): string {
  if (total === 0) {
    return 'No facts match.';
  }
  const table = textTable({
    columns: [
      { header: 'where', whole: true },
      { header: 'of' },
      { header: 'field' },
      { header: 'period' },
      { header: 'value', align: 'right' },
      { header: 'quote' },
    ],
    rows: facts.map((fact) => [
      placeOf(fact),
      fact.entity ?? '',
      fact.field,
      fact.period ?? '',
      cellText(fact.value, fact.unit),
      fact.quote,
    ]),
    screen,
  });
  const more = total - facts.length;
  if (more === 0) return `${table}\n${screen.paint('dim', formatCount(total, 'fact'))}`;
  return `${table}\n${screen.paint('dim', `… and ${formatCount(more, 'more', 'more')}; --limit NUMBER shows them`)}`;
}
