import type { Comparison, Expression, Predicate } from '../../plan.ts';
import { turnedComparison } from '../../vocabulary.ts';
import { alternatives } from '../../write/normal-form.ts';
import { spokenRight, unitOf } from '../../write/units.ts';
import { NoWordingError } from '../../write/wording.ts';
import { comparators, dateComparators } from '../vocabulary.ts';
import { amountPhrase, datePhrase, digits, placePhrase } from './numbers.ts';
import { columnPhrase, nameText } from './quantities.ts';
import type { ChineseWording, Clauses } from './wording.ts';

/** Conditions joined: `净利润大于5亿元且所属行业为医药，或者…`. */
export function clausesPhrase(predicate: Predicate, wording: ChineseWording): Clauses {
  const lists = alternatives(predicate).map((all) => all.map((each) => clause(each, wording)));
  const [first] = lists.flat();
  if (first === undefined) throw new NoWordingError('no condition');
  const text = lists
    .map((list) => list.map((each) => each.text).join(wording.choose(['且', '并且', '，且'])))
    .join('，或者');
  return { text, ofField: first.ofField };
}

const ofField = (text: string): Clauses => ({ text, ofField: true });
const ofRow = (text: string): Clauses => ({ text, ofField: false });

function clause(predicate: Predicate, wording: ChineseWording): Clauses {
  const isNegated = 'negated' in predicate && predicate.negated === true;
  switch (predicate.kind) {
    case 'compare':
      return ofField(comparisonPhrase(predicate, wording));
    case 'between':
      return ofField(rangePhrase(predicate, wording));
    case 'is': {
      const known = new Set(wording.column(predicate.column)?.values.map(({ value }) => value) ?? []);
      const values = predicate.values
        .map((value) => (known.has(value) ? nameText(value) : `“${value}”`))
        .join('或');
      return ofField(
        `${columnPhrase(predicate.column, undefined, wording)}${isNegated ? '不为' : '为'}${values}`,
      );
    }
    case 'contains': {
      const column = columnPhrase(predicate.column, undefined, wording);
      const text = `“${predicate.text}”`;
      if (predicate.at === undefined) return ofField(`${column}${isNegated ? '不包含' : '包含'}${text}`);
      return ofField(
        `${column}${isNegated ? '不' : ''}以${text}${predicate.at === 'start' ? '开头' : '结尾'}`,
      );
    }
    case 'date':
      return ofField(dateClause(predicate, wording));
    case 'boolean': {
      const column = columnPhrase(predicate.column, undefined, wording);
      const stated = ofField(`${column}为${predicate.value ? '是' : '否'}`);
      return column.startsWith('是否')
        ? stated
        : wording.choose([stated, ofRow(`${predicate.value ? '有' : '没有'}${column}`)]);
    }
    case 'stated':
      return ofRow(
        `${isNegated ? '没有' : ''}${wording.choose(['披露', '给出'])}${columnPhrase(predicate.column, predicate.period, wording)}`,
      );
    case 'entity':
      return ofRow(
        `${isNegated ? '不是' : '是'}${predicate.names.map(nameText).join(isNegated ? '或' : '、')}`,
      );
    case 'among':
      return ofRow(`${isNegated ? '不属于' : '属于'}${wording.rows(predicate.selection)}`);
    case 'and':
    case 'or':
    case 'not':
      throw new NoWordingError('conditions within conditions');
  }
}

type Compare = Predicate & { readonly kind: 'compare' };

function comparisonPhrase(predicate: Compare, wording: ChineseWording): string {
  const { left, comparison, right } = predicate;
  const { quantity, choose } = wording;
  const place = placePhraseOf(predicate, wording) ?? deviationPhrase(predicate, wording);
  if (place !== null) return place;
  const how = choose(comparators[comparison].write);
  if (right.kind === 'number')
    return `${quantity(left)}${how}${amountPhrase(right.value, unitOf(left, wording.table), wording)}`;
  return `${quantity(left)}${how}${operand(left, spokenRight(left, right, wording.table), wording)}`;
}

const tierNames: Readonly<Record<number, string>> = {
  3: '三分之一',
  4: '四分之一',
  5: '五分之一',
  10: '十分之一',
};
const tierGroups: Readonly<Record<number, string>> = {
  3: '三分位组',
  4: '四分位组',
  5: '五分位组',
  10: '十分位组',
};

