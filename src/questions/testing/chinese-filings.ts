import { testTable, type TestTable } from './test-table.ts';

const periodic = { periods: ['2022'], latestPeriod: '2023' } as const;
const money = { type: 'number', unit: 'CNY' } as const;

type Filing = readonly [
  name: string,
  figures: readonly (number | null)[],
  before: readonly (number | null)[],
  board: string,
];

const columns = [
  { name: 'revenue', label: '营业收入', ...money, ...periodic },
  { name: 'profit', label: '归属于上市公司股东的净利润', ...money, ...periodic },
  { name: 'cash_flow', label: '经营活动产生的现金流量净额', ...money },
  { name: 'assets', label: '总资产', ...money },
  { name: 'liabilities', label: '总负债', ...money },
  { name: 'current_assets', label: '流动资产', ...money },
  { name: 'current_liabilities', label: '流动负债', ...money },
  { name: 'inventory', label: '存货', ...money },
  { name: 'research', label: '研发费用', ...money },
  { name: 'basic_eps', label: '基本每股收益（元/股）', type: 'number', unit: null },
  { name: 'diluted_eps', label: '稀释每股收益（元/股）', type: 'number', unit: null },
  { name: 'roe', label: '加权平均净资产收益率（%）', type: 'percentage', unit: '%' },
  { name: 'holders', label: '股东总户数', type: 'number', unit: null },
] as const;

const filings: readonly Filing[] = [
  [
    '甲木科技',
    [52e8, 6.1e8, 7.4e8, 88e8, 31e8, 54e8, 22e8, 9e8, 5.2e8, 1.22, 1.2, 11.3, 45210],
    [44e8, 4.9e8],
    '科创板',
  ],
  [
    '乙火能源',
    [310e8, 25e8, 18e8, 620e8, 402e8, 190e8, 170e8, 44e8, 3.1e8, 0.83, 0.83, 9.1, 120340],
    [335e8, 31e8],
    '主板',
  ],
  [
    '丙土建工',
    [148e8, 2.2e8, -6e8, 260e8, 208e8, 171e8, 166e8, 71e8, 4.4e8, 0.21, 0.21, 3.4, 68120],
    [139e8, 2.9e8],
    '主板',
  ],
  [
    '丁金材料',
    [27e8, -1.4e8, 0.8e8, 49e8, 30e8, 21e8, 19e8, 8.2e8, 1.9e8, -0.35, -0.35, -6.8, 23900],
    [30e8, 0.6e8],
    '创业板',
  ],
  [
    '戊水环保',
    [16e8, 1.9e8, 2.6e8, 57e8, 29e8, 18e8, 12e8, 1.1e8, 0.7e8, 0.44, 0.43, 7.2, 19870],
    [14e8, 1.6e8],
    '创业板',
  ],
  [
    '己风装备',
    [73e8, 5.5e8, 4.1e8, 115e8, 66e8, 70e8, 48e8, 21e8, 4.9e8, 0.97, 0.95, 12.9, 37650],
    [58e8, 3.7e8],
    '科创板',
  ],
  [
    '庚山矿产',
    [96e8, 14e8, 16e8, 178e8, 71e8, 62e8, 30e8, 13e8, 1.2e8, 1.48, 1.48, 15.2, 51000],
    [101e8, 16e8],
    '主板',
  ],
  [
    '辛泽生物',
    [9.4e8, 1.1e8, 0.9e8, 24e8, 5.3e8, 14e8, 3.9e8, 2.2e8, 1.6e8, 0.62, 0.6, 6.1, 15300],
    [7.2e8, 0.7e8],
    '科创板',
  ],
];

/** Annual reports of companies in the long names that their forms prescribe. */
export const chineseFilings: TestTable = testTable({
  name: 'annual_reports',
  key: 'name',
  nouns: ['report', '公司', 'document'],
  columns: [...columns, { name: 'board', label: '上市板块', type: 'category' }],
  rows: filings.map(([name, figures, [revenue = null, profit = null], board]) => ({
    name,
    ...Object.fromEntries(columns.map((column, index) => [column.name, figures[index] ?? null])),
    'revenue@2023': figures[0] ?? null,
    'revenue@2022': revenue,
    'profit@2023': figures[1] ?? null,
    'profit@2022': profit,
    board,
  })),
});
