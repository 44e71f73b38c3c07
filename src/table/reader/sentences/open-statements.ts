import { isPlural, matchDateAt } from '../../values/index.ts';
import type { ReadValue } from '../../reading.ts';
import { isCapitalised } from './document-subject.ts';
import { isCompared, isHedged, isNegated } from './hedging.ts';
import { countedNoun, isNominal } from './noun-phrases.ts';
import type { Sentence, Token } from './sentence.ts';
import { numberValue, type SentenceStatement } from './statement-value.ts';
import { adverbs, auxiliaries, determiners, isParticiple, pronouns } from './words.ts';

export interface OpenContext {
  readonly text: string;
  readonly sentence: Sentence;
  readonly periodAt: (token: Token) => string | null | undefined;
  /** Where the values begin that other rules have read. */
  readonly taken: ReadonlySet<number>;
}

/** The rule's name: what it reads becomes a field only where many documents of a kind say it alike. */
export const openRule = 'sentence-open';

const mostWords = 4;
const farthestWord = 8;
/** Words between a figure and what it is said of. */
const steppedOver =
  /^(?:of|to|at|in|on|by|for|from|with|within|over|after|during|the|a|an|some|about|around|approximately|only|just|up|as|than|more|less|under|and|date)$/;
/** Verbs that only join a figure to its name. */
const joining =
  /^(?:is|are|was|were|be|been|being|has|have|had|amount(?:s|ed|ing)?|total(?:s|led|ed|ling|ing)|reach(?:es|ed)?|stand(?:s|ing)?|stood|come|comes|came|equals?|equalled|number(?:s|ed)|average[sd]|measure[sd]|measuring|exceed(?:s|ed)|fixed|set|estimated|put|recorded|reported|listed|given|stated|valued)$/;

/**
 * Reads figures and dates of a sentence by the words they stand with, whatever these are: "the damages sought amount
 * to $2,700,000" states "damages sought", "the trial lasted 12 days" states "trial lasted". A single such statement
 * may mean anything. Where documents of one kind are written to one pattern it comes again in them, and what comes
 * again is an attribute; the table builder decides that.
 */
export function readOpenStatements(context: OpenContext): SentenceStatement[] {
  const { sentence, text } = context;
  const { tokens } = sentence;
  const found: SentenceStatement[] = [];
  if (sentence.foreign) return found;
  let next = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.start < next) continue;
    const date = dateAt(text, tokens, index);
    if (date !== null) next = date.end;
    if (context.taken.has(token.start) || (date === null && !isFigure(tokens, index))) continue;
    if (isHedged(sentence, index) || isNegated(sentence, index) || isCompared(sentence, index)) continue;
    const { words: before, isNamed } = wordsBefore(tokens, index);
    const after = date !== null || (isNamed && before.length > 1) ? [] : wordsAfter(tokens, index);
    // What is counted without being said of anything may be denied or anybody's: "416 patients were not enrolled".
    if (before.length === 0 && token.number?.percentage !== true) continue;
    const words = [...before, ...after.filter(({ lower }) => before.every((each) => each.lower !== lower))];
    if (words.length === 0 || !words.some(({ lower }) => lower.length > 3)) continue;
    const period = date === null ? context.periodAt(token) : null;
    const value = date === null ? figureOf(token) : ({ type: 'date', date: date.date } as const);
    if (period === undefined || value === null) continue;
    const end = date?.end ?? token.end;
    found.push({
      label: [words.map(({ lower }) => lower).join(' ')],
      value,
      period,
      start: Math.min(token.start, ...before.map(({ start }) => start)),
      end: Math.max(end, ...after.map((word) => word.end)),
      valueStart: token.start,
      valueEnd: end,
      rule: openRule,
    });
  }
  return found;
}

function figureOf({ number }: Token): ReadValue | null {
  if (number === null) return null;
  return numberValue(number.unitKind === 'noun' ? { ...number, unit: null, unitKind: null } : number);
}

const bareYear = /^(?:1[5-9]|20)\d\d$/;

