import { foldLabel, isPlural } from '../../values/index.ts';
import type { Sentence, Token } from './sentence.ts';
import {
  adverbs,
  auxiliaries,
  determiners,
  documentNouns,
  isMonthWord,
  isParticiple,
  possessives,
  prepositions,
  pronouns,
} from './words.ts';

const headLength = 400;
const sampleLength = 20_000;
const ownPronouns: ReadonlySet<string> = new Set(['it', 'they', 'we', 'he', 'she']);

/** What of a sentence's style bears on its names and pronouns. */
export type SentenceStyle = Pick<Sentence, 'capitals' | 'foreign'>;

interface SubjectSource {
  readonly text: string;
  readonly title: string | null;
}

/** Decides whether words of a sentence name what the whole document is about. */
export class DocumentSubject {
  readonly #title: string;
  readonly #titleNames: readonly string[];
  readonly #text: string;
  #opening: string | null = null;
  #sample: string | null = null;
  readonly #names = new Map<string, boolean>();
  readonly #commonWords = new Map<string, boolean>();

  constructor(options: SubjectSource) {
    this.#title = foldLabel(options.title ?? '');
    this.#titleNames = (options.title ?? '').match(/\p{Lu}[\p{L}\d]{3,}/gu) ?? [];
    this.#text = options.text;
  }

  /** Whether a name is the document's: its title has it, or the document's first sentence begins with it. */
  isName(name: string): boolean {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const own = this.#findName(name);
    this.#names.set(name, own);
    return own;
  }

