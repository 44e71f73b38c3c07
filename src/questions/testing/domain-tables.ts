import { testTable, type TestTable } from './test-table.ts';
import type { Row } from '../evaluate/values.ts';

/** Rows from lines of values in the order of the columns; `-` is missing, lists are parted by `;`. */
export function rowsOf(names: readonly string[], lines: string): Row[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const values = line.split('|').map((value) => value.trim());
      return Object.fromEntries(
        names.map((name, index) => {
          const text = values[index] ?? '-';
          if (text === '-') return [name, null];
          if (text === 'yes' || text === 'no') return [name, text === 'yes'];
          if (text.startsWith('['))
            return [
              name,
              text
                .slice(1, -1)
                .split(';')
                .map((item) => item.trim())
                .filter((item) => item !== ''),
            ];
          return [name, /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text];
        }),
      );
    });
}

/** Companies with figures of several years. */
export const companies: TestTable = testTable({
  name: 'company',
  key: 'name',
  nouns: ['company', 'firm', 'report'],
  columns: [
    { name: 'revenue', label: 'Revenue', type: 'number', unit: 'USD', periods: ['2022', '2021'] },
    { name: 'net_income', label: 'Net income', type: 'number', unit: 'USD', periods: ['2022', '2021'] },
    {
      name: 'total_assets',
      label: 'Balance sheet > Total assets',
      type: 'number',
      unit: 'USD',
      periods: ['2022'],
    },
    {
      name: 'total_liabilities',
      label: 'Balance sheet > Total liabilities',
      type: 'number',
      unit: 'USD',
      periods: ['2022'],
    },
    { name: 'basic_eps', label: 'Earnings per share > Basic', type: 'number', unit: 'USD' },
    { name: 'diluted_eps', label: 'Earnings per share > Diluted', type: 'number', unit: 'USD' },
    { name: 'operating_cash_flow', label: 'Net cash from operating activities', type: 'number', unit: 'USD' },
    { name: 'financing_cash_flow', label: 'Net cash from financing activities', type: 'number', unit: 'USD' },
    { name: 'employees', label: 'Number of employees', type: 'number' },
    { name: 'sector', label: 'Sector', type: 'category' },
    { name: 'headquarters', label: 'Headquarters', type: 'category' },
    { name: 'founded', label: 'Founded', type: 'number' },
    { name: 'ceo', label: 'Chief executive officer', type: 'text' },
    { name: 'gross_margin', label: 'Gross margin', type: 'percentage', unit: '%' },
    { name: 'listed', label: 'Publicly listed', type: 'boolean' },
  ],
  rows: rowsOf(
    [
      'name',
      'revenue',
      'revenue@2022',
      'revenue@2021',
      'net_income',
      'net_income@2022',
      'net_income@2021',
      'total_assets',
      'total_assets@2022',
      'total_liabilities',
      'total_liabilities@2022',
      'basic_eps',
      'diluted_eps',
      'operating_cash_flow',
      'financing_cash_flow',
      'employees',
      'sector',
      'headquarters',
      'founded',
      'ceo',
      'gross_margin',
      'listed',
    ],
    `
Acme Industries | 5200000000 | 4900000000 | 4100000000 | 410000000 | 380000000 | 300000000 | 9000000000 | 8700000000 | 4000000000 | 4100000000 | 2.1 | 2.0 | 620000000 | -150000000 | 21000 | Industrials | Germany | 1954 | Ada Krall | 31.5 | yes
Borealis Software | 880000000 | 700000000 | 610000000 | 120000000 | 90000000 | 95000000 | 1500000000 | 1200000000 | 500000000 | 480000000 | 1.4 | 1.4 | 160000000 | 20000000 | 3400 | Technology | Norway | 1999 | Lars Holt | 72 | yes
Cobalt Mining | 2300000000 | 2500000000 | 1900000000 | -50000000 | 210000000 | 150000000 | 6100000000 | 6000000000 | 3900000000 | 3500000000 | -0.3 | -0.3 | 90000000 | 130000000 | 9800 | Materials | Chile | 1978 | - | 18.2 | yes
Delta Foods | 12400000000 | 11900000000 | 11000000000 | 700000000 | 650000000 | 640000000 | 8200000000 | 8000000000 | 5100000000 | 5000000000 | 3.3 | 3.1 | 950000000 | -600000000 | 64000 | Consumer goods | France | 1921 | Marie Dubois | 24 | no
Ember Energy | 7400000000 | 5100000000 | 3900000000 | 1300000000 | 400000000 | -80000000 | 15000000000 | 13800000000 | 9700000000 | 9900000000 | 4.9 | 4.7 | 1800000000 | -900000000 | 15500 | Energy | Norway | 1969 | Nils Berg | 38.7 | yes
Fathom Labs | 95000000 | 60000000 | 42000000 | -30000000 | -45000000 | -38000000 | 310000000 | 280000000 | 90000000 | 70000000 | -0.9 | -0.9 | -20000000 | 55000000 | 420 | Technology | Germany | 2012 | Yusuf Aydin | 61 | no
`,
  ),
});

