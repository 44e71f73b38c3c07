import type { DocumentSubject } from './document-subject.ts';
import { isAboutDocument, isCapitalised, wordsBefore } from './document-subject.ts';
import { isCompared, isHedged, isNegated } from './hedging.ts';
import { countedNoun, isNominal, labelOf } from './noun-phrases.ts';
import type { CountedNoun } from './noun-phrases.ts';
import type { Sentence, Token } from './sentence.ts';
import { numberValue } from './statement-value.ts';
import type { SentenceStatement } from './statement-value.ts';
import { adverbs, auxiliaries, isParticiple, possessives, prepositions } from './words.ts';

/** The noun that was counted last, for "4 of them" and "30 wounded". */
export interface CountMemory {
  noun: readonly Token[] | null;
}

interface Predicate {
  readonly words: readonly Token[];
  readonly end: number;
}

const relatives: ReadonlySet<string> = new Set(['that', 'who', 'which']);
/** Participles that tell of a plan or a claim when "to" follows. */
const intents: ReadonlySet<string> = new Set([
  'required',
  'needed',
  'allowed',
  'set',
  'said',
  'scheduled',
  'feared',
  'reported',
]);

/** Reads "were received", "have been enrolled", "withdrawn" at `at`; null for anything else. */
function readPredicate(tokens: readonly Token[], at: number): Predicate | null {
  let index = at;
  if (relatives.has(tokens[index]?.lower ?? '')) index += 1;
  let passive = false;
  while (
    auxiliaries.has(tokens[index]?.lower ?? '') ||
    adverbs.has(tokens[index]?.lower ?? '') ||
    isManner(tokens[index])
  ) {
    const lower = tokens[index]?.lower ?? '';
    if (/^(?:not|never|no|only)$/.test(lower)) return null;
    if (/^(?:is|are|was|were|been)$/.test(lower)) passive = true;
    index += 1;
  }
  const participle = tokens[index];
  if (participle === undefined || participle.kind !== 'word' || !isParticiple(participle.lower)) return null;
  const next = tokens[index + 1];
  if (intents.has(participle.lower) && next?.lower === 'to') return null;
  // "416 patients completed the study" has a subject that acts; without "were" the participle must end the phrase.
  if (
    !passive &&
    next !== undefined &&
    (isNominal(next) || next.kind === 'number' || /^(?:the|a|an|its|their|his)$/.test(next.lower))
  )
    return null;
  return { words: [participle], end: index + 1 };
}

const isManner = (token: Token | undefined): boolean =>
  token !== undefined && token.lower.length > 4 && token.lower.endsWith('ly');

/** Verbs that say what the document's subject has, so that the counted noun alone is the attribute. */
const having: ReadonlySet<string> = new Set(
  (
    'has have had with employs employ employed operates operate operated owns own owned includes include included comprises ' +
    'comprise comprised contains contain contained features feature featured houses house housed holds hold held maintains ' +
    'maintain maintained runs run ran serves serve served manages manage managed offers offer offered counts count counted ' +
    'boasts boast spans span'
  ).split(' '),
);
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

/** Past forms that differ from the participle. */
const pastParticiples: ReadonlyMap<string, string> = new Map(
  'took taken,gave given,wrote written,drew drawn,began begun,broke broken,stole stolen,saw seen,chose chosen,withdrew withdrawn,shot shot,won won,sold sold,built built,bought bought,made made,found found,lost lost,hit hit,hurt hurt,left left,caught caught,held held,sent sent,paid paid,brought brought,killed killed'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string]),
);

function pastParticiple(verb: string): string | null {
  return pastParticiples.get(verb) ?? (verb.endsWith('ed') && isParticiple(verb) ? verb : null);
}

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

function foreignSubject(sentence: Sentence, verb: number, subject: DocumentSubject): boolean {
  if (sentence.capitals) return false;
  const names = wordsBefore(sentence, verb).filter(
    (token, index) => index > 0 && token.kind === 'word' && isCapitalised(token.text),
  );
  return names.length > 0 && !subject.isName(names.map((token) => token.text).join(' '));
}

