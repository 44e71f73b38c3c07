import { testTable, type TestTable } from './test-table.ts';

const names = [
  'name',
  'district',
  'maker',
  'fuel',
  'built',
  'checked',
  'result',
  'checker',
  'fee',
  'chambers',
  'output',
  'distance',
  'load',
];
const rows = [
  ['龙尾窑', '东区', '景和机械', '天然气', '2009-05-02', '2031-02-11', '通过', '江涛', 900, 4, 800, 12, 62],
  ['青坪窑', '东区', '瑞隆机械', '柴', '2015-08-20', '2031-03-15', '未通过', '江涛', 1500, 6, 600, 3, 41],
  ['白石窑', '西区', '景和机械', '天然气', '2012-01-09', '2031-03-28', '通过', '顾敏', 700, 2, 900, 25, 75],
  ['赤岗窑', '西区', '景和机械', '电', '2020-11-30', '2031-05-06', '通过', '顾敏', 400, 3, 300, 7, 30],
  [
    '双溪窑',
    '东区',
    '瑞隆机械',
    '天然气',
    '2018-04-17',
    '2031-05-21',
    '未通过',
    '顾敏',
    1100,
    5,
    500,
    18,
    55,
  ],
];

/** Checks of kilns, whose fields are named as forms name them: by who did what on which day. */
export const chineseKilns: TestTable = testTable({
  name: 'kilns',
  key: 'name',
  nouns: ['窑炉名称', '窑炉'],
  columns: [
    { name: 'district', label: '所在区域', type: 'category' },
    { name: 'maker', label: '制造单位', type: 'category' },
    { name: 'fuel', label: '燃料类型', type: 'category' },
    { name: 'built', label: '安装日期', type: 'date' },
    { name: 'checked', label: '检修日期', type: 'date' },
    { name: 'result', label: '检修结论', type: 'category' },
    { name: 'checker', label: '检修人员', type: 'category' },
    { name: 'fee', label: '检修费', type: 'number', unit: 'CNY' },
    { name: 'chambers', label: '窑室数', type: 'number', unit: null },
    { name: 'output', label: '年产量', type: 'number', unit: 't' },
    { name: 'distance', label: '距码头', type: 'number', unit: 'km' },
    { name: 'load', label: '负荷率', type: 'percentage', unit: '%' },
  ],
  rows: rows.map((row) => Object.fromEntries(row.map((value, at) => [names[at] ?? '', value]))),
});
