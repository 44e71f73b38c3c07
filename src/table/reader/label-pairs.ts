import { labelLikeness } from './label-likeness.ts';
import { isPeriodText } from './period-text.ts';
import { splitLabel } from './label-split.ts';

/** A part of a text that is a `label: value` pair of its own. */
export interface Pair {
  readonly start: number;
  readonly end: number;
}

/** The pairs of a line, with the words before the first gap that are common to all of them. */
export interface Pairs {
  readonly lead: Pair | null;
  readonly pairs: readonly Pair[];
}

const longestLine = 2000;
const mostPairs = 40;
const strongSeparator = /[;；]|\s[|•·／]\s|\t+|\u3000+|[ \u00a0]{3,}/gu;
const weakSeparator = /[,，]\s*/gu;
/** Chinese has no spaces, so that one before a label parts it from what stands before. */
const hanSeparator = /\s+(?=\p{Script=Han}{2,10}[:：])/gu;
/** "Title: The Book. Author: John Smith. Year: 1999." */
const sentenceSeparator = /\.\s+(?=\p{Lu}[^:.]{1,40}:\s)/gu;

/**
 * Splits a line that states several labelled values: `Height: 5 m; Width: 3 m`, `No: 12   Date: 2021-03-04`.
 * Null where it is not wholly made of such pairs.
 */
export function splitPairs(text: string): Pairs | null {
  if (text.length > longestLine || !hasTwoColons(text)) return null;
  return (
    pairsBy(text, strongSeparator, 9) ??
    pairsBy(text, weakSeparator, 3) ??
    pairsBy(text, hanSeparator, 1) ??
    pairsBy(text, sentenceSeparator, 6)
  );
}

function hasTwoColons(text: string): boolean {
  const first = text.search(/[:：]/u);
  return first >= 0 && /[:：]/u.test(text.slice(first + 1));
}

function pairsBy(text: string, separator: RegExp, mostLabelWords: number): Pairs | null {
  const cuts = segments(text, separator);
  if (cuts.length < 2 || cuts.length > mostPairs) return null;
  const pairs: Pair[] = [];
  let lead: Pair | null = null;
  for (const [index, cut] of cuts.entries()) {
    const segment = text.slice(cut.start, cut.end).trim();
    if (segment === '' || /^note\b/iu.test(segment)) continue;
    if (isPair(segment, mostLabelWords)) pairs.push(cut);
    else if (index === 0 && isLead(text, cut)) lead = cut;
    else return null;
  }
  return pairs.length < 2 ? null : { lead, pairs };
}

function isPair(segment: string, mostLabelWords: number): boolean {
  const split = splitLabel(segment);
  if (split === null || split.separator !== 'colon') return false;
  if (split.likeness !== 'strong' && !isPeriodText(segment.slice(0, split.labelEnd))) return false;
  if (split.valueStart >= segment.length) return false;
  if (split.valueStart === split.labelEnd + 1 && segment.charAt(split.labelEnd) === ':') return false;
  return segment.slice(0, split.labelEnd).split(' ').length <= mostLabelWords;
}

/** Words before a wide gap, with no value of their own. */
function isLead(text: string, cut: Pair): boolean {
  return (
    /^(?:\t|[ \u00a0]{3})/u.test(text.slice(cut.end, cut.end + 3)) &&
    labelLikeness(text.slice(cut.start, cut.end).trim()) === 'strong'
  );
}

/** Cuts at separators outside brackets. A gap right after a colon belongs to that label. */
function segments(text: string, separator: RegExp): Pair[] {
  const found: Pair[] = [];
  let start = 0;
  let depth = 0;
  let scanned = 0;
  separator.lastIndex = 0;
  for (let match = separator.exec(text); match !== null; match = separator.exec(text)) {
    for (; scanned < match.index; scanned += 1) {
      const code = text.charCodeAt(scanned);
      if (code === 40 || code === 91 || code === 0xff08) depth += 1;
      else if (code === 41 || code === 93 || code === 0xff09) depth = Math.max(0, depth - 1);
    }
    const before = text.slice(start, match.index).trimEnd();
    if (depth > 0 || /[:：]$/u.test(before)) continue;
    found.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  found.push({ start, end: text.length });
  return found;
}
