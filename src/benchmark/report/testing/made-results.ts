import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemporaryFolder } from '../../../corpus/testing/temporary-folder.ts';
import type { RunLine } from '../../run-line.ts';

/** A result with what a test says of it. */
export function madeLine(changes: Partial<RunLine> & Pick<RunLine, 'id'>): RunLine {
  return {
    question: `What is asked by ${changes.id}?`,
    answer: '5',
    response: 'The answer is: 5',
    model: 'embedded',
    strategy: 'full',
    set: '128K',
    answer_type: 'number',
    status: 'answered',
    self_graded: false,
    tokens: { input: 1_000, output: 10 },
    calls: 1,
    cost_usd: 0.25,
    seconds: 2,
    ...changes,
  };
}

/** A file of results in a folder that goes away with the tests. */
export function madeFile(lines: readonly object[], name = 'run.jsonl'): string {
  const file = join(new TemporaryFolder().path, name);
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}