/** Equal parts of an order, and places in two orders. */
function placePhraseOf({ left, comparison, right }: Compare, wording: ChineseWording): string | null {
  if (left.kind === 'tier' && left.over === undefined && right.kind === 'number' && comparison === '=') {
    const [name, group] = [tierNames[left.tiers], tierGroups[left.tiers]];
    if (name === undefined || group === undefined) return null;
    const where =
      right.value === left.tiers
        ? `最高的${name}`
        : right.value === 1
          ? `最低的${name}`
          : `从低到高第${placePhrase(right.value)}个${group}`;
    return `${wording.quantity(left.of)}处于${where}`;
  }
  const gap =
    left.kind === 'absolute' && left.of.kind === 'arithmetic' && left.of.operator === '-' ? left.of : null;
  if (gap?.left.kind !== 'rank' || gap.right.kind !== 'rank' || right.kind !== 'number') return null;
  const ranks = [gap.left, gap.right];
  if (ranks.some(({ descending, over }) => !descending || over !== undefined))
    throw new NoWordingError('such ranks');
  const [one, other] = ranks.map(({ of }) => wording.quantity(of));
  return `${one}的排名与${other}的排名相差${wording.choose(comparators[comparison].write)}${digits(right.value)}位`;
}

/** How far something lies from the mean. */
const distances: Readonly<Record<Comparison, string>> = {
  '>': '超过',
  '>=': '不少于',
  '<': '小于',
  '<=': '不超过',
  '=': '等于',
  '!=': '不等于',
};

/** Distances from the mean in standard deviations. */
function deviationPhrase({ left, comparison, right }: Compare, wording: ChineseWording): string | null {
  const score = left.kind === 'absolute' ? left.of : left;
  if (score.kind !== 'z-score' || score.over !== undefined || right.kind !== 'number') return null;
  const words = wording.quantity(score.of);
  const kind = score.deviation === 'sample' ? '样本标准差' : '标准差';
  const said = (sign: Comparison, value: number): string => `${distances[sign]}${digits(value)}个${kind}`;
  if (left.kind === 'absolute') return `${words}与平均值的偏差${said(comparison, right.value)}`;
  return right.value < 0
    ? `${words}低于平均值${said(turnedComparison[comparison], -right.value)}`
    : `${words}高于平均值${said(comparison, right.value)}`;
}

/** What a value is compared with, in words that go on about the same value where they can. */
function operand(left: Expression, right: Expression, wording: ChineseWording): string {
  if (right.kind === 'aggregate' && same(right.aggregate.of, left)) {
    const word = { average: '平均值', median: '中位数', maximum: '最大值', minimum: '最小值' }[
      String(right.aggregate.function)
    ];
    if (right.aggregate.selection === undefined && word !== undefined) return word;
    return wording.figure(right.aggregate);
  }
  if (right.kind === 'entity-value' && same(right.of, left)) return nameText(right.entity);
  if (
    right.kind === 'arithmetic' &&
    right.left.kind === 'number' &&
    right.operator === '*' &&
    right.right.kind !== 'column'
  )
    return `${operand(left, right.right, wording)}的${digits(right.left.value)}倍`;
  if (right.kind === 'arithmetic' && right.right.kind === 'number' && right.left.kind === 'aggregate') {
    const base = operand(left, right.left, wording);
    const amount = amountPhrase(right.right.value, unitOf(left, wording.table), wording);
    if (right.operator === '+') return `${base}加${amount}`;
    if (right.operator === '-') return `${base}减${amount}`;
  }
  return wording.quantity(right);
}

const same = (one: Expression | undefined, other: Expression): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A value between two others, both included. */
function rangePhrase(
  { of, low, high, negated }: Predicate & { readonly kind: 'between' },
  wording: ChineseWording,
): string {
  const unit = unitOf(of, wording.table);
  // Where the high end were written with a scale, the low one would be taken to have it too.
  const plain = {
    choose: <Item>(options: readonly [Item, ...Item[]]): Item =>
      options[options.length > 1 ? 1 : 0] ?? options[0],
  };
  const amount = (part: Expression): string => {
    if (part.kind !== 'number') return wording.quantity(part);
    return unit.percentage
      ? `${digits(part.value)}%`
      : amountPhrase(part.value, { percentage: false, unit: null }, plain);
  };
  return `${wording.quantity(of)}${negated === true ? '不' : ''}介于${amount(low)}和${amount(high)}之间`;
}

function dateClause(
  { column: name, comparison, date }: Predicate & { readonly kind: 'date' },
  wording: ChineseWording,
): string {
  const column = columnPhrase(name, undefined, wording);
  const when = datePhrase(date, wording);
  if (comparison === '=') return `${column}在${when}`;
  if (comparison === '!=') return `${column}不在${when}`;
  const plain = `${column}${wording.choose(dateComparators[comparison].write)}${when}`;
  const ending = { '>': '之后', '<': '之前', '>=': null, '<=': null }[comparison];
  return ending === null ? plain : wording.choose([plain, `${column}在${when}${ending}`]);
}
