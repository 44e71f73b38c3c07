import { cleanInline } from './inline-markup.ts';
import type { CorpusDocument, DocumentFormat } from '../../corpus/document.ts';
import { foldLabel } from '../values/labels.ts';
import type { UnitCaption } from '../values/unit-caption.ts';
import type { Reading } from '../reading.ts';
import type { Block, HeadingBlock, ListBlock, ParagraphBlock, RecordBlock } from './block.ts';
import { scanBlocks } from './blocks.ts';
import { readDocumentPeriod, withDocumentPeriod } from './document-period.ts';
import { frontMatterEnd, readFrontMatter } from './front-matter.ts';
import type { Grid } from './grid.ts';
import { isTitleLine, promoteHeadingLines } from './heading-lines.ts';
import { readHtmlTable } from './html-table.ts';
import { readInlineLabels } from './inline-labels.ts';
import { qualifyLabel } from './label-qualifiers.ts';
import { splitLabel } from './label-split.ts';
import { splitLines } from './lines.ts';
import type { Line } from './lines.ts';
import { readList } from './list-reader.ts';
import { readPipeTable } from './markdown-table.ts';
import type { OpenLabel } from './open-label.ts';
import { joinLines, readParagraph } from './paragraph-reader.ts';
import { ReadingCollector } from './reading-collector.ts';
import { nameRecords } from './record-entities.ts';
import { readRecord, recordFields } from './record-reader.ts';
import { DocumentSubject } from './sentences/document-subject.ts';
import { readSentences } from './sentences/read-sentences.ts';
import { isTyped, readStatement } from './statement.ts';
import { findStatementRuns } from './statement-runs.ts';
import type { RunStatement } from './statement-runs.ts';
import { readTableCaption } from './table-caption.ts';
import type { TableCaption } from './table-caption.ts';
import { readTable } from './table-reader.ts';
import { readTextTable } from './text-table.ts';

/** Below all headings: a line that ends in a colon, or a caption, holds for the next block alone. */
const labelLineLevel = 9;

/** A shorter list item is a thing rather than a sentence. */
const shortestItem = 30;

/** Words with capitals throughout: a name rather than an attribute. */
const properName =
  /^\p{Lu}[\p{L}\p{M}.’']*(?:[\s-](?:\p{Lu}[\p{L}\p{M}.’']*|and|of|the|for|in|de|del|la|du|\([^()]{1,40}\)))+$/u;

/** A title that ends in a symbol of its subject, "Chromium (Cr)", states no scale of figures, "crore". */
const namesSymbol = /\(\p{Lu}\p{Ll}?\)$/u;

/** Formats whose text we wrote ourselves, a line a field, so that every key is one. */
const recordFormats: ReadonlySet<DocumentFormat> = new Set(['csv', 'xlsx', 'json', 'jsonl']);

/** Walks over the blocks of one document, with the headings above and the label that waits for a value. */
export class DocumentReader {
  readonly #document: CorpusDocument;
  readonly #text: string;
  readonly #collector: ReadingCollector;
  readonly #subject: DocumentSubject;
  /** Names of the records of a document that holds several. */
  #recordNames: ReadonlyMap<RecordBlock, string> = new Map();
  /** Paragraphs that state one value each, one after the other. */
  #runs: ReadonlyMap<Block, RunStatement> = new Map();
  /** The heading or label line right above the current block. */
  #open: OpenLabel | null = null;
  /** The caption of a table that comes next. */
  #caption: TableCaption | null = null;
  #usedCaption: { readonly caption: UnitCaption; readonly columns: number } | null = null;
  #titleSeen = false;

  constructor(document: CorpusDocument) {
    this.#document = document;
    this.#text = document.text;
    this.#collector = new ReadingCollector(document.text);
    this.#subject = new DocumentSubject(document);
  }

