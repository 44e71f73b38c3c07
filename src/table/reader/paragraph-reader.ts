import { cleanInline } from './inline-markup.ts';
import { cleanSlice, sourceStart } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { valueEnd } from './inline-labels.ts';
import { labelLikeness } from './label-likeness.ts';
import type { Line } from './lines.ts';
import type { OpenLabel } from './open-label.ts';
import { partParagraph } from './paragraph-statements.ts';
import type { StatementLines } from './paragraph-statements.ts';
import type { ReadingCollector } from './reading-collector.ts';
import { readBoldPairs } from './bold-pairs.ts';
import { isProse } from './prose.ts';
import { readPairs, readStatement, statesPeriod, statesTypedValue } from './statement.ts';

export interface ParagraphSource {
  readonly text: string;
  readonly collector: ReadingCollector;
  /** Who all statements are about, where it is not the document. */
  readonly entity?: string | null;
  readonly groups?: readonly string[];
  readonly rule: string;
}

/** What is left of a paragraph once its statements are read. */
export interface ParagraphRest {
  /** Whether anything was stated. */
  readonly stated: boolean;
  /** Lines that belong to no statement. */
  readonly loose: readonly Line[];
  /** A label at the end, whose value is in the next block. */
  readonly open: OpenLabel | null;
  /** Values long enough to hold sentences. */
  readonly prose: readonly CleanText[];
}

const wrapWidth = 120;

/** Lines that were broken to fill a width, rather than one thing a line. */
function isWrapped(lines: readonly Line[]): boolean {
  let longest = 0;
  for (const line of lines) longest = Math.max(longest, line.end - line.contentStart);
  if (longest < 45 || longest > wrapWidth) return false;
  for (const [index, line] of lines.entries()) {
    if (index < lines.length - 1 && line.end - line.contentStart < longest * 0.6) return false;
  }
  return true;
}

/** The text of several lines: joined where they were wrapped, else one below the other. */
export function joinLines(text: string, lines: readonly Line[]): CleanText {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return cleanInline(text, 0, 0);
  return cleanInline(text, first.contentStart, last.end, { keepLines: !isWrapped(lines) });
}

/** Reads the statements of a paragraph: labels with values, in all their forms. */
export function readParagraph(source: ParagraphSource, lines: readonly Line[]): ParagraphRest {
  if (readDefinitions(source, lines)) return { stated: true, loose: [], open: null, prose: [] };
  const parts = partParagraph(source.text, lines);
  if (parts === null) {
    const stated = readLinePairs(source, lines);
    return { stated, loose: stated ? [] : lines, open: null, prose: [] };
  }
  const group = leadGroup(source.text, parts.lead);
  const inner = group === null ? source : { ...source, groups: [...(source.groups ?? []), group] };
  const prose: CleanText[] = [];
  for (const statement of parts.statements) readLines({ source: inner, statement, parents: [], prose });
  const loose = group === null ? [...parts.lead, ...parts.loose] : parts.loose;
  const last = parts.statements.at(-1);
  return { stated: true, loose, open: last === undefined ? null : openLabel(last), prose };
}

/** A short line on top of labelled ones is what they are parts of. */
function leadGroup(text: string, lead: readonly Line[]): string | null {
  const only = lead[0];
  if (only === undefined || lead.length > 1) return null;
  const clean = cleanInline(text, only.contentStart, only.end).text.replace(/[:：]$/u, '');
  if (/[.!?,;。]$/u.test(clean) || clean.length > 80) return null;
  return labelLikeness(clean) === 'strong' ? clean : null;
}

function openLabel(statement: StatementLines): OpenLabel | null {
  const { labelled, continuation, children } = statement;
  const { split, clean } = labelled;
  if (split === null || continuation.length > 0 || children.length > 0) return null;
  if (split.valueStart < clean.text.length) return null;
  return { label: clean.text.slice(0, split.labelEnd), start: clean.start, takesText: true, isLabel: true };
}

