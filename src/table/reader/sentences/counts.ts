import type { DocumentSubject } from './document-subject.ts';
import { isAboutDocument, isCapitalised, wordsBefore } from './document-subject.ts';
import { isCompared, isHedged, isNegated } from './hedging.ts';
import { countedNoun, labelOf } from './noun-phrases.ts';
import type { CountedNoun } from './noun-phrases.ts';
import { having, isManner, isPartial, pastParticiple, readPredicate } from './predicates.ts';
import type { Sentence, Token } from './sentence.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';
import { adverbs, auxiliaries, isParticiple, possessives, prepositions } from './words.ts';

export interface CountContext {
  readonly sentence: Sentence;
  readonly subject: DocumentSubject;
  readonly periodAt: (token: Token) => string | null | undefined;
}

/** What one count of a sentence leaves for the next. */
interface Memory {
  /** The noun that was counted last, for "4 of them" and "30 wounded". */
  noun: readonly Token[] | null;
  /** The count that was read last, which "and 12 secondary schools" goes on with. */
  last: { readonly end: number; readonly participle: string | null; readonly start: number } | null;
}

const employing = /^employ(?:s|ed)?$/;
const staffNouns: ReadonlySet<string> = new Set([
  'people',
  'persons',
  'workers',
  'staff',
  'personnel',
  'individuals',
  'men',
  'women',
]);

/** Steps back from the number at `index` over adverbs and "a total of", to the word that governs it. */
function governorOf(
  tokens: readonly Token[],
  index: number,
): { readonly at: number; readonly total: boolean } {
  let at = index - 1;
  let total = false;
  if (tokens[at]?.lower === 'of' && tokens[at - 1]?.lower === 'total') {
    total = true;
    at -= /^(?:a|an|the)$/.test(tokens[at - 2]?.lower ?? '') ? 3 : 2;
    if (/^(?:combined|grand|cumulative)$/.test(tokens[at]?.lower ?? '')) at -= 1;
  }
  while (adverbs.has(tokens[at]?.lower ?? '') || isManner(tokens[at])) at -= 1;
  return { at, total };
}

/** Reads the counts of a sentence: "a total of 416 applications were received, 4 of them withdrawn". */
export function readCounts(context: CountContext): SentenceStatement[] {
  const { sentence } = context;
  const { tokens } = sentence;
  const found: SentenceStatement[] = [];
  const memory: Memory = { noun: null, last: null };
  for (const [index, token] of tokens.entries()) {
    const { number } = token;
    if (number === null || number.percentage || (number.unitKind !== null && number.unitKind !== 'noun'))
      continue;
    const counted = countAt(context, memory, index);
    memory.last = counted;
    if (counted === null || isHedged(sentence, index) || isNegated(sentence, index)) continue;
    if (isCompared(sentence, index) || isPartial(tokens, counted.end - 1)) continue;
    const period = context.periodAt(token);
    if (period === undefined) continue;
    const last = tokens[counted.end - 1] ?? token;
    found.push({
      label: [counted.participle === null ? counted.label : `${counted.label} ${counted.participle}`],
      value: numberValue({ ...number, unit: null, unitKind: null }),
      period,
      start: (tokens[counted.start] ?? token).start,
      end: Math.max(last.end, token.end),
      valueStart: token.start,
      valueEnd: token.end,
      rule: 'sentence-count',
    });
  }
  return found;
}

/** A count: its noun as a label, what was done to it, and the tokens that say so. */
interface Counted {
  readonly label: string;
  readonly participle: string | null;
  readonly start: number;
  readonly end: number;
}

function countAt(context: CountContext, memory: Memory, index: number): Counted | null {
  const { sentence } = context;
  const { tokens, capitals } = sentence;
  const governor = governorOf(tokens, index);
  const noun = countedNoun(tokens, index) ?? resolvedNoun(tokens, index, memory);
  if (noun === null) return null;
  if (!noun.resolved) memory.noun = noun.words;
  const label = labelOf(noun.words, capitals);
  const predicate = readPredicate(tokens, noun.end);
  const start = governor.total ? governor.at + 1 : index;
  if (predicate !== null) return { label, participle: predicate.participle.lower, start, end: predicate.end };
  const left = tokens[governor.at]?.lower === 'left' ? leftState(tokens, noun.end) : null;
  if (left !== null) return { label, participle: left.state, start: governor.at, end: left.end };
  const acted = actedOn(context, governor.at);
  if (acted !== null) return { label, participle: acted, start: governor.at, end: noun.end };
  if (noun.resolved) return null;
  const verb = tokens[governor.at]?.lower ?? '';
  if (isOwn(context, governor.at)) {
    const isStaff =
      employing.test(verb) && noun.words.length === 1 && staffNouns.has(noun.words[0]?.lower ?? '');
    return { label: isStaff ? 'employees' : label, participle: null, start: governor.at, end: noun.end };
  }
  // "built 312 wells in 9 countries": the countries were not built.
  const isPlace = /^(?:in|across)$/.test(verb);
  const goesOn = memory.last !== null && isList(tokens, memory.last.end, index);
  if (goesOn && memory.last !== null)
    return {
      label,
      participle: isPlace ? null : memory.last.participle,
      start: memory.last.start,
      end: noun.end,
    };
  const stands = (governor.total && endsPhrase(tokens, noun.end)) || isExistential(tokens, governor.at);
  return stands ? { label, participle: null, start, end: noun.end } : null;
}

