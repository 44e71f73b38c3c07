import { isPlural } from '../../values/index.ts';
import type { DocumentSubject } from './document-subject.ts';
import { isCapitalised } from './document-subject.ts';
import type { SentenceStyle } from './document-subject.ts';
import type { Token } from './sentence.ts';
import {
  adverbs,
  attributivePlurals,
  auxiliaries,
  conjunctions,
  determiners,
  documentNouns,
  isMonthWord,
  isParticiple,
  negations,
  possessives,
  prepositions,
  pronouns,
} from './words.ts';

/** Whether a word can be part of a noun phrase: it is none of the words that hold a sentence together. */
export function isNominal(token: Token | undefined): boolean {
  if (token === undefined || token.kind !== 'word') return false;
  const { lower } = token;
  return !(
    determiners.has(lower) ||
    prepositions.has(lower) ||
    conjunctions.has(lower) ||
    auxiliaries.has(lower) ||
    pronouns.has(lower) ||
    negations.has(lower) ||
    adverbs.has(lower) ||
    /^\d/.test(lower)
  );
}

/** A noun phrase as a label: lower case but for names and acronyms. */
export function labelOf(words: readonly Token[], capitals: boolean): string {
  return words
    .map((word, index) => {
      if (capitals) return word.lower;
      const isAcronym = /^\p{Lu}[\p{Lu}\d&]+$/u.test(word.text);
      return isAcronym || (index > 0 && isCapitalised(word.text)) ? word.text : word.lower;
    })
    .join(' ');
}

/** The noun of a count; `resolved` where it stands earlier in the text. */
export interface CountedNoun {
  readonly words: readonly Token[];
  /** The index after its last token, or after what stands for it. */
  readonly end: number;
  readonly resolved: boolean;
}

/** The noun that the number at `index` counts, from the token after it; null where no plural noun follows. */
export function countedNoun(tokens: readonly Token[], index: number): CountedNoun | null {
  const count = tokens[index]?.number?.number ?? 0;
  let last = -1;
  for (let at = index + 1; at < tokens.length && at <= index + 5; at += 1) {
    const token = tokens[at];
    if (token === undefined || !isNominal(token)) break;
    const next = tokens[at + 1];
    // After its noun a participle is the predicate: "416 patients enrolled".
    if (last >= 0 && isParticiple(token.lower)) break;
    if (
      count === 1 ? next === undefined || !isNominal(next) || isParticiple(next.lower) : isPlural(token.lower)
    ) {
      last = at;
      if (!attributivePlurals.has(token.lower)) break;
    }
  }
  if (last < 0) return null;
  return { words: tokens.slice(index + 1, last + 1), end: last + 1, resolved: false };
}

const temporal =
  /^(?:year|years|quarter|month|months|period|half|fiscal|financial|today|yesterday|end|beginning|january|february|march|april|may|june|july|august|september|october|november|december|(?:fy)?\d{4}.*|week|time|date)$/;

interface Subject {
  /** What is measured, fit for a label; empty where the subject is the document itself. */
  readonly words: readonly Token[];
  readonly isDocument: boolean;
}

const longestSubject = 8;
const sentenceAdverbs: ReadonlySet<string> = new Set([
  'however',
  'meanwhile',
  'today',
  'currently',
  'thus',
  'therefore',
  'also',
  'and',
  'but',
  'that',
  'then',
  'while',
]);

/**
 * Understands the words before a verb as its subject: "the company's total revenue" is "total revenue" of the
 * document; "the population of Lima" is "population" in a document on Lima and nothing in any other.
 */
