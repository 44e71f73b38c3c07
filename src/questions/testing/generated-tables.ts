import { testTable, type TestColumn, type TestTable } from './test-table.ts';
import type { Row, Value } from '../evaluate/values.ts';

/** Numbers in [0, 1) that are the same in every run. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

interface Domain {
  readonly name: string;
  readonly columns: readonly TestColumn[];
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly items: readonly string[];
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  readonly seed: number;
}

/** A table of a domain with made-up rows; about every tenth value is missing. */
function generatedTable(domain: Domain): TestTable {
  const random = randomNumbers(domain.seed);
  const pick = (values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? '';
  const value = (column: TestColumn): Value => {
    if (random() < 0.1) return null;
    switch (column.type) {
      case 'number':
        return Math.round(random() ** 2 * 9000) + (column.unit === null ? 0 : 0.5);
      case 'percentage':
        return Math.round(random() * 1000) / 10;
      case 'date':
        return `${1950 + Math.floor(random() * 70)}-0${1 + Math.floor(random() * 9)}-1${Math.floor(random() * 9)}`;
      case 'boolean':
        return random() < 0.5;
      case 'list':
        return domain.items.filter(() => random() < 0.35);
      case 'category':
        return pick(domain.categories[column.name] ?? []);
      case 'text':
        return `${pick(domain.prefixes)} ${pick(['Hall', 'Yard', 'Lane'])}`;
    }
  };
  const rows: Row[] = domain.prefixes.flatMap((prefix) =>
    domain.suffixes.map((suffix) => {
      const cells = domain.columns.flatMap((column) => [
        [column.name, value(column)] as const,
        ...(column.periods ?? []).map((period) => [`${column.name}@${period}`, value(column)] as const),
      ]);
      return { name: `${prefix} ${suffix}`, ...Object.fromEntries(cells) };
    }),
  );
  return testTable({ name: domain.name, key: 'name', nouns: [domain.name], columns: domain.columns, rows });
}

/** Tables of unlike domains, with enough rows that unlike plans give unlike answers. */
export const generatedTables: readonly TestTable[] = [
  generatedTable({
    name: 'company',
    columns: [
      { name: 'revenue', type: 'number', label: 'Revenue', unit: 'USD', periods: ['2022', '2021'] },
      { name: 'net_income', type: 'number', label: 'Net income', unit: 'USD', periods: ['2022', '2021'] },
      { name: 'total_assets', type: 'number', label: 'Total assets', unit: 'USD' },
      { name: 'employees', type: 'number', label: 'Employees', unit: null },
      { name: 'dividend_yield', type: 'percentage', label: 'Dividend yield', unit: '%' },
      { name: 'incorporated', type: 'date', label: 'Incorporated' },
      { name: 'sector', type: 'category', label: 'Sector' },
      { name: 'headquarters', type: 'text', label: 'Headquarters' },
      { name: 'subsidiaries', type: 'list', label: 'Subsidiaries' },
      { name: 'stock_exchange_listing', type: 'boolean', label: 'Stock exchange listing' },
    ],
    categories: { sector: ['Energy', 'Retail', 'Health care', 'Software'] },
    items: ['Alpha Foods', 'Beta Rail', 'Gamma Oil', 'Delta Bank'],
    prefixes: ['Acme', 'Borealis', 'Cobalt', 'Dynamo', 'Ember', 'Falcon', 'Granite', 'Harbor'],
    suffixes: ['Corp', 'Holdings', 'Group', 'Industries'],
    seed: 11,
  }),
  generatedTable({
    name: 'hospital',
    columns: [
      { name: 'beds', type: 'number', label: 'Beds', unit: null, periods: ['2020'] },
      { name: 'annual_budget', type: 'number', label: 'Annual budget', unit: 'EUR' },
      { name: 'waiting_time_average', type: 'number', label: 'Waiting time > standard', unit: 'days' },
      { name: 'waiting_time_emergency', type: 'number', label: 'Waiting time > emergency', unit: 'days' },
      { name: 'occupancy_rate', type: 'percentage', label: 'Occupancy rate', unit: '%' },
      { name: 'readmission_rate', type: 'percentage', label: 'Readmission rate', unit: '%' },
      { name: 'opened', type: 'date', label: 'Opened' },
      { name: 'region', type: 'category', label: 'Region' },
      { name: 'ownership', type: 'category', label: 'Ownership' },
      { name: 'departments', type: 'list', label: 'Departments' },
      { name: 'helipad', type: 'boolean', label: 'Helipad' },
    ],
    categories: { region: ['North', 'South', 'East', 'West'], ownership: ['public', 'private', 'church'] },
    items: ['Cardiology', 'Oncology', 'Surgery', 'Neurology'],
    prefixes: ['Saint Anne', 'Mercy', 'Lakeside', 'Hilltop', 'Riverside', 'Oakwood', 'Central', 'Unity'],
    suffixes: ['Hospital', 'Clinic', 'Medical Center', 'Infirmary'],
    seed: 23,
  }),
  generatedTable({
    name: 'river',
    columns: [
      { name: 'length', type: 'number', label: 'Length', unit: 'km' },
      { name: 'drainage_area', type: 'number', label: 'Drainage area', unit: 'sq km' },
      { name: 'discharge', type: 'number', label: 'Discharge', unit: 'm³/s' },
      { name: 'dams', type: 'number', label: 'Dams', unit: null },
      { name: 'fish_species', type: 'number', label: 'Fish species', unit: null },
      { name: 'protected_share', type: 'percentage', label: 'Protected share', unit: '%' },
      { name: 'surveyed', type: 'date', label: 'Surveyed' },
      { name: 'continent', type: 'category', label: 'Continent' },
      { name: 'tributaries', type: 'list', label: 'Tributaries' },
      { name: 'mouth', type: 'text', label: 'Mouth' },
    ],
    categories: { continent: ['Africa', 'Asia', 'Europe', 'South America'] },
    items: ['Little Moss', 'Red Fork', 'Stony Creek', 'Willow Brook'],
    prefixes: ['Amber', 'Birch', 'Cedar', 'Dawn', 'Elk', 'Fox', 'Grey', 'Heron'],
    suffixes: ['River', 'Water', 'Stream', 'Fork'],
    seed: 37,
  }),
];