  read(): Reading[] {
    const lines = splitLines(this.#text, 0, this.#text.length);
    const matter = frontMatterEnd(this.#text, lines);
    if (matter > 0)
      readFrontMatter({ text: this.#text, collector: this.#collector }, lines.slice(1, matter - 1));
    const anyKey = recordFormats.has(this.#document.format);
    const scanned = scanBlocks(this.#text, matter > 0 ? lines.slice(matter) : lines, anyKey);
    const blocks = anyKey ? scanned : promoteHeadingLines(this.#text, this.#withoutTitleLine(scanned));
    this.#recordNames = anyKey ? new Map() : nameRecords(this.#text, blocks);
    this.#runs = anyKey ? new Map() : findStatementRuns(this.#text, blocks);
    const titleLine = isTitleLine(blocks, this.#text);
    for (const [index, block] of blocks.entries()) {
      if (block.kind === 'heading') this.#readHeading(block, titleLine && index === 0);
      else this.#readBlock(block, blocks[index + 1]);
    }
    const { title, format } = this.#document;
    const [header] = blocks;
    const readings =
      format === 'email' && header?.kind === 'record'
        ? withoutRestated(this.#collector.readings, header.lines.at(-1)?.end ?? 0)
        : this.#collector.readings;
    const period = anyKey ? null : readDocumentPeriod({ text: this.#text, title, blocks, readings });
    return period === null ? readings : withDocumentPeriod(readings, period);
  }

  /** The title names the document, whatever it looks like: "Oxbury (Kent) - May 2024" is no label with its value. */
  #withoutTitleLine(blocks: readonly Block[]): Block[] {
    const { title } = this.#document;
    const index = blocks.findIndex(({ kind }) => kind !== 'skipped');
    const block = blocks[index];
    const first = block?.kind === 'paragraph' ? block.lines[0] : undefined;
    if (title === null || block?.kind !== 'paragraph' || first === undefined) return [...blocks];
    const { text } = cleanInline(this.#text, first.contentStart, first.end);
    if (text.trim() !== title.trim() || splitLabel(text)?.separator === 'colon') return [...blocks];
    const rest = block.lines.slice(1);
    return blocks.toSpliced(index, 1, ...(rest.length === 0 ? [] : [{ ...block, lines: rest }]));
  }

  #readBlock(block: Exclude<Block, HeadingBlock>, next: Block | undefined): void {
    const caption =
      block.kind === 'paragraph' && isTable(next) && this.#open?.isLabel !== true
        ? readTableCaption(this.#text, block.lines)
        : null;
    if (caption !== null && caption.unit !== null) {
      this.#openTableCaption(caption);
      return;
    }
    const open = this.#open;
    this.#open = null;
    let below: OpenLabel | null = null;
    switch (block.kind) {
      case 'paragraph':
        below = this.#readParagraph(block, open, caption, next === undefined || next.kind === 'heading');
        break;
      case 'record':
        this.#readRecord(block);
        break;
      case 'list':
        this.#readList(block, open);
        break;
      case 'pipe-table':
        this.#readTable(readPipeTable(this.#text, block), 'markdown-table');
        break;
      case 'text-table':
        this.#readTable(readTextTable(this.#text, block.lines), 'text-table');
        break;
      case 'html-table': {
        const { grid, caption } = readHtmlTable(this.#text, block.start, block.end);
        if (caption !== null) this.#openCaption(qualifyLabel(caption.text));
        this.#readTable(grid, 'html-table');
        break;
      }
      default:
    }
    this.#collector.closeHeadings(labelLineLevel);
    if (this.#caption !== null) {
      this.#openTableCaption(this.#caption);
      this.#caption = null;
    }
    if (below !== null) {
      this.#openCaption(qualifyLabel(below.label));
      this.#open = below;
    }
  }

  #openCaption(caption: ReturnType<typeof qualifyLabel>): void {
    const { label, period } = caption;
    this.#collector.openHeading({ level: labelLineLevel, label, period, caption: unitOf(caption) });
  }

  #readHeading(block: HeadingBlock, isTitleLine: boolean): void {
    const clean = cleanInline(this.#text, block.contentStart, block.contentEnd);
    const qualified = qualifyLabel(clean.text);
    const { period } = qualified;
    const isTitle = isTitleLine || this.#isTitle(clean.text, block.level);
    this.#titleSeen = true;
    const label = isTitle ? '' : qualified.label;
    this.#collector.openHeading({
      level: block.level,
      label,
      period: isTitle ? null : period,
      caption: isTitle && namesSymbol.test(clean.text) ? null : unitOf(qualified),
    });
    this.#open = isTitle
      ? null
      : {
          label: clean.text,
          start: clean.start,
          takesText: block.takesText,
          isLabel: block.level >= labelLineLevel,
        };
  }

  /** The title names the document; it is no section of it and has no value. */
  #isTitle(text: string, level: number): boolean {
    if (this.#titleSeen) return false;
    const { title } = this.#document;
    if (title !== null && foldLabel(title) === foldLabel(text)) return true;
    return level === 1;
  }

  /** What the lines above a table say holds for it alone. */
  #openTableCaption(caption: TableCaption): void {
    const { title, unit, period } = caption;
    this.#collector.openHeading({ level: labelLineLevel, label: title, period, caption: unit });
  }

  #readParagraph(
    block: ParagraphBlock,
    open: OpenLabel | null,
    caption: TableCaption | null,
    isAlone: boolean,
  ): OpenLabel | null {
    const run = this.#runs.get(block);
    if (run !== undefined) {
      const { label, value, rule } = run;
      readStatement(this.#collector, { path: [label.text], start: label.start, value, rule });
      return null;
    }
    const source = { text: this.#text, collector: this.#collector, rule: 'label' };
    const before = this.#collector.readings.length;
    const rest = readParagraph(source, block.lines);
    if (rest.stated && isAlone && open !== null) this.#readNamedValue(block, open, before);
    // "The following deficiencies were recorded:" leads to a list, which is the heading's value.
    const leadsOn = !rest.stated && open !== null && rest.open === null && this.#leadsOn(block);
    if (!rest.stated && caption !== null) this.#caption = caption;
    else if (!rest.stated && open !== null && !leadsOn) this.#readOpenValue(block, open);
    for (const stretch of stretches(rest.loose)) this.#readProse(stretch);
    for (const value of rest.prose) this.#readProse(value);
    return leadsOn ? open : rest.open;
  }

  #leadsOn(block: ParagraphBlock): boolean {
    return /[:：]$/u.test(joinLines(this.#text, block.lines).text.trim());
  }

  /**
   * A heading's only paragraph that begins with a name and a colon ("Romanian Armed Forces: Land Forces, …")
   * is the heading's value as well.
   */
  #readNamedValue(block: ParagraphBlock, open: OpenLabel, before: number): void {
    const { readings } = this.#collector;
    const [only, second] = readings.slice(before);
    if (open.isLabel || only === undefined || second !== undefined || only.value.type !== 'text') return;
    const name = only.label[0] ?? '';
    if (only.label.length > 1 || !properName.test(name)) return;
    const value = joinLines(this.#text, block.lines);
    const { label, period } = qualifyLabel(open.label);
    this.#collector.add({
      label: [label],
      start: value.start,
      end: value.end,
      valueStart: value.start,
      valueEnd: value.end,
      value: { type: 'text', text: value.text },
      period,
      rule: 'heading',
    });
  }

  #readProse(range: { readonly start: number; readonly end: number }): void {
    const { section } = this.#collector;
    const source = { text: this.#text, collector: this.#collector };
    for (const { start, end } of readInlineLabels(source, range)) {
      const { title } = this.#document;
      const options = { text: this.#text, start, end, section, title, subject: this.#subject };
      this.#collector.addReadings(readSentences(options));
    }
  }

  /** The value of a heading: the paragraph right below it. */
  #readOpenValue(block: ParagraphBlock, open: OpenLabel): void {
    const value = joinLines(this.#text, block.lines);
    const { readings } = this.#collector;
    const before = readings.length;
    const near = value.start - open.start <= 200;
    readStatement(this.#collector, {
      path: [open.label],
      start: near ? open.start : value.start,
      value,
      rule: 'heading',
    });
    const first = readings[before];
    if (!open.takesText && first !== undefined && !isTyped(first.value)) readings.length = before;
  }

  #readRecord(block: RecordBlock): void {
    const anyKey = recordFormats.has(this.#document.format);
    const entity = this.#recordNames.get(block) ?? null;
    const source = { text: this.#text, collector: this.#collector, anyKey };
    const prose = readRecord(source, recordFields(this.#text, block.lines), { entity, rule: 'record' });
    if (entity === null) for (const value of prose) this.#readProse(value);
  }

  #readList(block: ListBlock, open: OpenLabel | null): void {
    const source = { text: this.#text, collector: this.#collector, rule: 'label', above: open };
    for (const item of readList(source, block)) if (item.text.length >= shortestItem) this.#readProse(item);
  }

  /** A caption holds for the next table, and for those after it that go on with the same columns. */
  #readTable(grid: Grid, rule: string): void {
    const { caption } = this.#collector;
    const columns = grid.rows[0]?.length ?? 0;
    const isUsed = caption !== null && caption === this.#usedCaption?.caption;
    const holds = !isUsed || this.#usedCaption?.columns === columns;
    if (!isUsed) this.#usedCaption = caption === null ? null : { caption, columns };
    const source = { text: this.#text, collector: this.#collector, rule, caption: holds ? caption : null };
    readTable(source, grid);
  }
}

/** The header of a message has a date of its own; the one that the message states is that of what it is about. */
function withoutRestated(readings: Reading[], headerEnd: number): Reading[] {
  const stated = new Set(
    readings.filter(({ start }) => start > headerEnd).map(({ label }) => foldLabel(label.join(' '))),
  );
  return readings.filter(({ start, label }) => start > headerEnd || !stated.has(foldLabel(label.join(' '))));
}

/** Lines that follow one another, as one range each. */
function stretches(lines: readonly Line[]): { readonly start: number; readonly end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const line of lines) {
    const last = ranges.at(-1);
    if (last !== undefined && line.start <= last.end + 2) last.end = line.end;
    else ranges.push({ start: line.contentStart, end: line.end });
  }
  return ranges;
}

function unitOf(qualified: ReturnType<typeof qualifyLabel>) {
  return qualified.scale === 1 && qualified.unit === null ? null : qualified;
}

const isTable = (block: Block | undefined): boolean =>
  block?.kind === 'pipe-table' || block?.kind === 'text-table' || block?.kind === 'html-table';
