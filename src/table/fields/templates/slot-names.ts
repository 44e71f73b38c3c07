import { canonicalUnit, isPlural } from '../../values/index.ts';
import { countryOfName } from '../../reader/sentences/countries.ts';
import {
  adverbs,
  auxiliaries,
  conjunctions,
  copulas,
  determiners,
  isParticiple,
  negations,
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
  /^(?:took|takes?|place|happen(?:s|ed)?|occur(?:s|red)?|dates?|dated|dating|lies|lie|stands?|stood|had|gets?|got|put|set|most|more|less|least|fewer|than|much|many|all|only|here|there|old|take|years?(?:-old)?)$/;
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
  const term = definedTerm(context.right);
  if (term !== null) return term;
  if (isNumber && isAge(context.right)) return 'age';
  if (!isNumber && isClass(context.left)) return 'type';
  return (
    (isNumber ? (spanOfTime(context) ?? countedNoun(context)) : null) ??
    (isNumber || saysWhat(context.left) ? wordsBefore(context.left) : null) ??
    (isNumber ? null : nounAfter(context)) ??
    (isNumber ? null : headOf(values)) ??
    wordsBefore(context.left) ??
    wordAfter(context) ??
    (isNumber ? durationFor(context) : verbAndPreposition(context.left))
  );
}

/** All words beside a slot, up to the next, that say what its values are. */
export function wordsAround({ left, right }: Pick<SlotContext, 'left' | 'right'>): string[] {
  const start = left.findLastIndex((word) => word === null || /^[;:]$/.test(word)) + 1;
  const end = right.findIndex((word) => word === null || /^[,;:()]$/.test(word));
  const words = [...left.slice(start), ...right.slice(0, end < 0 ? right.length : end)];
  return words.filter(isContent).filter((word) => isNoWordOfUnit(word) && !light.test(word));
}

const isNoWordOfUnit = (word: string): boolean =>
  !time.test(word) && !/^(?:thousand|million|billion)$/.test(word) && !modals.has(word) && !isAdverb(word);

/** What a contract calls a party or thing behind its name: `Oxbury Mills Ltd (the "Lender")`. */
function definedTerm(right: readonly (string | null)[]): string | null {
  const [bracket, ...rest] = right;
  if (bracket !== '(') return null;
  const words = rest.slice(rest[0] === 'the' ? 1 : 0);
  const close = words.findIndex((word, index) => index > 0 && word !== null && quote.test(word));
  if (words[0] === null || words[0] === undefined || !quote.test(words[0]) || close < 2) return null;
  const term = words.slice(1, close);
  return term.length <= mostNouns && term.every(isContent) ? term.join(' ') : null;
}

