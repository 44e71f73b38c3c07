import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';

/** A corpus whose values are known: a folder of documents, and a CSV of what each of them states. */
export interface DevelopmentCorpus {
  readonly folder: string;
  readonly truth: string;
  readonly keep: (row: TruthRow) => boolean;
  /** The column that names the thing a document is about. */
  readonly entity: string;
  /** The label of the field that each column of the truth speaks of. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A row of the truth; `doc_id` is the document's file name without extension, an empty cell is not stated. */
export type TruthRow = Readonly<Record<string, string>>;

const data = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** The corpora in ../shared/data, which a clone does not have. */
export const developmentCorpora: Readonly<Record<string, DevelopmentCorpus>> = {
  factbook: {
    folder: `${data}factbook/2022`,
    truth: `${data}factbook/truth.csv`,
    keep: (row) => row['edition'] === '2022',
    entity: 'name',
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
    entity: 'package',
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

/** The rows of a corpus's truth that are about its documents. */
export function truthRows({ truth, keep }: DevelopmentCorpus): TruthRow[] {
  const rows: TruthRow[] = parse(readFileSync(truth, 'utf8'), { columns: true });
  return rows.filter(keep);
}

/** Whether a value that was read is the one that the truth states: numbers as numbers, texts without regard to case. */
export function isTrueValue(value: string | null, truth: string): boolean {
  if (value === null) return false;
  const [given, wanted] = [Number(value), Number(truth)];
  if (!Number.isNaN(given) && !Number.isNaN(wanted))
    return Math.abs(given - wanted) <= Math.abs(wanted) * 1e-9;
  return fold(value) === fold(truth);
}

function fold(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim().toLowerCase();
}
