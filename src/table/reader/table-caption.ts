import { cleanInline } from './inline-markup.ts';
import { readPeriod } from '../values/periods.ts';
import type { UnitCaption } from '../values/unit-caption.ts';
import { labelLikeness } from './label-likeness.ts';
import { qualifyLabel } from './label-qualifiers.ts';
import type { Line } from './lines.ts';
import { readUnitQualifier } from './unit-qualifier.ts';

/** What the lines above a table say about it. */
export interface TableCaption {
  /** The table's title, empty where it has none. */
  readonly title: string;
  readonly unit: UnitCaption | null;
  readonly period: string | null;
}

const mostLines = 6;
const longestLine = 300;
const inScale =
  /\b(?:(?:dollars?|euros?|pounds?|yen|[A-Z]{3}|US\$|[$€£¥]|amounts|figures) )?in (?:(?:thousands|millions|billions|hundreds)(?: of [\p{L}.$€£¥]+(?: dollars)?)?|(?:US\$|USD|EUR|GBP|[$€£¥]|€) ?(?:thousands?|millions?|billions?|m|bn|'000))/iu;
const unitLabel = /(?:单位|單位|単位|units?)\s?[:：]\s?[^\s)）,，;；]{1,20}/iu;

/** Reads a short paragraph as the caption of the table below; null where it says nothing about one. */
export function readTableCaption(text: string, lines: readonly Line[]): TableCaption | null {
  if (lines.length > mostLines) return null;
  let title = '';
  let unit: UnitCaption | null = null;
  let period: string | null = null;
  for (const line of lines) {
    if (line.end - line.contentStart > longestLine) return null;
    const clean = cleanInline(text, line.contentStart, line.end).text;
    const own = readUnitQualifier(clean) ?? captionWithin(clean);
    const ownPeriod = readPeriod(clean.replace(/^for the\s/iu, ''));
    unit ??= own;
    period ??= ownPeriod;
    if (ownPeriod !== null || (own !== null && readUnitQualifier(clean) !== null)) continue;
    const qualified = qualifyLabel(clean);
    period ??= qualified.period;
    if (unit === null && qualified.scale !== 1) unit = qualified;
    if (title === '' && !/[.;。；]$/u.test(clean) && labelLikeness(qualified.label) === 'strong')
      title = qualified.label;
  }
  return title === '' && unit === null && period === null ? null : { title, unit, period };
}

/** The scale that a sentence or a title states among other words. */
function captionWithin(text: string): UnitCaption | null {
  const bracket = /[(（]([^()（）]{2,120})[)）]/u.exec(text)?.[1];
  const inner = bracket === undefined ? null : readUnitQualifier(bracket);
  if (inner !== null && (inner.scale !== 1 || inner.unit !== '%')) return inner;
  const match = unitLabel.exec(text)?.[0] ?? inScale.exec(text)?.[0];
  return match === undefined ? null : readUnitQualifier(match);
}
