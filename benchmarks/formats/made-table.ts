const firstWords = 'Alder Birch Cedar Delta Ember Falcon Granite Harbor Indigo Juniper Kestrel Lumen'.split(
  ' ',
);
const secondWords = 'Foods Energy Logistics Pharma Mining Textiles Software Marine Capital Robotics'.split(
  ' ',
);

/**
 * A table of 120 invented companies over two fiscal years, long enough for several pages, with its unit in the
 * caption alone. The same on every run.
 */
export function madeTable(): string {
  const lines = [
    '# Company survey',
    '',
    'The survey covers 120 companies and their fiscal years 2021 and 2020.',
    '',
    '## Results',
    '',
    'Revenue and net income (in millions of US dollars)',
    '',
    '| Company | Employees | Revenue 2021 | Revenue 2020 | Net income 2021 | Net income 2020 |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  const next = randomNumbers(7);
  for (const first of firstWords) {
    for (const second of secondWords) {
      const employees = 100 + Math.floor(next() * 90_000);
      const revenue = 50 + next() * 9000;
      const earlier = revenue * (0.8 + next() * 0.4);
      const income = (next() - 0.2) * revenue * 0.2;
      const earlierIncome = (next() - 0.2) * earlier * 0.2;
      const numbers = [revenue, earlier, income, earlierIncome].map(money);
      lines.push(`| ${first} ${second} | ${employees.toLocaleString('en-US')} | ${numbers.join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function money(amount: number): string {
  const text = Math.abs(amount).toLocaleString('en-US', {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return amount < 0 ? `(${text})` : text;
}

/** A linear congruential generator: uniform numbers in [0, 1). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
