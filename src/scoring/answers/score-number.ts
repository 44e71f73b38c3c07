import { compareDecimals, decimalOf, negate, toNumber } from './decimal.ts';
import type { FinalAnswer } from './final-answer.ts';
import { right, ungraded, wrong, type Grade } from './grade.ts';
import { saysNothing } from './nothing.ts';
import { plainCharacters } from './plain-characters.ts';
import { readNumbers, showNumber, type StatedNumber } from './read-numbers.ts';
import { isRefusal } from './refusal.ts';
import { asksForPercentage, isSameNumber, prescribedPlaces, type GoldNumber } from './same-number.ts';

/**
 * Compares the number that an answer states with the right one: equal after both are rounded to two digits after the
 * point (halves away from zero), or within the tolerance. A percentage equals its fraction where one of the two has
 * the percent sign. Units are passed over unless both are known and differ.
 */
export function scoreNumber(answer: FinalAnswer, gold: GoldNumber): Grade {
  const text = cleanNumberText(answer.isMarked ? answer.line : answer.rest);
  const numbers = readNumbers(text);
  if (numbers.length === 0) return withoutNumber(text, answer, gold);
  if (isFraction(text, gold)) return right('the fraction is the number');
  const candidates = relevant({ text, numbers, gold });
  const stated = candidates.find((number) => isStatedAlone({ text, number, candidates, answer }));
  if (stated !== undefined) return gradeStated({ text, stated, gold, answer });
  const hedged = candidates.filter((number) => isHedged(text, number, candidates));
  const isOffered =
    hedged.length === candidates.length || hedged.some((number) => isSameNumber(number, gold));
  if (answer.isMarked && hedged.length > 0 && isOffered) {
    return wrong('several numbers are offered');
  }
  return gradeProse({ text, numbers, candidates, gold });
}

