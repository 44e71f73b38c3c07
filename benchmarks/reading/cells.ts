/**
 * How many cells of the tables built from a development corpus are right.
 *
 *   node benchmarks/reading/cells.ts factbook|debian [--show COLUMN|all]
 *
 * Reads the corpus into a store of its own and compares the cells with the corpus's truth.csv. A missing cell is
 * not a wrong one.
 */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../../src/table/index.ts';

interface Corpus {
  readonly folder: string;
  readonly truth: string;
  readonly keep: (row: Readonly<Record<string, string>>) => boolean;
  /** The label of the field that each column of the truth speaks of. */
  readonly fields: Readonly<Record<string, string>>;
}

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

const corpora: Readonly<Record<string, Corpus>> = {
  factbook: {
    folder: `${data}factbook/2022`,
    truth: `${data}factbook/truth.csv`,
    keep: (row) => row['edition'] === '2022',
    fields: {
      population: 'Population',
      area_total_sq_km: 'Area > total',
      coastline_km: 'Coastline',
      land_boundaries_km: 'Land boundaries > total',
      median_age_years: 'Median age > total',
      life_expectancy_years: 'Life expectancy at birth > total population',
      fertility_rate: 'Total fertility rate',
      infant_mortality_per_1000: 'Infant mortality rate > total',
      literacy_pct: 'Literacy > total population',
      internet_users_pct: 'Internet users > percent of population',
      electricity_access_pct: 'electrification - total population',
      gdp_ppp_usd: 'Real GDP (purchasing power parity)',
      gdp_ppp_year: 'Real GDP (purchasing power parity)',
      gdp_per_capita_usd: 'Real GDP per capita',
      unemployment_pct: 'Unemployment rate',
      unemployment_year: 'Unemployment rate',
      inflation_pct: 'Inflation rate (consumer prices)',
      inflation_year: 'Inflation rate (consumer prices)',
      military_expenditure_pct_gdp: 'Military Expenditures',
      military_expenditure_year: 'Military Expenditures',
      airports: 'Airports > total',
      capital: 'Capital > name',
      government_type: 'Government type',
    },
  },
  debian: {
    folder: `${data}debian/docs`,
    truth: `${data}debian/truth.csv`,
    keep: () => true,
    fields: {
      package: 'Package',
      version: 'Version',
      section: 'Section',
      priority: 'Priority',
      architecture: 'Architecture',
      installed_size_kib: 'Installed-Size',
      deb_size_bytes: 'Size',
      maintainer: 'Maintainer',
      homepage: 'Homepage',
      multi_arch: 'Multi-Arch',
    },
  },
};

interface Cell {
  readonly value: string;
  readonly period: string | null;
}

interface Score {
  right: number;
  wrong: number;
  missing: number;
}

async function main(): Promise<void> {
  const [name = '', option, column] = process.argv.slice(2);
  const corpus = corpora[name];
  if (corpus === undefined || !existsSync(corpus.truth)) {
    console.error(
      'Usage: node benchmarks/reading/cells.ts factbook|debian [--show COLUMN] (needs ../shared/data)',
    );
    process.exitCode = 2;
    return;
  }
  const store = await mkdtemp(join(tmpdir(), 'corpuscope-cells-'));
  try {
    const location = await resolveCorpus({ input: corpus.folder, store });
    const { documents, readings, seconds, tables, notes } = await readCorpus({ location });
    const described = tables.map((table) => `${table.name} (${table.rows} rows, ${table.columns} columns)`);
    console.log(
      `${documents} documents, ${readings} readings in ${seconds.toFixed(1)} s: ${described.join(', ')}`,
      ...notes,
    );
    const opened = await openCorpus({ location });
    try {
      await compare({ opened, corpus, shown: option === '--show' ? (column ?? '') : null });
    } finally {
      opened.close();
    }
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

async function compare({
  opened,
  corpus,
  shown,
}: {
  opened: OpenCorpus;
  corpus: Corpus;
  shown: string | null;
}): Promise<void> {
  const records: Record<string, string>[] = parse(readFileSync(corpus.truth, 'utf8'), { columns: true });
  const rows = records.filter(corpus.keep);
  const total: Score = { right: 0, wrong: 0, missing: 0 };
  for (const [column, label] of Object.entries(corpus.fields)) {
    const cells = await readCells(opened, label);
    const score: Score = { right: 0, wrong: 0, missing: 0 };
    for (const row of rows) {
      const truth = row[column] ?? '';
      if (truth === '') continue;
      const cell = cells.get(row['doc_id'] ?? '');
      const verdict =
        cell === undefined
          ? 'missing'
          : isSame(column.endsWith('_year') ? cell.period : cell.value, truth)
            ? 'right'
            : 'wrong';
      score[verdict] += 1;
      total[verdict] += 1;
      if (verdict !== 'right' && (shown === column || shown === 'all')) {
        console.log(`  ${row['doc_id']} ${column} ${verdict}: ${truth} | ${JSON.stringify(cell ?? null)}`);
      }
    }
    report(column, score);
  }
  report('all', total);
}

function report(column: string, { right, wrong, missing }: Score): void {
  const share = (count: number): string =>
    `${((100 * count) / Math.max(1, right + wrong + missing)).toFixed(2)} %`;
  console.log(
    `${column.padEnd(30)} right ${String(right).padStart(6)} ${share(right).padStart(9)}   wrong ${String(wrong).padStart(4)} ${share(wrong).padStart(7)}   missing ${String(missing).padStart(5)} ${share(missing).padStart(8)}`,
  );
}

/** The latest cells of a field by the document's file name without extension. */
async function readCells(opened: OpenCorpus, label: string): Promise<Map<string, Cell>> {
  const { rows } = await opened.sql(
    `SELECT regexp_replace(document, '[.][a-z]+$', ''), period,
       coalesce(text, date, boolean::VARCHAR, array_to_string(items, ', '), number::VARCHAR)
     FROM cells WHERE label = '${label.replaceAll("'", "''")}' AND latest`,
  );
  return new Map(
    rows.map(([document, period, value]) => [
      String(document),
      { value: String(value), period: typeof period === 'string' ? period : null },
    ]),
  );
}

function isSame(value: string | null, truth: string): boolean {
  if (value === null) return false;
  const [given, wanted] = [Number(value), Number(truth)];
  if (!Number.isNaN(given) && !Number.isNaN(wanted))
    return Math.abs(given - wanted) <= Math.abs(wanted) * 1e-9;
  return fold(value) === fold(truth);
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}

await main();