/** Universities with rates and counts. */
export const universities: TestTable = testTable({
  name: 'university',
  key: 'institution',
  nouns: ['university', 'institution', 'college'],
  columns: [
    { name: 'applicants', label: 'Applications received', type: 'number' },
    { name: 'admitted', label: 'Students admitted', type: 'number' },
    { name: 'enrolled', label: 'Enrollment > Total', type: 'number' },
    { name: 'undergraduates', label: 'Enrollment > Undergraduate', type: 'number' },
    { name: 'faculty', label: 'Full-time faculty', type: 'number' },
    { name: 'graduation_rate', label: 'Six-year graduation rate', type: 'percentage', unit: '%' },
    { name: 'admission_rate', label: 'Admission rate', type: 'percentage', unit: '%' },
    { name: 'tuition_in_state', label: 'Tuition and fees > In-state', type: 'number', unit: 'USD' },
    { name: 'tuition_out_of_state', label: 'Tuition and fees > Out-of-state', type: 'number', unit: 'USD' },
    { name: 'control', label: 'Control', type: 'category' },
    { name: 'region', label: 'Region', type: 'category' },
    { name: 'founded', label: 'Year founded', type: 'number' },
    { name: 'campuses', label: 'Campuses', type: 'list' },
  ],
  rows: rowsOf(
    [
      'institution',
      'applicants',
      'admitted',
      'enrolled',
      'undergraduates',
      'faculty',
      'graduation_rate',
      'admission_rate',
      'tuition_in_state',
      'tuition_out_of_state',
      'control',
      'region',
      'founded',
      'campuses',
    ],
    `
Alder University | 30000 | 9000 | 21000 | 15000 | 1100 | 88 | 30 | 12000 | 34000 | Public | South | 1890 | [Main; North]
Birch College | 4000 | 2600 | 2100 | 2100 | 180 | 74 | 65 | 41000 | 41000 | Private | Northeast | 1921 | [Main]
Cedar State | 18000 | 14400 | 26000 | 22000 | 950 | 61 | 80 | 8900 | 21000 | Public | Midwest | 1855 | [Main; Downtown; West]
Dogwood Institute | 22000 | 1980 | 9000 | 4300 | 800 | 96 | 9 | 58000 | 58000 | Private | West | 1887 | [Main]
Elm University | 12500 | 7500 | 14000 | 11000 | 640 | 70 | 60 | 10500 | 26500 | Public | South | 1908 | []
`,
  ),
});

