import type { DevelopmentCorpus } from '../corpora/development-corpora.ts';

/**
 * How a look-up is worded: with the words of the documents (the field's label), with those of the truth's column, or
 * as somebody asks who has not seen the documents.
 */
export const wordings = ['label', 'column', 'everyday'] as const;

export type Wording = (typeof wordings)[number];

export function wordLookUp({
  corpus,
  column,
  entity,
  wording,
}: {
  corpus: DevelopmentCorpus;
  column: string;
  entity: string;
  wording: Wording;
}): string {
  switch (wording) {
    case 'label':
      return `What is the ${(corpus.fields[column] ?? column).replaceAll(' > ', ', ')} of ${entity}?`;
    case 'column':
      return `What is the ${column.replaceAll('_', ' ')} of ${entity}?`;
    case 'everyday':
      return (everyday[column] ?? '').replace('…', entity);
  }
}

const everyday: Readonly<Record<string, string>> = {
  population: 'How many people live in …?',
  area_total_sq_km: 'How big is the territory of …?',
  coastline_km: 'How long is the coast of …?',
  land_boundaries_km: 'How long are the borders of …?',
  median_age_years: 'How old is the typical inhabitant of …?',
  life_expectancy_years: 'How long can a newborn in … expect to live?',
  fertility_rate: 'How many children does a woman in … have?',
  infant_mortality_per_1000: 'How many babies die in … before their first birthday?',
  literacy_pct: 'How many people in … can read and write?',
  internet_users_pct: 'What share of the people of … is online?',
  electricity_access_pct: 'How many households in … have power?',
  gdp_ppp_usd: 'How big is the economy of …?',
  gdp_per_capita_usd: 'How much does each person in … produce in a year?',
  unemployment_pct: 'How many workers in … are without a job?',
  inflation_pct: 'How fast do prices rise in …?',
  military_expenditure_pct_gdp: 'How much does … spend on its army?',
  airports: 'How many airfields does … have?',
  capital: 'Which city is the seat of government of …?',
  government_type: 'How is … governed?',
  version: 'Which release of … is packaged?',
  section: 'What category is … in?',
  priority: 'How important is …?',
  architecture: 'Which processors does … run on?',
  installed_size_kib: 'How much disk space does … take?',
  deb_size_bytes: 'How big is the download of …?',
  maintainer: 'Who looks after …?',
  homepage: 'Where is the website of …?',
  multi_arch: 'Can … be installed for several architectures at once?',
};
