import { qualifyLabel } from '../reader/label-qualifiers.ts';
import { readBracketedUnit } from '../reader/unit-qualifier.ts';
import { foldLabel } from '../values/labels.ts';

/** Parts of a section or label as the store joins them. */
const partSeparator = ' > ';

const closingBrackets = /^(.*\S)\s*[([（]([^()[\]（）]{1,80})[)\]）]$/su;

/** The parts of a joined section or label, outermost first; none for an empty text. */
export function splitParts(joined: string): string[] {
  return joined === '' ? [] : joined.split(partSeparator).map((part) => part.trim());
}

export function joinParts(parts: readonly string[]): string {
  return parts.join(partSeparator);
}

/**
 * A label without what only qualifies it: numbering before it, a period, scale or unit behind it. "2. Revenue
 * (USD)" and "Revenue 2020" are both "Revenue".
 */
export function withoutQualifiers(part: string): string {
  const { label } = qualifyLabel(part);
  const brackets = closingBrackets.exec(label);
  if (brackets?.[1] === undefined || brackets[2] === undefined) return label;
  return readBracketedUnit(brackets[2]) === null ? label : brackets[1];
}

/** The unit that a label states in brackets behind it, such as "Height (m)"; null for none. */
export function unitInBrackets(part: string): string | null {
  const [, , inner] = closingBrackets.exec(part) ?? [];
  return inner === undefined ? null : (readBracketedUnit(inner)?.unit ?? null);
}

/** The forms under which parts are compared, with qualifiers and without. */
export interface FoldedPart {
  readonly full: string;
  readonly bare: string;
}

/** Folds parts and remembers them, since the same headings and labels come again and again. */
export class PartFolder {
  readonly #known = new Map<string, FoldedPart>();

  fold(part: string): FoldedPart {
    const known = this.#known.get(part);
    if (known !== undefined) return known;
    const full = foldOrKeep(part);
    const folded = { full, bare: foldLabel(withoutQualifiers(part)) || full };
    this.#known.set(part, folded);
    return folded;
  }
}

/** A label of signs alone folds to nothing; it stays as it is. */
function foldOrKeep(part: string): string {
  return foldLabel(part) || part.trim().toLowerCase();
}
