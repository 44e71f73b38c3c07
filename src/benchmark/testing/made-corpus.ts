import { join } from 'node:path';
import { TemporaryFolder } from '../../corpus/testing/temporary-folder.ts';
import {
  openCorpus,
  readCorpus,
  resolveCorpus,
  type CorpusLocation,
  type OpenCorpus,
} from '../../table/index.ts';
import { createRandom } from '../random.ts';

const regions = ['North', 'South', 'East', 'West'];
const stems = 'Alder Birch Cedar Dune Elm Fern Gale Heath Iris Juniper Kestrel Larch'.split(' ');
const endings = ['Mills', 'Foods', 'Lines', 'Power', 'Labs', 'Motors'];

/** A line of a made report, in place of the usual one. */
export interface ReportChange {
  readonly company: number;
  readonly lines: readonly string[];
}

/** A folder of short reports on companies with numbers, a region, a date and two years' orders. */
export function makeReports({
  companies = 60,
  changes = [],
}: { companies?: number; changes?: readonly ReportChange[] } = {}): {
  readonly folder: string;
  readonly truth: readonly Readonly<Record<string, string | number>>[];
} {
  const folder = new TemporaryFolder();
  const truth = Array.from({ length: companies }, (_, number) => {
    const random = createRandom(`company ${number}`);
    const between = (low: number, high: number): number => Math.round(low + (high - low) * random());
    const name = `${stems[number % stems.length]} ${endings[Math.floor(number / stems.length) % endings.length]}`;
    const row = {
      name,
      region: regions[between(0, 3)] ?? '',
      revenue: between(10, 1000) ** 2,
      costs: between(10, 900) ** 2,
      employees: between(20, 9000),
      margin: between(-200, 400) / 10,
      founded: `${between(1950, 2015)}-0${between(1, 9)}-1${between(0, 9)}`,
    };
    const orders = [2022, 2021, 2020].map((year) => [year, between(100, 9000)] as const);
    const usual = [
      `# ${row.name}`,
      '',
      `Region: ${row.region}`,
      '',
      `Revenue: ${row.revenue.toLocaleString('en-US')} USD`,
      '',
      `Costs: ${row.costs.toLocaleString('en-US')} USD`,
      '',
      `Employees: ${row.employees}`,
      '',
      `Margin: ${row.margin}%`,
      '',
      `Founding date: ${row.founded}`,
      '',
      `| | ${orders.map(([year]) => year).join(' | ')} |`,
      '|---|---|---|---|',
      `| Orders | ${orders.map(([, count]) => count).join(' | ')} |`,
      '',
      'It makes what others sell, and sells what others make, as it has for years. '.repeat(3),
    ];
    const changed = changes.find(({ company }) => company === number);
    folder.write(
      `reports/${name.toLowerCase().replace(' ', '-')}.md`,
      [...usual, ...(changed?.lines ?? [])].join('\n'),
    );
    return row;
  });
  return { folder: join(folder.path, 'reports'), truth };
}

/** Reads a folder and opens it as a corpus. */
export async function openFolder(folder: string): Promise<{ corpus: OpenCorpus; location: CorpusLocation }> {
  const location = await resolveCorpus({ input: folder, store: new TemporaryFolder().path });
  await readCorpus({ location });
  return { corpus: await openCorpus({ location }), location };
}
