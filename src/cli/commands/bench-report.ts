import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { z } from 'zod';
import { CommandError } from '../command-error.ts';
import { commonOptions } from '../options.ts';
import { showReport } from '../show-report.ts';
import { screenOf } from '../terminal/screen.ts';

const reportOptions = commonOptions.extend({
  html: z.string().optional(),
  markdown: z.string().optional(),
  title: z.string().optional(),
});

export function addBenchReportCommand(bench: Command): void {
  bench
    .command('report')
    .summary('show what runs have achieved')
    .description(
      'Scores the lines of files of results that have no verdict yet, by the type of their answers, and shows accuracy ' +
        'with its standard error for each length, strategy and model. A refusal and a question without a line count as ' +
        'not right, what cannot be graded with certainty as neither right nor wrong. Rows whose truth stems from the ' +
        "strategy's own reader or grammar are shown apart.",
    )
    .argument(
      '<files...>',
      'files of results, by `corpuscope bench run` or any with id, question, answer and response',
    )
    .option('--html <file>', 'a page with charts and every question, which needs no network')
    .option('--markdown <file>', 'the tables as Markdown')
    .option('--title <text>', 'the heading of the page')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope bench report run.jsonl
  corpuscope bench report before.jsonl after.jsonl --html report.html     two runs side by side
  corpuscope bench report run.jsonl --json > figures.json`,
    )
    .action(async (files: string[], _: unknown, command: Command) => {
      const options = reportOptions.parse(command.optsWithGlobals());
      const { compareAll, htmlReport, loadResults, markdownReport, summarise } =
        await import('../../benchmark/index.ts');
      const data = summarise(await loadResults([...new Set(files)]));
      if (data.headline === null && data.selfGraded === null) {
        throw new CommandError({
          message: `There is no result in ${files.join(', ')}.`,
          remedy: 'Make some with `corpuscope bench run FOLDER --out FILE.jsonl`.',
        });
      }
      const comparisons = compareAll(data.runs);
      if (options.markdown !== undefined)
        await write(options.markdown, markdownReport({ data, comparisons }));
      if (options.html !== undefined)
        await write(options.html, htmlReport({ data, comparisons, title: options.title }));
      const { headline, selfGraded } = data;
      const text = options.json
        ? JSON.stringify({ headline, selfGraded, comparisons })
        : showReport({ data, comparisons, screen: screenOf(process.stdout) });
      process.stdout.write(`${text}\n`);
    });
}

async function write(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw new CommandError({
      message: `The report ${file} cannot be written.`,
      remedy: 'Check that its folder exists and can be written to.',
      cause: error,
    });
  }
}
