import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The companies of {@link makeCompanyFolder}: name, region, revenue in million USD, employees, year founded. */
export const companies: readonly [string, string, number, number, number][] = [
  ['Amber Mills', 'North', 12, 140, 1987],
  ['Birch Foods', 'South', 48, 610, 1991],
  ['Cedar Lines', 'North', 7, 60, 2003],
  ['Dune Power', 'West', 95, 880, 1975],
  ['Elm Textiles', 'South', 22, 300, 1999],
  ['Fern Labs', 'West', 31, 210, 2010],
  ['Gale Motors', 'North', 150, 1900, 1962],
  ['Heath Paper', 'South', 18, 240, 1980],
];

/** Makes a temporary folder of one small Markdown report a company. */
export async function makeCompanyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'corpuscope-cli-'));
  await mkdir(join(folder, 'reports'));
  for (const [name, region, revenue, employees, founded] of companies) {
    const report = [
      `# ${name}`,
      '',
      '## Profile',
      '',
      `Region: ${region}`,
      `Revenue: $${revenue} million`,
      `Employees: ${employees}`,
      `Founded: ${founded}`,
      '',
    ].join('\n');
    await writeFile(join(folder, 'reports', `${name.toLowerCase().replace(' ', '-')}.md`), report);
  }
  return folder;
}