  #findName(name: string): boolean {
    const folded = foldLabel(name);
    if (folded === '') return false;
    if (this.#title === folded || (this.#title !== '' && contains(folded, this.#title))) return true;
    this.#opening ??= foldLabel(this.#openingName());
    return (contains(this.#title, folded) || contains(this.#opening, folded)) && !this.#isCommonWord(name);
  }

  /** The name that the text opens with, where the title is none: "Annual report 2021". */
  #openingName(): string {
    this.#sample ??= this.#text.slice(0, sampleLength);
    const body = this.#sample;
    for (const word of this.#titleNames) if (body.indexOf(word, body.indexOf(word) + 1) >= 0) return '';
    const name = openingName(body.slice(0, headLength));
    // A single word may be any noun; a name comes again.
    const again = body.indexOf(name, body.indexOf(name) + name.length);
    return name.includes(' ') || (name !== '' && again > 0) ? name : '';
  }

  /** Whether capitalised words at a sentence's start name somebody else than the document's subject. */
  isForeign(words: readonly Token[]): boolean {
    const opening = words.findIndex(({ lower }) => !prepositions.has(lower));
    const names = words.filter(
      (word, index) =>
        index >= opening && (index > opening || !determiners.has(word.lower)) && !isCalendarWord(word.lower),
    );
    const first = opening < 0 ? undefined : names[0];
    if (
      first === undefined ||
      !names.some((word, index) => isCapitalised(word.text) && (index > 0 || names.length === 1))
    )
      return false;
    if (
      names.length === 1 &&
      (ownPronouns.has(first.lower) || possessives.has(first.lower) || this.#isCommonWord(first.text))
    )
      return false;
    const proper = names.filter((word) => isCapitalised(word.text));
    return (
      !this.isName(proper.map((word) => word.text).join(' ')) &&
      !proper.some((word) => this.isName(word.text))
    );
  }

  /** A single word that the text also writes in lower case is a noun at a sentence's start, not a name. */
  #isCommonWord(name: string): boolean {
    if (/\s/.test(name)) return false;
    const word = name.toLowerCase();
    const known = this.#commonWords.get(word);
    if (known !== undefined) return known;
    this.#sample ??= this.#text.slice(0, sampleLength);
    const common = (word.length > 4 && isPlural(word)) || hasWord(this.#sample, word);
    this.#commonWords.set(word, common);
    return common;
  }

  /** "The vase" in a document that is titled "Vase with handles". */
  #isTitleNoun(words: readonly Token[]): boolean {
    const noun = foldLabel(words.map((word) => word.text).join(' '));
    return words.length > 0 && words.length < 4 && ` ${this.#title}`.startsWith(` ${noun}`);
  }

  /**
   * Whether the noun phrase is the document's subject: a pronoun, "the company", or its name. An empty phrase
   * is, too: what has no subject of its own is about what the text is about.
   */
  isSubject(phrase: readonly Token[], style: SentenceStyle): boolean {
    const words = phrase.filter((token) => token.kind === 'word');
    const first = words[0];
    const last = words.at(-1);
    if (first === undefined || last === undefined) return !style.foreign;
    if (words.length === 1 && ownPronouns.has(first.lower)) return !style.foreign;
    if (
      determiners.has(first.lower) &&
      documentNouns.has(last.lower) &&
      words.length <= 4 &&
      !possessives.has(first.lower)
    )
      return first.lower !== 'a' && first.lower !== 'an' && first.lower !== 'another';
    const name = words.filter((word, index) => index > 0 || !determiners.has(word.lower));
    if (/^(?:the|this)$/.test(first.lower) && this.#isTitleNoun(name)) return true;
    if (name.length === 0 || name.length > 6) return false;
    if (!style.capitals && !name.every((word) => isCapitalised(word.text) || prepositions.has(word.lower)))
      return false;
    return this.isName(name.map((word) => word.text).join(' '));
  }
}

/** Months and days of the week have capitals and name nobody. */
const isCalendarWord = (word: string): boolean =>
  isMonthWord(word) || /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/.test(word);

const letterOrPoint = /[\p{L}.]$/u;
const letter = /^\p{L}/u;

/** Whether the text has the word in just this case, and not as a part of another. */
function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const end = at + word.length;
    if (!letterOrPoint.test(text.slice(Math.max(0, at - 2), at)) && !letter.test(text.slice(end, end + 2)))
      return true;
  }
  return false;
}

/** The capitalised words that the first sentence begins with. */
function openingName(head: string): string {
  for (const line of head.split('\n')) {
    const name =
      /^(?:The )?(\p{Lu}[\p{L}\p{N}&.'’-]*(?: (?:of |de |the |and |& )?\p{Lu}[\p{L}\p{N}&.'’-]*){0,6})[ ,(]/u.exec(
        line,
      )?.[1];
    if (name !== undefined) return name;
  }
  return '';
}

const contains = (longer: string, shorter: string): boolean => ` ${longer} `.includes(` ${shorter} `);

export const isCapitalised = (word: string): boolean => /^\p{Lu}/u.test(word);

const segmentMarks: ReadonlySet<string> = new Set([',', ';', ':', '(', ')', '—', '–']);

/** The words before the verb at `verb`, back to the clause's start; its own subject, which may be empty. */
export function wordsBefore(sentence: Sentence, verb: number): readonly Token[] {
  const { tokens } = sentence;
  let from = verb;
  // "The bridge, built in 1889, is": what stands between commas is no subject.
  if (tokens[verb - 1]?.text === ',') {
    const open = tokens.findLastIndex((token, at) => at < verb - 1 && token.text === ',');
    return open > 0 ? wordsBefore({ ...sentence, tokens: tokens.slice(0, open) }, open) : [];
  }
  while (from > 0) {
    const token = tokens[from - 1];
    if (token === undefined || (token.kind === 'mark' && segmentMarks.has(token.text))) break;
    if (token.kind === 'word' && (token.lower === 'and' || token.lower === 'but' || token.lower === 'while'))
      break;
    from -= 1;
  }
  return tokens.slice(from, verb);
}

/** The subject of the sentence's first clause: the words before its first verb, leading adverbials left out. */
export function firstSubject(sentence: Sentence): readonly Token[] {
  const { tokens } = sentence;
  let from = 0;
  const first = tokens[0];
  if (
    first !== undefined &&
    (prepositions.has(first.lower) || /ed$|ing$/.test(first.lower) || isParticiple(first.lower))
  ) {
    const comma = tokens.findIndex((token) => token.text === ',');
    if (comma >= 0 && comma < 14) from = comma + 1;
  }
  let to = from;
  while (to < tokens.length) {
    const token = tokens[to];
    if (token === undefined || token.kind !== 'word' || auxiliaries.has(token.lower)) break;
    if (
      to > from &&
      !isCapitalised(token.text) &&
      /(?:ed|s)$/.test(token.lower) &&
      !documentNouns.has(token.lower)
    ) {
      const previous = tokens[to - 1];
      if (previous !== undefined && !determiners.has(previous.lower)) break;
    }
    if (to > from && pronouns.has(token.lower)) break;
    to += 1;
  }
  return tokens.slice(from, to);
}

/** Whether the verb at `verb` has the document as its subject, its own or that of the sentence. */
export function isAboutDocument(sentence: Sentence, verb: number, subject: DocumentSubject): boolean {
  const own = wordsBefore(sentence, verb).filter(
    (token) => !token.lower.endsWith('ly') && !adverbs.has(token.lower),
  );
  if (own.length > 0 && subject.isSubject(own, sentence)) return true;
  if (own.length > 0 && !(own.length <= 2 && own.every((token) => auxiliaries.has(token.lower))))
    return false;
  return subject.isSubject(firstSubject(sentence), sentence);
}

/** Whether the pronouns of a sentence stand for somebody else, given how it was in the sentence before. */
export function isForeignSentence(sentence: Sentence, subject: DocumentSubject, before: boolean): boolean {
  if (sentence.capitals) return false;
  const words = firstSubject(sentence);
  const first = words[0];
  if (first === undefined || ownPronouns.has(first.lower) || possessives.has(first.lower)) return before;
  return subject.isForeign(words);
}