const states = /^(?:dead|injured|wounded|homeless|missing|stranded|hospitalized|hospitalised|unemployed)$/;

/** How "left 12 people dead", "left 1,000 customers without power" left those counted. */
function leftState(
  tokens: readonly Token[],
  at: number,
): { readonly state: string; readonly end: number } | null {
  const next = tokens[at];
  if (next === undefined) return null;
  if (states.test(next.lower)) return { state: next.lower, end: at + 1 };
  const lack = tokens[at + 1];
  if (next.lower !== 'without' || lack?.kind !== 'word') return null;
  return { state: `without ${lack.lower}`, end: at + 2 };
}

/** Whether the counted things are the document's: "has 48 schools", "its 54 stores", "operates in 12 countries". */
function isOwn(context: CountContext, at: number): boolean {
  const { sentence, subject } = context;
  const { tokens } = sentence;
  const verb = tokens[at]?.lower ?? '';
  if (having.has(verb)) return isAboutDocument(sentence, at, subject) || (verb === 'with' && at === 0);
  if (possessives.has(verb)) return !sentence.foreign;
  if (verb === 'to' && tokens[at - 1]?.lower === 'home') return isAboutDocument(sentence, at - 2, subject);
  return isPlaceOfAction(sentence, at, subject);
}

/** The participle of an active verb right before the number: "killed 12 people" → "killed". */
function actedOn(context: CountContext, at: number): string | null {
  const { sentence, subject } = context;
  const verb = sentence.tokens[at];
  if (verb === undefined || verb.kind !== 'word' || having.has(verb.lower)) return null;
  const participle = pastParticiple(verb.lower);
  if (participle === null || isPassive(sentence.tokens, at)) return null;
  return isForeignActor(sentence, at, subject) ? null : participle;
}

function isForeignActor(sentence: Sentence, verb: number, subject: DocumentSubject): boolean {
  if (sentence.capitals) return false;
  const names = wordsBefore(sentence, verb).filter(
    (token, index) => index > 0 && token.kind === 'word' && isCapitalised(token.text),
  );
  return names.length > 0 && !subject.isName(names.map((token) => token.text).join(' '));
}

/** Only commas, "and" or "in" stand between the end of the last count and the next number. */
function isList(tokens: readonly Token[], from: number, to: number): boolean {
  if (to <= from || to - from > 2) return false;
  return tokens
    .slice(from, to)
    .every((token) => token.text === ',' || /^(?:and|in|across)$/.test(token.lower));
}

const endsPhrase = (tokens: readonly Token[], at: number): boolean => {
  const next = tokens[at];
  return (
    next === undefined ||
    (next.kind === 'mark' && next.text !== '(') ||
    prepositions.has(next.lower) ||
    next.lower === 'and'
  );
};

const spreadVerbs =
  /^(?:operat|work|act|sell|sold|serv|present|activ|avail|represent|conduct|perform|carri|taught|spoken|distribut|publish|run|held|offic|treat|enrol|recruit|test|examin|studi)/;

/** "operates in 12 countries", "was conducted at 23 centres": where the document's subject is or acts. */
function isPlaceOfAction(sentence: Sentence, at: number, subject: DocumentSubject): boolean {
  const { tokens } = sentence;
  if (!/^(?:in|at|across)$/.test(tokens[at]?.lower ?? '')) return false;
  let verb = at - 1;
  if (/^(?:out|on)$/.test(tokens[verb]?.lower ?? '')) verb -= 1;
  if (!spreadVerbs.test(tokens[verb]?.lower ?? '')) return false;
  const acts = verb;
  while (/^(?:is|are|was|were|has|have|been)$/.test(tokens[verb - 1]?.lower ?? '')) verb -= 1;
  // "Patients were treated at 21 sites": those whom the document is about, all of them.
  const isAll =
    verb < acts &&
    verb <= 2 &&
    /\p{L}{3}s$/u.test(tokens[verb - 1]?.lower ?? '') &&
    isPlainPlural(tokens, verb);
  return isAll || isAboutDocument(sentence, verb, subject);
}

/** "Patients", "the participants". */
function isPlainPlural(tokens: readonly Token[], end: number): boolean {
  if (end === 1) return true;
  const [first, second] = tokens;
  return first?.lower === 'the' && second !== undefined && !isCapitalised(second.text);
}

const isPassive = (tokens: readonly Token[], at: number): boolean =>
  /^(?:was|were|been|be|is|are)$/.test(tokens[at - 1]?.lower ?? '');

function isExistential(tokens: readonly Token[], at: number): boolean {
  return /^(?:is|are|was|were)$/.test(tokens[at]?.lower ?? '') && tokens[at - 1]?.lower === 'there';
}

/** "4 of them", "two of which", "30 wounded": the noun counted before, where the sentence has one. */
function resolvedNoun(tokens: readonly Token[], index: number, memory: Memory): CountedNoun | null {
  const words = memory.noun;
  if (words === null) return null;
  const next = tokens[index + 1];
  if (next?.lower === 'of' && /^(?:them|these|those|which|whom)$/.test(tokens[index + 2]?.lower ?? ''))
    return { words, end: index + 3, resolved: true };
  if (next === undefined || next.kind === 'mark' || isParticiple(next.lower) || auxiliaries.has(next.lower))
    return { words, end: index + 1, resolved: true };
  if (next.lower === 'others') return { words, end: index + 2, resolved: true };
  return prepositions.has(next.lower) && next.lower !== 'of'
    ? { words, end: index + 1, resolved: true }
    : null;
}
