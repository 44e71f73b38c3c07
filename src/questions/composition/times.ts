import type { CatalogColumn } from '../../table/catalog.ts';
import type { TableContext } from '../grammar/context.ts';
import type { Quantity } from '../grammar/meanings.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import { isCalendar, tellsOfEnd } from '../grammar/superlatives.ts';
import { quantityOf } from '../grammar/terms.ts';

/** What a date or year may be called at which a thing began. */
const beginning =
  /\b(?:start\w*|beg[aiu]n\w*|open\w*|buil\w+|file[ds]?|filing|admi\w+|order\w*|hire[ds]?|join\w*|shipp\w+|commission\w*|found\w*|establish\w*|inception|laun?ch\w*|sent|submi\w+|receiv\w+|report\w*|request\w*|appl\w+|issued?|posted|listed|signed|created|registered|depart\w*|enrol\w*|announced|publish\w*|releas\w*|detected|occurr\w*|loss|incident|from|first|made|constructed|complet\w*|acquired|born|birth|planted|introduced|inaugurat\w*|tendered)\b|建|开|始|起|入|申请|受理|成立|创|生|发布|立项/i;
/** What a date may be called on which it ended, beside the words for endings that make nothing older. */
const ending =
  /\b(?:deci[ds]\w+|resol\w+|approv\w+|return\w*|arriv\w+|judg\w+|conclu\w+|settled|award\w*|to|until|clos\w*|fix\w*|patch\w*|end\w*|finish\w*|inspect\w*|renovat\w*|automat\w*|modif\w*)\b|结|完|止|终|毕|检|修/i;
/** What says of a date no more than that it is one. */
const plain = /^(?:(?:the )?(?:year|season|date|month|period|day|time)|年份|年度|日期|月份|赛季|时间)$/i;

const isYearNumber = ({ type, unit, examples }: CatalogColumn): boolean =>
  type === 'number' &&
  unit === null &&
  examples.length > 0 &&
  examples.every((example) => /^(?:1[5-9]|20)\d\d年?$/.test(example));

/** Whether a field tells dates or years, by its name or its values. */
export function isTime(context: TableContext, quantity: Quantity): boolean {
  const column = plainColumn(context, quantity);
  if (column === null) return false;
  return (
    column.type === 'date' || isYearNumber(column) || (isCalendar(quantity) && column.examples.length === 0)
  );
}

/** All fields that tell dates or years. */
export const timesOf = (context: TableContext): readonly Quantity[] =>
  context.table.columns.map((column) => quantityOf(column)).filter((quantity) => isTime(context, quantity));

/** Whether a time's name is of an end. */
export const ends = (quantity: Quantity): boolean => tellsOfEnd(quantity) || ending.test(quantity.name);

/** Whether a time's name is of a beginning. */
export const begins = (quantity: Quantity): boolean => beginning.test(quantity.name) && !ends(quantity);

const endingVerb = /^(?:end|finish|clos|conclud|expir|stop|terminat|ceas|retir)(?:e?d|ing)$/;
const beginningVerb = /^(?:began|begun|(?:start|open|launch|found|establish|commenc)(?:e?d|ing))$/;

/** Whether a verb speaks of an end and the name of a time of a beginning, or the other way round. */
export const areOtherEnds = (verb: string, name: string): boolean =>
  (endingVerb.test(verb) && beginning.test(name) && !ending.test(name)) ||
  (beginningVerb.test(verb) && ending.test(name) && !beginning.test(name));

/** Whether a verb and the name of a time both speak of a beginning, or both of an end. */
export const areSameEnd = (verb: string, name: string): boolean =>
  (beginning.test(verb) && beginning.test(name) && !ending.test(name)) ||
  (ending.test(verb) && ending.test(name));

/** Whether the name says no more than that it is a time. */
export const isPlainTime = ({ name }: Quantity): boolean => isPlainTimeName(name);

export const isPlainTimeName = (name: string): boolean => plain.test(name.trim());

/** The times of a row that make it old or new, the likeliest first, with what it costs to take them so. */
export function agesOf(
  context: TableContext,
): readonly { readonly quantity: Quantity; readonly cost: number }[] {
  const times = timesOf(context);
  const costOf = (quantity: Quantity): number => {
    if (times.length === 1 && !ends(quantity)) return 0.08;
    if (isPlainTime(quantity)) return 0.1;
    if (begins(quantity)) return 0.1;
    return ends(quantity) ? 0.4 : 0.22;
  };
  return times
    .map((quantity) => ({ quantity, cost: costOf(quantity) }))
    .toSorted((one, other) => one.cost - other.cost);
}