/** A date at the token; a year alone only where something is said to have happened in it: "built in 1972". */
function dateAt(
  text: string,
  tokens: readonly Token[],
  index: number,
): { readonly date: string; readonly end: number } | null {
  const token = tokens[index];
  if (token === undefined || token.kind === 'mark') return null;
  if (bareYear.test(token.text)) {
    const happened =
      /^(?:in|since)$/.test(tokens[index - 1]?.lower ?? '') && isParticiple(tokens[index - 2]?.lower ?? '');
    return happened ? { date: token.text, end: token.end } : null;
  }
  const match = matchDateAt(text, token.start);
  return match === null || match.date === null || match.month === null
    ? null
    : { date: match.date, end: match.end };
}

/** A measure, a share, money, or a number that counts something. */
function isFigure(tokens: readonly Token[], index: number): boolean {
  const number = tokens[index]?.number ?? null;
  if (number === null) return false;
  if (number.percentage || number.unitKind === 'currency' || number.unitKind === 'measure') return true;
  if (number.spelled && number.number < 2) return false;
  const next = tokens[index + 1];
  if (next?.lower === 'of' || (next?.kind === 'mark' && /^[/:-]$/.test(next.text))) return false;
  return next === undefined || next.kind === 'mark' || next.kind === 'word';
}

/**
 * The words of the clause that the figure is said of: the subject or the noun before it, and the verb that says it.
 * `isNamed` where a verb only joins the two, so that the words are the figure's name.
 */
function wordsBefore(tokens: readonly Token[], index: number): { words: Token[]; isNamed: boolean } {
  let at = index - 1;
  let isNamed = false;
  while (at >= 0 && index - at < farthestWord && isSteppedOver(tokens[at])) {
    isNamed ||= joining.test(tokens[at]?.lower ?? '');
    at -= 1;
  }
  // "Costs to the plaintiff, fixed at $56,500"
  if (isNamed && tokens[at]?.text === ',') at -= 1;
  const words: Token[] = [];
  for (; at >= 0 && words.length < mostWords; at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.kind !== 'word' || pronouns.has(token.lower)) break;
    if (determiners.has(token.lower) && words.length > 0) {
      // A determiner begins the noun phrase; of what stands before it only the verb counts: "award a sum of".
      const verb = tokens[at - 1];
      if (words.length === 1 && !isNamed && verb !== undefined && isPlainVerb(verb)) words.unshift(verb);
      break;
    }
    if (auxiliaries.has(token.lower) || determiners.has(token.lower) || adverbs.has(token.lower)) continue;
    const isName = isCapitalised(token.text) && (at > 0 || /['’]s?$/.test(token.text));
    if (joining.test(token.lower) || isName || !isNominal(token)) {
      if (words.length > 0 && token.lower !== 'of') break;
      continue;
    }
    words.unshift(token);
  }
  return { words, isNamed };
}

const isSteppedOver = (token: Token | undefined): boolean =>
  token !== undefined &&
  token.kind === 'word' &&
  (steppedOver.test(token.lower) ||
    joining.test(token.lower) ||
    adverbs.has(token.lower) ||
    token.lower.endsWith('ly'));

const isPlainVerb = (token: Token): boolean =>
  token.kind === 'word' && !isCapitalised(token.text) && isNominal(token) && !joining.test(token.lower);

/** What a number counts, or what a share is one of: "65.5 % of participants … responded" is of "participants responded". */
function wordsAfter(tokens: readonly Token[], index: number): Token[] {
  const number = tokens[index]?.number ?? null;
  if (number === null) return [];
  if (number.percentage && tokens[index + 1]?.lower === 'of') {
    const rest = tokens.slice(index + 2, index + 2 + farthestWord);
    const noun = rest.find(
      (token) => token.kind === 'word' && isPlural(token.lower) && !isCapitalised(token.text),
    );
    if (noun === undefined) return [];
    const said = rest
      .slice(rest.indexOf(noun) + 1)
      .find((token) => token.kind === 'word' && (isParticiple(token.lower) || isPlural(token.lower)));
    return said === undefined ? [noun] : [noun, said];
  }
  if (number.unitKind === 'currency' || number.unitKind === 'measure' || number.percentage) return [];
  const counted = countedNoun(tokens, index);
  return counted === null ? [] : [...counted.words].filter(({ text }) => !isCapitalised(text));
}
