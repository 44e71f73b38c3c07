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

/** Words that are headers of columns by themselves, but units in the brackets behind a label. */
const span = /^(?:in )?(?:min|mins|minutes?|hours?|seconds|days|weeks|months|years)$/i;

/** What stands in brackets behind a label says about numbers: "Duration (months)" as well as "Length (km)". */
export function readBracketedUnit(text: string): UnitCaption | null {
  const bare = text.trim().replace(/^in /i, '');
  if (span.test(bare)) return { scale: 1, unit: canonicalUnit(bare), exceptPerShare: false };
  return readUnitQualifier(text);
}

/** What a cell in a column of units says: there anything short is a unit. */
export function readUnitCell(text: string): UnitCaption | null {
  if (text === '' || text.length > longestUnit) return null;
  return readUnitQualifier(text) ?? { scale: 1, unit: canonicalUnit(text), exceptPerShare: false };
}
