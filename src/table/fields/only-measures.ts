import { countShared, isSpoken, mainUnit } from './field-joins.ts';
import type { ValuedField } from './field-values.ts';

/** So often would two of them stand in one document by chance, were they of different things. */
const fewestExpected = 4;
const fewestFields = 2;
/** The middles of two of them, as logarithms or years, lie within the usual spread and this more. */
const leeway = 0.5;

/**
 * Finds fields that only sentences state and that are one attribute, since each is the only one of its unit in its
 * documents: "covers a distance of 22 km", "runs for 24 km", "is 3.6 km long". Authors who write freely have a wording
 * each; that none of many documents has two of them is no accident.
 *
 * @returns the fields that belong together, a list an attribute.
 */
export function findOnlyMeasures(measures: readonly ValuedField[], documentCount: number): ValuedField[][] {
  const classes = Map.groupBy(measures, classOf);
  classes.delete(null);
  return [...classes.values()]
    .filter((fields) => fields.length >= fewestFields && fields.filter(isLabelled).length <= 1)
    .filter((fields) => exclude(fields, documentCount) && areAlike(fields))
    .map((fields) => fields.toSorted((a, b) => b.group.documents.length - a.group.documents.length));
}

function classOf({ group, values }: ValuedField): string | null {
  const unit = mainUnit(group);
  if (unit !== null) return unit === '%' ? null : unit;
  return values.years ? 'year' : null;
}

const isLabelled = ({ group }: ValuedField): boolean => !isSpoken(group);

/** Whether no document states two of the fields though many were to be expected to. */
function exclude(fields: readonly ValuedField[], documentCount: number): boolean {
  let expected = 0;
  for (const [index, { group: a }] of fields.entries()) {
    for (const { group: b } of fields.slice(index + 1)) {
      if (countShared(a.documents, b.documents) > 0) return false;
      expected += (a.documents.length * b.documents.length) / Math.max(1, documentCount);
    }
  }
  return expected >= fewestExpected;
}

function areAlike(fields: readonly ValuedField[]): boolean {
  const spread = Math.max(...fields.map(({ values }) => values.spread));
  const middles = fields.map(({ values }) => values.middle ?? Number.NaN);
  return Math.max(...middles) - Math.min(...middles) <= spread + leeway;
}
