import { canonicalUnit } from '../values/units.ts';
import { readUnitCaption } from '../values/unit-caption.ts';
import type { UnitCaption } from '../values/unit-caption.ts';

const percent =
  /^[(（]?\s*(?:(?:in|as(?: a)?) )?(?:%|％|per\s?cent(?:age)?|pct\.?)(?: of [^()]{1,60})?\s*[)）]?$/iu;
const longestUnit = 24;

/** What a header cell, a bracket or a caption says about numbers; a percent sign alone counts too. */
export function readUnitQualifier(text: string): UnitCaption | null {
  if (percent.test(text.trim())) return { scale: 1, unit: '%', exceptPerShare: false };
  return readUnitCaption(text);
}

/** What a cell in a column of units says: there anything short is a unit. */
export function readUnitCell(text: string): UnitCaption | null {
  if (text === '' || text.length > longestUnit) return null;
  return readUnitQualifier(text) ?? { scale: 1, unit: canonicalUnit(text), exceptPerShare: false };
}