export function readSubject(
  phrase: readonly Token[],
  subject: DocumentSubject,
  style: SentenceStyle,
): Subject | null {
  let words: readonly Token[] = phrase.filter((token) => token.kind !== 'mark' || token.text === '%');
  if (words.some((token) => token.kind !== 'word')) return null;
  words = dropTemporal(words);
  while (words[0] !== undefined && sentenceAdverbs.has(words[0].lower) && words.length > 1)
    words = words.slice(1);
  if (words.length === 0 || words.length > longestSubject + 4) return null;
  const possessive = words.findLastIndex(
    (word) => /(?:'s|’s|s'|s’)$/.test(word.text) && word.text.length > 2,
  );
  if (possessive >= 0 && possessive < words.length - 1) {
    const owner = words.slice(0, possessive + 1);
    if (!isOwner(owner, subject, style)) return null;
    words = words.slice(possessive + 1);
  } else if (subject.isSubject(words, style)) return { words: [], isDocument: true };
  else if (words[0] !== undefined && determiners.has(words[0].lower)) {
    if (style.foreign && possessives.has(words[0].lower)) return null;
    if (/^(?:another|other|such|any|no|each|every|that|those|some|both)$/.test(words[0].lower)) return null;
    words = words.slice(1);
  }
  return finishSubject(words, subject, style);
}

function finishSubject(
  rest: readonly Token[],
  subject: DocumentSubject,
  style: SentenceStyle,
): Subject | null {
  const { capitals } = style;
  let words = rest;
  const of = words.findIndex((word) => word.lower === 'of');
  if (of > 0) {
    const after = words.slice(of + 1);
    if (isNumberNoun(words.slice(0, of)))
      words = after.filter((word, index) => index > 0 || !determiners.has(word.lower));
    else if (subject.isSubject(after, style)) words = words.slice(0, of);
    else if (
      !capitals &&
      after.length > 0 &&
      after.every((word) => isCapitalised(word.text) || determiners.has(word.lower))
    )
      return null;
  }
  if (words.length === 0 || words.length > longestSubject || partitives.has(words[0]?.lower ?? ''))
    return null;
  const isLabel = words.every(
    (word, index) =>
      isNominal(word) ||
      (index > 0 &&
        index < words.length - 1 &&
        (prepositions.has(word.lower) || determiners.has(word.lower) || word.lower === 'and')),
  );
  if (!isLabel || isProperName(words, capitals)) return null;
  return { words: words.filter((word) => !possessives.has(word.lower)), isDocument: false };
}

/** "most of the force" is a part that no label names. */
const partitives: ReadonlySet<string> = new Set([
  'most',
  'many',
  'several',
  'half',
  'part',
  'much',
  'none',
  'few',
  'rest',
  'one',
  'more',
  'less',
]);

/** "the total number of": what it counts is the label. */
const isNumberNoun = (words: readonly Token[]): boolean => {
  const last = words.at(-1)?.lower;
  return last === 'number' || (last === 'total' && words.length === 1);
};

function isOwner(owner: readonly Token[], subject: DocumentSubject, style: SentenceStyle): boolean {
  const bare = owner.map((word) => ({
    ...word,
    text: word.text.replace(/['’]s?$/, ''),
    lower: word.lower.replace(/'s?$/, ''),
  }));
  return subject.isSubject(bare, style);
}

/** Words that are all capitalised are a name; one at the sentence's start may be any noun. */
function isProperName(words: readonly Token[], capitals: boolean): boolean {
  if (capitals) return false;
  const names = words.filter((word) => isCapitalised(word.text) && !/^\p{Lu}[\p{Lu}\d&]+$/u.test(word.text));
  return names.length === words.length && words.length > 1 && !documentNouns.has(words.at(-1)?.lower ?? '');
}

/** Leaves out "in 2021", "for the year ended 31 December 2022" and other phrases of time. */
function dropTemporal(words: readonly Token[]): readonly Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) continue;
    if (prepositions.has(word.lower) && word.lower !== 'of') {
      let end = at + 1;
      while (end < words.length && isTemporalWord(words[end])) end += 1;
      const inner = words.slice(at + 1, end);
      if (inner.some((each) => temporal.test(each.lower) || isMonthWord(each.lower))) {
        at = end - 1;
        continue;
      }
    }
    kept.push(word);
  }
  return kept;
}

function isTemporalWord(word: Token | undefined): boolean {
  if (word === undefined) return false;
  const { lower } = word;
  return (
    temporal.test(lower) ||
    /^\d{1,4}/.test(lower) ||
    lower === 'the' ||
    lower === 'of' ||
    lower === 'ended' ||
    lower === 'ending' ||
    /^(?:first|second|third|fourth|last|past|same|full|this|that|as|at|to)$/.test(lower)
  );
}
