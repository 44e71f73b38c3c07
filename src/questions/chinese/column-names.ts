import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import { foldName } from './han-tokens.ts';

/** A way to name a column. */
export interface ColumnName {
  readonly column: CatalogColumn;
  readonly cost: number;
}

const names = new WeakMap<CatalogTable, ReadonlyMap<string, readonly ColumnName[]>>();

/** The ways to name a table's columns, by the name as `foldName` folds it; built once a table. */
export function columnNames(table: CatalogTable): ReadonlyMap<string, readonly ColumnName[]> {
  const known = names.get(table);
  if (known !== undefined) return known;
  const built = new Map<string, ColumnName[]>();
  const nouns = new Set(table.nouns.map(foldName));
  for (const column of table.columns) {
    const own = new Map<string, number>();
    const add = (name: string, cost: number): void => {
      if (name !== '' && cost < (own.get(name) ?? Infinity)) own.set(name, cost);
    };
    for (const [name, cost] of fullNames(column)) {
      add(name, cost);
      for (const [other, more] of inOtherWords(name)) add(other, cost + more);
    }
    const event = eventOfDate(column);
    if (event !== null) add(event, eventCost);
    if (tellsProvinces(column)) for (const name of ['省份', '省', '地区']) add(name, provinceCost);
    for (const [name, cost] of own)
      for (const [long, short] of shortHeads) if (name.endsWith(long)) add(short, cost + shortHeadCost);
    const full = new Map(own);
    for (const [name, cost] of full)
      for (const [part, more] of partsOf(name))
        if (!tellsNothing.has(part) && !nouns.has(part)) add(part, cost + more);
    for (const [name, cost] of own) {
      const list = built.get(name) ?? [];
      list.push({ column, cost });
      built.set(name, list);
    }
  }
  addBusinesses(table, built);
  names.set(table, built);
  return built;
}

const businesses = ['公司', '企业', '单位', '机构', '厂家', '厂商'];
const businessLabel = /(?:公司|企业|单位|机构|厂家|厂商)$/u;
const rowsOfBusinesses = /公司|企业|集团|银行|compan|firm|corporation|business|enterprise|issuer/u;
const businessCost = 0.15;
const otherBusinessCost = 0.2;

/** 企业 is the field 生产企业, where no row is one and no other field names any. */
function addBusinesses(table: CatalogTable, built: Map<string, ColumnName[]>): void {
  if (table.nouns.some((noun) => rowsOfBusinesses.test(noun))) return;
  const [column, ...others] = table.columns.filter(
    ({ type, label }) => (type === 'category' || type === 'text') && businessLabel.test(label),
  );
  if (column === undefined || others.length > 0) return;
  for (const word of businesses) {
    if (built.has(word)) continue;
    built.set(word, [{ column, cost: column.label.endsWith(word) ? businessCost : otherBusinessCost }]);
  }
}

const pathSeparator = /\s+>\s+|[:：]\s*|\s+[-–—]\s+/;
const bracketed = /[(（[［][^()（）[\]]*[)）\]］]/g;

/** The column's names in full: of a path of labels the whole and its last part, with and without brackets. */
function* fullNames({ label, aliases, name }: CatalogColumn): Generator<readonly [string, number]> {
  const given: readonly (readonly [string, number])[] = [
    [label, 0],
    ...aliases.map((alias) => [alias, 0.02] as const),
    [name.replaceAll('_', ' '), 0.05],
  ];
  for (const [text, cost] of given) {
    for (const form of new Set([text, text.replaceAll(bracketed, '')])) {
      const parts = form.split(pathSeparator).map((part) => part.trim());
      yield [foldName(parts.join('')), cost];
      if (parts.length > 1) {
        yield [foldName(parts.join('的')), cost];
        yield [foldName(parts.at(-1) ?? ''), cost + 0.15];
      }
    }
  }
}

const hanDay = /(?:日期|时间|年份|日)$/u;

/** What happened on a date: 抽检 of 抽检日期; null for other fields, and for dates of nothing. */
export function eventOfDate({ type, label }: CatalogColumn): string | null {
  const event = label.replace(hanDay, '');
  return type === 'date' && event !== label && /^\p{Script=Han}{2,4}$/u.test(event) ? event : null;
}
const eventCost = 0.08;

/** What a field is asked for by where its name ends in the long form: 哪条河 of 跨越河流. */
const shortHeads: readonly (readonly [string, string])[] = [
  ['河流', '河'],
  ['省份', '省'],
  ['城市', '市'],
  ['国家', '国'],
  ['区县', '县'],
  ['区县', '区'],
  ['县区', '县'],
  ['辖区', '区'],
  ['学校', '校'],
  ['医院', '院'],
  ['乡镇', '镇'],
  ['区域', '区'],
  ['地区', '区'],
  ['街道', '街'],
];
const shortHeadCost = 0.18;

