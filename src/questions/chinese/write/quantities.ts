import type { Expression } from '../../plan.ts';
import { isPercentOf, spoken, strength } from '../../write/quantity-phrase.ts';
import type { Arithmetic } from '../../write/quantity-phrase.ts';
import { NoWordingError } from '../../write/wording.ts';
import { dateParts } from '../vocabulary.ts';
import { digits, periodPhrase } from './numbers.ts';
import type { ChineseWording } from './wording.ts';

/** What a value of every row is called. */
export function quantityPhrase(expression: Expression, wording: ChineseWording): string {
  const { quantity } = wording;
  switch (expression.kind) {
    case 'column':
      return columnPhrase(expression.column, expression.period, wording);
    case 'number':
      return digits(expression.value);
    case 'arithmetic':
      return arithmeticPhrase(spoken(expression, wording), wording);
    case 'absolute':
      return expression.of.kind === 'arithmetic' && expression.of.operator === '-' && areSimple(expression.of)
        ? `${quantity(expression.of.left)}与${quantity(expression.of.right)}之差的绝对值`
        : `(${quantity(expression.of)})的绝对值`;
    case 'item-count':
      return `${columnPhrase(expression.column, undefined, wording)}的数量`;
    case 'change':
      return changePhrase(expression, wording);
    case 'days-between':
      return `${quantity(expression.from)}到${quantity(expression.to)}的天数`;
    case 'date-part':
      return `${columnPhrase(expression.column, undefined, wording)}的${dateParts[expression.part]}`;
    case 'z-score':
      if (
        expression.of.kind !== 'column' ||
        expression.over !== undefined ||
        expression.deviation === 'sample'
      )
        throw new NoWordingError('such a z-score');
      return `${quantity(expression.of)}的标准分数`;
    case 'entity-value':
      return `${nameText(expression.entity)}的${quantity(expression.of)}`;
    case 'aggregate':
      return wording.figure(expression.aggregate);
    case 'rank':
    case 'tier':
      throw new NoWordingError('a place in an order as a value');
    case 'group-value':
      throw new NoWordingError("a number of a row's own group");
  }
}

/** What a question calls a column: its label, of a path of labels all of it. */
export function columnPhrase(
  name: string,
  period: string | undefined,
  { column, table }: ChineseWording,
): string {
  const label = column(name)?.label;
  const words = label === undefined ? keyWord : label.split(/\s+>\s+/).join('的');
  if (label === undefined && name !== table.key) throw new NoWordingError(`the unknown field ${name}`);
  return period === undefined ? words : `${periodPhrase(period)}${words}`;
}

const keyWord = '名称';

/** A name or value as it is; in quotation marks where the sentence would swallow it. */
export const nameText = (name: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{N} .&()（）·-]*$/u.test(name) && !/[的为是和与或及在中且有]/.test(name)
    ? name
    : `“${name}”`;

const isSimple = (expression: Expression): boolean =>
  expression.kind === 'column' || expression.kind === 'item-count';

const areSimple = ({ left, right }: Arithmetic): boolean => isSimple(left) && isSimple(right);

/** Formulas as they are spoken where they are simple, with signs and parentheses where they are not. */
function arithmeticPhrase(expression: Arithmetic, wording: ChineseWording): string {
  const { operator, left, right } = expression;
  const { quantity, choose } = wording;
  if (isPercentOf(expression))
    return `${quantity(expression.right.left)}占${quantity(expression.right.right)}的${choose(['百分比', '比例', '比重'])}`;
  if (!areSimple(expression)) return formula(expression, wording);
  const [one, other] = [quantity(left), quantity(right)];
  switch (operator) {
    case '/':
      return choose([`${one}与${other}之比`, `${one}与${other}的比值`, `${one}除以${other}`]);
    case '*':
      return choose([`${one}乘以${other}`, `${one}与${other}的乘积`]);
    case '+':
      return choose([`${one}与${other}之和`, `${one}加上${other}`]);
    case '-':
      return choose([`${one}与${other}之差`, `${one}减去${other}`]);
  }
}

const signs = { '+': '+', '-': '-', '*': '×', '/': '÷' } as const;

/** A formula in signs: `(流动资产 - 存货) ÷ 流动负债`. */
function formula(expression: Expression, wording: ChineseWording): string {
  if (expression.kind === 'number')
    return expression.value < 0 ? `(${digits(expression.value)})` : digits(expression.value);
  if (expression.kind !== 'arithmetic')
    return isSimple(expression) ? wording.quantity(expression) : `(${wording.quantity(expression)})`;
  const { operator, left, right } = expression;
  const part = (side: Expression, weakest: number): string => {
    const needed = side.kind === 'arithmetic' && strength[side.operator] < weakest;
    return needed ? `(${formula(side, wording)})` : formula(side, wording);
  };
  return `${part(left, strength[operator])} ${signs[operator]} ${part(right, strength[operator] + 1)}`;
}

function changePhrase(expression: Expression & { readonly kind: 'change' }, wording: ChineseWording): string {
  const { of, before } = expression;
  if (
    of.kind !== 'column' ||
    before.kind !== 'column' ||
    of.column !== before.column ||
    before.period === undefined
  )
    throw new NoWordingError('a change from one field to another');
  const words = columnPhrase(of.column, undefined, wording);
  const from = periodPhrase(before.period).slice(0, -1);
  if (of.period !== undefined) return `${words}从${from}到${periodPhrase(of.period).slice(0, -1)}的增长率`;
  const since = `${words}较${from}的增长率`;
  const isNewest = wording.column(of.column)?.periods[0] === before.period;
  return isNewest ? wording.choose([`${words}的同比增长率`, since]) : since;
}
