import type { ReadValue } from '../../reading.ts';
import { matchDateAt } from '../../values/index.ts';
import { attributeStatement, nameStatement } from './attribute-statement.ts';
import type { AttributeContext } from './attribute-statement.ts';
import { isAboutDocument, wordsBefore } from './document-subject.ts';
import { isVerbLike, readName } from './names.ts';
import { isNominal, labelOf } from './noun-phrases.ts';
import type { Token } from './sentence.ts';
import type { SentenceStatement } from './statement-value.ts';
import { adverbs, determiners, prepositions } from './words.ts';

/** Participles of being or coming to be somewhere, with the attribute that the place is. */
const places: ReadonlyMap<string, string> = new Map([
  ['headquartered', 'headquarters'],
  ['based', 'headquarters'],
  ['located', 'location'],
  ['situated', 'location'],
  ['born', 'born in'],
  ['died', 'died in'],
  ['buried', 'buried in'],
]);

/** Participles that say nothing of the subject without what follows. */
const dependent: ReadonlySet<string> = new Set(
  (
    'based used known called named held said reported expected considered described regarded seen listed estimated due ranked ' +
    'included followed caused given told asked killed wounded injured arrested increased reduced'
  ).split(' '),
);

/** Verbs whose subject undergoes what they say, without "was": "the museum opened in 1889". */
const undergoing: ReadonlySet<string> = new Set([
  'died',
  'opened',
  'closed',
  'launched',
  'started',
  'ceased',
  'retired',
  'merged',
]);

const mostPhrases = 4;

/** "was founded in 1987 by Jane Doe", "is headquartered in Austin, Texas", "Founded in 1987, …". */
export function readParticiple(context: AttributeContext, index: number): SentenceStatement[] {
  if (!isOfDocument(context, index)) return [];
  const found: SentenceStatement[] = [];
  let at = index + 1;
  for (let phrases = 0; phrases < mostPhrases; phrases += 1) {
    const phrase = readPhrase(context, index, at);
    if (phrase === null) break;
    if (phrase.statement !== null) found.push(phrase.statement);
    at = phrase.end;
  }
  return found;
}

/** Whether the participle at `index` is said of the document's subject. */
function isOfDocument(context: AttributeContext, index: number): boolean {
  const { sentence, subject } = context;
  const { tokens } = sentence;
  let verb = index - 1;
  while (adverbs.has(tokens[verb]?.lower ?? '') || (tokens[verb]?.lower ?? '').endsWith('ly')) verb -= 1;
  const auxiliary = tokens[verb]?.lower ?? '';
  if (/^(?:is|are|was|were|been)$/.test(auxiliary))
    return isAboutDocument(sentence, auxiliary === 'been' ? verb - 1 : verb, subject);
  if (isReduced(context, index)) return true;
  return undergoing.has(tokens[index]?.lower ?? '') && isAboutDocument(sentence, index, subject);
}

/** "Founded in 1987, the company …" and "Acme, founded in 1987, …" have the subject of the sentence. */
function isReduced(context: AttributeContext, index: number): boolean {
  const { sentence, subject } = context;
  const { tokens } = sentence;
  if (index === 0) {
    const comma = tokens.findIndex((token) => token.text === ',');
    if (comma < 0 || comma > 12) return false;
    const rest = tokens.slice(comma + 1);
    const verb = rest.findIndex((token) => token.kind !== 'word' || isVerbLike(token));
    return verb > 0 && subject.isSubject(rest.slice(0, verb), sentence);
  }
  const before = wordsBefore(sentence, index - 1);
  // "Jane Doe (born 12 March 1921; died 4 May 1998)"
  if (tokens[index - 1]?.text === '(') return index < 9 && subject.isSubject(before, sentence);
  if (tokens[index - 1]?.text === ';' && tokens[index]?.lower === 'died')
    return tokens.slice(0, index).some((token) => token.text === '(') && index < 20;
  if (tokens[index - 1]?.text !== ',') return false;
  if (isAfterDefinition(context, index)) return true;
  return before.length > 0 && before.length === index - 1 && subject.isSubject(before, sentence);
}