const provinces: ReadonlySet<string> = new Set(
  (
    '北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 ' +
    '云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门'
  ).split(' '),
);
const provinceCost = 0.18;

/** Whether a field's values are provinces, whatever it is called: 注册地. */
const tellsProvinces = ({ type, values }: CatalogColumn): boolean =>
  type === 'category' &&
  values.length > 1 &&
  values.every(({ value }) =>
    provinces.has(value.replace(/(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$/u, '')),
  );

/** Words that mean the same in the name of a field. */
const synonyms: readonly (readonly string[])[] = [
  ['日期', '时间', '年月'],
  ['员工', '职工', '雇员', '从业人员'],
  ['人数', '数量', '总数', '数'],
  ['营业收入', '营收', '销售收入'],
  ['收入', '营收'],
  ['净利润', '净利', '纯利润', '盈利'],
  ['总资产', '资产总额', '资产总计', '资产规模'],
  ['总负债', '负债总额', '负债合计'],
  ['注册地', '注册地址', '总部', '总部所在地', '所在地'],
  ['行业', '产业'],
  ['价格', '售价', '单价'],
  ['面积', '占地面积'],
  ['成立', '创立', '设立', '创建', '创办'],
  ['比例', '比率', '占比', '率'],
  ['研发费用', '研发投入', '研发支出'],
  ['人口', '人口数', '总人口'],
];

const synonymCost = 0.14;

/** How names of fields may end that mean the same: 检验人员 is the 检验员. */
const endings: readonly (readonly string[])[] = [
  ['人员', '员', '人', '者'],
  ['单位', '企业', '公司', '厂家', '厂商', '厂'],
  ['费用', '费', '收费', '金额'],
  ['日期', '时间', '日'],
  ['地点', '地址', '地'],
];
/** What remains of a name before its ending says what of the kind it is. */
const shortestStem = 2;

function* inOtherWords(name: string): Generator<readonly [string, number]> {
  for (const group of synonyms)
    for (const word of group) {
      if (!name.includes(word)) continue;
      for (const other of group) if (other !== word) yield [name.replace(word, other), synonymCost];
      break;
    }
  for (const group of endings) {
    const ending = group.find((word) => name.endsWith(word) && name.length >= word.length + shortestStem);
    if (ending === undefined) continue;
    const stem = name.slice(0, -ending.length);
    for (const other of group) if (other !== ending) yield [`${stem}${other}`, synonymCost];
  }
}

/** Parts of names that are words of the question itself, or that many fields share. */
const tellsNothing: ReadonlySet<string> = new Set(
  (
    '平均 合计 总和 总计 总额 最高 最低 最大 最小 最多 最少 增长 增长率 同比 排名 数量 总数 中位 公司 企业 年度 ' +
    '本期 上期 期末 期初 金额 比例 比率 占比 名称 单位 情况 所属 是否 每股 归属 所在 主要 收益率 利率 总值 全部 ' +
    '上市公司 母公司 多少 第一 第二 前十 大于 小于 以上 以下 属于 位于 包含 没有'
  ).split(' '),
);

const hanOnly = /^[\p{Script=Han}]+$/u;

/** Parts of a Chinese name that may stand for it: `收入` for `营业收入`, `净利` for `净利润`. */
function* partsOf(name: string): Generator<readonly [string, number]> {
  const length = name.length;
  if (length < 3 || length > 16) return;
  for (let size = 2; size < length; size += 1)
    for (let from = 0; from + size <= length; from += 1) {
      const part = name.slice(from, from + size);
      if (!hanOnly.test(part) || part.startsWith('的') || part.endsWith('的')) continue;
      const place = from + size === length ? 0.08 : from === 0 ? 0.12 : 0.25;
      yield [part, place + 0.2 * (1 - size / length)];
    }
  // The first characters of both words: `营收`.
  if (length === 4 && hanOnly.test(name)) yield [`${name.charAt(0)}${name.charAt(2)}`, 0.4];
}

const shortestAbbreviated = 7;
const shortestAbbreviation = 4;

/**
 * Where a name left out of whole words ends in the text: 经营现金流 of 经营活动产生的现金流量净额. It begins as the
 * label does, goes on with runs of at least two of its characters in their order, and leaves something out; 0 where
 * the text begins with no such name.
 */
export function abbreviationLength(label: string, text: string): number {
  if (label.length < shortestAbbreviated || !text.startsWith(label.slice(0, 2))) return 0;
  let [at, place, skipped] = [0, 0, false];
  while (at < text.length && place < label.length) {
    if (text.charAt(at) === label.charAt(place)) {
      at += 1;
      place += 1;
      continue;
    }
    const next = label.indexOf(text.slice(at, at + 2), place);
    if (next < 0 || at + 2 > text.length) break;
    place = next;
    skipped = true;
  }
  return skipped && at >= shortestAbbreviation && hanOnly.test(text.slice(0, at)) ? at : 0;
}
