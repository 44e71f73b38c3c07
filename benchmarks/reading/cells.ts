/**
 * How many cells of the tables built from a development corpus are right.
 *
 *   node benchmarks/reading/cells.ts factbook|debian [--show COLUMN]
 *
 * Reads the documents as `corpuscope read` does for text and Markdown, builds the tables, and compares them with
 * the corpus's truth.csv. A missing cell is not a wrong one.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { parse } from 'csv-parse/sync';
import type { CorpusDocument } from '../../src/corpus/document.ts';
import { buildTables } from '../../src/table/fields/build-tables.ts';
import { ResultRow } from '../../src/table/fields/result-row.ts';
import { readDocument } from '../../src/table/reader/pattern-reader.ts';
import { BatchAppender } from '../../src/table/store/append-batch.ts';
import { BatchBuilder } from '../../src/table/store/batch.ts';
import { storeSchema } from '../../src/table/store/schema.ts';

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
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(storeSchema);
  await readFolder(connection, corpus.folder);
  const started = performance.now();
  const { tables, notes } = await buildTables({ connection, settings: {}, corpusName: name });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `tables built in ${seconds} s:`,
    tables.map((table) => JSON.stringify(table)).join(', '),
    ...notes,
  );
  await compare({ connection, corpus, shown: option === '--show' ? (column ?? '') : null });
}

async function readFolder(connection: DuckDBConnection, folder: string): Promise<void> {
  const batch = new BatchBuilder();
  const appender = await BatchAppender.open(connection);
  let number = 0;
  for (const path of readdirSync(folder).sort()) {
    const document = toDocument(path, readFileSync(`${folder}/${path}`, 'utf8'));
    batch.add(document, readDocument(document));
    if (batch.size > 4_000_000) number = appender.append({ batch: batch.take(), path, firstNumber: number });
  }
  appender.append({ batch: batch.take(), path: '', firstNumber: number });
  appender.close();
  await connection.run('UPDATE store.documents SET path = id');
}

function toDocument(path: string, text: string): CorpusDocument {
  const markdown = path.endsWith('.md');
  return {
    id: path,
    path,
    fragment: null,
    title: markdown ? (/^# (.+)$/m.exec(text)?.[1] ?? null) : null,
    format: markdown ? 'markdown' : 'text',
    text,
    sourceMap: { segments: [] },
    hash: createHash('sha256').update(text).digest('hex'),
    tokens: Math.ceil(text.length / 4),
  };
}

async function compare({
  connection,
  corpus,
  shown,
}: {
  connection: DuckDBConnection;
  corpus: Corpus;
  shown: string | null;
}): Promise<void> {
  const records: Record<string, string>[] = parse(readFileSync(corpus.truth, 'utf8'), { columns: true });
  const rows = records.filter(corpus.keep);
  const total: Score = { right: 0, wrong: 0, missing: 0 };
  for (const [column, label] of Object.entries(corpus.fields)) {
    const cells = await readCells(connection, label);
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
async function readCells(connection: DuckDBConnection, label: string): Promise<Map<string, Cell>> {
  const result = await connection.run(
    `SELECT regexp_replace(document, '[.][a-z]+$', '') AS document, period,
       coalesce(text, date, boolean::VARCHAR, array_to_string(items, ', '), number::VARCHAR) AS value
     FROM cells WHERE label = $label AND latest`,
    { label },
  );
  const rows = (await result.getRowObjectsJS()).map((values) => new ResultRow(values));
  return new Map(
    rows.map((row) => [
      row.text('document'),
      { value: row.textOrNull('value') ?? '', period: row.textOrNull('period') },
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
