import type { CatalogColumn } from '../../table/catalog.ts';
import { isCurrencyCode } from '../../table/values/currencies.ts';
import { canonicalUnit, convertUnit } from '../../table/values/units.ts';
import { isMeasuredIn, tellingMeasureNouns } from '../language/measure-nouns.ts';
import { columnIndexOf, columnLinks } from '../linking/column-links.ts';
import type { Context } from './context.ts';
import { textOf } from './context.ts';
import type { Parse } from './engine.ts';

const onlyMeasuredCost = 0.25;
const namedByUnitCost = 0.18;

/** "Temperature" where only one field is in degrees, whatever it is called. */
export function onlyMeasuredAt(context: Context, at: number): Parse<CatalogColumn>[] {
  const token = context.tokens[at];
  if (token === undefined || !tellingMeasureNouns.has(token.lemma)) return [];
  if (columnLinks(columnIndexOf(context.table), context.tokens, at).length > 0) return [];
  const measured = context.table.columns.filter(({ unit }) => isMeasuredIn(token.lemma, unit));
  const [only] = measured;
  if (only === undefined || measured.length > 1) return [];
  const notes = [`"${token.text}" is taken as the field "${only.label}"`];
  return [{ end: at + 1, cost: onlyMeasuredCost, value: only, notes }];
}

/** Words after which a unit is one in which something is told, and no name for what is. */
const beforeUnits: ReadonlySet<string> = new Set([
  '(',
  'in',
  'per',
  'a',
  'an',
  'each',
  'every',
  'hundred',
  'of',
]);

/** "Horsepower", "TEU": the only field in a unit, by the unit. Money and spans of time are of too many things. */
export function namedByUnitAt(context: Context, at: number): Parse<CatalogColumn>[] {
  const { tokens, table, grammar } = context;
  const before = tokens[at - 1];
  if (before !== undefined && (before.number !== null || beforeUnits.has(before.word))) return [];
  if (tokens[at]?.kind !== 'word' || columnLinks(columnIndexOf(table), tokens, at).length > 0) return [];
  return grammar.parse('unit', context, at).flatMap(({ end, value }) => {
    const isCommon = isCurrencyCode(value) || convertUnit({ number: 1, from: value, to: 's' }) !== null;
    const measured = isCommon
      ? []
      : table.columns.filter(({ unit }) => unit !== null && canonicalUnit(unit) === canonicalUnit(value));
    const [only] = measured;
    if (only === undefined || measured.length > 1) return [];
    const notes = [`"${textOf(context, at, end)}" is taken as the field "${only.label}"`];
    return [{ end, cost: namedByUnitCost, value: only, notes }];
  });
}