const origins =
  /^(?:founded|established|incorporated|chartered|created|built|completed|opened|launched|formed)$/;

/** "Acme is a maker of pumps in Lima, Peru, founded in 1987"; "a subsidiary of Initech, founded in 1990" is not clear. */
function isAfterDefinition({ sentence, subject }: AttributeContext, index: number): boolean {
  const { tokens } = sentence;
  if (!origins.test(tokens[index]?.lower ?? '')) return false;
  const verb = tokens.findIndex(({ lower }) => /^(?:is|are|was|were)$/.test(lower));
  if (verb < 1 || verb > 9 || !/^(?:an?|the)$/.test(tokens[verb + 1]?.lower ?? '')) return false;
  const between = tokens.slice(verb + 2, index);
  const last = between.findLast(({ lower }) => prepositions.has(lower));
  const opensClause = between.some(({ lower }) => /^(?:that|which|who|whose|where)$/.test(lower));
  if (opensClause || (last !== undefined && !/^(?:in|at|from|near)$/.test(last.lower))) return false;
  return isAboutDocument(sentence, verb, subject);
}

interface Phrase {
  readonly statement: SentenceStatement | null;
  readonly end: number;
}

/** One phrase after a participle: "in 1987", "on 5 May 1820", "by Gustave Eiffel", "in Austin, Texas". */
function readPhrase(context: AttributeContext, participleAt: number, at: number): Phrase | null {
  const { text, sentence } = context;
  const { tokens } = sentence;
  const participle = tokens[participleAt];
  const preposition = tokens[at];
  if (participle === undefined || preposition === undefined) return null;
  const label = labelOf([participle], true);
  const { start } = participle;
  const isTimed = preposition.lower === 'in' || preposition.lower === 'on';
  const time = readTime(text, tokens, isTimed ? at + 1 : at);
  if (time !== null && (isTimed || (at === participleAt + 1 && /^(?:born|died)$/.test(label)))) {
    if (dependent.has(label)) return { statement: null, end: time.end };
    const { valueStart, valueEnd } = time;
    return {
      statement: attributeStatement({ label, value: time.value, start, valueStart, valueEnd }),
      end: time.end,
    };
  }
  if (!prepositions.has(preposition.lower) || preposition.lower === 'of') return null;
  const isPlace = preposition.lower === 'in' || preposition.lower === 'at';
  const name = readName(sentence, at + 1, isPlace);
  // "bought by the museum in 1902", "sold to a dealer in 1905": what has no name is stepped over.
  if (name === null) return { statement: null, end: afterNominals(tokens, at + 1) };
  const attribute = isPlace ? places.get(label) : preposition.lower === 'by' ? `${label} by` : undefined;
  const statement =
    attribute === undefined ? null : nameStatement(context, { label: attribute, start, name });
  return { statement, end: name.end };
}

function afterNominals(tokens: readonly Token[], at: number): number {
  let end = at;
  while (
    determiners.has(tokens[end]?.lower ?? '') ||
    isNominal(tokens[end]) ||
    tokens[end]?.kind === 'number'
  )
    end += 1;
  return end;
}

interface Time {
  readonly value: ReadValue;
  readonly valueStart: number;
  readonly valueEnd: number;
  /** The index after its last token. */
  readonly end: number;
}

/** A date, or a year as a bare number. */
function readTime(text: string, tokens: readonly Token[], at: number): Time | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const date = matchDateAt(text, token.start);
  if (date !== null && date.date !== null) {
    const end = tokens.findIndex((each) => each.start >= date.end);
    const value = { type: 'date' as const, date: date.date };
    return { value, valueStart: token.start, valueEnd: date.end, end: end < 0 ? tokens.length : end };
  }
  if (!/^(?:1\d{3}|20\d{2})$/.test(token.text)) return null;
  const value = { type: 'number' as const, number: Number(token.text), unit: null, bound: null };
  return { value, valueStart: token.start, valueEnd: token.end, end: at + 1 };
}
