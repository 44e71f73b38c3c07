import { canonicalUnit, isPlural } from '../../values/index.ts';
import { countryOfName } from '../../reader/sentences/countries.ts';
import {
  adverbs,
  auxiliaries,
  conjunctions,
  copulas,
  determiners,
  isParticiple,
  prepositions,
  pronouns,
} from '../../reader/sentences/words.ts';

/** What stands round a slot: keys of tokens, and `null` where another slot is. */
export interface SlotContext {
  readonly left: readonly (string | null)[];
  readonly right: readonly (string | null)[];
  /** Texts that stand in the slot, one a sentence. */
  readonly values: readonly string[];
  readonly isNumber: boolean;
}

/** What most values are, where their form alone tells. */
const formShare = 0.7;
const headShare = 0.8;
const mostWords = 4;
const mostNouns = 2;
const mostAdjectives = 1;
/** Verbs that join a value to what it is said of, and words of degree. */
const light =
  /^(?:took|takes?|place|happen(?:s|ed)?|occur(?:s|red)?|dates?|dated|dating|lies|lie|stands?|stood|had|gets?|got|put|set|most|more|much|many|all|only|here|there)$/;
const latitude = /°\s?[NS]$/;
const address = /^(?:https?:|www\.)/;
const longitude = /°\s?[EW]$/;

/**
 * What the attribute is called whose values stand in a slot: what they are by their form (countries, latitudes), or the
 * words round them: "is a ⟨…⟩ in" has the type of a thing, "in a ⟨…⟩ setting" its setting, "the main rock is ⟨…⟩" its
 * main rock, "belongs to the ⟨…⟩" what it belongs to. Null where the words say nothing.
 */
export function nameSlot(context: SlotContext): string | null {
  const { values, isNumber } = context;
  const share = (test: (value: string) => boolean): boolean =>
    values.filter(test).length >= values.length * formShare;
  if (share((value) => latitude.test(value))) return 'latitude';
  if (share((value) => longitude.test(value))) return 'longitude';
  if (share((value) => address.test(value))) return 'website';
  if (!isNumber && share((value) => countryOfName(value.replace(/^the /i, '')) !== null)) return 'country';
  if (!isNumber && isClass(context.left)) return 'type';
  return (
    (isNumber ? countedNoun(context) : null) ??
    (isNumber || saysWhat(context.left) ? wordsBefore(context.left) : null) ??
    (isNumber ? null : nounAfter(context)) ??
    (isNumber ? null : headOf(values)) ??
    wordsBefore(context.left) ??
    wordAfter(context)
  );
}

/** "X is a …", "X is a coastal …", "X (a …)", "the thing, a …,": what follows says of what sort X is. */
function isClass(left: readonly (string | null)[]): boolean {
  const article = left.lastIndexOf('a');
  if (article < 0 || left.length - article - 1 > mostAdjectives) return false;
  if (!left.slice(article + 1).every((word) => isContent(word) && !/\p{L}s$/u.test(word))) return false;
  const before = left[article - 1];
  if (before === '(' || before === ',') return article === left.length - 1;
  return (before === 'is' || before === 'was') && article > 1 && left[article - 2] === null;
}

/** "Its setting is a …" names what follows. */
function saysWhat(left: readonly (string | null)[]): boolean {
  const last = left.findLast((word) => word === null || !determiners.has(word));
  return typeof last === 'string' && copulas.has(last);
}

function isFunctionWord(word: string): boolean {
  return (
    determiners.has(word) ||
    prepositions.has(word) ||
    pronouns.has(word) ||
    auxiliaries.has(word) ||
    conjunctions.has(word)
  );
}

const isContent = (word: string | null | undefined): word is string =>
  typeof word === 'string' && /^\p{L}{2}/u.test(word) && !isFunctionWord(word);

/** The noun that the values qualify: "in a rift zone setting on", "the Fenwick census division of". */
function nounAfter({ left, right }: SlotContext): string | null {
  const before = left.at(-1);
  if (typeof before !== 'string' || !(determiners.has(before) || prepositions.has(before))) return null;
  const nouns: string[] = [];
  for (const word of right) {
    if (!isContent(word)) break;
    nouns.push(word);
  }
  if (nouns.length === 0 || nouns.length > mostNouns) {
    // "environment underlain by": a participle goes on.
    const [first, second] = nouns;
    return first !== undefined && second !== undefined && isParticiple(second) && !isVerb(first)
      ? first
      : null;
  }
  const last = nouns.at(-1) ?? '';
  if (nouns.length > 1 && isParticiple(last)) nouns.pop();
  return nouns.some((noun) => isVerb(noun) || noun.length < 3) ? null : nouns.join(' ');
}

/** Whether a word can be a noun: no function word, participle or adverb. */
export const isNoun = (word: string): boolean => isContent(word) && word.length > 2 && !isVerb(word);

const isVerb = (word: string): boolean => isParticiple(word) || adverbs.has(word) || word.endsWith('ly');

/** The last word of nearly all values: "continental crust" and "oceanic crust" are crusts. */
function headOf(values: readonly string[]): string | null {
  const heads = new Map<string, number>();
  for (const value of values) {
    const words = value.split(/\s+/);
    const head = words.at(-1) ?? '';
    if (words.length > 1 && /^\p{Ll}{3,}$/u.test(head) && isNoun(head))
      heads.set(head, (heads.get(head) ?? 0) + 1);
  }
  const [best] = [...heads].toSorted(([, a], [, b]) => b - a);
  return best !== undefined && best[1] >= values.length * headShare ? best[0] : null;
}

function wordsBefore(left: readonly (string | null)[]): string | null {
  const found: string[] = [];
  for (const word of left.toReversed()) {
    if (word === null || !/^\p{L}/u.test(word)) {
      if (word === null || found.length > 0 || /^[,;:(.]$/.test(word)) break;
      continue;
    }
    const ends = conjunctions.has(word) || auxiliaries.has(word) || word === "'s";
    if (ends && found.length > 0) break;
    if (isContent(word) && !light.test(word)) found.unshift(word);
    if (found.length === mostWords) break;
  }
  return found.some((word) => word.length > 3) ? found.join(' ') : null;
}

/** What figures count: "⟨8,315⟩ people had been counted", though not "a density of ⟨14⟩ people per square mile". */
function countedNoun({ left, right }: SlotContext): string | null {
  const [noun] = right;
  if (left.at(-1) === 'of' || typeof noun !== 'string' || !isPlural(noun) || canonicalUnit(noun) !== noun)
    return null;
  return isNoun(noun) ? noun : null;
}

/** The last noun of what is said of values that a clause begins with: "⟨basalt⟩ makes up most of its rocks". */
function wordAfter({ left, right }: SlotContext): string | null {
  const before = left.at(-1);
  if (typeof before === 'string' && /^\p{L}/u.test(before) && !conjunctions.has(before)) return null;
  const found: string[] = [];
  for (const word of right) {
    if (word === null || !/^\p{L}/u.test(word)) break;
    if (isNoun(word) && !light.test(word)) found.push(word);
  }
  const noun = found.at(-1);
  return noun !== undefined && noun.length > 3 ? noun : null;
}
