import type { GroupBy, GroupedOutput, GroupValue, Output, Selection } from '../../plan.ts';
import { NoWordingError } from '../../write/wording.ts';
import { comparators, dateParts, orders } from '../vocabulary.ts';
import { countPhrase, digits, placePhrase } from './numbers.ts';
import { columnPhrase } from './quantities.ts';
import type { ChineseWording } from './wording.ts';

/** A question for groups of rows and their numbers. */
export function askGroups(output: GroupedOutput, selection: Selection, wording: ChineseWording): string {
  const { show, limit } = output;
  if (selection.limit !== undefined) throw new NoWordingError('groups of ranked rows');
  const among = selection.where === undefined ? '' : `在${wording.rows({ where: selection.where })}中，`;
  if (output.within !== undefined)
    return `${among}${askWithin({ ...output, within: output.within }, wording)}`;
  if (output.group.kind === 'tier') return `${among}${askTiers(output.group, output, wording)}`;
  const group = groupNoun(output.group, wording);
  if (show === 'number-of-groups') return `${among}有多少个${group}${having(output, wording)}？`;
  if (limit === undefined && show === 'both') {
    const natural = output.group.kind === 'date-part' ? 'group' : 'descending';
    if (output.having.length > 0 || output.order !== natural)
      throw new NoWordingError('such an order of groups');
    const values = output.values.map((value) => groupValue(value, wording)).join('和');
    return wording.choose([
      `${among}每个${group}的${values}是多少？`,
      `${among}各${group}的${values}分别是多少？`,
    ]);
  }
  if (output.order === 'group') throw new NoWordingError('groups ordered by their names');
  if (limit === undefined) return `${among}哪些${group}${having(output, wording)}？`;
  if (output.offset !== undefined && output.offset > 0 && limit !== 1)
    throw new NoWordingError('groups in the middle of an order');
  const only = output.having.length === 0 ? '' : `在${having(output, wording)}的${group}中，`;
  const told = show === 'group' ? '' : limit === 1 ? '，是多少' : '，分别是多少';
  const which = limit === 1 ? '哪个' : `哪${countPhrase(limit, { ...wording, counter: '个' })}`;
  return `${among}${only}${which}${group}${groupRanking(output, wording)}${told}？`;
}

/** A question for the first group within each group of another kind, or for all of them. */
function askWithin(output: GroupedOutput & { readonly within: GroupBy }, wording: ChineseWording): string {
  const { show, limit, within } = output;
  if (output.having.length > 0 || output.order === 'group')
    throw new NoWordingError('such groups within groups');
  const [outer, group] = [within, output.group].map((each) => groupNoun(each, wording));
  if (limit === 1 && show === 'both' && output.offset === undefined)
    return `每个${outer}中，哪个${group}${groupRanking(output, wording)}？`;
  if (limit !== undefined || show !== 'both' || output.order !== 'descending')
    throw new NoWordingError('such groups within groups');
  const values = output.values.map((value) => groupValue(value, wording)).join('和');
  return `每个${outer}和每个${group}的${values}是多少？`;
}

const numerals: Readonly<Record<number, string>> = { 3: '三', 4: '四', 5: '五', 10: '十' };

function askTiers(
  group: GroupBy & { readonly kind: 'tier' },
  output: GroupedOutput,
  wording: ChineseWording,
): string {
  const numeral = numerals[group.tiers];
  const isPlain = output.limit === undefined && output.having.length === 0 && output.show === 'both';
  if (numeral === undefined || !isPlain || output.order !== 'group')
    throw new NoWordingError('such equal parts');
  const values = output.values.map((value) => groupValue(value, wording)).join('和');
  return `按${wording.quantity(group.of)}${orders.rising.write[0]}平均分为${numeral}组，各组的${values}是多少？`;
}

/** What a group is called: `所属行业`, `成立日期的年份`. */
function groupNoun(group: GroupBy, wording: ChineseWording): string {
  switch (group.kind) {
    case 'column':
    case 'item':
      return columnPhrase(group.column, undefined, wording);
    case 'date-part':
      return `${columnPhrase(group.column, undefined, wording)}的${dateParts[group.part]}`;
    case 'tier':
      throw new NoWordingError('equal parts among groups');
  }
}

function groupValue(value: GroupValue, wording: ChineseWording): string {
  if (value.kind === 'measure') {
    if (value.where === undefined) return wording.measure(value.measure);
    return wording.figure({ ...value.measure, selection: { where: value.where } });
  }
  const share = shareOfGroup(value);
  if (share !== null) return `${wording.rows({ where: share })}的占比`;
  throw new NoWordingError('such a number for each group');
}

