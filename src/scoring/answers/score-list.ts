import type { FinalAnswer } from './final-answer.ts';
import { right, ungraded, wrong, type Grade } from './grade.ts';
import { itemMatcher, type ItemMatcher } from './match-item.ts';
import { findMentions, statesNumbers } from './mentioned-items.ts';
import { saysNothing } from './nothing.ts';
import { readList, tableColumns } from './read-list.ts';
import { isRefusal } from './refusal.ts';
import { mentionsName, normaliseName } from './same-name.ts';
import { tile } from './tile-list.ts';
import { unwrap } from './unwrap.ts';

export interface GoldList {
  readonly items: readonly string[];
  /** Whether the order counts. */
  readonly isOrdered: boolean;
  readonly tolerance: number | null;
  readonly question: string | null;
}

/** Compares the list that an answer gives with the right one: the same items, each once or more; in the same order where it counts. */
export function scoreList(answer: FinalAnswer, gold: GoldList): Grade {
  const texts = listTexts(answer);
  const [text = ''] = texts;
  if (text.trim() === '') return wrong('there is no answer');
  if (gold.items.length === 0) return scoreEmpty(text, answer);
  const matchers = gold.items.map((item) => itemMatcher(item, gold));
  const comparisons = texts.map((candidate) => compare(candidate, matchers, gold));
  if (comparisons.some(({ isEqual }) => isEqual)) return right('the items are the same');
  if (isRefusal(text) && !comparisons.some(({ found }) => found > 0)) return wrong('the answer is refused');
  if (saysNothing(text)) return wrong('the answer is that there are none');
  const exact = comparisons.find((comparison) => comparison.isExact && comparison.count > 1);
  if (exact !== undefined) return wrong(exact.difference);
  const [first] = comparisons;
  return (
    scoreProse({ text: answer.isMarked ? text : answer.rest, answer, matchers, gold }) ??
    wrong(first?.difference ?? '')
  );
}

