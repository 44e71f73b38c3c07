import { isPlural, matchDateAt } from '../../values/index.ts';
import type { ReadValue } from '../../reading.ts';
import { isCapitalised } from './document-subject.ts';
import { isCompared, isHedged, isNegated } from './hedging.ts';
import { countedNoun, isNominal } from './noun-phrases.ts';
import { objectPronouns, readOpenForm, readPlace } from './open-forms.ts';
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
    const place = readPlace(tokens, index);
    if (place !== null && !isHedged(sentence, index) && !isNegated(sentence, index)) {
      found.push(placeStatement(token, place));
      continue;
    }
    const date = dateAt(text, tokens, index);
    if (date !== null) next = date.end;
    if (context.taken.has(token.start) || (date === null && !isFigure(tokens, index))) continue;
    if (isHedged(sentence, index) || isNegated(sentence, index) || isCompared(sentence, index)) continue;
    const form = date === null ? readOpenForm(tokens, index) : null;
    if (form !== null && (form.label.startsWith('time ') || wordsBefore(tokens, index).words.length === 0)) {
      const formValue = figureOf(token);
      const formPeriod = periodOf(context, token);
      if (formValue !== null && formPeriod !== undefined)
        found.push({ ...placed(token, form), label: [form.label], value: formValue, period: formPeriod });
      continue;
    }
    const placedYear = date === null ? null : happenedBefore(tokens, index - 2);
    const { words: before, isNamed } =
      placedYear === null || tokens[index - 2] === placedYear
        ? wordsBefore(tokens, index)
        : { words: [placedYear], isNamed: false };
    // "12.6 % were readmitted within 30 days" tells a share, and of what.
    if (tokens[index - 1]?.lower === 'within' && found.some(({ end }) => end === tokens[index - 2]?.end))
      continue;
    const after = date !== null || (isNamed && before.length > 1) ? [] : wordsAfter(tokens, index);
    // What is counted without being said of anything may be denied or anybody's: "416 patients were not enrolled".
    if (before.length === 0 && token.number?.percentage !== true) continue;
    // "was closed for 5 hours" tells how long.
    const lasting = date === null && isDuration(tokens, index);
    const words = [...before, ...after.filter(({ lower }) => before.every((each) => each.lower !== lower))];
    if (words.length === 0 || !words.some(({ lower }) => lower.length > 3)) continue;
    const period = date === null ? periodOf(context, token) : null;
    const value = date === null ? figureOf(token) : ({ type: 'date', date: date.date } as const);
    if (period === undefined || value === null) continue;
    const end = date?.end ?? token.end;
    found.push({
      label: [`${words.map(({ lower }) => lower).join(' ')}${lasting ? ' duration' : ''}`],
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

/** The period of a figure; a day is when something happened, and no period of it. */
function periodOf(context: OpenContext, token: Token): string | null | undefined {
  const period = context.periodAt(token);
  return typeof period === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(period) ? null : period;
}

/** Where a form and its figure stand. */
function placed(token: Token, form: { readonly start: number; readonly end: number }) {
  const [start, end] = [Math.min(form.start, token.start), Math.max(form.end, token.end)];
  return { start, end, valueStart: token.start, valueEnd: token.end, rule: openRule };
}

function placeStatement(token: Token, { place, start }: { place: number; start: number }): SentenceStatement {
  const value = { type: 'number', number: place, unit: null, bound: null } as const;
  return { ...placed(token, { start, end: token.end }), label: ['position'], value, period: null };
}

function figureOf({ number }: Token): ReadValue | null {
  if (number === null) return null;
  return numberValue(number.unitKind === 'noun' ? { ...number, unit: null, unitKind: null } : number);
}

/** The participle at `at`, or before a place: "made in England in 1826". */
function happenedBefore(tokens: readonly Token[], at: number): Token | null {
  let from = at;
  while (from > 0 && at - from < farthestPlace && isCapitalised(tokens[from]?.text ?? '')) from -= 1;
  if (from < at && /^(?:in|at|near)$/.test(tokens[from]?.lower ?? '')) from -= 1;
  const verb = tokens[from];
  return verb !== undefined && isParticiple(verb.lower) ? verb : null;
}

const farthestPlace = 4;
const timeUnits = /^(?:s|min|h|d|days?|weeks?|months?|years?)$/;

function isDuration(tokens: readonly Token[], index: number): boolean {
  const unit = tokens[index]?.number?.unit ?? '';
  const governed = tokens[index - 1]?.lower === 'for' && isParticiple(tokens[index - 2]?.lower ?? '');
  return governed && timeUnits.test(unit);
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
      /^(?:in|since)$/.test(tokens[index - 1]?.lower ?? '') && happenedBefore(tokens, index - 2) !== null;
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
  // "registered as 1941.62" names a thing.
  if (tokens[index - 1]?.lower === 'as' && number.unitKind === null) return false;
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
    if (token !== undefined && objectPronouns.has(token.lower)) continue;
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
