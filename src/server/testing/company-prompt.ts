/** The question of the prompts made here. */
export const companyQuestion = 'Which company has the highest revenue?';

/** One made-up report: a few labelled values and prose. Its revenue is `number` million dollars. */
export function companyReport(number: number, sentences: number): string {
  const prose = Array.from(
    { length: sentences },
    (_, index) => `The board of Company ${number} met for the ${index + 1}. time and found nothing to add.`,
  );
  return [
    `# Company ${number}`,
    '',
    `Headquarters: ${number % 2 === 0 ? 'Oslo' : 'Lyon'}`,
    `Revenue: $${number} million`,
    '',
    ...prose,
  ].join('\n');
}

/** A prompt in the layout of CorpusQA. The answer to its question is the last company. */
export function companyPrompt({ companies, sentences }: { companies: number; sentences: number }): string {
  const reports = Array.from({ length: companies }, (_, index) => {
    return `# Document ${index + 1}:\n${companyReport(index + 1, sentences)}\n`;
  });
  return `${reports.join('')}# Question:\n${companyQuestion}\n\n# Output requirements:\n 4. Strictly use the format: The answer is: xxx.`;
}
