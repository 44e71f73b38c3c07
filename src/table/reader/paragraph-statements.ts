import type { LabelledLine } from './labelled-line.ts';
import { isStatement, readLabelledLine } from './labelled-line.ts';
import type { Line } from './lines.ts';
import { isRule } from './segmented-lines.ts';

/** A labelled line with the lines that go on in its value, and the labelled lines below it that are its parts. */
export interface StatementLines {
  readonly labelled: LabelledLine;
  readonly continuation: readonly Line[];
  readonly children: readonly StatementLines[];
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
  const entries = lines.map((line) => readLabelledLine(text, line));
  const accepted = acceptLines(text, entries);
  const first = accepted.indexOf(true);
  if (first < 0) return null;
  const loose: Line[] = [];
  const statements: DeepStatement[] = [];
  const oneStatement = accepted.lastIndexOf(true) === first;
  let isRuledOff = false;
  for (let index = first; index < entries.length; index += 1) {
    const entry = entries[index];
    const current = statements.at(-1);
    if (entry === undefined) continue;
    const isAccepted = accepted[index] === true;
    // What stands below a rule no longer belongs to the value above it.
    isRuledOff = !isAccepted && (isRuledOff || isRule(text, entry.line));
    if (isRuledOff) {
      loose.push(entry.line);
      continue;
    }
    if (current !== undefined && entry.line.indent > current.labelled.line.indent) {
      current.deeper.push({ entry, isAccepted });
    } else if (isAccepted) statements.push({ labelled: entry, continuation: [], deeper: [] });
    else if (
      current !== undefined &&
      (oneStatement ? !endsInFigure(text, current, entry.line) : continues(text, current, entry.line))
    ) {
      takeLine(current, entry);
    } else loose.push(entry.line);
  }
  return { lead: lines.slice(0, first), statements: statements.map((each) => resolve(each, 0)), loose };
}

/** The statements of lines that stand below a label, or null where they are no such list. */
export function partLines(text: string, lines: readonly Line[]): StatementLines[] | null {
  const entries = lines.map((line) => readLabelledLine(text, line));
  if (!entries.every((entry) => isColonLine(entry))) return null;
  return nest(
    entries.map((entry) => ({ entry, isAccepted: true })),
    0,
  );
}

interface DeeperLine {
  readonly entry: LabelledLine;
  readonly isAccepted: boolean;
}

/** A statement with the lines below it that stand further in, before it is decided what they are. */
interface DeepStatement {
  readonly labelled: LabelledLine;
  readonly continuation: Line[];
  readonly deeper: DeeperLine[];
}

/** A line that goes on in a value ends what stands further in above it. */
function takeLine(current: DeepStatement, entry: LabelledLine): void {
  for (const deeper of current.deeper.splice(0)) current.continuation.push(deeper.entry.line);
  current.continuation.push(entry.line);
}

const deepest = 8;

/**
 * Decides what the lines further in are. They go on in a value that is words (as descriptions in package records
 * do); they are parts of a label whose value is yet to come, and parts wherever all of them are labelled.
 */
function resolve(statement: DeepStatement, depth: number): StatementLines {
  const { labelled, continuation, deeper } = statement;
  const [first] = deeper;
  if (first === undefined) return { labelled, continuation, children: [] };
  const allLabelled = deeper.every(({ entry }) => isColonLine(entry));
  const areParts = isOpen(labelled)
    ? first.isAccepted
    : isTypedLine(first.entry)
      ? isTypedLine(labelled) || allLabelled
      : allLabelled && deeper.length > 1;
  if (areParts && depth < deepest) return { labelled, continuation, children: nest(deeper, depth + 1) };
  return {
    labelled,
    continuation: [...continuation, ...deeper.map(({ entry }) => entry.line)],
    children: [],
  };
}

function nest(lines: readonly DeeperLine[], depth: number): StatementLines[] {
  const statements: DeepStatement[] = [];
  for (const line of lines) {
    const current = statements.at(-1);
    const { entry, isAccepted } = line;
    if (current !== undefined && entry.line.indent > current.labelled.line.indent) current.deeper.push(line);
    else if (isAccepted || current === undefined)
      statements.push({ labelled: entry, continuation: [], deeper: [] });
    else takeLine(current, entry);
  }
  return statements.map((each) => resolve(each, depth));
}

const isColonLine = ({ split }: LabelledLine): boolean =>
  split !== null && split.strong && split.separator === 'colon';

/** Whether a label stands without a value. */
const isOpen = ({ split, clean }: LabelledLine): boolean =>
  split !== null && split.valueStart >= clean.text.length;

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
    const previous = labelled[index - 1];
    if (previous === undefined || isRule(text, previous.line) || areAligned(previous, entry)) return true;
    return !wrapsInto(text, previous.line, longest);
  });
}

/** Whether the values of two lines stand in one column. */
const areAligned = (above: LabelledLine, below: LabelledLine): boolean =>
  above.split !== null &&
  above.split.strong &&
  above.line.indent === below.line.indent &&
  above.split.valueStart === below.split?.valueStart;

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

function isTypedLine(entry: LabelledLine): boolean {
  const { split, clean } = entry;
  return split !== null && /^[\d$€£¥+<>~-]/u.test(clean.text.slice(split.valueStart));
}

const figureAlone = /^[^\p{L}\n]{1,24}$/u;

/** "Period: 06/2024" is complete, and a line below that begins anew is another thing. */
function endsInFigure(text: string, current: DeepStatement, line: Line): boolean {
  const { split, clean } = current.labelled;
  if (split === null || current.continuation.length > 0) return false;
  return (
    figureAlone.test(clean.text.slice(split.valueStart)) && /^\p{Lu}/u.test(text.charAt(line.contentStart))
  );
}

/** Whether an unlabelled line at the same depth belongs to the value before it. */
function continues(text: string, current: DeepStatement, line: Line): boolean {
  if (isOpen(current.labelled)) return true;
  const last = current.deeper.at(-1)?.entry.line ?? current.continuation.at(-1) ?? current.labelled.line;
  const lastText = text.slice(Math.max(last.contentStart, last.end - 24), last.end);
  if (last.end - last.start >= wrappedLength && !endsSentence.test(lastText)) return true;
  return unfinished.test(lastText) || goesOn.test(text.slice(line.contentStart, line.contentStart + 2));
}