const quote = /^["“”'‘’]$/;

/** "a ⟨22⟩-year-old", "is ⟨22⟩ years old". */
function isAge([first, second, third]: readonly (string | null)[]): boolean {
  if (first === '-' && /^years?-old$/.test(second ?? '')) return true;
  return /^years?$/.test(first ?? '') && (second === 'old' || (second === 'of' && third === 'age'));
}

const time = /^(?:seconds?|minutes?|hours?|days?|weeks?|months?|quarters?|years?)$/;

/** What lasts so long: "⟨30⟩ days written notice", "runs for ⟨24⟩ months"; the unit where no words tell. */
function spanOfTime({ left, right }: SlotContext): string | null {
  const [unit, ...rest] = right;
  if (unit === null || unit === undefined || !time.test(unit)) return null;
  const nouns: string[] = [];
  for (const word of rest) {
    if (!isContent(word) || isAdverb(word)) break;
    nouns.push(word);
  }
  const isPhrase = nouns.length > 0 && nouns.length <= mostNouns && nouns.every((word) => word.length > 2);
  return (
    (isPhrase ? nouns.join(' ') : null) ?? wordsBefore(left) ?? (left.at(-1) === 'for' ? duration : null)
  );
}

/** "We have you down for ⟨two years⟩." */
function durationFor({ left, values }: SlotContext): string | null {
  const spans = values.filter((text) => time.test(text.split(' ').at(-1) ?? ''));
  return left.at(-1) === 'for' && spans.length >= values.length * formShare ? duration : null;
}

const duration = 'duration';

/** "The society lent ⟨…⟩ to ⟨…⟩": what it lent to. */
function verbAndPreposition(left: readonly (string | null)[]): string | null {
  const preposition = left.findLast((word) => word === null || !determiners.has(word));
  if (typeof preposition !== 'string' || !prepositions.has(preposition)) return null;
  const verb = left.findLast((word) => isContent(word) && isParticiple(word));
  return verb === undefined ? null : `${verb} ${preposition}`;
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
function nounAfter({ left, right, values }: SlotContext): string | null {
  const before = left.at(-1);
  if (typeof before !== 'string' || !(determiners.has(before) || prepositions.has(before))) return null;
  // "the law of ⟨Norway⟩ applies": the noun stands before.
  if (before === 'of' && isContent(left.at(-2)) && values.every((value) => /^\p{Lu}/u.test(value)))
    return null;
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

const isAdverb = (word: string): boolean => adverbs.has(word) || word.endsWith('ly');

const isVerb = (word: string): boolean => isParticiple(word) || isAdverb(word);

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

/**
 * The words that lead to the values, back to what they are said of where it is named: "manufacturing employment stood at
 * ⟨…⟩", "indirect costs are allowed up to ⟨…⟩".
 */
export function wordsBefore(left: readonly (string | null)[]): string | null {
  const words = withoutAside(left);
  const found: string[] = [];
  let at = words.length - 1;
  for (; at >= 0 && found.length < mostWords; at -= 1) {
    const word = words[at] ?? null;
    if (word === null || !/^\p{L}/u.test(word)) {
      if (word === null || found.length > 0 || /^[,;:(.]$/.test(word)) break;
      continue;
    }
    const isVerb = auxiliaries.has(word) || modals.has(word);
    const ends = conjunctions.has(word) || partsOf.test(word) || isVerb || word === "'s";
    if (ends && found.some(isTelling)) {
      if (isVerb) found.unshift(...subjectBefore(words.slice(0, at)).slice(0, mostWords - found.length));
      break;
    }
    if (!modals.has(word) && !negations.has(word) && isContent(word) && !light.test(word))
      found.unshift(word);
  }
  return found.some(isTelling) ? found.join(' ') : null;
}

const modals = new Set('may shall must will can should'.split(' '));
/** What follows one of these is another thing than what stands before. */
const partsOf = /^(?:with|including|plus|against)$/;
const short = /^(?:due|new|old|six|ten|per|via|its|let|say|see)$/;
const isTelling = (word: string): boolean => word.length > 3 || (word.length === 3 && !short.test(word));

/** Of "indirect costs [are allowed]" the costs; not of "the mill [was built]", which is what all is said of. */
function subjectBefore(left: readonly (string | null)[]): string[] {
  const start =
    left.findLastIndex((word) => word === null || !/^\p{L}/u.test(word) || conjunctions.has(word)) + 1;
  if (left[start - 1] === null) return [];
  const phrase = left.slice(start);
  const preposition = phrase.findIndex((word) => word !== null && prepositions.has(word));
  const nouns = phrase.slice(0, preposition < 0 ? phrase.length : preposition);
  if (nouns.some((word) => word !== null && (pronouns.has(word) || isParticiple(word)))) return [];
  const own = nouns.filter(isContent).filter((word) => !light.test(word));
  const isDefinite = nouns[0] === 'the' || nouns[0] === 'this';
  return isDefinite && own.length < 2 ? [] : own;
}

/** "Trade, at all levels, employed" is what "trade employed" says. */
function withoutAside(left: readonly (string | null)[]): readonly (string | null)[] {
  const close = left.lastIndexOf(',');
  const open = left.lastIndexOf(',', close - 1);
  if (open < 1 || close - open > mostWords + 1 || close === left.length - 1) return left;
  const aside = left.slice(open + 1, close);
  const opens = typeof aside[0] === 'string' && prepositions.has(aside[0]);
  return opens && !aside.includes(null) ? [...left.slice(0, open), ...left.slice(close + 1)] : left;
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
