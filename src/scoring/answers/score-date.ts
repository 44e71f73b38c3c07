import type { FinalAnswer } from './final-answer.ts';
import { right, ungraded, wrong, type Grade } from './grade.ts';
import { plainCharacters } from './plain-characters.ts';
import { readDates, showDate, type StatedDate } from './read-dates.ts';
import { isRefusal } from './refusal.ts';

/**
 * Compares the date an answer states with the right one, as far as that is stated: a day beside a right month is passed
 * over, a missing month is not.
 */
export function scoreDate(answer: FinalAnswer, gold: StatedDate, question: string | null): Grade {
  const text = plainCharacters(answer.isMarked ? answer.line : answer.rest).replaceAll(/\*\*|`/gu, '');
  if (text.trim() === '') return wrong('there is no answer');
  const stated = readDates(text);
  if (stated.length === 0)
    return wrong(isRefusal(text) ? 'the answer is refused' : 'the answer holds no date');
  const asked = question === null ? [] : readDates(plainCharacters(question));
  const fresh = stated.filter((date) => !asked.some((other) => showDate(other) === showDate(date)));
  const dates = fresh.length > 0 ? fresh : stated;
  const precise = dates.filter((date) => isAsPrecise(date, gold));
  const candidates = precise.length > 0 ? precise : dates;
  const verdicts = new Set(candidates.map((date) => verdictOf(date, gold)));
  const shown = [...new Set(candidates.map(showDate))].join(', ');
  if (verdicts.size === 1) {
    if (verdicts.has('right')) return right(`the date is ${shown}`);
    if (verdicts.has('wrong')) return wrong(`the date is ${shown}`);
    return ungraded(`${shown} may have the day or the month first`);
  }
  const isHedged = answer.isMarked && /\b(?:or|to|and|between)\b|或|至|和/iu.test(text);
  return isHedged ? wrong('several dates are offered') : ungraded('several dates stand in the answer');
}

/** Whether two dates are the same, as far as the right one is stated. */
export function isSameDate(date: StatedDate, gold: StatedDate): boolean {
  return verdictOf(date, gold) === 'right';
}

function isAsPrecise(date: StatedDate, gold: StatedDate): boolean {
  return (gold.month === null || date.month !== null) && (gold.day === null || date.day !== null);
}

function verdictOf(date: StatedDate, gold: StatedDate): Grade['verdict'] {
  const readings = date.isAmbiguous ? [date, { ...date, month: date.day, day: date.month }] : [date];
  const equal = readings.filter(
    ({ year, month, day }) =>
      year === gold.year &&
      (gold.month === null || month === gold.month) &&
      (gold.day === null || day === gold.day),
  );
  if (equal.length === 0) return 'wrong';
  return equal.length === readings.length ? 'right' : 'ungraded';
}
