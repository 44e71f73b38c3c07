import { cleanInline } from './inline-markup.ts';
import type { Block, HeadingBlock, ListBlock, ParagraphBlock } from './block.ts';
import { findLabelRuns } from './label-runs.ts';
import { labelLikeness } from './label-likeness.ts';
import { splitLabel } from './label-split.ts';
import { readLabelledLine } from './labelled-line.ts';
import type { Line } from './lines.ts';
import { statesTypedValue } from './statement.ts';

/** Levels below those of marked headings: lines in bold, in capitals or numbered; and lines that only stand alone. */
const emphasisedLevel = 7;
const plainLevel = 8;
/** A label on a line of its own, with its value in the next block and nothing else below it. */
const labelLevel = 9;

const boldLine =
  /^(?:\*\*|__)([^*_]{1,120})(?:\*\*|__)\s{0,2}[:：]?$|^<(?:b|strong)>[^<>]{1,120}<\/(?:b|strong)>[:：]?$/iu;
const numbered =
  /^(?:(?:item|section|chapter|part|article|appendix|schedule|annex)\s{1,2}[\dIVXA-Z]{1,5}[.:]?|\d{1,2}(?:\.\d{1,2}){0,3}\.?)\s{1,4}\p{Lu}/iu;
/** `SECTION 2: Hazards`, over lines that stand further in. */
const sectionLine =
  /^(?:section|chapter|part|article|appendix|schedule|annex)\s{1,2}[\dIVX]{1,4}\s?[:.–-]\s{1,4}\p{Lu}[^:]{2,80}$/iu;
const endsSentence = /[.!?;,。；，、]$/u;
const longestHeading = 80;
const longestPlain = 60;

/** Turns lines that stand as headings without being marked as such into headings. */
export function promoteHeadingLines(text: string, blocks: readonly Block[]): Block[] {
  const capitals = !isInCapitals(text);
  const promoted: Block[] = [];
  const labels = findLabelRuns(text, blocks);
  for (const [index, block] of blocks.entries()) {
    const next = blocks[index + 1];
    const above = promoted.at(-1);
    const parts = block.kind === 'list' && block.ordered ? numberedParts(text, block) : null;
    if (parts !== null) {
      promoted.push(...parts);
      continue;
    }
    const line = headingLine(text, block);
    if (line !== null && labels.has(index)) {
      promoted.push({ ...headingOf(line, labelLevel), takesText: true });
      continue;
    }
    if (line === null || labels.has(index - 1) || isBoldValue(text, blocks, index)) {
      promoted.push(block);
      continue;
    }
    const rest: readonly Line[] = block.kind === 'paragraph' ? block.lines.slice(1) : [];
    const isOver = rest.length > 0 && rest.every(({ indent }) => indent > line.indent);
    const level =
      isOver && sectionLine.test(text.slice(line.contentStart, line.end))
        ? emphasisedLevel
        : levelOf({ text, line, capitals, alone: rest.length === 0, next, above });
    if (level === null) promoted.push(block);
    else {
      promoted.push(headingOf(line, level));
      if (rest.length > 0) promoted.push({ kind: 'paragraph', lines: rest });
    }
  }
  return promoted;
}

const mostWordsOfValue = 2;

/** A word in bold right below a heading, the only such line of the section, is the heading's value: "Approved". */
function isBoldValue(text: string, blocks: readonly Block[], index: number): boolean {
  const [above, block] = [blocks[index - 1], blocks[index]];
  if (above?.kind !== 'heading' || above.level < 2 || block?.kind !== 'paragraph') return false;
  const isBold = (each: Block | undefined): boolean => {
    const [line] = each?.kind === 'paragraph' ? each.lines : [];
    return line !== undefined && boldLine.test(text.slice(line.contentStart, line.end));
  };
  if (block.lines.length > 1 || !isBold(block)) return false;
  const [line] = block.lines;
  const words = line === undefined ? [] : text.slice(line.contentStart, line.end).trim().split(/\s+/u);
  if (words.length > mostWordsOfValue) return false;
  const next = blocks.findIndex((each, at) => at > index && each.kind === 'heading');
  return !blocks.slice(index + 1, next < 0 ? blocks.length : next).some(isBold);
}

/**
 * "1. Production", with lines below that state values or are sentences: numbered parts of the document rather than
 * items of a list. Null where the items are items.
 */
function numberedParts(text: string, { items }: ListBlock): Block[] | null {
  const parts: Block[] = [];
  let stated = 0;
  for (const { start, lines } of items) {
    const [first, ...rest] = lines;
    if (first === undefined || rest.length === 0) return null;
    const name = cleanInline(text, first.contentStart, first.end).text;
    if (!isPlainHeading(name) || endsSentence.test(name) || splitLabel(name)?.separator === 'colon')
      return null;
    if (rest.some((line) => line.indent <= first.indent - (first.contentStart - start))) return null;
    if (introduces(text, { kind: 'paragraph', lines: rest })) stated += 1;
    parts.push(headingOf({ ...first, contentStart: start }, emphasisedLevel), {
      kind: 'paragraph',
      lines: rest,
    });
  }
  return stated * 2 > items.length ? parts : null;
}

