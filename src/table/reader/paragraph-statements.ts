import type { LabelledLine } from './labelled-line.ts';
import { isStatement, readLabelledLine } from './labelled-line.ts';
import type { Line } from './lines.ts';

/** A labelled line with the lines that go on in its value, and the labelled lines below it that are its parts. */
export interface StatementLines {
  readonly labelled: LabelledLine;
  readonly continuation: Line[];
  readonly children: StatementLines[];
}

/** The lines of a paragraph, sorted into statements and other text, in order. */
export interface ParagraphParts {
  /** Lines before the first statement. */
  readonly lead: readonly Line[];
  readonly statements: readonly StatementLines[];
  /** Unlabelled lines between statements that belong to none. */
  readonly loose: readonly Line[];
}

const wrappedLength = 50;
const endsSentence = /[.!?:。！？：]["'”’)\]]?$/u;
const goesOn = /^[\p{Ll},;)&]|^\.[\p{L}]/u;
const unfinished = /[,;(&/–—-]$|\s(?:and|or|of|the|in|to|for|with|a|an|by|at)$/u;

/** Sorts the lines of a paragraph. Returns null where no line states anything. */
export function partParagraph(text: string, lines: readonly Line[]): ParagraphParts | null {
  const labelled = lines.map((line) => readLabelledLine(text, line));
  const accepted = acceptLines(text, labelled);
  const first = accepted.indexOf(true);
  if (first < 0) return null;
  const lead = lines.slice(0, first);
  const loose: Line[] = [];
  const statements: StatementLines[] = [];
  const oneStatement = accepted.lastIndexOf(true) === first;
  let current: StatementLines | null = null;
  for (let index = first; index < labelled.length; index += 1) {
    const entry = labelled[index];
    if (entry === undefined) continue;
    const isPart: boolean = current !== null && entry.line.indent > current.labelled.line.indent;
    if (accepted[index] === true && !(isPart && current !== null && isContinuation(current, entry))) {
      const next: StatementLines = { labelled: entry, continuation: [], children: [] };
      if (isPart && current !== null) current.children.push(next);
      else {
        statements.push(next);
        current = next;
      }
    } else if (current !== null && (isPart || oneStatement || continues(text, current, entry.line))) {
      (current.children.at(-1) ?? current).continuation.push(entry.line);
    } else loose.push(entry.line);
  }
  return { lead, statements, loose };
}

/** Which lines state something, seen together: what one line leaves in doubt, its neighbours settle. */
function acceptLines(text: string, labelled: readonly LabelledLine[]): boolean[] {
  let outerIndent = Number.POSITIVE_INFINITY;
  for (const { line } of labelled) outerIndent = Math.min(outerIndent, line.indent);
  const outer = labelled.filter((entry) => entry.line.indent <= outerIndent);
  const colons = outer.filter((entry) => entry.split?.strong === true && !entry.split.doubtful).length;
  const structured = outer.length > 1 && colons >= 2 && colons >= outer.length * 0.6;
  const dashes = isDashRun(labelled);
  let longest = 0;
  for (const { line } of labelled) longest = Math.max(longest, line.end - line.start);
  const emphasised = labelled.some((entry) => entry.split !== null && isStatement(entry));
  return labelled.map((entry, index) => {
    if (dashes) return true;
    if (!isStatement(entry) && !(emphasised && isBoldPair(entry))) return false;
    if (structured || index === 0) return true;
    const previous = labelled[index - 1]?.line;
    return previous === undefined || !wrapsInto(text, previous, longest);
  });
}

const longestDashValue = 80;

/** `**Rating** AAA` among other statements. */
const isBoldPair = ({ split, clean }: LabelledLine): boolean =>
  split?.separator === 'bold' && clean.text.length - split.valueStart <= longestDashValue;

/** Every line `Label – value` or `Label   value`: then it is no prose. */
function isDashRun(labelled: readonly LabelledLine[]): boolean {
  if (labelled.length < 2) return false;
  const column = labelled[0]?.split?.valueStart;
  return labelled.every(({ split, clean }) => {
    if (split === null || !split.strong) return false;
    if (split.separator !== 'dash' && !(split.separator === 'gap' && split.valueStart === column))
      return false;
    const label = clean.text.slice(0, split.labelEnd);
    return clean.text.length - split.valueStart <= longestDashValue && label.split(' ').length <= 5;
  });
}

/** Whether a line is so full that the next one only goes on in its sentence. */
function wrapsInto(text: string, line: Line, longest: number): boolean {
  const length = line.end - line.start;
  if (length < wrappedLength || length < longest * 0.7) return false;
  return !endsSentence.test(text.slice(Math.max(line.contentStart, line.end - 4), line.end));
}

/**
 * A deeper line with a colon goes on in a value that is words (as descriptions in package records do), but is
 * a part of a label whose value is yet to come, or that has a number and parts with numbers.
 */
function isContinuation(current: StatementLines, entry: LabelledLine): boolean {
  const { split, clean } = current.labelled;
  if (split === null || split.valueStart >= clean.text.length) return false;
  if (current.children.length > 0) return false;
  if (current.continuation.length > 0) return true;
  return !isTypedLine(entry);
}

function isTypedLine(entry: LabelledLine): boolean {
  const { split, clean } = entry;
  return split !== null && /^[\d$€£¥+<>~-]/u.test(clean.text.slice(split.valueStart));
}

/** Whether an unlabelled line at the same depth belongs to the value before it. */
function continues(text: string, current: StatementLines, line: Line): boolean {
  const { split, clean } = current.labelled;
  if (split !== null && split.valueStart >= clean.text.length) return true;
  const last = current.continuation.at(-1) ?? current.labelled.line;
  const lastText = text.slice(Math.max(last.contentStart, last.end - 24), last.end);
  if (last.end - last.start >= wrappedLength && !endsSentence.test(lastText)) return true;
  return unfinished.test(lastText) || goesOn.test(text.slice(line.contentStart, line.contentStart + 2));
}
