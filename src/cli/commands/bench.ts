import type { Command } from 'commander';
import { addBenchBuildCommand } from './bench-build.ts';
import { addBenchRunCommand } from './bench-run.ts';
import { addBenchReportCommand } from './bench-report.ts';
import { addBenchRulerCommand } from './bench-ruler.ts';
import { addBenchScoreCommand } from './bench-score.ts';

/** Benchmarks with known answers: made, run and reported. Each part is a command in a file of its own. */
export function addBenchCommand(program: Command, signal: AbortSignal): void {
  const bench = program
    .command('bench')
    .summary('measure strategies and models on questions with known answers')
    .description(
      'Makes benchmarks out of documents, runs strategies and models on them, scores the answers and reports them.',
    );
  addBenchBuildCommand(bench, signal);
  addBenchRunCommand(bench, signal);
  addBenchReportCommand(bench);
  addBenchScoreCommand(bench, signal);
  addBenchRulerCommand(bench, signal);
}
