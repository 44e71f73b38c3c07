import type { Expression, Output, Predicate, Selection } from '../../plan.ts';
import { contrastOf, partBeyond } from '../../write/ask-numbers.ts';
import { framedParts } from '../../write/frame.ts';
import { NoWordingError } from '../../write/wording.ts';
import { comparators } from '../vocabulary.ts';
import { nameText } from './quantities.ts';
import { saidOf, type ChineseWording } from './wording.ts';

const isAll = ({ where, limit, offset = 0 }: Selection): boolean =>
  where === undefined && limit === undefined && offset === 0;

/** A question for one number over rows. */
export function askAggregate(
  { aggregate }: Output & { readonly kind: 'aggregate' },
  selection: Selection,
  wording: ChineseWording,
): string {
  const { choose } = wording;
  if (aggregate.function === 'count') {
    if (selection.limit !== undefined) throw new NoWordingError('the number of rows asked for');
    const stated: readonly Predicate[] =
      aggregate.of?.kind === 'column' ? [{ kind: 'stated', column: aggregate.of.column }] : [];
    if (aggregate.of !== undefined && stated.length === 0) throw new NoWordingError('such a count');
    const conditions = [...(selection.where === undefined ? [] : [selection.where]), ...stated];
    const [only] = conditions;
    return askCount(conditions.length > 1 ? { kind: 'and', operands: conditions } : (only ?? null), wording);
  }
  if (aggregate.function === 'count-distinct' && aggregate.of !== undefined) {
    const among = isAll(selection) ? '' : `${wording.rows(selection)}中`;
    return `${among}共有多少个不同的${wording.quantity(aggregate.of)}？`;
  }
  const measure = wording.measure(aggregate);
  const isDate = aggregate.of?.kind === 'column' && wording.column(aggregate.of.column)?.type === 'date';
  if (isDate) return `${wording.rows(selection)}的${measure}是什么时候？`;
  return choose([
    `${wording.rows(selection)}的${measure}是多少？`,
    `计算${wording.rows(selection)}的${measure}。`,
  ]);
}

function askCount(where: Predicate | null, wording: ChineseWording): string {
  const { choose, noun, counter } = wording;
  if (where === null) return choose([`共有多少${counter}${noun}？`, `${noun}的数量是多少？`]);
  const framed = framedParts(where);
  if (framed !== null)
    return `在${wording.rows({ where: framed.base })}中，${saidOf(`有多少${counter}${noun}`, wording.clauses(framed.freed))}？`;
  return choose([
    `${saidOf(`有多少${counter}${noun}`, wording.clauses(where))}？`,
    `${wording.rows({ where })}有多少${counter}？`,
    `${wording.rows({ where })}的数量是多少？`,
  ]);
}

/** A question for a number calculated from others. */
export function askCalculation(
  { values }: Output & { readonly kind: 'calculation' },
  wording: ChineseWording,
): string {
  const [only, ...others] = values;
  if (only === undefined || others.length > 0) throw new NoWordingError('several calculated numbers at once');
  return `${calculationPhrase(only.value, wording)}是多少？`;
}

function calculationPhrase(expression: Expression, wording: ChineseWording): string {
  const { choose, quantity } = wording;
  if (expression.kind !== 'arithmetic') return standalone(expression, wording);
  const { operator, left, right } = expression;
  if (operator === '*' && left.kind === 'number' && left.value === 100) {
    if (right.kind !== 'arithmetic' || right.operator !== '/') throw new NoWordingError('such a percentage');
    return `${standalone(right.left, wording)}占${standalone(right.right, wording)}的百分比`;
  }
  if (operator === '-' && left.kind === 'entity-value' && right.kind === 'entity-value') {
    if (JSON.stringify(left.of) === JSON.stringify(right.of))
      return `${nameText(left.entity)}与${nameText(right.entity)}的${quantity(left.of)}${choose(['之差', '的差额'])}`;
  }
  const contrast = operator === '-' ? contrastPhrase(left, right, wording) : null;
  if (contrast !== null) return contrast;
  const [one, other] = [standalone(left, wording), standalone(right, wording)];
  switch (operator) {
    case '-':
      return choose([`${one}与${other}之差`, `${one}减去${other}`]);
    case '/':
      return choose([`${one}与${other}之比`, `${one}除以${other}`]);
    case '+':
      return `${one}加上${other}`;
    case '*':
      throw new NoWordingError('a product of calculated numbers');
  }
}

/** `总资产不低于5的公司与总资产低于5的公司的平均净利润之差`. */
function contrastPhrase(left: Expression, right: Expression, wording: ChineseWording): string | null {
  const contrast = contrastOf(left, right);
  if (contrast === null) return null;
  const { measure, one, other } = contrast;
  return `${wording.rows(one)}与${wording.rows(other)}的${wording.measure(measure)}之差`;
}

function standalone(expression: Expression, wording: ChineseWording): string {
  if (expression.kind !== 'aggregate' && expression.kind !== 'entity-value')
    throw new NoWordingError('a calculation of several steps');
  return wording.quantity(expression);
}

/** A question whether a comparison holds. */
export function askYesNo(
  { left, comparison, right }: Output & { readonly kind: 'yes-no' },
  wording: ChineseWording,
): string {
  const how = wording.choose(comparators[comparison].write);
  const isExistence =
    left.kind === 'aggregate' &&
    left.aggregate.function === 'count' &&
    comparison === '>' &&
    right.kind === 'number';
  if (isExistence && right.value === 0 && left.aggregate.selection?.where !== undefined)
    return `${saidOf(`有没有${wording.noun}`, wording.clauses(left.aggregate.selection.where))}？`;
  const compared = right.kind === 'number' ? wording.quantity(right) : standalone(right, wording);
  return `${standalone(left, wording)}是否${how}${compared}？`;
}

/** A question for the share that some rows have in others. */
export function askShare(
  { weight, of }: Output & { readonly kind: 'share' },
  selection: Selection,
  wording: ChineseWording,
): string {
  const whole = of ?? {};
  const { choose, noun } = wording;
  const portion = choose(['百分比', '比例', '比重']);
  const base = isAll(whole) ? `全部${noun}` : wording.rows(whole);
  if (weight !== undefined) {
    if (weight.kind !== 'column') throw new NoWordingError('a share in the sum of a formula');
    const words = wording.quantity(weight);
    const part =
      selection.limit === undefined ? { ...selection, ...partBeyond(selection, whole) } : selection;
    return `${wording.rows(part)}的${words}占${base}的${words}总和的${portion}是多少？`;
  }
  const { where } = partBeyond(selection, whole);
  if (where === undefined || selection.limit !== undefined)
    throw new NoWordingError('a share of ranked rows');
  return `${wording.rows({ where })}占${base}的${portion}是多少？`;
}
