import type { Reading } from '../../reading.ts';
import { readAttributes } from './attributes.ts';
import { readChanges, readGrowthAfter } from './changes.ts';
import { readCounts } from './counts.ts';
import { DocumentSubject, isForeignSentence } from './document-subject.ts';
import type { MeasureContext } from './links.ts';
import { isHanSentence, readHanSentence } from './han-sentences.ts';
import { readMeasures } from './measures.ts';
import { readComparisons } from './comparisons.ts';
import { readOpenStatements } from './open-statements.ts';
import { readPeriodFigures } from './period-figures.ts';
import { readReport } from './report.ts';
import { readTitle } from './title.ts';
import { findPeriods, periodOf } from './sentence-periods.ts';
import type { SentencePeriod } from './sentence-periods.ts';
import { readSentence, splitSentences } from './sentence.ts';
import type { Token } from './sentence.ts';
import type { SentenceStatement } from './statement-value.ts';

export interface SentencesOptions {
  /** The document's text; the paragraph is what lies between `start` and `end`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The headings above the paragraph, as a reading carries them. */
  readonly section: readonly string[];
  /** The document's title, which tells its own subject from others. */
  readonly title: string | null;
  /** What is known of the document's subject from earlier paragraphs. */
  readonly subject?: DocumentSubject;
}

/** A sentence without any of these states nothing that the rules here can read. */
const trigger =
  /\d|\b(?:its|headquartered|based|located|situated|by|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundred|thousand)\b|['’]s\s|\bthe (?:\w+ ){1,3}(?:is|was) [a-z]/i;
const longestSentence = 1200;

/** What one sentence leaves for the next. */
interface Memory {
  /** Whether its pronouns stood for somebody else than the document's subject. */
  foreign: boolean;
  /** The sentence before, where it was passed over; a pronoun may refer to it. */
  passed: Bounds | null;
  /** Where the paragraph's first sentence begins. */
  readonly opening: number;
  /** The period that the paragraph opens with, "In 2009 …", as long as it names no other. */
  openingPeriod: string | null;
  /** The only period of the last sentence that named any. */
  lastPeriod: string | null;
}

interface Bounds {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads what a paragraph of running prose states: measured values ("revenue rose 12 % to $4.5 billion"), counts
 * with their noun ("416 patients were enrolled"), attributes ("its capital is Lima", "founded in 1987"), and for
 * a news report its dateline, country and date. Forecasts, conditions, negated and quoted statements and those
 * about others than the document's subject are left out. Never throws on any text.
 */
export function readSentences(options: SentencesOptions): Reading[] {
  const { text, start, end, section } = options;
  const statements = [...readTitle(text, options.title, start), ...readReport(text, start)];
  const subject = options.subject ?? new DocumentSubject({ text, title: options.title });
  const sentences = splitSentences(text, start, end);
  const opening = sentences[0]?.start ?? start;
  const memory: Memory = { foreign: false, passed: null, opening, openingPeriod: null, lastPeriod: null };
  for (const bounds of sentences) {
    if (bounds.end - bounds.start > longestSentence) continue;
    if (isHanSentence(text.slice(bounds.start, bounds.end))) {
      statements.push(...readHanSentence(text, { ...bounds, title: options.title }));
      continue;
    }
    if (!trigger.test(text.slice(bounds.start, bounds.end))) {
      memory.passed = bounds;
      continue;
    }
    statements.push(...readOne({ text, subject, memory }, bounds));
  }
  return statements.map((statement) => ({ section, entity: null, ...statement }));
}

function readOne(
  context: { readonly text: string; readonly subject: DocumentSubject; readonly memory: Memory },
  bounds: Bounds,
): SentenceStatement[] {
  const { text, subject, memory } = context;
  const plain = readSentence(text, bounds.start, bounds.end);
  if (memory.passed !== null && /^(?:it|its|they|their)$/i.test(plain.tokens[0]?.text ?? '')) {
    const before = readSentence(text, memory.passed.start, memory.passed.end);
    memory.foreign = isForeignSentence(before, subject, memory.foreign);
  }
  memory.passed = null;
  memory.foreign = isForeignSentence(plain, subject, memory.foreign);
  const sentence = memory.foreign ? { ...plain, foreign: true } : plain;
  const periods = findPeriods(text, bounds.start, bounds.end);
  const carried = carriedPeriod(text.slice(bounds.start, bounds.end), memory);
  if (periods.length > 0) remember(text, bounds, periods, memory);
  const periodAt = (token: Token): string | null | undefined =>
    periods.length === 0 ? carried : periodOf(text, periods, token);
  const figures = sentence.tokens.some((token) => token.number !== null)
    ? readFigures({ text, sentence, subject, periodAt })
    : [];
  const statements = [...figures, ...readAttributes({ text, sentence, subject })];
  const taken = new Set(statements.map(({ valueStart }) => valueStart));
  const open = readOpenStatements({ text, sentence, periodAt, taken });
  return [...statements, ...open].sort((a, b) => a.start - b.start);
}

const sameTime = /\bthe same (?:year|quarter|period)\b/i;
const past = /\b(?:was|were|had|came|rose|fell|stood|\p{L}+ed)\b/u;
const present = /\b(?:is|are|has|have|now|currently|today|since|employs|operates|owns)\b/;
const laterOrEarlier =
  /\b(?:next|following|later|subsequent(?:ly)?|previous(?:ly)?|prior|earlier|after|before|until)\b/i;
const fronted = /^(?:in|during|for|over|throughout)\s/i;
const longestFront = 32;

/** The period of a sentence that names none: "the same year", or the one that the paragraph opened with. */
function carriedPeriod(sentence: string, memory: Memory): string | null {
  if (sameTime.test(sentence)) return memory.lastPeriod;
  if (memory.openingPeriod === null || present.test(sentence) || laterOrEarlier.test(sentence)) return null;
  return past.test(sentence) ? memory.openingPeriod : null;
}

function remember(text: string, bounds: Bounds, periods: readonly SentencePeriod[], memory: Memory): void {
  const [first, second] = new Set(periods.map(({ period }) => period));
  const only = second === undefined ? (first ?? null) : null;
  const isFronted =
    (periods[0]?.start ?? bounds.end) - bounds.start < longestFront &&
    fronted.test(text.slice(bounds.start, bounds.end));
  // A second period in a paragraph leaves open which one the rest is about.
  if (bounds.start === memory.opening) memory.openingPeriod = isFronted ? only : null;
  else if (only !== memory.openingPeriod) memory.openingPeriod = null;
  memory.lastPeriod = only;
}

function readFigures(context: MeasureContext & { readonly text: string }): SentenceStatement[] {
  const stated = [...readMeasures(context), ...readChanges(context)];
  const values = [...stated, ...readPeriodFigures(context, stated)];
  const taken = new Set(values.map((value) => value.valueStart));
  const counts = readCounts(context).filter((count) => !taken.has(count.valueStart));
  return [...values, ...readGrowthAfter(context, values), ...readComparisons(context, values), ...counts];
}