/** Reads the counts of a sentence: "a total of 416 applications were received, 4 of them withdrawn". */
export function readCounts(options: {
  readonly sentence: Sentence;
  readonly subject: DocumentSubject;
  readonly memory: CountMemory;
  readonly periodAt: (token: Token) => string | null | undefined;
}): SentenceStatement[] {
  const { sentence, subject, memory } = options;
  const { tokens } = sentence;
  const found: SentenceStatement[] = [];
  memory.noun = null;
  for (const [index, token] of tokens.entries()) {
    const { number } = token;
    if (number === null || number.percentage || (number.unitKind !== null && number.unitKind !== 'noun'))
      continue;
    const counted = countAt({ sentence, subject, memory }, index);
    if (counted === null) continue;
    const hedged = isHedged(sentence, index) || isNegated(sentence, index) || isCompared(sentence, index);
    const period = hedged ? undefined : options.periodAt(token);
    if (period === undefined) continue;
    const last = tokens[counted.end - 1] ?? token;
    found.push({
      label: [counted.label],
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

interface Counted {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

function countAt(
  context: { readonly sentence: Sentence; readonly subject: DocumentSubject; readonly memory: CountMemory },
  index: number,
): Counted | null {
  const { sentence, subject, memory } = context;
  const { tokens, capitals } = sentence;
  const governor = governorOf(tokens, index);
  const before = tokens[governor.at];
  const noun = countedNoun(tokens, index) ?? resolvedNoun(tokens, index, memory);
  if (noun === null) return null;
  if (!noun.resolved) memory.noun = noun.words;
  const label = labelOf(noun.words, capitals);
  const predicate = readPredicate(tokens, noun.end);
  const start = governor.total ? governor.at + 1 : index;
  if (predicate !== null)
    return { label: `${label} ${labelOf(predicate.words, true)}`, start, end: predicate.end };
  const verb = before?.lower ?? '';
  if (
    having.has(verb) &&
    !noun.resolved &&
    (isAboutDocument(sentence, governor.at, subject) || isFree(tokens, governor.at))
  )
    return { label: ownLabel(verb, noun.words, capitals), start: governor.at, end: noun.end };
  const participle = before === undefined || before.kind !== 'word' ? null : pastParticiple(verb);
  if (
    participle !== null &&
    !foreignSubject(sentence, governor.at, subject) &&
    !isPassive(tokens, governor.at)
  )
    return { label: `${label} ${participle}`, start: governor.at, end: noun.end };
  if (noun.resolved) return null;
  if (possessives.has(verb) && !sentence.foreign) return { label, start: governor.at, end: noun.end };
  if (isPlaceOfAction(sentence, governor.at, subject)) return { label, start: governor.at, end: noun.end };
  if (governor.total || isExistential(tokens, governor.at)) return { label, start, end: noun.end };
  return null;
}

const spreadVerbs =
  /^(?:operat|work|act|sell|sold|serv|present|activ|avail|represent|conduct|perform|carri|taught|spoken|distribut|publish|stud|run|held|offic)/;

/** "operates in 12 countries", "was conducted at 23 centres": where the document's subject is or acts. */
function isPlaceOfAction(sentence: Sentence, at: number, subject: DocumentSubject): boolean {
  const { tokens } = sentence;
  if (!/^(?:in|at|across)$/.test(tokens[at]?.lower ?? '')) return false;
  let verb = at - 1;
  if (/^(?:out|on)$/.test(tokens[verb]?.lower ?? '')) verb -= 1;
  if (!spreadVerbs.test(tokens[verb]?.lower ?? '')) return false;
  while (/^(?:is|are|was|were|has|have|been)$/.test(tokens[verb - 1]?.lower ?? '')) verb -= 1;
  return isAboutDocument(sentence, verb, subject);
}

/** "with 54 stores" is about the document where it opens or closes a clause on it. */
const isFree = (tokens: readonly Token[], at: number): boolean => tokens[at]?.lower === 'with' && at === 0;

const isPassive = (tokens: readonly Token[], at: number): boolean =>
  /^(?:was|were|been|be|is|are)$/.test(tokens[at - 1]?.lower ?? '');

function isExistential(tokens: readonly Token[], at: number): boolean {
  return /^(?:is|are|was|were)$/.test(tokens[at]?.lower ?? '') && tokens[at - 1]?.lower === 'there';
}

function ownLabel(verb: string, words: readonly Token[], capitals: boolean): string {
  const last = words.at(-1)?.lower ?? '';
  if (employing.test(verb) && words.length === 1 && staffNouns.has(last)) return 'employees';
  return labelOf(words, capitals);
}

/** "4 of them", "two of which", "30 wounded": the noun counted before, where the sentence has one. */
function resolvedNoun(tokens: readonly Token[], index: number, memory: CountMemory): CountedNoun | null {
  if (memory.noun === null) return null;
  const next = tokens[index + 1];
  if (next?.lower === 'of' && /^(?:them|these|those|which|whom)$/.test(tokens[index + 2]?.lower ?? ''))
    return { words: memory.noun, end: index + 3, resolved: true };
  if (
    next === undefined ||
    next.kind === 'mark' ||
    isParticiple(next.lower) ||
    auxiliaries.has(next.lower) ||
    next.lower === 'others'
  )
    return { words: memory.noun, end: index + (next?.lower === 'others' ? 2 : 1), resolved: true };
  return prepositions.has(next.lower) && next.lower !== 'of'
    ? { words: memory.noun, end: index + 1, resolved: true }
    : null;
}
