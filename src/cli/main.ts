#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { CommanderError } from 'commander';
import { CommandError } from './command-error.ts';
import { describeError } from './error-report.ts';
import { exitStatus } from './exit-status.ts';
import { watchForInterruption } from './interruption.ts';
import { buildProgram } from './program.ts';

// `npm run corpuscope` starts in the package's folder; paths are meant from where the user is.
const startedFrom = process.env['INIT_CWD'];
if (process.env['npm_lifecycle_event'] === 'corpuscope' && startedFrom !== undefined)
  process.chdir(startedFrom);

endQuietlyWhenReaderLeaves();
const interruption = watchForInterruption();
try {
  await buildProgram(interruption.signal).parseAsync(process.argv);
} catch (error) {
  process.exitCode = interruption.status() === null ? report(error) : exitStatus.interrupted;
}
const interrupted = interruption.status();
// Whatever still runs then has been told to stop, and loses nothing when it is ended.
if (interrupted !== null) process.exit(interrupted);

/** Prints what went wrong and returns the exit status. */
function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitStatus.done;
    const [first = ''] = process.argv.slice(2);
    if (error.code === 'commander.unknownCommand' && existsSync(first)) {
      process.stderr.write(`To ask about the documents there: corpuscope ask ${first} "…"\n`);
    }
    return exitStatus.wrongArguments;
  }
  const wrongArguments = error instanceof CommandError && error.wrongArguments;
  process.stderr.write(`${describeError(error, { verbose: process.argv.includes('--verbose') })}\n`);
  return wrongArguments ? exitStatus.wrongArguments : exitStatus.failed;
}

/** `corpuscope … | head` closes the pipe when it has enough: that is no error. */
function endQuietlyWhenReaderLeaves(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      process.exit();
    });
  }
}
