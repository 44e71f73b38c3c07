/** Report of a listed company, in one of three forms that Chinese reports have. */
interface Company {
  readonly name: string;
  readonly industry: string;
  readonly place: string;
  readonly founded: readonly [number, number, number];
  /** In 元, of the year and of the one before. */
  readonly revenue: readonly [number, number];
  readonly profit: number;
  readonly employees: number;
}

const kinds = ['钢铁', '软件', '食品', '医药'];
const places = ['江苏', '广东', '湖北'];
const names = '华丰 长青 金石 南山 星海 北辰 康宁 东湖 云岭 海港 青峰 远洋 天际 绿野 明珠'.split(' ');

export const chineseCompanies: readonly Company[] = names.map((name, index) => ({
  name: `${name}股份有限公司`,
  industry: `${kinds[index % 4] ?? ''}业`,
  place: `${places[index % 3] ?? ''}省`,
  founded: [1985 + index * 2, 1 + (index % 12), 1 + index],
  revenue: [(index + 2) * 1.5e8, (index + 2) * 1.5e8 - (index % 2 === 0 ? 1e7 : -1e7)],
  profit: (index - 2) * 2.5e7,
  employees: 800 + index * 350,
}));

const inTable = ({
  name,
  industry,
  place,
  founded: [year, month, day],
  revenue,
  profit,
  employees,
}: Company): string => {
  const amount = (value: number): string =>
    (value / 1e4).toLocaleString('en-US', { minimumFractionDigits: 2 });
  return `# ${name}2023年年度报告

## 公司概况

所属行业：${industry}
注册地：${place}
成立日期：${year}年${month}月${day}日
员工人数：${employees.toLocaleString('en-US')}人

## 主要财务数据

单位：万元

| 项目 | 2023年 | 2022年 |
| --- | --- | --- |
| 营业收入 | ${revenue.map(amount).join(' | ')} |
| 净利润 | ${amount(profit)} | ${amount(profit / 2)} |
`;
};

const inLines = ({
  name,
  industry,
  place,
  founded: [year, month, day],
  revenue,
  profit,
  employees,
}: Company): string => `${name}
2023年年度报告

所属行业：${industry}
注册地：${place}
成立日期：${year}年${month}月${day}日
员工人数：${employees}人
营业收入：${revenue[0] / 1e8}亿元
净利润：${profit / 1e8}亿元
`;

const inProse = ({
  name,
  industry,
  place,
  founded: [year, month, day],
  revenue,
  profit,
  employees,
}: Company): string => `# ${name}2023年年度报告

公司成立于${year}年${month}月${day}日，注册地位于${place}，所属行业为${industry}。截至报告期末，公司员工人数为${employees}人。

报告期内，公司实现营业收入${revenue[0] / 1e8}亿元，实现净利润${profit / 1e8}亿元。
`;

/** The reports by file name. */
export const chineseFiles = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    chineseCompanies.map((company, index) => {
      const write = [inTable, inLines, inTable, inProse, inTable][index % 5] ?? inTable;
      return [`${String(index + 1).padStart(2, '0')}${write === inLines ? '.txt' : '.md'}`, write(company)];
    }),
  );
