import { rowsOf } from './domain-tables.ts';
import { testTable, type TestTable } from './test-table.ts';

const shipmentColumns = [
  { name: 'carrier', type: 'category' },
  { name: 'origin', type: 'category' },
  { name: 'destination', type: 'category' },
  { name: 'order_date', type: 'date' },
  { name: 'arrival_date', type: 'date' },
  { name: 'weight', type: 'number', unit: 'kg' },
  { name: 'freight_cost', type: 'number', unit: 'USD' },
  { name: 'packages', type: 'number' },
  { name: 'mode', type: 'category' },
  { name: 'insured', type: 'boolean' },
  { name: 'delay', type: 'number', unit: 'days' },
] as const;

/** Shipments: two columns of places, a yes or no, amounts that add up. */
export const shipments: TestTable = testTable({
  name: 'shipment',
  key: 'number',
  nouns: ['shipment', 'consignment'],
  columns: shipmentColumns,
  rows: rowsOf(
    ['number', ...shipmentColumns.map(({ name }) => name)],
    `
    SH-1 | Meridian | Rotterdam | Oslo | 2024-03-01 | 2024-03-06 | 1200 | 1850 | 14 | Sea | yes | 0
    SH-2 | Cargoline | Hamburg | Madrid | 2024-03-02 | 2024-03-05 | 340 | 990 | 6 | Road | no | 1
    SH-3 | Polar Air | Oslo | Toronto | 2024-03-02 | 2024-03-03 | 85 | 2400 | 3 | Air | yes | 0
    SH-4 | Meridian | Hamburg | Shanghai | 2024-03-04 | 2024-04-12 | 18500 | 9200 | 210 | Sea | yes | 7
    SH-5 | Cargoline | Milan | Lyon | 2024-03-08 | 2024-03-09 | 610 | 420 | 12 | Road | no | 0
    SH-6 | Railwise | Warsaw | Hamburg | 2024-04-11 | 2024-04-15 | 7400 | 1650 | 75 | Rail | no | 2
    SH-7 | Polar Air | Milan | Toronto | 2024-04-12 | - | 150 | 3100 | 5 | Air | yes | -
    SH-8 | Cargoline | Hamburg | Oslo | 2024-04-15 | 2024-04-20 | 920 | 1120 | 18 | Road | yes | 3
    `,
  ),
});

const employeeColumns = [
  { name: 'department', type: 'category' },
  { name: 'salary', type: 'number', unit: 'EUR' },
  { name: 'bonus', type: 'number', unit: 'EUR' },
  { name: 'hire_date', type: 'date' },
  { name: 'manager', type: 'category' },
  { name: 'office', type: 'category' },
  { name: 'height', type: 'number', unit: 'cm' },
  { name: 'languages', type: 'list' },
  { name: 'smoker', type: 'boolean' },
  { name: 'grade', type: 'number' },
] as const;

/** Employees: a person a row. */
export const employees: TestTable = testTable({
  name: 'employee',
  key: 'name',
  nouns: ['employee', 'person'],
  columns: employeeColumns,
  rows: rowsOf(
    ['name', ...employeeColumns.map(({ name }) => name)],
    `
    Anna Berg | Engineering | 72000 | 5000 | 2018-04-01 | Piotr Nowak | Berlin | 171 | [German; English] | no | 3
    Bilal Khan | Sales | 58000 | 12000 | 2020-09-15 | Eva Stone | London | 183 | [English; Urdu; French] | yes | 2
    Carla Diaz | Engineering | 95000 | 9000 | 2015-01-12 | Piotr Nowak | Madrid | 160 | [Spanish; English] | no | 4
    David Okoro | Finance | 68000 | 4000 | 2019-06-01 | Ruth Adler | London | 178 | [English] | yes | 3
    Elif Demir | Sales | 83000 | 21000 | 2016-11-20 | Eva Stone | Berlin | 166 | [Turkish; German; English] | no | 4
    Finn Larsen | Support | 41000 | 0 | 2022-02-07 | Ruth Adler | Oslo | 190 | [Norwegian; English] | no | 1
    `,
  ),
});

const projectColumns = [
  { name: 'donor', type: 'category' },
  { name: 'amount_donated', type: 'number', unit: 'GBP' },
  { name: 'country', type: 'category' },
  { name: 'beneficiaries', type: 'number' },
  { name: 'sector', type: 'category' },
  { name: 'partner', type: 'text' },
  { name: 'completed', type: 'boolean' },
  { name: 'wells', type: 'number' },
  { name: 'schools', type: 'number' },
] as const;

/** Projects of charities: what donors gave, whom it reached. */
export const projects: TestTable = testTable({
  name: 'project',
  key: 'title',
  nouns: ['project'],
  columns: projectColumns,
  rows: rowsOf(
    ['title', ...projectColumns.map(({ name }) => name)],
    `
    Clear Wells | Harker Trust | 120000 | Kenya | 14000 | Water | AquaAid | yes | 30 | 0
    Bright Schools | Lowell Fund | 310000 | Ghana | 5200 | Education | TeachNow | yes | 0 | 8
    Seed Bank | Harker Trust | 45000 | Peru | 800 | Agriculture | - | no | 0 | 0
    Mobile Clinics | Vega Foundation | 540000 | Kenya | 41000 | Health | MedReach | yes | 2 | 1
    Safe Roads | Lowell Fund | 88000 | Nepal | 2300 | Transport | RoadWise | no | 0 | 0
    River Guard | Harker Trust | 205000 | Peru | 9100 | Water | AquaAid | yes | 12 | 3
    `,
  ),
});

const machineColumns = [
  { name: 'maker', type: 'category' },
  { name: 'kind', type: 'category' },
  { name: 'mix', type: 'number', unit: 'min' },
  { name: 'body_weight', type: 'number', unit: 'kg' },
  { name: 'drum_weight', type: 'number', unit: 'kg' },
  { name: 'revolutions', type: 'number' },
  { name: 'revolutions_in_standby', type: 'number' },
  { name: 'sales_2022', type: 'number' },
  { name: 'sales_2023', type: 'number' },
  { name: 'power', type: 'number', unit: 'kW' },
  { name: 'launched', type: 'date' },
] as const;

/** Machines: fields whose names share words, with what the rows are called and with each other. */
export const machines: TestTable = testTable({
  name: 'machine',
  key: 'model',
  nouns: ['machine', 'mixer'],
  columns: machineColumns,
  rows: rowsOf(
    ['model', ...machineColumns.map(({ name }) => name)],
    `
    Compact 5 | Orbel | machine | 12 | 140 | 30 | 90 | 10 | 410 | 520 | 2.2 | 2011-03-01
    Compact 8 | Orbel | machine | 14 | 190 | 45 | 80 | 10 | 380 | 300 | 3.0 | 2014-05-20
    Titan | Orbel | robot | 25 | 820 | 260 | 45 | 5 | 40 | 70 | 11.0 | 2009-09-14
    Volta 2 | Hartig | machine | 9 | 95 | 120 | 150 | 20 | 900 | 860 | 1.5 | 2018-02-02
    Volta 4 | Hartig | machine | 11 | 130 | 140 | 130 | 20 | 350 | 610 | 2.0 | 2019-11-30
    Basso | Lumo | robot | 30 | 640 | 300 | 40 | 85 | 25 | 20 | 9.0 | 2016-06-06
    `,
  ),
});