/** Reads a statement of several lines, and its parts under its label. */
export function readLines(options: {
  readonly source: ParagraphSource;
  readonly statement: StatementLines;
  readonly parents: readonly string[];
  readonly prose: CleanText[];
}): void {
  const { source, statement, parents, prose } = options;
  const { clean, split } = statement.labelled;
  if (split === null) return;
  const path = [...parents, clean.text.slice(0, split.labelEnd)];
  const shared = { groups: source.groups, entity: source.entity, rule: source.rule };
  const single = statement.continuation.length === 0;
  const bold = single && clean.starts !== null ? readBoldPairs(source.text, statement.labelled.line) : null;
  if (bold !== null) {
    for (const { label, start, value } of bold) {
      readStatement(source.collector, { ...shared, path: [...parents, label], start, value });
    }
    return;
  }
  if (
    !single ||
    !readPairs(source.collector, { ...shared, path: parents, start: clean.start, value: clean })
  ) {
    const whole = valueOf(source.text, statement);
    const end = valueEnd(whole.text);
    const value = cleanSlice(whole, 0, end);
    if (end < whole.text.length) prose.push(cleanSlice(whole, end, whole.text.length));
    if (isProse(value.text)) prose.push(value);
    readStatement(source.collector, { ...shared, path, start: clean.start, value });
  }
  for (const child of statement.children) readLines({ ...options, statement: child, parents: path });
}

function valueOf(text: string, statement: StatementLines): CleanText {
  const { labelled, continuation } = statement;
  const { clean, split, line } = labelled;
  const valueStart = split?.valueStart ?? 0;
  const last = continuation.at(-1);
  if (last === undefined) return cleanSlice(clean, valueStart, clean.text.length);
  if (valueStart >= clean.text.length) return joinLines(text, continuation);
  const keepLines = !isWrapped([line, ...continuation]);
  return cleanInline(text, sourceStart(clean, valueStart), last.end, { keepLines });
}

/** Definition lists: a term on a line, and below it lines that begin with a colon. */
function readDefinitions(source: ParagraphSource, lines: readonly Line[]): boolean {
  const isDefinition = (line: Line | undefined): boolean =>
    line !== undefined && /^[:：][ \t]/u.test(source.text.slice(line.contentStart, line.contentStart + 2));
  if (lines.length < 2 || isDefinition(lines[0]) || !isDefinition(lines[1])) return false;
  let term: CleanText | null = null;
  for (const line of lines) {
    if (!isDefinition(line)) {
      term = cleanInline(source.text, line.contentStart, line.end);
      continue;
    }
    if (term === null) continue;
    const value = cleanInline(source.text, line.contentStart + 1, line.end);
    const { groups, entity } = source;
    readStatement(source.collector, {
      path: [term.text],
      start: term.start,
      value,
      groups,
      entity,
      rule: 'definition',
    });
  }
  return true;
}

const longestPairValue = 60;

/** The values of a paragraph without marks: on lines in turn with their labels, or several below one label. */
function readLinePairs(source: ParagraphSource, lines: readonly Line[]): boolean {
  if (lines.length < 2 || lines.length > 200) return false;
  const texts = lines.map((line) => cleanInline(source.text, line.contentStart, line.end));
  return readValueLines(source, texts) || readAlternatingLines(source, texts);
}

const isLineLabel = ({ text }: CleanText): boolean =>
  labelLikeness(text) === 'strong' && !/[.,;!?]$|^\d/u.test(text) && !statesTypedValue(text);

/** A label, and below it a value for each of several periods: "6.4% (2022)", "3.0% (2021)". */
function readValueLines(source: ParagraphSource, texts: readonly CleanText[]): boolean {
  const [label, ...values] = texts;
  if (label === undefined || values.length < 2 || !isLineLabel(label)) return false;
  if (!values.every((value) => value.text.length <= longestPairValue && statesPeriod(value.text)))
    return false;
  for (const value of values) readPair(source, label, value);
  return true;
}

/**
 * Labels and values on lines in turn, without a mark between them: "Founded", "1999", "Employees", "4,500". A
 * line more at the top is their title.
 */
function readAlternatingLines(source: ParagraphSource, texts: readonly CleanText[]): boolean {
  const isTitled = texts.length % 2 === 1;
  if (isTitled && texts.length < 7) return false;
  const from = isTitled ? 1 : 0;
  let typed = 0;
  for (let index = from; index < texts.length; index += 2) {
    const [label, value] = texts.slice(index, index + 2);
    if (label === undefined || value === undefined || !isLineLabel(label)) return false;
    if (value.text.length > longestPairValue) return false;
    if (statesTypedValue(value.text)) typed += 1;
  }
  if (typed * 4 < texts.length - from) return false;
  for (let index = from; index < texts.length; index += 2) {
    const [label, value] = texts.slice(index, index + 2);
    if (label !== undefined && value !== undefined) readPair(source, label, value);
  }
  return true;
}

function readPair(source: ParagraphSource, label: CleanText, value: CleanText): void {
  const { groups, entity } = source;
  const statement = { path: [label.text], start: label.start, value, groups, entity, rule: 'label-above' };
  readStatement(source.collector, statement);
}
