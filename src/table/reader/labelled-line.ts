import { cleanInline } from './inline-markup.ts';
import type { CleanText } from './clean-text.ts';
import { labelLikeness } from './label-likeness.ts';
import { splitLabel } from './label-split.ts';
import type { Separator } from './label-split.ts';
import type { Line } from './lines.ts';
import { statesTypedValue } from './statement.ts';

/** A line that may begin with a label. */
export interface LabelledLine {
  readonly line: Line;
  readonly clean: CleanText;
  /** Where label and value part in the clean text, or null where the line has no label. */
  readonly split: {
    readonly labelEnd: number;
    readonly valueStart: number;
    readonly separator: Separator | 'bold';
    /** Whether the label carries any value; otherwise only a typed one. */
    readonly strong: boolean;
    /** Whether the separator alone makes it no statement: a dash, a gap. */
    readonly doubtful: boolean;
  } | null;
}

const boldPattern =
  /^(?:\*\*|__)([^*_\n]{1,140})(?:\*\*|__)|^<(?:b|strong)>([^<>\n]{1,140})<\/(?:b|strong)>/iu;

/** Looks for a label at the beginning of `text[line.contentStart, line.end)`. */
export function readLabelledLine(text: string, line: Line): LabelledLine {
  const clean = cleanInline(text, line.contentStart, line.end);
  const found = splitLabel(clean.text);
  if (clean.starts !== null) {
    const bold = splitBold(text, line, clean);
    if (bold !== null && (found === null || found.separator !== 'colon')) return { line, clean, split: bold };
  }
  if (found === null) return { line, clean, split: null };
  const { labelEnd, valueStart, separator } = found;
  const strong = found.likeness === 'strong';
  const doubtful = separator === 'dash' || separator === 'gap' || (separator === 'leader' && !strong);
  return { line, clean, split: { labelEnd, valueStart, separator, strong, doubtful } };
}

/** `**Label** value`, `**Label** – value`: the emphasis shows where the label ends. */
function splitBold(text: string, line: Line, clean: CleanText): LabelledLine['split'] {
  const match = boldPattern.exec(text.slice(line.contentStart, Math.min(line.end, line.contentStart + 300)));
  const label = (match?.[1] ?? match?.[2] ?? '').trim();
  if (label === '' || !clean.text.startsWith(label) || label.length >= clean.text.length) return null;
  if (labelLikeness(label) !== 'strong') return null;
  const rest = clean.text.slice(label.length);
  const dash = /^\s*(?:[–—=|]|-{1,2}|→)\s+/u.exec(rest);
  const gap = /^\s+/u.exec(rest);
  const separator = dash ?? gap;
  if (separator === null) return null;
  return {
    labelEnd: label.length,
    valueStart: label.length + separator[0].length,
    separator: 'bold',
    strong: dash !== null,
    doubtful: false,
  };
}

const longestOfWeak = 100;

/** Whether the line by itself states something; a label in doubt does so only with a typed value. */
export function isStatement(labelled: LabelledLine): boolean {
  const { split, clean } = labelled;
  if (split === null) return false;
  if (split.strong && !split.doubtful) return true;
  // "… with 72 points from 32 matches: 21 won, nine drawn. Two players were …" is a sentence.
  if (!split.strong && clean.text.length - split.valueStart > longestOfWeak) return false;
  return statesTypedValue(clean.text.slice(split.valueStart));
}
