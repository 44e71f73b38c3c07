import { rankUnion } from './rank-union.ts';
import type { FieldGroup } from './field-identity.ts';
import { countShared, isSpoken } from './field-joins.ts';

/** A field tells styles apart when so many documents state it … */
const fewestDocuments = 4;
const fewestShare = 0.12;
/** … and it never meets so many others that it was to be expected beside in so many documents. */
const fewestExcluded = 2;
const fewestExpected = 2.5;
/** Fields of one style stand together in this share of the documents of the rarer. */
const companionShare = 0.9;
const fewestFields = 2;
/** A field is a style's own when at most this share of its documents are of others. */
const mostForeign = 0.03;
const usualShare = 0.5;
/** Two forms have at most so many labels in common for each that is their own. */
const mostCommon = 1.5;

/** Documents of one kind that are written to one form: the same labels, where other documents have others. */
export interface HouseStyle {
  /** Ranks ascending. */
  readonly documents: Int32Array;
}

/**
 * Finds the house styles of the documents of a kind: sets of labels that come together and never with those of another
 * set. Chance does not divide the labels of many documents so.
 *
 * @returns the styles, the most frequent first; none where the documents are of one style, or of no style.
 */
export function findHouseStyles(groups: readonly FieldGroup[], documentCount: number): HouseStyle[] {
  const fewest = Math.max(fewestDocuments, documentCount * fewestShare);
  const frequent = groups.filter(
    (group) =>
      !isSpoken(group) &&
      group.documents.length >= fewest &&
      group.documents.length <= documentCount - fewest,
  );
  const telling = frequent.filter(
    (group) => frequent.filter((other) => exclude(group, other, documentCount)).length >= fewestExcluded,
  );
  const styles: FieldGroup[][] = [];
  for (const group of telling.toSorted((a, b) => b.documents.length - a.documents.length)) {
    const style = styles.find(([first]) => first !== undefined && areCompanions(first, group));
    if (style === undefined) styles.push([group]);
    else style.push(group);
  }
  const found = styles
    .filter(({ length }) => length >= fewestFields)
    .map((members) => ({
      documents: rankUnion(members.map((member) => member.documents)),
      fields: members.length,
    }));
  return found.filter((style) => {
    const others = found.filter((other) => other !== style);
    // What meets two styles is of neither.
    const isApart = others.every(
      (other) => countShared(style.documents, other.documents) <= style.documents.length * mostForeign,
    );
    return isApart && others.some((other) => !haveOneForm(style, other, groups));
  });
}

/** Whether two sets of documents share most labels, so that the others tell sorts of things apart and not forms. */
function haveOneForm(
  style: HouseStyle & { readonly fields: number },
  other: HouseStyle & { readonly fields: number },
  groups: readonly FieldGroup[],
): boolean {
  const isUsual = ({ documents }: FieldGroup, of: HouseStyle): boolean =>
    countShared(documents, of.documents) >= of.documents.length * usualShare;
  const common = groups.filter(
    (group) => !isSpoken(group) && isUsual(group, style) && isUsual(group, other),
  ).length;
  return common > Math.min(style.fields, other.fields) * mostCommon;
}

/** Whether a field is stated in one style, and hardly elsewhere. */
export function isOfStyle({ documents }: FieldGroup, style: HouseStyle): boolean {
  return countShared(documents, style.documents) >= documents.length * (1 - mostForeign);
}

function exclude(a: FieldGroup, b: FieldGroup, documentCount: number): boolean {
  return (
    (a.documents.length * b.documents.length) / documentCount >= fewestExpected &&
    countShared(a.documents, b.documents) === 0
  );
}

function areCompanions(a: FieldGroup, b: FieldGroup): boolean {
  const fewer = Math.min(a.documents.length, b.documents.length);
  return countShared(a.documents, b.documents) >= fewer * companionShare;
}