/** The line of a block that may be a heading: the first of a paragraph, or the only item of a numbered list. */
function headingLine(text: string, block: Block): Line | null {
  if (block.kind === 'paragraph') {
    const first = block.lines[0];
    if (first === undefined || first.end - first.contentStart > longestHeading + 40) return null;
    return block.lines.length === 1 || text.charCodeAt(first.contentStart) < 97 ? first : null;
  }
  if (block.kind !== 'list' || !block.ordered || block.items.length > 1) return null;
  const line = block.items[0]?.lines.length === 1 ? block.items[0].lines[0] : undefined;
  return line === undefined ? null : { ...line, contentStart: block.items[0]?.start ?? line.contentStart };
}

function headingOf(line: Line, level: number): HeadingBlock {
  return {
    kind: 'heading',
    level,
    start: line.start,
    end: line.end,
    contentStart: line.contentStart,
    contentEnd: line.end,
    takesText: level < plainLevel,
  };
}

interface Candidate {
  readonly text: string;
  readonly line: Line;
  readonly capitals: boolean;
  /** Whether the line is a block of its own. */
  readonly alone: boolean;
  readonly next: Block | undefined;
  readonly above: Block | undefined;
}

function levelOf(candidate: Candidate): number | null {
  const { text, line, alone, next } = candidate;
  const raw = text.slice(line.contentStart, line.end);
  const clean = cleanInline(text, line.contentStart, line.end).text;
  if (clean.length > longestHeading || !/\p{L}/u.test(clean) || endsSentence.test(clean)) return null;
  if (boldLine.test(raw)) return statesAnything(clean) ? null : emphasisedLevel;
  if (!alone || next === undefined || next.kind === 'heading') return null;
  if (candidate.above?.kind === 'heading' && !isCapitalHeading(text, candidate.above, clean)) return null;
  if (numbered.test(clean) && splitLabel(clean) === null) return emphasisedLevel;
  if (statesAnything(clean)) return null;
  if (candidate.capitals && isCapitalLine(clean)) return emphasisedLevel;
  if (!isPlainHeading(clean)) return null;
  if (next.kind === 'paragraph' && isTypedParagraph(text, next)) return labelLevel;
  return introduces(text, next) ? plainLevel : null;
}

/** Whether a line is a statement or a value rather than a heading. */
function statesAnything(clean: string): boolean {
  const split = splitLabel(clean);
  if (split !== null && split.separator === 'colon' && split.valueStart < clean.length) return true;
  return statesTypedValue(clean);
}

function isCapitalLine(clean: string): boolean {
  return !/\p{Ll}/u.test(clean) && /\p{Lu}.*\p{Lu}.*\p{Lu}/u.test(clean) && !/\d{5}|[|=]/u.test(clean);
}

/** Right below a heading stands its value, unless both are lines in capitals: a part and its first chapter. */
function isCapitalHeading(text: string, above: HeadingBlock, clean: string): boolean {
  return isCapitalLine(clean) && isCapitalLine(text.slice(above.start, above.end));
}

function isPlainHeading(clean: string): boolean {
  if (clean.length > longestPlain || clean.split(' ').length > 8 || /[:：]$/u.test(clean)) return false;
  return /^(?:\p{Lu}|\p{Lo})/u.test(clean) && labelLikeness(clean) === 'strong';
}

/** Whether a block is what stands under a heading: statements, a list, a table, a number. */
function introduces(text: string, block: Block): boolean {
  if (block.kind !== 'paragraph') return block.kind !== 'skipped' && block.kind !== 'heading';
  const first = block.lines[0];
  if (first === undefined) return false;
  const { split, clean } = readLabelledLine(text, first);
  return split !== null && split.separator === 'colon' && clean.text.length > 0;
}

/** The lines of a text table or paragraph under a document's first line, if that line is its title. */
export function isTitleLine(blocks: readonly Block[], text: string): boolean {
  const [first, second] = blocks;
  if (first?.kind !== 'heading' || first.level < emphasisedLevel || first.level >= labelLevel) return false;
  return !(second?.kind === 'paragraph' && isTypedParagraph(text, second));
}

function isTypedParagraph(text: string, block: ParagraphBlock): boolean {
  const first = block.lines[0];
  return (
    first !== undefined &&
    block.lines.length === 1 &&
    statesTypedValue(text.slice(first.contentStart, first.end))
  );
}

/** Whether a document is written in capitals throughout; then they say nothing about a line. */
function isInCapitals(text: string): boolean {
  let upper = 0;
  let lower = 0;
  for (let at = 0; at < Math.min(text.length, 4000); at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 65 && code <= 90) upper += 1;
    else if (code >= 97 && code <= 122) lower += 1;
  }
  return upper > lower;
}