/** Text as numbers are read from: without marks of Markdown and LaTeX. */
function cleanNumberText(text: string): string {
  return plainCharacters(text)
    .replaceAll(/\*\*|__|`|\\[()[\]]/gu, '')
    .replaceAll('{,}', ',')
    .replaceAll(/\\[,;!]/gu, '')
    .replaceAll(/\\([%$])/gu, '$1')
    .replaceAll(/^\s*\$(?=[^$]*\$[\s.]*$)|(?<=^[^$]*\$?[^$]*)\$(?=[\s.]*$)/gu, '')
    .trim();
}

const placeNames = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');
const placeWords = new RegExp(`\\b(?:${placeNames.join('|')})\\b`, 'giu');

function withoutNumber(text: string, answer: FinalAnswer, gold: GoldNumber): Grade {
  if (text === '') return wrong('there is no answer');
  if (isRefusal(answer.isMarked ? answer.line : answer.rest)) return wrong('the answer is refused');
  if (gold.value.coefficient === 0n && saysNothing(text)) return right('the number is 0, in words');
  const places = [...text.matchAll(placeWords)].map(([word]) => placeNames.indexOf(word.toLowerCase()) + 1);
  if (places.some((place) => compareDecimals(decimalOf(place), gold.value) === 0)) {
    return answer.isMarked && places.length === 1
      ? right('the place is the same')
      : ungraded('a place is stated in words');
  }
  return wrong('the answer holds no number');
}

/**
 * Numbers that are not taken from the question; of these percentages where they are asked for, else others; of these
 * those that are no remark in parentheses. What would leave none is passed over.
 */
function relevant({
  text,
  numbers,
  gold,
}: {
  text: string;
  numbers: readonly StatedNumber[];
  gold: GoldNumber;
}): StatedNumber[] {
  const asked = gold.question === null ? [] : readNumbers(plainCharacters(gold.question));
  const isAsked = (number: StatedNumber): boolean =>
    asked.some(
      (other) =>
        other.isPercentage === number.isPercentage &&
        compareDecimals(other.values[0], number.values[0]) === 0,
    );
  const fresh = preferred(numbers, (number) => !isAsked(number));
  const strong = preferred(fresh, (number) => !number.isWeak);
  const wantsPercentage = gold.isPercentage || asksForPercentage(gold);
  const typed = preferred(strong, (number) => number.isPercentage === wantsPercentage);
  const remarks = [...text.matchAll(/(?<=[\p{L}\p{N}%] ?)\([^()]*\)/gu)];
  const isRemark = ({ start, end }: StatedNumber): boolean =>
    remarks.some((remark) => end > remark.index && start < remark.index + remark[0].length);
  const outside = preferred(typed, (number) => !isRemark(number));
  return preferred(outside, ({ start }) => !wholeBefore.test(text.slice(0, start)));
}

/** "31 out of 40": the second number is what the first is a part of. */
const wholeBefore = /\b(?:out of|of the|of all|among|among the)\s*$/iu;

function preferred<Item>(items: readonly Item[], isPreferred: (item: Item) => boolean): Item[] {
  const chosen = items.filter(isPreferred);
  return chosen.length > 0 ? chosen : [...items];
}

const leadIn =
  /^(?:["'“‘([\s]|approximately|approx\.?|about|around|roughly|nearly|almost|exactly|equal to|equals|a total of|total of|total|in total|just|only|~|≈|=|:|：|约|大约|大概|总共|共计|共|总计|一共|为|是|有)*$/iu;
const hedge = /^\s*(?:or|to|through|and|[-–—~/]|至|到|或|和|或者)\s*$/iu;
const bound =
  /(?:more than|less than|over|under|above|below|at least|at most|up to|greater than|fewer than|no more than|no less than|exceed(?:s|ing)?|[<>≥≤]=?|超过|不到|至少|至多|不足|大于|小于|高于|低于|多于|少于)\s*$/iu;

/** Whether an answer is this number, with words around it at most: it begins with it, or has no other. */
function isStatedAlone({
  text,
  number,
  candidates,
  answer,
}: {
  text: string;
  number: StatedNumber;
  candidates: readonly StatedNumber[];
  answer: FinalAnswer;
}): boolean {
  if (isHedged(text, number, candidates)) return false;
  if (candidates.length === 1) return true;
  const afterEquals = text.lastIndexOf('=');
  if (afterEquals >= 0 && candidates.some(({ start }) => start > afterEquals)) {
    return number === candidates.find(({ start }) => start > afterEquals);
  }
  if (!answer.isMarked && text.includes('\n')) return false;
  return number === candidates[0] && leadIn.test(text.slice(0, number.start));
}

function isHedged(text: string, number: StatedNumber, candidates: readonly StatedNumber[]): boolean {
  const index = candidates.indexOf(number);
  const [before, after] = [candidates[index - 1], candidates[index + 1]];
  const isList = text.startsWith('[') && candidates.length > 1;
  return (
    isList ||
    /^\s*[-–—]\s*\d/u.test(text.slice(number.end)) ||
    (before !== undefined && hedge.test(text.slice(before.end, number.start))) ||
    (after !== undefined && hedge.test(text.slice(number.end, after.start)))
  );
}

const falls =
  /\b(?:declin|decreas|drop|fell|fall|loss|lost|reduc|shr[aiu]nk|down|lower|negative|deficit)\w*|下降|减少|亏损|下跌|降低|负/iu;

function gradeStated({
  text,
  stated,
  gold,
  answer,
}: {
  text: string;
  stated: StatedNumber;
  gold: GoldNumber;
  answer: FinalAnswer;
}): Grade {
  const shown = showNumber(stated);
  const isRight = isSameNumber(stated, gold);
  if (isRight && bound.test(text.slice(0, stated.start))) {
    return answer.isMarked
      ? wrong(`${shown} is a bound, not the number`)
      : ungraded(`${shown} is given as a bound`);
  }
  if (isRight) return right(`the number is ${shown}`);
  const opposite = { ...gold, value: negate(gold.value) };
  if (falls.test(text) && isSameNumber(stated, opposite)) {
    // "a decline of 5 %" says −5 %.
    return gold.value.coefficient < 0n
      ? right(`the number is ${shown}, downwards`)
      : ungraded('the sign is not plain');
  }
  const [first, ...others] = stated.otherwise;
  if (first !== undefined && isSameNumber({ ...stated, values: [first, ...others] }, gold)) {
    return ungraded(`${shown} is the number in the notation of another locale`);
  }
  return wrong(`the number is ${shown}`);
}

/** Several numbers stand in the answer: a verdict only where they agree on it. */
function gradeProse({
  text,
  numbers,
  candidates,
  gold,
}: {
  text: string;
  numbers: readonly StatedNumber[];
  candidates: readonly StatedNumber[];
  gold: GoldNumber;
}): Grade {
  const isRight = (number: StatedNumber): boolean => isSameNumber(number, gold);
  if (!numbers.some(isRight)) return wrong('no number of the answer is the right one');
  const withoutYears = preferred(candidates, (number) => !number.mayBeYear);
  const isBound = withoutYears.some(({ start }) => bound.test(text.slice(0, start)));
  if (!isBound && withoutYears.every(isRight))
    return right(`the number is ${showNumber(withoutYears[0] ?? (numbers[0] as StatedNumber))}`);
  return ungraded('several numbers stand in the answer, the right one among them');
}

const fraction = /^(?<above>-?\d+)\s*\/\s*(?<below>\d+)$/u;

/** Whether the answer is a fraction such as 3/4 that rounds to the number. */
function isFraction(text: string, gold: GoldNumber): boolean {
  const groups = fraction.exec(text.replace(/[.\s]+$/u, ''))?.groups;
  if (groups === undefined) return false;
  const ratio = Number(groups['above']) / Number(groups['below']);
  if (!Number.isFinite(ratio)) return false;
  const expected = toNumber(gold.value) / (gold.isPercentage ? 100 : 1);
  return Math.abs(ratio - expected) <= 0.5 * 10 ** (gold.isPercentage ? -4 : -prescribedPlaces);
}
