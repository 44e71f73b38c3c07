import type { ReadValue } from '../../reading.ts';
import { matchDateAt } from '../../values/index.ts';
import type { DocumentSubject } from './document-subject.ts';
import { isAboutDocument, isCapitalised, wordsBefore } from './document-subject.ts';
import { isHedged, isNegated } from './hedging.ts';
import { isNominal, labelOf, readSubject } from './noun-phrases.ts';
import type { Sentence, Token } from './sentence.ts';
import { isVerbLike, readName, readShortWords } from './names.ts';
import type { Name } from './names.ts';
import type { SentenceStatement } from './statement-value.ts';
import { adverbs, copulas, determiners, isParticiple, possessives } from './words.ts';

interface Context {
  readonly text: string;
  readonly sentence: Sentence;
  readonly subject: DocumentSubject;
}

/** Participles of being somewhere, with the attribute that the place is. */
const places: ReadonlyMap<string, string> = new Map([
  ['headquartered', 'headquarters'],
  ['based', 'headquarters'],
  ['located', 'location'],
  ['situated', 'location'],
]);

/** Participles that say nothing of the subject without what follows. */
const dependent: ReadonlySet<string> = new Set([
  'based',
  'used',
  'known',
  'called',
  'named',
  'held',
  'said',
  'reported',
  'expected',
  'considered',
  'described',
  'regarded',
  'seen',
  'listed',
  'estimated',
  'due',
  'ranked',
  'included',
  'followed',
  'caused',
  'given',
  'told',
  'asked',
  'killed',
  'wounded',
  'injured',
  'arrested',
  'increased',
  'reduced',
]);

/** Reads the attributes that a sentence gives its subject in words: capitals, founders, dates, places. */
export function readAttributes(context: Context): SentenceStatement[] {
  const { sentence } = context;
  const found: SentenceStatement[] = [];
  for (const [index, token] of sentence.tokens.entries()) {
    if (token.kind !== 'word') continue;
    const read = isParticiple(token.lower)
      ? readParticiple(context, index)
      : copulas.has(token.lower)
        ? readNamed(context, index)
        : [];
    if (read.length > 0 && !isHedged(sentence, index) && !isNegated(sentence, index)) found.push(...read);
  }
  found.push(...readApposition(context));
  return found;
}

function make(parts: {
  readonly label: string;
  readonly value: ReadValue;
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}): SentenceStatement {
  return {
    label: [parts.label],
    value: parts.value,
    period: null,
    start: parts.start,
    end: parts.valueEnd,
    valueStart: parts.valueStart,
    valueEnd: parts.valueEnd,
    rule: 'sentence-attribute',
  };
}

/** "was founded in 1987 by Jane Doe", "is headquartered in Austin, Texas", "Founded in 1987, …". */
function readParticiple(context: Context, index: number): SentenceStatement[] {
  const { sentence, subject } = context;
  const { tokens } = sentence;
  const participle = tokens[index];
  if (participle === undefined) return [];
  let verb = index - 1;
  while (adverbs.has(tokens[verb]?.lower ?? '') || (tokens[verb]?.lower ?? '').endsWith('ly')) verb -= 1;
  const auxiliary = tokens[verb]?.lower ?? '';
  const passive = /^(?:is|are|was|were|been)$/.test(auxiliary);
  if (passive) {
    const begin = auxiliary === 'been' ? verb - 1 : verb;
    if (!isAboutDocument(sentence, begin, subject)) return [];
  } else if (!isReduced(context, index)) return [];
  const found: SentenceStatement[] = [];
  let at = index + 1;
  for (let phrases = 0; phrases < 3; phrases += 1) {
    const phrase = readPhrase(context, index, at);
    if (phrase === null) break;
    if (phrase.statement !== null) found.push(phrase.statement);
    at = phrase.end;
  }
  return found;
}

/** "Founded in 1987, the company …" and "Acme, founded in 1987, …" have the subject of the sentence. */
function isReduced(context: Context, index: number): boolean {
  const { sentence, subject } = context;
  const { tokens } = sentence;
  if (index === 0) {
    const comma = tokens.findIndex((token) => token.text === ',');
    if (comma < 0 || comma > 12) return false;
    const rest = tokens.slice(comma + 1);
    const verb = rest.findIndex((token) => token.kind !== 'word' || isVerbLike(token));
    return verb > 0 && subject.isSubject(rest.slice(0, verb), sentence);
  }
  if (tokens[index - 1]?.text !== ',') return false;
  const before = wordsBefore(sentence, index - 1);
  return before.length > 0 && before.length === index - 1 && subject.isSubject(before, sentence);
}

interface Phrase {
  readonly statement: SentenceStatement | null;
  readonly end: number;
}

