import type { Bound } from '../../reading.ts';
import type { DocumentSubject } from './document-subject.ts';
import { isAboutDocument } from './document-subject.ts';
import { isCompared, isHedged, isNegated } from './hedging.ts';
import { isNominal, labelOf, readSubject } from './noun-phrases.ts';
import type { Sentence, Token } from './sentence.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';
import { isPartial } from './predicates.ts';
import { adverbs, determiners, prepositions } from './words.ts';

export interface MeasureContext {
  readonly sentence: Sentence;
  readonly subject: DocumentSubject;
  readonly periodAt: (token: Token) => string | null | undefined;
}

/** Verbs that give their subject's value, with the preposition they need; null for none. */
const linkVerbs: ReadonlyMap<string, string | null> = new Map([
  ['is', null],
  ['are', null],
  ['was', null],
  ['were', null],
  ['totalled', null],
  ['totaled', null],
  ['totals', null],
  ['totalling', null],
  ['totaling', null],
  ['reached', null],
  ['reaches', null],
  ['hit', null],
  ['numbered', null],
  ['numbers', null],
  ['averaged', null],
  ['averages', null],
  ['equalled', null],
  ['equaled', null],
  ['equals', null],
  ['exceeded', null],
  ['exceeds', null],
  ['amounted', 'to'],
  ['amounts', 'to'],
  ['amounting', 'to'],
  ['came', 'to'],
  ['stood', 'at'],
  ['stands', 'at'],
  ['remained', 'at'],
  ['estimated', 'at'],
]);

/** Adjectives of measures with their attribute. */
const dimensions: ReadonlyMap<string, string> = new Map([
  ['tall', 'height'],
  ['high', 'height'],
  ['long', 'length'],
  ['wide', 'width'],
  ['broad', 'width'],
  ['deep', 'depth'],
  ['thick', 'thickness'],
  ['old', 'age'],
  ['heavy', 'weight'],
]);

/** Verbs whose object is a measure of the document's subject. */
const measureVerbs: ReadonlyMap<string, readonly [string, RegExp]> = new Map([
  ['weighs', ['weight', /^(?:m?g|kg|t|lb|oz|tons)$/]],
  ['weighed', ['weight', /^(?:m?g|kg|t|lb|oz|tons)$/]],
  ['costs', ['cost', /^[A-Z]{3}$/]],
  ['cost', ['cost', /^[A-Z]{3}$/]],
  ['covers', ['area', /^(?:sq |ha$|acres$)/]],
  ['covered', ['area', /^(?:sq |ha$|acres$)/]],
  ['occupies', ['area', /^(?:sq |ha$|acres$)/]],
  ['spans', ['length', /^(?:k?m|mi|ft)$/]],
]);

/** Verbs and prepositions after which "revenue of $5 million" is the document's own. */
const reportVerbs: ReadonlySet<string> = new Set(
  (
    'reported reports posted posts recorded records generated generates achieved achieves delivered earned earns had has have ' +
    'with registered booked saw covers covered occupies reaches reached at stands'
  ).split(' '),
);

const qualifiers: ReadonlySet<string> = new Set(['a', 'an', 'the', 'some', 'at', 'to', 'of']);

/** The verb that governs the number at `index`, adverbs and its preposition stepped over. */
function linkBefore(tokens: readonly Token[], index: number): { readonly verb: number } | null {
  let at = index - 1;
  let preposition: string | null = null;
  while (at >= 0 && index - at < 6) {
    const word = tokens[at];
    if (word === undefined || word.kind !== 'word') return null;
    if (linkVerbs.has(word.lower)) {
      const needed = linkVerbs.get(word.lower) ?? null;
      return needed === preposition ? { verb: at } : null;
    }
    if (qualifiers.has(word.lower) && preposition === null) preposition = word.lower;
    else if (!adverbs.has(word.lower) && !word.lower.endsWith('ly')) return null;
    at -= 1;
  }
  return null;
}

function clauseStart(tokens: readonly Token[], verb: number): number {
  let at = verb;
  while (at > 0) {
    const token = tokens[at - 1];
    if (token === undefined) break;
    if (token.kind === 'mark' && /^[,;:()—–]$/.test(token.text)) break;
    if (
      token.lower === 'that' ||
      token.lower === 'while' ||
      token.lower === 'whereas' ||
      token.lower === 'but'
    )
      break;
    if (token.lower === 'and' && hasNumber(tokens, 0, at)) break;
    at -= 1;
  }
  return at;
}

