import type { ValuedField } from './field-values.ts';
import { countShared } from './field-joins.ts';
import { isOfStyle, type HouseStyle } from './house-styles.ts';
import { alikeWords } from './label-similarity.ts';
import { evidenceOfOne, impossible } from './style-evidence.ts';

/** Fields are matched that this share of a style's documents state. */
const fewestShare = 0.1;
const fewestDocuments = 3;
const usualShare = 0.5;
/** From so much evidence on two fields are taken for one; see {@link evidenceOfOne} … */
const fewestEvidence = 2.5;
/** … and from so little where their labels share what is telling … */
const fewestOfSameWords = 1;
const sameWords = 0.45;
/** … when every other partner of either has so much less. */
const fewestMargin = 1.5;
/** Where most of what either style states has been found in the other, the rest is likely to be there as well. */
const mostOfSettled = 1.2;

/** A field among those of its style. */
export interface StyledField extends ValuedField {
  /** The share of the style's documents that state it. */
  readonly coverage: number;
  /** Where it stands in the documents, from 0 to 1; null in sentences. */
  readonly position: number | null;
}

export type FieldMatch = readonly [own: StyledField, other: StyledField];

export interface StyleMatches {
  readonly matches: readonly FieldMatch[];
  /** How many fields most documents of both styles state by the same label. */
  readonly common: number;
  /** What either style has left. */
  readonly unmatched: readonly [readonly StyledField[], readonly StyledField[]];
}

/**
 * Matches the fields that are one style's own with those that are another's: the likeliest pair first, when no other
 * partner of either is nearly as likely; then the likeliest of those that are left.
 *
 * @param all the fields of the documents of both styles.
 */
export function matchStyles(
  all: readonly ValuedField[],
  [style, otherStyle]: readonly [HouseStyle, HouseStyle],
): StyleMatches {
  let own = styledFields(all, style);
  let others = styledFields(all, otherStyle);
  const common = all.filter(
    ({ group: { documents } }) =>
      countShared(documents, style.documents) >= style.documents.length * usualShare &&
      countShared(documents, otherStyle.documents) >= otherStyle.documents.length * usualShare,
  ).length;
  const matches: FieldMatch[] = [];
  for (;;) {
    const settled = common + matches.length;
    const left = Math.min(own.length, others.length);
    const prior = Math.min(mostOfSettled, Math.max(0, Math.log((settled + 1) / (left + 1))));
    const best = bestMatch(own, others, prior);
    if (best === null) return { matches, common, unmatched: [own, others] };
    matches.push(best);
    own = own.filter((each) => each !== best[0]);
    others = others.filter((each) => each !== best[1]);
  }
}

function styledFields(all: readonly ValuedField[], style: HouseStyle): StyledField[] {
  const fewest = Math.max(fewestDocuments, style.documents.length * fewestShare);
  const own = all.filter(({ group }) => group.documents.length >= fewest && isOfStyle(group, style));
  const last = Math.max(1, ...own.flatMap(({ values }) => values.place ?? []));
  return own.map(({ group, values }) => ({
    group,
    values,
    coverage: group.documents.length / style.documents.length,
    position: values.place === null ? null : values.place / last,
  }));
}

function bestMatch(
  own: readonly StyledField[],
  others: readonly StyledField[],
  prior: number,
): FieldMatch | null {
  const evidence = own.map((a) => others.map((b) => evidenceOfOne(a, b, { own, others })));
  let best: FieldMatch | null = null;
  let most = impossible;
  for (const [row, a] of own.entries()) {
    for (const [column, b] of others.entries()) {
      const found = evidence[row]?.[column] ?? impossible;
      const fewest = alikeWords(a.group, b.group) >= sameWords ? fewestOfSameWords : fewestEvidence;
      if (found <= most || found + prior < fewest) continue;
      const rivals = [
        ...(evidence[row] ?? []).filter((_, index) => index !== column),
        ...evidence.filter((_, index) => index !== row).map((each) => each[column] ?? impossible),
      ];
      if (found - Math.max(impossible, ...rivals) < fewestMargin) continue;
      most = found;
      best = [a, b];
    }
  }
  return best;
}
