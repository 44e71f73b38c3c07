import { InvalidArgumentError, type Command } from 'commander';
import { z } from 'zod';
import { rulerTasks, type RulerTask } from '../../benchmark/ruler/ruler-tasks.ts';
import { CommandError } from '../command-error.ts';
import { commonOptions, nameList, wholeNumber } from '../options.ts';
import { formatCount } from '../terminal/numbers.ts';
import { StatusLine } from '../terminal/status-line.ts';
import { writeWhole } from '../write-whole.ts';

const rulerOptions = commonOptions.extend({
  task: z.array(z.enum(rulerTasks)),
  length: z.array(z.string()),
  language: z.array(z.enum(['en', 'zh'])),
  count: z.number(),
  seed: z.string(),
  tokenizer: z.string(),
  out: z.string(),
});

export function addBenchRulerCommand(bench: Command, signal: AbortSignal): void {
  bench
    .command('ruler')
    .summary('make questions of the RULER tasks, at any length')
    .description(
      'Makes questions of the RULER tasks: needles in a haystack (one, among other keys, several values, several keys), ' +
        'variables assigned in chains, common and frequent words, and questions over documents. The texts are made up ' +
        'in English and Chinese, and the same seed gives the same file.',
    )
    .option('--task <names>', `one or more of ${rulerTasks.join(', ')}`, taskList, [...rulerTasks])
    .option('--length <list>', 'tokens of text and question, such as 4K,128K,1M', nameList, ['4K'])
    .option('--language <names>', 'the language of the text: en, zh', languageList, ['en'])
    .option('--count <number>', 'questions of each task, length and language', wholeNumber, 10)
    .option('--seed <text>', 'another seed gives other questions', '1')
    .option('--tokenizer <file>', 'count with this tokenizer.json instead', 'o200k')
    .requiredOption('--out <file>', 'the JSONL file to write; - for standard output')
    .addHelpText(
      'after',
      `
Examples:
  corpuscope bench ruler --out ruler.jsonl
  corpuscope bench ruler --task niah_multikey,vt --length 128K,1M --language en,zh --count 5 --out ruler.jsonl
  corpuscope bench ruler --task qa --length 32K --out - | head -1 | jq 'del(.context)'

A line holds id, task, language, length, query, context and outputs. An answer is scored by the strings of outputs that
it holds: all of them, but in qa any.`,
    )
    .action(async (_: unknown, command: Command) => {
      await writeRuler(rulerOptions.parse(command.optsWithGlobals()), signal);
    });
}

async function writeRuler(options: z.infer<typeof rulerOptions>, signal: AbortSignal): Promise<void> {
  const { parseLength } = await import('../../benchmark/build/choose-sets.ts');
  const lengths = options.length.map((text) => {
    const length = parseLength(text);
    if (length !== null) return length;
    throw new CommandError({
      message: `"${text}" is no length.`,
      remedy: 'Lengths are numbers of tokens such as 128K, 1M or 40000.',
      wrongArguments: true,
    });
  });
  const { loadTokenizer } = await import('../../corpus/index.ts');
  const { makeRulerLines } = await import('../../benchmark/ruler/ruler-lines.ts');
  const tokenizer = await loadTokenizer(options.tokenizer);
  const status = new StatusLine({ stream: process.stderr, enabled: !options.json });
  let written = 0;
  function* lines(): Generator<string> {
    const { task: tasks, language: languages, count, seed } = options;
    for (const line of makeRulerLines({ tasks, lengths, languages, count, seed, tokenizer })) {
      signal.throwIfAborted();
      yield `${JSON.stringify(line)}\n`;
      written += 1;
      status.show(() => `${written} questions written`);
    }
  }
  await writeWhole({ lines: lines(), file: options.out === '-' ? null : options.out, what: 'The questions' });
  status.clear();
  if (options.out === '-') return;
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ questions: written, file: options.out })}\n`
      : `${formatCount(written, 'question')}: ${options.out}\n`,
  );
}

function taskList(text: string): RulerTask[] {
  return nameList(text).map((name) => {
    const known = rulerTasks.find((each) => each === name);
    if (known !== undefined) return known;
    throw new InvalidArgumentError(`There is no task ${name}; there are ${rulerTasks.join(', ')}.`);
  });
}

function languageList(text: string): ('en' | 'zh')[] {
  return nameList(text).map((name) => {
    if (name === 'en' || name === 'zh') return name;
    throw new InvalidArgumentError('It must be en, zh, or both.');
  });
}
