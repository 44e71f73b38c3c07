import {
  auxiliaries,
  conjunctions,
  determiners,
  negations,
  prepositions,
  pronouns,
} from '../../reader/sentences/words.ts';
import { areSynonyms, stemOf } from '../label-words.ts';
import { isCapital, proseTokens, type ProseToken } from './prose-tokens.ts';
import type { SampleSentence } from './sentence-clusters.ts';
import type { Candidate } from './template-finder.ts';
import type { Slot } from './template.ts';

interface Answer {
  /** What it says yes or no to. */
  readonly slot: Slot;
  readonly value: boolean;
}

/** A sentence that stands in several documents but for the names in it. */
interface Pattern {
  readonly text: string;
  /** What it denies, as stems; empty where it affirms. */
  readonly denied: readonly string[];
  /** The words that say something, in their order. */
  readonly words: readonly { readonly word: string; readonly stem: string; readonly index: number }[];
  /** Where the negation stands. */
  readonly denial: number;
  readonly documents: Set<number>;
}

const mostWords = 30;
const longestSentence = 240;
const mostPatterns = 400;
const fewestOfPattern = 2;
const fewestDocuments = 3;
const fewestShare = 0.05;
/** The share of the words of a denial that what it denies has as well. */
const fewestShared = 0.5;
const mostInLabel = 4;
const name = '*';
/** "No more than" denies nothing; nor do requests, conditions and questions. */
const notPlain =
  /(?<!\p{L})(?:not|no) (?:only|more|less|fewer|later|earlier|longer than|least|yet|all|every|necessarily|applicable)(?!\p{L})|(?<!\p{L})(?:neither|nor|none|or not|if|whether)(?!\p{L})|^(?:please|do|don't|never|let|see)(?!\p{L})|\?$/u;
/** "No ⟨thing⟩ is needed" denies the thing; "no ⟨thing⟩ was lost" that it was lost. */
const existence = new Set(
  'need require ask there have has had find found take taken make made give given offer report record observe see seen know note exist appl apply avail available present due state provide receiv receive grant'
    .split(' ')
    .map(stemOf),
);

/**
 * What some documents affirm and others deny, each in a sentence of its own: "Boats are let with a skipper." and "Boats
 * are not let with a skipper.". The one is denied by a negation of words that the other has, no document says both,
 * and both come back.
 */
export class PolarStatements {
  readonly #answers = new Map<string, Answer>();
  /** Groups of labels that mean the same. */
  readonly alike: string[][] = [];

  /** @param sentences a sample, of so many documents. */
  constructor(sentences: readonly SampleSentence[], documentCount: number) {
    const patterns = patternsOf(sentences);
    const denials = patterns.filter(({ denied }) => denied.length > 0);
    const others = patterns.filter(({ denied }) => denied.length === 0);
    const links = denials.flatMap((denial) =>
      others.flatMap((other) => {
        const shared = sharedWords(denial, other);
        return shared === null ? [] : [{ denial, other, label: shared.join(' ') }];
      }),
    );
    const fewest = Math.max(fewestDocuments, documentCount * fewestShare);
    // "Renewal." heads what affirms and what denies it.
    const isHeading = ({ other }: Link): boolean =>
      denials.some((denial) => denies(denial, other) && !denial.documents.isDisjointFrom(other.documents));
    for (const group of components(links.filter((link) => !isHeading(link)))) {
      const yes = documentsOf(group.map(({ other }) => other));
      const no = documentsOf(group.map(({ denial }) => denial));
      if (yes.size < fewest || no.size < fewest || !yes.isDisjointFrom(no)) continue;
      const labels = labelsOf(group);
      const own = new Map([...new Set(labels.values())].map((label) => [label, { label, children: [] }]));
      for (const [{ text, denied }, label] of labels) {
        const slot = own.get(label);
        if (slot !== undefined) this.#answers.set(text, { slot, value: denied.length === 0 });
      }
      if (own.size > 1) this.alike.push([...own.keys()]);
    }
  }

  get size(): number {
    return this.#answers.size;
  }

  /** What a sentence answers, or null. */
  find(text: string, start: number, end: number): Candidate | null {
    if (this.#answers.size === 0 || end - start > longestSentence) return null;
    const answer = this.#answers.get(textOf(proseTokens(text, start, end)) ?? '');
    if (answer === undefined) return null;
    const { slot, value } = answer;
    const typed = { value: { type: 'boolean' as const, boolean: value }, end: end - start };
    const span = { start, valueStart: start, valueEnd: end, text: text.slice(start, end) };
    return { ...span, slot, label: slot.label ?? '', typed, outOf: null, period: null };
  }
}

interface Link {
  readonly denial: Pattern;
  readonly other: Pattern;
  /** What the one denies in words that both have. */
  readonly label: string;
}

function patternsOf(sentences: readonly SampleSentence[]): Pattern[] {
  const patterns = new Map<string, Pattern>();
  for (const { document, tokens } of sentences) {
    const text = textOf(tokens);
    if (text === null) continue;
    const pattern = patterns.get(text) ?? patternOf(text);
    if (pattern === null) continue;
    patterns.set(text, pattern);
    pattern.documents.add(document);
  }
  return [...patterns.values()]
    .filter(({ documents }) => documents.size >= fewestOfPattern)
    .toSorted((a, b) => b.documents.size - a.documents.size)
    .slice(0, mostPatterns);
}

/** The words of a sentence, with all names and persons alike; null where it is too long. */
function textOf(tokens: readonly ProseToken[]): string | null {
  if (tokens.length > mostWords) return null;
  const keys: string[] = [];
  for (const [index, token] of tokens.entries()) {
    const isName = (index > 0 && isCapital(token)) || /^(?:mr|mrs|ms|dr|prof)$/.test(token.key);
    const key = isName || /^(?:he|she|they|it)$/.test(token.key) ? name : token.key;
    if (key !== '.' && (key !== name || keys.at(-1) !== name)) keys.push(key);
  }
  return keys.join(' ');
}

/** Null for what neither affirms nor denies plainly. */
function patternOf(text: string): Pattern | null {
  if (notPlain.test(text)) return null;
  const keys = text.split(' ');
  const at = keys.findIndex((key) => negations.has(key));
  const words = keys
    .map((word, index) => ({ word, stem: stemOf(word), index }))
    .filter(({ word }) => isSaid(word));
  const denied = at < 0 ? [] : deniedBy(keys, at);
  if (words.length === 0 || (at >= 0 && denied.length === 0)) return null;
  return { text, denied, words, denial: at, documents: new Set() };
}

const modals = new Set('will would shall should may might can could must'.split(' '));

const isSaid = (word: string): boolean =>
  /^\p{L}[\p{L}-]{2,}$/u.test(word) &&
  ![auxiliaries, negations, prepositions, pronouns, determiners, conjunctions, modals].some((set) =>
    set.has(word),
  );

/** "Does not ⟨smoke⟩": the next word; "no ⟨matched funding⟩ is needed", "no ⟨goods⟩ were ⟨lost⟩": thing and predicate. */
function deniedBy(keys: readonly string[], at: number): string[] {
  const rest = keys.slice(at + 1);
  if (keys[at] !== 'no' && keys[at] !== 'without') {
    const next = rest.find(isSaid);
    return next === undefined ? [] : [stemOf(next)];
  }
  const end = rest.findIndex((key) => auxiliaries.has(key) || prepositions.has(key));
  const thing = (end < 0 ? rest : rest.slice(0, end)).filter(isSaid).map(stemOf);
  const verb = end < 0 || !auxiliaries.has(rest[end] ?? '') ? undefined : rest.slice(end).find(isSaid);
  return verb === undefined || existence.has(stemOf(verb)) ? thing : [...thing, stemOf(verb)];
}

/** Whether a sentence denies what another speaks of. */
const denies = ({ denied }: Pattern, { words }: Pattern): boolean =>
  denied.every((stem) => words.some((each) => isSameStem(stem, each.stem)));

/** What a sentence denies, in words that another has; null where that one is not of the same. */
function sharedWords(denial: Pattern, other: Pattern): string[] | null {
  if (!denial.documents.isDisjointFrom(other.documents)) return null;
  const isThere = (stem: string): boolean => other.words.some((each) => isSameStem(stem, each.stem));
  if (!denies(denial, other)) return null;
  const shared = denial.words.filter(({ stem }) => isThere(stem));
  if (shared.length < denial.words.length * fewestShared) return null;
  const behind = shared.filter(({ stem, index }) => index > denial.denial && !existence.has(stem));
  return behind.length === 0 ? null : behind.slice(0, mostInLabel).map(({ word }) => word);
}

const shortestPrefix = 5;

/** Whether two stems are of one word or of words of one meaning. */
export function isSameStem(a: string, b: string): boolean {
  if (a === b || areSynonyms(a, b)) return true;
  const length = Math.min(a.length, b.length);
  if (a.slice(0, length) !== b.slice(0, length)) return false;
  // "snores" is cut to "snor", which "snore" is not.
  return length >= shortestPrefix || (length === shortestPrefix - 1 && Math.abs(a.length - b.length) <= 1);
}

/** Links that have a sentence in common are of one question. */
function components(links: readonly Link[]): Link[][] {
  const groups: Link[][] = [];
  for (const link of links) {
    const touching = groups.filter((group) =>
      group.some(({ denial, other }) => denial === link.denial || other === link.other),
    );
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), link]);
  }
  return groups;
}

function documentsOf(patterns: readonly Pattern[]): Set<number> {
  return new Set(patterns.flatMap(({ documents }) => [...documents]));
}

/** Each sentence goes by what it, or its most frequent opposite, denies. */
function labelsOf(group: readonly Link[]): Map<Pattern, string> {
  const labels = new Map<Pattern, string>();
  const size = ({ denial, other }: Link): number => denial.documents.size + other.documents.size;
  for (const link of group.toSorted((a, b) => size(b) - size(a)))
    for (const pattern of [link.denial, link.other])
      if (!labels.has(pattern)) labels.set(pattern, link.label);
  return labels;
}
