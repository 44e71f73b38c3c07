import type { Expression, Output, Selection, Shown } from '../../plan.ts';
import { framedParts } from '../../write/frame.ts';
import { NoWordingError } from '../../write/wording.ts';
import { orders } from '../vocabulary.ts';
import { countPhrase } from './numbers.ts';
import { columnPhrase, nameText } from './quantities.ts';
import { saidOf, type ChineseWording } from './wording.ts';

/** A question for rows by name. */
export function askEntities(
  { show }: Output & { readonly kind: 'entities' },
  selection: Selection,
  wording: ChineseWording,
): string {
  const { where, order, limit, offset = 0 } = selection;
  const { choose, noun } = wording;
  if (show.length > 0 && order !== undefined && limit === undefined)
    throw new NoWordingError('values of all rows in an order');
  if (show.length > 0)
    return `${choose(['列出', '给出'])}${wording.rows(selection)}及其${list(show, wording)}。`;
  if (order === undefined && limit === undefined) return askFiltered(selection, wording);
  if (order !== undefined && limit === undefined && offset === 0) {
    const rows = wording.rows(where === undefined ? undefined : { where });
    const direction = choose(orders[order.descending ? 'falling' : 'rising'].write);
    const by = wording.quantity(order.by);
    return choose([`将${rows}按${by}${direction}排列。`, `按${by}${direction}列出${rows}。`]);
  }
  if (order === undefined || limit === undefined) throw new NoWordingError('rows cut off without an order');
  const rows = wording.rows(selection);
  const among = where === undefined ? '' : `在${wording.rows({ where })}中，`;
  const ranking = wording.ranking(order, offset);
  const which = limit === 1 ? `哪${wording.counter}` : `哪${countPhrase(limit, wording)}`;
  return limit === 1
    ? choose([`${among}${which}${noun}的${ranking}？`, `${rows}是${which}？`])
    : choose([`${rows}是哪些？`, `${among}${which}${noun}的${ranking}？`, `列出${rows}。`]);
}

function askFiltered({ where }: Selection, wording: ChineseWording): string {
  const { choose, noun } = wording;
  if (where === undefined) return `列出所有${noun}。`;
  const framed = framedParts(where);
  if (framed !== null)
    return `在${wording.rows({ where: framed.base })}中，${saidOf(`哪些${noun}`, wording.clauses(framed.freed))}？`;
  return choose([
    `${saidOf(`哪些${noun}`, wording.clauses(where))}？`,
    `${wording.rows({ where })}有哪些？`,
    `${choose(['列出', '找出'])}所有${wording.rows({ where })}。`,
  ]);
}

const list = (show: readonly Shown[], wording: ChineseWording): string =>
  show.map(({ value }) => wording.quantity(value)).join('和');

/** A question for values of rows. */
export function askValues(
  output: Output & { readonly kind: 'values' },
  selection: Selection,
  wording: ChineseWording,
): string {
  const { show, distinct } = output;
  const [first] = show;
  if (first === undefined) throw new NoWordingError('no values');
  if (distinct === true) return askDistinct(first.value, selection, wording);
  const name = onlyName(selection);
  if (name !== null && first.value.kind === 'rank') return askRank(first.value, name, wording);
  const words = list(show, wording);
  const asked = show.length > 1 ? '分别是多少？' : '是多少？';
  if (name !== null) {
    return `${nameText(name)}的${words}${asked}`;
  }
  if (selection.limit === undefined) throw new NoWordingError('values without the names of their rows');
  return `${wording.rows(selection)}的${words}${asked}`;
}

function onlyName({ where, limit, order }: Selection): string | null {
  if (where?.kind !== 'entity' || where.negated === true || limit !== undefined || order !== undefined)
    return null;
  const [name, ...others] = where.names;
  return name === undefined || others.length > 0 ? null : name;
}

function askRank(
  { of, descending, over }: Expression & { readonly kind: 'rank' },
  name: string,
  wording: ChineseWording,
): string {
  const words = wording.quantity(of);
  const order = descending ? '' : '按升序';
  if (over !== undefined) return `${nameText(name)}的${words}在${wording.rows(over)}中${order}排名第几？`;
  return wording.choose([
    `${nameText(name)}的${words}${order}排名第几？`,
    `${nameText(name)}的${words}${order}排第几？`,
    `按${words}${descending ? '' : '升序'}排名，${nameText(name)}排第几？`,
  ]);
}

function askDistinct(value: Expression, selection: Selection, wording: ChineseWording): string {
  if (value.kind !== 'column') throw new NoWordingError('the different values of a formula');
  if (selection.limit !== undefined) throw new NoWordingError('the different values of some rows');
  const words = columnPhrase(value.column, value.period, wording);
  return selection.where === undefined
    ? wording.choose([`有哪些不同的${words}？`, `列出所有不同的${words}。`])
    : `${wording.rows({ where: selection.where })}中有哪些不同的${words}？`;
}