/** One phrase after a participle: "in 1987", "on 5 May 1820", "by Gustave Eiffel", "in Austin, Texas". */
function readPhrase(context: Context, participleAt: number, at: number): Phrase | null {
  const { text, sentence } = context;
  const { tokens } = sentence;
  const participle = tokens[participleAt];
  const preposition = tokens[at];
  const next = tokens[at + 1];
  if (participle === undefined || preposition === undefined || next === undefined) return null;
  const label = labelOf([participle], true);
  const start = participle.start;
  if (/^(?:in|on)$/.test(preposition.lower)) {
    const date = readTime(text, tokens, at + 1);
    if (date !== null) {
      if (dependent.has(label)) return { statement: null, end: date.end };
      return {
        statement: make({
          label,
          value: date.value,
          start,
          valueStart: next.start,
          valueEnd: date.textEnd,
        }),
        end: date.end,
      };
    }
    const place = preposition.lower === 'in' || places.has(label) ? readName(sentence, at + 1, true) : null;
    if (place === null) return null;
    const attribute = places.get(label);
    const statement =
      attribute === undefined ? null : nameStatement(context, { label: attribute, start, name: place });
    return { statement, end: place.end };
  }
  if (preposition.lower === 'at' && places.has(label)) {
    const place = readName(sentence, at + 1, true);
    return place === null
      ? null
      : {
          statement: nameStatement(context, { label: places.get(label) ?? label, start, name: place }),
          end: place.end,
        };
  }
  if (preposition.lower !== 'by' || sentence.capitals) return null;
  const name = readName(sentence, at + 1, false);
  // "bought by the museum in 1902": an agent without a name is stepped over.
  if (name === null) return { statement: null, end: afterNominals(tokens, at + 1) };
  return { statement: nameStatement(context, { label: `${label} by`, start, name }), end: name.end };
}

function nameStatement(
  context: Context,
  parts: { readonly label: string; readonly start: number; readonly name: Name },
): SentenceStatement {
  const { start, textEnd } = parts.name;
  const value: ReadValue = { type: 'text', text: context.text.slice(start, textEnd).replaceAll(/\s+/g, ' ') };
  return make({
    label: parts.label,
    value,
    start: parts.start,
    valueStart: start,
    valueEnd: textEnd,
  });
}

function afterNominals(tokens: readonly Token[], at: number): number {
  let end = at;
  while (determiners.has(tokens[end]?.lower ?? '') || isNominal(tokens[end])) end += 1;
  return end;
}

/** A date, or a year as a bare number. */
function readTime(
  text: string,
  tokens: readonly Token[],
  at: number,
): { readonly value: ReadValue; readonly textEnd: number; readonly end: number } | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const date = matchDateAt(text, token.start);
  if (date !== null && date.date !== null) {
    const end = tokens.findIndex((each) => each.start >= date.end);
    return {
      value: { type: 'date', date: date.date },
      textEnd: date.end,
      end: end < 0 ? tokens.length : end,
    };
  }
  if (!/^(?:1\d{3}|20\d{2})$/.test(token.text)) return null;
  const number: ReadValue = { type: 'number', number: Number(token.text), unit: null, bound: null };
  return { value: number, textEnd: token.end, end: at + 1 };
}

/** "Its capital is Lima", "The company's chief executive is Jane Doe". */
function readNamed(context: Context, index: number): SentenceStatement[] {
  const { sentence, subject } = context;
  const { capitals } = sentence;
  const phrase = wordsBefore(sentence, index);
  const read = readSubject(phrase, subject, sentence);
  if (read === null || read.isDocument || read.words.length > 4) return [];
  const own = phrase.some(
    (word) => possessives.has(word.lower) || /['’]s?$/.test(word.text) || word.lower === 'of',
  );
  const definite = phrase[0]?.lower === 'the';
  if (!own && !definite) return [];
  const start = phrase[0]?.start ?? sentence.start;
  const label = labelOf(read.words, capitals);
  const name = readName(sentence, index + 1, true) ?? (own ? readShortWords(sentence, index + 1) : null);
  return name === null ? [] : [nameStatement(context, { label, start, name })];
}

/** "Its capital, Lima, …". */
function readApposition(context: Context): SentenceStatement[] {
  const { sentence } = context;
  const { tokens, capitals } = sentence;
  const found: SentenceStatement[] = [];
  for (const [index, token] of tokens.entries()) {
    if (sentence.foreign || token.kind !== 'word' || !/^(?:its|their)$/.test(token.lower)) continue;
    const comma = tokens.findIndex((each, at) => at > index && each.text === ',');
    if (comma < 0 || comma - index > 5 || comma - index < 2) continue;
    const words = tokens.slice(index + 1, comma);
    const name = readName(sentence, comma + 1, false);
    const after = name === null ? undefined : tokens[name.end];
    if (name === null || after?.text !== ',' || isHedged(sentence, index)) continue;
    if (
      !words.every((word) => word.kind === 'word' && !isCapitalised(word.text) && !isParticiple(word.lower))
    )
      continue;
    found.push(nameStatement(context, { label: labelOf(words, capitals), start: token.start, name }));
  }
  return found;
}