/** The condition of a share of a group's rows: 100 · (rows that fulfil it) / (rows). */
function shareOfGroup(value: GroupValue): NonNullable<Selection['where']> | null {
  if (value.kind !== 'arithmetic') return null;
  const isCount = (each: GroupValue): boolean =>
    each.kind === 'measure' && each.measure.function === 'count' && each.measure.of === undefined;
  const scaled = value.operator === '*' ? value.right : value.left;
  const hundred = value.operator === '*' ? value.left : scaled.kind === 'arithmetic' ? scaled.left : null;
  if (scaled.kind !== 'arithmetic' || hundred?.kind !== 'number' || hundred.value !== 100) return null;
  const [part, whole] =
    value.operator === '*' && scaled.operator === '/'
      ? [scaled.left, scaled.right]
      : value.operator === '/' && scaled.operator === '*'
        ? [scaled.right, value.right]
        : [null, null];
  if (part === null || whole === null || !isCount(part) || !isCount(whole)) return null;
  return part.kind === 'measure' && whole.kind === 'measure' && whole.where === undefined
    ? (part.where ?? null)
    : null;
}

/** `的平均净利润最高`, `的公司最多`. */
function groupRanking(output: GroupedOutput, wording: ChineseWording): string {
  const [first] = output.values;
  if (first === undefined) throw new NoWordingError('groups without a number');
  const descending = output.order === 'descending';
  const offset = output.offset ?? 0;
  const isCount =
    first.kind === 'measure' && first.measure.function === 'count' && first.measure.of === undefined;
  if (offset > 0)
    return `的${groupValue(first, wording)}第${placePhrase(offset + 1)}${descending ? '高' : '低'}`;
  if (isCount) {
    const counted = first.where === undefined ? wording.noun : wording.rows({ where: first.where });
    return `的${counted}${descending ? '最多' : '最少'}`;
  }
  return `的${groupValue(first, wording)}${descending ? '最高' : '最低'}`;
}

/** Conditions on groups: `有不少于5家公司`, `的平均净利润大于500`. */
function having({ having: conditions }: GroupedOutput, wording: ChineseWording): string {
  const [only, ...others] = conditions;
  if (only === undefined || others.length > 0)
    throw new NoWordingError('groups with no or several conditions');
  const { left, comparison, right } = only;
  if (right.kind !== 'number') throw new NoWordingError('groups compared with each other');
  const how = comparators[comparison].write[0];
  const isCount =
    left.kind === 'measure' &&
    left.measure.function === 'count' &&
    left.where === undefined &&
    left.measure.of === undefined;
  if (isCount) return `有${how}${digits(right.value)}${wording.counter}${wording.noun}`;
  if (left.kind !== 'measure' || left.where !== undefined)
    throw new NoWordingError('such a condition on groups');
  return `的${wording.measure(left.measure)}${how}${digits(right.value)}`;
}

/** A question for the first rows of every group. */
export function askBestPerGroup(
  output: Output & { readonly kind: 'best-per-group' },
  selection: Selection,
  wording: ChineseWording,
): string {
  const { group, by, descending, limit } = output;
  if (output.name !== undefined || output.having !== undefined)
    throw new NoWordingError('rows of some groups, told by a field');
  if (selection.limit !== undefined) throw new NoWordingError('groups of ranked rows');
  const noun = groupNoun(group, wording);
  const ranking = wording.ranking({ by, descending }, 0);
  const among = selection.where === undefined ? '' : `在${wording.rows({ where: selection.where })}中，`;
  return limit === 1
    ? wording.choose([
        `${among}每个${noun}中${ranking}的${wording.noun}是哪${wording.counter}？`,
        `${among}每个${noun}中哪${wording.counter}${wording.noun}的${ranking}？`,
      ])
    : `${among}每个${noun}中${ranking}的${countPhrase(limit, wording)}${wording.noun}是哪些？`;
}

/** A question for how many rows in order make up a share of a sum. */
export function askCumulative(
  output: Output & { readonly kind: 'cumulative' },
  selection: Selection,
  wording: ChineseWording,
): string {
  const { of, descending, share, list } = output;
  if (selection.limit !== undefined) throw new NoWordingError('a share of ranked rows');
  if (of.kind !== 'column') throw new NoWordingError('a share in the sum of a formula');
  const words = wording.quantity(of);
  const among = selection.where === undefined ? '' : `在${wording.rows({ where: selection.where })}中，`;
  const order = orders[descending ? 'falling' : 'rising'].write[0];
  const asked = list ? `哪些${wording.noun}` : `需要多少${wording.counter}${wording.noun}`;
  return `${among}按${words}${order}排列，${asked}才能达到${words}总和的${digits(share)}%？`;
}
