import { isEventTime } from './event-time.ts';
import { labelLikeness } from './label-likeness.ts';
import type { LabelLikeness } from './label-likeness.ts';

/** What parts a label from its value. */
export type Separator = 'colon' | 'equals' | 'arrow' | 'dash' | 'leader' | 'gap';

/** Where a label ends and its value begins, as offsets into the text that was split. */
export interface LabelSplit {
  readonly labelEnd: number;
  readonly valueStart: number;
  readonly separator: Separator;
  readonly likeness: Exclude<LabelLikeness, 'none'>;
}

const farthestSeparator = 160;

const isSpaceCode = (code: number): boolean =>
  code === 32 || code === 9 || code === 10 || code === 0xa0 || code === 0x3000;
const isDigitCode = (code: number): boolean => code >= 48 && code <= 57;

/**
 * Splits `Label: value` in its many forms, or returns null where the text states no label. Times, ratios, URLs,
 * paths and the colons of running prose part nothing.
 */
export function splitLabel(text: string): LabelSplit | null {
  const head = headOf(text);
  const bracketed = splitBracketed(head);
  if (bracketed !== null) return bracketed;
  const question = splitByQuestion(head);
  if (question !== null) return question;
  const colon = findColon(head);
  if (colon !== null) return accept(head, colon, colon + 1, 'colon');
  return splitByLeader(head) ?? splitByEquals(head) ?? splitByDash(head) ?? splitByGap(head);
}

const bracketedLabel = /^【\s*([^【】：:]{1,30})】\s*[:：]?\s*(?=\S)/u;

/** `【项目名称】城南泵站改造`: the brackets part the label from its value. */
function splitBracketed(text: string): LabelSplit | null {
  const match = bracketedLabel.exec(text);
  const likeness = match?.[1] === undefined ? 'none' : labelLikeness(match[1].trim());
  if (match === null || likeness === 'none') return null;
  return { labelEnd: text.indexOf('】'), valueStart: match[0].length, separator: 'colon', likeness };
}

const answered =
  /^(\p{Lu}[^?:：.!]{3,60}\?)\s+(?=(?:yes|no|y|n|true|false|unknown|not known|n\/a)(?:$|[.,;]?\s*$|,\s|\s\())/iu;

/** `Permit needed? Yes`: the question is the label. */
function splitByQuestion(text: string): LabelSplit | null {
  const [whole, question] = answered.exec(text) ?? [];
  if (whole === undefined || question === undefined || labelLikeness(question) === 'none') return null;
  return { labelEnd: question.length, valueStart: whole.length, separator: 'colon', likeness: 'strong' };
}

/** The part in which a separator may be: the first line, and no more than its beginning. */
function headOf(text: string): string {
  const lineEnd = text.indexOf('\n');
  const end = lineEnd >= 0 && lineEnd < farthestSeparator ? lineEnd : farthestSeparator;
  return text.length > end ? text.slice(0, end) : text;
}

/** The end of `text` without the white space before it. */
function trimEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && isSpaceCode(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

function skipSpaces(text: string, start: number): number {
  let at = start;
  while (at < text.length && isSpaceCode(text.charCodeAt(at))) at += 1;
  return at;
}

function accept(text: string, end: number, after: number, separator: Separator): LabelSplit | null {
  const labelEnd = trimEnd(text, end);
  const label = text.slice(0, labelEnd);
  const likeness = labelLikeness(label);
  if (likeness === 'none' || (separator !== 'colon' && isEventTime(label))) return null;
  return { labelEnd, valueStart: skipSpaces(text, after), separator, likeness };
}

/** The first colon outside brackets and quotes that can part a label from a value. */
function findColon(text: string): number | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case 40:
      case 91:
      case 0xff08:
        depth += 1;
        break;
      case 41:
      case 93:
      case 0xff09:
        depth = Math.max(0, depth - 1);
        break;
      case 0xff1a:
        if (depth === 0) return at;
        break;
      case 58:
        if (depth === 0 && isSeparatingColon(text, at)) return at;
        break;
      default:
    }
  }
  return null;
}

const schemes =
  /(?:^|\s)(?:https?|ftps?|mailto|file|urn|data|javascript|tel|ssh|git|ldap|about|blob|ws|wss)$/iu;
const compactLabel =
  /^(?:\p{Lu}[\p{L}\p{N} .()/&'-]*|[\p{L}\p{N}]+(?:[_-][\p{L}\p{N}]+)+|.*[\p{Script=Han}）)])$/u;

function isSeparatingColon(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (Number.isNaN(next) || isSpaceCode(next)) return text.charCodeAt(at - 1) !== 58;
  // `::`, `://`, `:\`, `:)`, `:=`
  if (next === 58 || next === 47 || next === 92 || next === 41 || next === 61) return false;
  const previous = text.charCodeAt(at - 1);
  if (previous === 58) return false;
  if (isDigitCode(previous) && isDigitCode(next)) return false;
  const label = text.slice(0, at);
  return label.length >= 2 && compactLabel.test(label) && !schemes.test(label);
}

const leaderPattern = /\s*(?:\.{3,}|\s\.{1,2}(?=\s[\d$€£¥(])|…{2,}|(?:\s\.){3,}|_{3,}|·{3,}|(?:\s·){3,})\s*/u;

/** `Label ........ value`. */
function splitByLeader(text: string): LabelSplit | null {
  const match = leaderPattern.exec(text);
  if (match === null || match.index === 0) return null;
  const end = match.index + match[0].length;
  return end < text.length ? accept(text, match.index, end, 'leader') : null;
}

const equalsPattern = /\s=\s|^[\p{L}][\p{L}\p{N}_.-]{1,60}=(?=[^=\s&])/u;
const codeLine =
  /[;{]\s*$|^(?:let|const|var|int|def|val|set|export|public|private|static|final|if|for|while)\s|\w\(/u;

/** `Label = value`, and `key=value` of a properties file. */
function splitByEquals(text: string): LabelSplit | null {
  if (!text.includes('=')) return null;
  const match = equalsPattern.exec(text);
  if (match === null || codeLine.test(text)) return null;
  const after = match.index + match[0].length;
  const spaced = /^\s/u.test(match[0]);
  if (!spaced && /[&?]/u.test(text.slice(after))) return null;
  return accept(text, spaced ? match.index : after - 1, after, 'equals');
}

const dashPattern = /\s(?:[–—-]|--|→|->|=>)\s/u;
const longestArrowLabel = 40;

/** `Label – value`. Prose has such dashes too, so the caller asks for more before it believes them. */
function splitByDash(text: string): LabelSplit | null {
  const match = dashPattern.exec(text);
  if (match === null) return null;
  const isArrow = match[0].includes('>') || match[0].includes('→');
  if (isArrow && match.index > longestArrowLabel) return null;
  const split = accept(text, match.index, match.index + match[0].length, isArrow ? 'arrow' : 'dash');
  if (split === null || split.valueStart >= text.length) return null;
  return split;
}

const gapPattern = /\S(?:\t+|[ \u00a0\u3000]{3,})\S/u;

/** `Label      value`: two columns, or a tab. */
function splitByGap(text: string): LabelSplit | null {
  const match = gapPattern.exec(text);
  if (match === null) return null;
  const gap = match.index + 1;
  return accept(text, gap, match.index + match[0].length - 1, 'gap');
}