/** Clinical trials with dates. */
export const trials: TestTable = testTable({
  name: 'trial',
  key: 'trial_id',
  nouns: ['trial', 'study'],
  columns: [
    { name: 'phase', label: 'Phase', type: 'category' },
    { name: 'condition', label: 'Condition', type: 'category' },
    { name: 'sponsor', label: 'Sponsor', type: 'text' },
    { name: 'enrollment', label: 'Enrollment', type: 'number' },
    { name: 'start_date', label: 'Start date', type: 'date' },
    { name: 'completion_date', label: 'Completion date', type: 'date' },
    { name: 'status', label: 'Status', type: 'category' },
    { name: 'country', label: 'Country', type: 'category' },
    { name: 'sites', label: 'Number of sites', type: 'number' },
    { name: 'adverse_events', label: 'Serious adverse events', type: 'number' },
    { name: 'interventions', label: 'Interventions', type: 'list' },
    { name: 'randomized', label: 'Randomized', type: 'boolean' },
  ],
  rows: rowsOf(
    [
      'trial_id',
      'phase',
      'condition',
      'sponsor',
      'enrollment',
      'start_date',
      'completion_date',
      'status',
      'country',
      'sites',
      'adverse_events',
      'interventions',
      'randomized',
    ],
    `
NCT001 | Phase 2 | Asthma | Northwind Pharma | 240 | 2018-03-01 | 2020-06-30 | Completed | Spain | 12 | 8 | [inhaler; placebo] | yes
NCT002 | Phase 3 | Diabetes | Helix Bio | 1800 | 2016-09-15 | 2021-01-20 | Completed | Spain | 64 | 95 | [metformin] | yes
NCT003 | Phase 1 | Asthma | Helix Bio | 36 | 2021-02-10 | - | Recruiting | Canada | 2 | 0 | [inhaler] | no
NCT004 | Phase 3 | Migraine | Orchid Therapeutics | 960 | 2019-05-05 | 2022-11-01 | Completed | Canada | 31 | 22 | [] | yes
NCT005 | Phase 2 | Diabetes | Northwind Pharma | 310 | 2020-01-12 | - | Terminated | Italy | 15 | 19 | [insulin; placebo] | yes
`,
  ),
});

/** Homes for sale. */
export const listings: TestTable = testTable({
  name: 'listing',
  key: 'address',
  nouns: ['listing', 'property', 'home'],
  columns: [
    { name: 'price', label: 'Asking price', type: 'number', unit: 'EUR' },
    { name: 'living_area', label: 'Living area', type: 'number', unit: 'sq m' },
    { name: 'lot_size', label: 'Lot size', type: 'number', unit: 'sq m' },
    { name: 'bedrooms', label: 'Bedrooms', type: 'number' },
    { name: 'bathrooms', label: 'Bathrooms', type: 'number' },
    { name: 'year_built', label: 'Year built', type: 'number' },
    { name: 'city', label: 'City', type: 'category' },
    { name: 'property_type', label: 'Property type', type: 'category' },
    { name: 'agent', label: 'Listing agent', type: 'category' },
    { name: 'listed_on', label: 'Date listed', type: 'date' },
    { name: 'energy_class', label: 'Energy class', type: 'category' },
    { name: 'garage', label: 'Garage', type: 'boolean' },
    { name: 'monthly_costs', label: 'Monthly costs', type: 'number', unit: 'EUR' },
  ],
  rows: rowsOf(
    [
      'address',
      'price',
      'living_area',
      'lot_size',
      'bedrooms',
      'bathrooms',
      'year_built',
      'city',
      'property_type',
      'agent',
      'listed_on',
      'energy_class',
      'garage',
      'monthly_costs',
    ],
    `
1 Harbour Road | 420000 | 120 | 300 | 3 | 2 | 1998 | Lisbon | House | Casa Verde | 2023-04-02 | B | yes | -
22 Mill Lane | 265000 | 71 | - | 2 | 1 | 1965 | Porto | Apartment | Casa Verde | 2023-05-19 | D | no | 140
7 Hill Street | 810000 | 210 | 950 | 5 | 3 | 2011 | Lisbon | Villa | Lima Homes | 2023-01-30 | A | yes | -
14 Garden Way | 198000 | 54 | - | 1 | 1 | 1978 | Braga | Apartment | Porta Nova | 2023-06-08 | E | no | 95
9 River Court | 355000 | 98 | 120 | 3 | 2 | 2004 | Porto | House | Lima Homes | 2023-03-11 | C | yes | 60
`,
  ),
});
