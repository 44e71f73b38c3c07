import type { Bound } from '../../reading.ts';
import { dimensions, readDimension, readVerb } from './dimensions.ts';
import { isAboutDocument } from './document-subject.ts';
import { isCompared, isHedged, isNegated } from './hedging.ts';
import { linkBefore, statement, subjectPhrase } from './links.ts';
import type { MeasureContext } from './links.ts';
import { isNominal, labelOf, readSubject } from './noun-phrases.ts';
import { isPartial } from './predicates.ts';
import type { Token } from './sentence.ts';
import type { SentenceStatement } from './statement-value.ts';
import { adverbs, determiners, prepositions } from './words.ts';

/** Verbs and prepositions after which "revenue of $5 million" is the document's own. */
const reportVerbs: ReadonlySet<string> = new Set(
  (
    'reported reports posted posts recorded records generated generates achieved achieves delivered earned earns had has have ' +
    'with registered booked saw covers covered occupies reaches reached at stands'
  ).split(' '),
);

/** Whether the number is a measure (money, percentage, unit) or stands alone, so that it can be a value. */
function isValue(tokens: readonly Token[], index: number): boolean {
  const number = tokens[index]?.number;
  if (number === null || number === undefined) return false;
  if (number.percentage || number.unitKind === 'currency' || number.unitKind === 'measure') return true;
  const next = tokens[index + 1];
  // "one of the largest" is no value.
  if (next?.lower === 'of') return false;
  return (
    next === undefined ||
    next.kind === 'mark' ||
    prepositions.has(next.lower) ||
    next.lower === 'and' ||
    next.lower === 'while' ||
    next.lower === 'compared' ||
    next.lower === 'people' ||
    next.lower === 'inhabitants'
  );
}

/** Reads the measured values of a sentence: "total revenue was $4.5 billion", "a population of 8.5 million". */
export function readMeasures(context: MeasureContext): SentenceStatement[] {
  const { sentence } = context;
  const found: SentenceStatement[] = [];
  for (const [index, token] of sentence.tokens.entries()) {
    if (token.number === null) continue;
    const read =
      readLinked(context, index) ??
      readDimension(context, index) ??
      readVerb(context, index) ??
      readOf(context, index) ??
      readRate(context, index);
    if (read === null || isHedged(sentence, index) || isNegated(sentence, index)) continue;
    if (isCompared(sentence, index) || isPartial(sentence.tokens, index)) continue;
    found.push(read);
  }
  return found;
}

/** What names a thing by digits is no quantity: "its inventory number is 1902.14". */
const isIdentifierLabel = (label: string): boolean =>
  /(?:^| )(?:number|code|id|identifier|address|version|postcode|no)$/.test(label);

/** "exceeded 5" is above 5; "estimated at 5" is about 5. */
function boundOf(verb: string): { readonly bound?: Bound } {
  if (verb.startsWith('exceed')) return { bound: 'above' };
  return verb === 'estimated' ? { bound: 'approximate' } : {};
}

/** "X was N", "X of Y totalled N". */
function readLinked(context: MeasureContext, index: number): SentenceStatement | null {
  const { sentence, subject } = context;
  const { tokens, capitals } = sentence;
  if (!isValue(tokens, index)) return null;
  const token = tokens[index];
  const link = linkBefore(tokens, index);
  if (token === undefined || link === null || dimensions.has(tokens[index + 1]?.lower ?? '')) return null;
  const auxiliary =
    tokens[link.verb]?.lower === 'estimated' &&
    /^(?:is|was|are|were)$/.test(tokens[link.verb - 1]?.lower ?? '')
      ? 1
      : 0;
  const phrase = subjectPhrase(tokens, link.verb - auxiliary);
  const read = readSubject(phrase, subject, sentence);
  if (read === null || read.isDocument) return null;
  const verb = tokens[link.verb]?.lower ?? '';
  const bound = boundOf(verb);
  const start = (phrase[0] ?? token).start;
  const label = labelOf(read.words, capitals);
  if (isIdentifierLabel(label)) return null;
  return statement(context, { label, index, start, ...bound });
}

const neverOwn: ReadonlySet<string> = new Set([
  'increase',
  'decrease',
  'rise',
  'fall',
  'decline',
  'growth',
  'drop',
  'gain',
  'change',
  'total',
  'average',
  'minimum',
  'maximum',
  'range',
  'series',
  'distance',
  'radius',
  'percentage',
  'share',
  'one',
  'out',
  'most',
  'part',
  'some',
  'all',
  'age',
  'majority',
]);

/** "with revenue of $4.5 billion", "has a population of 8.5 million". */
function readOf(context: MeasureContext, index: number): SentenceStatement | null {
  const { sentence, subject } = context;
  const { tokens, capitals } = sentence;
  if (tokens[index - 1]?.lower !== 'of' || !isValue(tokens, index)) return null;
  let from = index - 1;
  while (from > 0 && isNominal(tokens[from - 1]) && !reportVerbs.has(tokens[from - 1]?.lower ?? ''))
    from -= 1;
  const words = tokens.slice(from, index - 1);
  const head = words.at(-1)?.lower;
  if (head === undefined || words.length > 5 || neverOwn.has(head)) return null;
  let governor = from - 1;
  if (determiners.has(tokens[governor]?.lower ?? '')) governor -= 1;
  while (adverbs.has(tokens[governor]?.lower ?? '') || (tokens[governor]?.lower ?? '').endsWith('ly'))
    governor -= 1;
  const verb = tokens[governor]?.lower ?? '';
  const opens = governor <= 0 && verb === 'with';
  if (!reportVerbs.has(verb) || !(opens || isAboutDocument(sentence, governor, subject))) return null;
  return statement(context, {
    label: labelOf(words, capitals),
    index,
    start: words[0]?.start ?? sentence.start,
  });
}

const happening: ReadonlySet<string> = new Set([
  'reported',
  'observed',
  'seen',
  'detected',
  'found',
  'noted',
  'occurred',
  'diagnosed',
  'achieved',
  'recorded',
  'present',
]);

/** "Adverse events were reported in 12 % of patients". */
function readRate(context: MeasureContext, index: number): SentenceStatement | null {
  const { sentence, subject } = context;
  const { tokens, capitals } = sentence;
  const token = tokens[index];
  if (token?.number?.percentage !== true || tokens[index - 1]?.lower !== 'in') return null;
  let verb = index - 2;
  if (!happening.has(tokens[verb]?.lower ?? '')) return null;
  while (/^(?:was|were|is|are|been)$/.test(tokens[verb - 1]?.lower ?? '')) verb -= 1;
  const phrase = subjectPhrase(tokens, verb);
  const read = readSubject(phrase, subject, sentence);
  if (read === null || read.isDocument) return null;
  return statement(context, {
    label: labelOf(read.words, capitals),
    index,
    start: (phrase[0] ?? token).start,
  });
}