/** The parts of a response that may be its list, the likeliest first. */
function listTexts({ line, rest, isMarked }: FinalAnswer): string[] {
  const paragraph = rest.split(/\n\s*\n/u, 1)[0]?.trim() ?? '';
  const startsBlock = /^(?:[[{]|\||[-*•]\s|\d{1,3}[.)、]|```)/u.test(line);
  if (startsBlock) return [withoutFence(rest)];
  if (/[:：]$/u.test(line)) return [withoutFence(rest.slice(rest.indexOf(line) + line.length))];
  if (isMarked) return paragraph === line ? [line] : [line, paragraph];
  const lists = rest.match(/\[[^[\]]*\]/gu) ?? [];
  const blocks = rest.split('\n').filter((part) => /^\s*(?:[-*•]|\d{1,3}[.)、])\s*\S/u.test(part));
  if (lists.length === 1) return [lists[0] ?? ''];
  return blocks.length > 1 ? [blocks.join('\n')] : [rest];
}

function withoutFence(text: string): string {
  return text
    .trim()
    .replace(/^```\w*\n?/u, '')
    .replace(/\n?```[\s\S]*$/u, '');
}

function scoreEmpty(text: string, answer: FinalAnswer): Grade {
  if (isRefusal(text)) return wrong('the answer is refused');
  if (saysNothing(text)) return right('the list is empty, and the answer says so');
  const sentences = text.split(/[.。!\n]\s*|,\s+|，/u);
  if (!answer.isMarked && sentences.some(saysNothing))
    return right('the list is empty, and the answer says so');
  const { items, isExact } = readList(text);
  if (isExact && items.length > 0) return wrong('the list is empty, the answer is not');
  return answer.isMarked
    ? wrong('the list is empty, the answer is not')
    : ungraded('the answer does not say that there are none');
}

interface Comparison {
  readonly isEqual: boolean;
  readonly isExact: boolean;
  readonly count: number;
  readonly found: number;
  readonly difference: string;
}

function compare(text: string, matchers: readonly ItemMatcher[], gold: GoldList): Comparison {
  const body = afterLeadIn(text, gold);
  const columns = tableColumns(body);
  const { items, isExact } = columns[0] ?? readList(body);
  if (items.length > mostItems * (gold.items.length + 1)) return tooMany(items.length, gold);
  const readings = [...columns.map((column) => column.items), items, items.map(withoutRemark)];
  const isEqual =
    readings.some((reading) => areSame(reading, matchers, gold)) ||
    (!/^\s*\[\s*["'“]/u.test(body) && tile(body, matchers, gold.isOrdered));
  const heads = items.map(withoutRemark);
  const missing = gold.items.filter((_, index) => !heads.some((item) => matchers[index]?.(item)));
  const extra = heads.filter((item) => !matchers.some((matches) => matches(item)));
  // "The cities include A、B" begins with more than an item.
  const hasLeadIn = extra.some((item) => gold.items.some((name) => mentionsName(item, name)));
  return {
    isEqual,
    isExact: isExact && !(hasLeadIn && /[;；、]/u.test(body) && !body.includes('[')),
    count: items.length,
    found: gold.items.length - missing.length,
    difference: describeDifference(missing, extra),
  };
}

/** A list so much longer than the right one is not gone through. */
const mostItems = 20;

function tooMany(count: number, { items }: GoldList): Comparison {
  const difference = `${count} items instead of ${items.length}`;
  return { isEqual: false, isExact: true, count, found: 0, difference };
}

function describeDifference(missing: readonly string[], extra: readonly string[]): string {
  const some = (items: readonly string[]): string =>
    `${items.slice(0, 3).join(', ')}${items.length > 3 ? ' …' : ''}`;
  const parts = [
    ...(missing.length === 0 ? [] : [`missing: ${some(missing)}`]),
    ...(extra.length === 0 ? [] : [`not in the right list: ${some(extra)}`]),
  ];
  return parts.length === 0 ? 'the order differs' : parts.join('; ');
}

/** As sets, where the right list holds nothing twice; pairwise where the order counts. */
function areSame(
  items: readonly string[],
  matchers: readonly ItemMatcher[],
  { isOrdered, items: gold }: GoldList,
): boolean {
  if (isOrdered)
    return (
      items.length === matchers.length && matchers.every((matches, index) => matches(items[index] ?? ''))
    );
  const hasTwins = new Set(gold.map(normaliseName)).size < gold.length;
  if (hasTwins && items.length !== matchers.length) return false;
  return (
    items.length > 0 &&
    items.every((item) => matchers.some((matches) => matches(item))) &&
    matchers.every((matches) => items.some((item) => matches(item)))
  );
}

const remark =
  /^(?<head>.+?)\s*(?:\((?:[^()]|\([^()]*\))*\)|（[^（）]*）|\s[-–—]\s.*|\s*[:：]\s.*|,\s+(?:with|at)\s.*|\s=\s.*)$/su;

/** An item without what is said of it: `Acme (5.2)`, `Acme: 5.2`, `**Acme** – the largest`. */
function withoutRemark(item: string): string {
  return unwrap(remark.exec(item)?.groups?.['head'] ?? item);
}

/** A sentence from its colon on, where nothing before it is an item: "Three regions meet this: North, South". */
function afterLeadIn(text: string, { items }: GoldList): string {
  const lead = /^[^,;:：、\n[\]"'|]{0,200}?[:：]\s*(?=\S)/u.exec(text)?.[0] ?? '';
  const isLead =
    !items.some((item) => mentionsName(lead, item)) && !/\b(?:not|no|none|except)\b|不|除/iu.test(lead);
  return isLead ? text.slice(lead.length) : text;
}

/** A verdict on sentences; null where the answer is marked, and its parts are not those of the right list. */
function scoreProse({
  text,
  answer,
  matchers,
  gold,
}: {
  text: string;
  answer: FinalAnswer;
  matchers: readonly ItemMatcher[];
  gold: GoldList;
}): Grade | null {
  if (gold.items.every((item) => /^[-+\d.,%$€£¥\s]+$/u.test(item))) {
    if (answer.isMarked)
      return statesNumbers(text, matchers, gold.isOrdered) ? right('the numbers are the same') : null;
    return ungraded('the numbers stand in prose');
  }
  const sentences = text.split(/(?<=[.!?])\s+(?=\p{Lu})|[。！？\n]/u).filter((part) => part.trim() !== '');
  for (const sentence of sentences) {
    const isListed = listsWithin(sentence, gold.question).some((core) =>
      tile(core, matchers, gold.isOrdered),
    );
    if (isListed) return right('the items are the same');
  }
  const mention = findMentions(afterLeadIn(text, gold), gold.items, gold.question);
  switch (mention.kind) {
    case 'missing':
      if (isRefusal(text)) return wrong('the answer is refused');
      return wrong(`not in the answer: ${mention.items.slice(0, 3).join(', ')}`);
    case 'same':
      if (gold.isOrdered && !mention.isInOrder)
        return answer.isMarked ? wrong('the order differs') : ungraded('the order is not plain');
      return right('the items are the same');
    case 'extra':
      return answer.isMarked
        ? wrong(`not in the right list: ${mention.pieces.slice(0, 3).join(', ')}`)
        : ungraded('the items stand in prose with others');
    case 'unclear':
      return ungraded('the items stand among other words');
  }
}

const leads = /\b(?:are|is|were|was|include|includes|namely|have)\b\s*:?|(?:是|为|包括|有)[:：]?/giu;
const follows =
  /\b(?:meet|meets|satisf\w+|have|has|had|exceed\w*|are|is|were|fulfil\w*|qualif\w+|match\w*)\b|满足|符合|都|均|超过/giu;
const mostCuts = 8;

/** What a sentence may list: "The companies are A and B.", "A and B meet the criteria." */
function listsWithin(sentence: string, question: string | null): string[] {
  if (/\b(?:not|except|excluding|but|however|unlike|rather|without)\b|不|除/iu.test(sentence)) return [];
  const text = sentence.trim().replace(/[.。]$/u, '');
  const starts = [0, ...[...text.matchAll(leads)].map(({ index, 0: word }) => index + word.length)];
  const ends = [text.length, ...[...text.matchAll(follows)].map(({ index }) => index)];
  return starts.slice(-mostCuts).flatMap((start) =>
    ends
      .slice(0, mostCuts)
      .filter((end) => end > start && !namesMore(text.slice(0, start), text.slice(end), question))
      .map((end) => text.slice(start, end)),
  );
}

/** Whether the words around a list may hold further items: names that the question has not. */
function namesMore(before: string, behind: string, question: string | null): boolean {
  const names = [
    ...before
      .trim()
      .replace(/^\p{Lu}/u, '')
      .matchAll(/\p{Lu}\p{L}*/gu),
    ...behind.matchAll(/\p{Lu}\p{L}*/gu),
  ];
  return names.some(([name]) => !(question ?? '').includes(name));
}