const hasNumber = (tokens: readonly Token[], from: number, to: number): boolean =>
  tokens.slice(from, to).some((token) => token.kind === 'number');

/** Skips an adverbial between commas: "Revenue, which includes X, was" has its subject before the commas. */
function subjectPhrase(tokens: readonly Token[], verb: number): readonly Token[] {
  if (tokens[verb - 1]?.text !== ',') return tokens.slice(clauseStart(tokens, verb), verb);
  const open = tokens.findLastIndex((token, at) => at < verb - 1 && token.text === ',');
  return open > 0 ? tokens.slice(clauseStart(tokens, open), open) : [];
}

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

function statement(
  context: MeasureContext,
  parts: {
    readonly label: string;
    readonly index: number;
    readonly start: number;
    readonly end?: number;
    readonly bound?: Bound;
  },
): SentenceStatement | null {
  const { sentence } = context;
  const token = sentence.tokens[parts.index];
  if (token === undefined || token.number === null) return null;
  const period = context.periodAt(token);
  if (period === undefined) return null;
  const value = numberValue(
    parts.bound === undefined ? token.number : { ...token.number, bound: parts.bound },
  );
  return {
    label: [parts.label],
    value,
    period,
    start: parts.start,
    end: (sentence.tokens[parts.end ?? parts.index] ?? token).end,
    valueStart: token.start,
    valueEnd: token.end,
    rule: 'sentence-value',
  };
}

/** Reads the measured values of a sentence: "total revenue was $4.5 billion", "a population of 8.5 million". */
export function readMeasures(context: MeasureContext): SentenceStatement[] {
  const { sentence } = context;
  const found: SentenceStatement[] = [];
  for (const [index, token] of sentence.tokens.entries()) {
    if (token.number === null) continue;
    if (isHedged(sentence, index) || isNegated(sentence, index) || isCompared(sentence, index)) continue;
    if (isPartial(sentence.tokens, index)) continue;
    const read =
      readLinked(context, index) ??
      readDimension(context, index) ??
      readVerb(context, index) ??
      readOf(context, index) ??
      readRate(context, index);
    if (read !== null) found.push(read);
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

/** The verb of "is 73 cm tall and 92 cm wide" for any of its measures; -1 where there is none. */
function dimensionVerb(tokens: readonly Token[], index: number): number {
  const link = linkBefore(tokens, index);
  if (link !== null) return link.verb;
  const before = tokens[index - 1];
  if (before === undefined) return -1;
  if (/^(?:stands|stood|measures|measured)$/.test(before.lower)) return index - 1;
  const isJoined = before.lower === 'and' || before.text === ',';
  const first = index - (isJoined && tokens[index - 2]?.text === ',' ? 4 : 3);
  return isJoined && dimensions.has(tokens[first + 1]?.lower ?? '') ? dimensionVerb(tokens, first) : -1;
}

/** "The tower is 330 metres tall". */
function readDimension(context: MeasureContext, index: number): SentenceStatement | null {
  const { sentence, subject } = context;
  const { tokens, capitals } = sentence;
  const attribute = dimensions.get(tokens[index + 1]?.lower ?? '');
  if (attribute === undefined || tokens[index]?.number?.unitKind !== 'measure') return null;
  const verb = dimensionVerb(tokens, index);
  if (verb < 0) return null;
  const phrase = subjectPhrase(tokens, verb);
  const read = readSubject(phrase, subject, sentence);
  const start = (phrase[0] ?? tokens[verb])?.start;
  if (read === null || start === undefined) return null;
  const label = read.isDocument ? attribute : `${labelOf(read.words, capitals)} ${attribute}`;
  return statement(context, { label, index, start, end: index + 1 });
}

/** "It weighs 5 kg", "the park covers 500 hectares". */
function readVerb(context: MeasureContext, index: number): SentenceStatement | null {
  const { sentence, subject } = context;
  const before = sentence.tokens[index - 1];
  const rule = measureVerbs.get(before?.lower ?? '');
  const unit = sentence.tokens[index]?.number?.unit ?? '';
  if (rule === undefined || !rule[1].test(unit) || !isAboutDocument(sentence, index - 1, subject))
    return null;
  return statement(context, { label: rule[0], index, start: before?.start ?? sentence.start });
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
