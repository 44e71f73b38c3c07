import type { FinalAnswer } from './final-answer.ts';
import { right, ungraded, wrong, type Grade } from './grade.ts';
import { itemMatcher, type ItemMatcher } from './match-item.ts';
import { saysNothing } from './nothing.ts';
import { readList } from './read-list.ts';
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
  const isEqual = comparisons.some((comparison) => comparison.isEqual);
  if (isEqual) return right('the items are the same');
  if (isRefusal(text) && !comparisons.some(({ found }) => found > 0)) return wrong('the answer is refused');
  if (saysNothing(text)) return wrong('the answer is that there are none');
  const exact = comparisons.find(({ isExact }) => isExact) ?? (answer.isMarked ? comparisons[0] : undefined);
  if (exact !== undefined) return wrong(exact.difference);
  return scoreProse(answer.rest, matchers, gold);
}

/** The parts of a response that may be its list, the likeliest first. */
function listTexts({ line, rest, isMarked }: FinalAnswer): string[] {
  const paragraph = rest.split(/\n\s*\n/u, 1)[0]?.trim() ?? '';
  const startsBlock = /^(?:[[{]|\||[-*•]\s|\d{1,3}[.)、]|```)/u.test(line);
  if (startsBlock) return [withoutFence(rest)];
  if (/[:：]$/u.test(line)) return [withoutFence(rest.slice(rest.indexOf(line) + line.length))];
  if (isMarked) return paragraph === line ? [line] : [line, paragraph];
  const bracketed = /\[[^[\]]*\]/gu;
  const lists = rest.match(bracketed) ?? [];
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
  if (saysNothing(text)) return right('the list is empty, and the answer says so');
  const sentences = text.split(/[.。!\n]\s*|,\s+|，/u);
  if (!answer.isMarked && sentences.some(saysNothing))
    return right('the list is empty, and the answer says so');
  if (isRefusal(text)) return wrong('the answer is refused');
  const { items, isExact } = readList(text);
  if (isExact && items.length > 0) return wrong('the list is empty, the answer is not');
  return answer.isMarked
    ? wrong('the list is empty, the answer is not')
    : ungraded('the answer does not say that there are none');
}

interface Comparison {
  readonly isEqual: boolean;
  readonly isExact: boolean;
  readonly found: number;
  readonly difference: string;
}

function compare(text: string, matchers: readonly ItemMatcher[], gold: GoldList): Comparison {
  const { items, isExact } = readList(afterLeadIn(text));
  const readings = [items, items.map(withoutRemark)];
  const isEqual =
    readings.some((reading) => areSame(reading, matchers, gold)) ||
    tile(afterLeadIn(text), matchers, gold.isOrdered);
  const heads = readings[1] ?? items;
  const missing = gold.items.filter((_, index) => !heads.some((item) => matchers[index]?.(item)));
  const extra = heads.filter((item) => !matchers.some((matches) => matches(item)));
  const difference = [
    missing.length === 0 ? '' : `missing: ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' …' : ''}`,
    extra.length === 0
      ? ''
      : `not in the right list: ${extra.slice(0, 3).join(', ')}${extra.length > 3 ? ' …' : ''}`,
  ].filter((part) => part !== '');
  return {
    isEqual,
    isExact,
    found: gold.items.length - missing.length,
    difference: difference.length === 0 ? 'the order differs' : difference.join('; '),
  };
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

/** A sentence from its colon on, where it leads in to a list. */
function afterLeadIn(text: string): string {
  const lead = /^[^,;:：、\n[\]"'|]{0,200}?[:：]\s*(?=\S)/u.exec(text)?.[0] ?? '';
  const isLead =
    /\b(?:are|is|were|include|includes|following|list|companies|answer|follows)\b|[是为有如]/iu.test(lead);
  return isLead ? text.slice(lead.length) : text;
}

/** Sentences: right where one holds the items, one after the other, and says nothing else that could be one. */
function scoreProse(text: string, matchers: readonly ItemMatcher[], gold: GoldList): Grade {
  const missing = gold.items.filter((item) => !mentionsName(text, item));
  const isNumeric = gold.items.some((item) => /^[\d.,%$€-]+$/u.test(item));
  if (missing.length > 0 && !isNumeric) {
    return isRefusal(text)
      ? wrong('the answer is refused')
      : wrong(`not in the answer: ${missing.slice(0, 3).join(', ')}`);
  }
  const sentences = text.split(/(?<=[.。!?])\s+|\n/u).filter((sentence) => sentence.trim() !== '');
  const fits = sentences.some((sentence) => {
    const core = listWithin(sentence);
    return core !== null && tile(core, matchers, gold.isOrdered);
  });
  return fits ? right('the items are the same') : ungraded('the items stand in prose with other words');
}

const within =
  /^(?:.*?\b(?:are|is|were|was|include|includes|namely|have)\s*:?\s+|.*?(?:是|为|包括|有)[:：]?\s*)?(?<core>.+?)(?:\s+(?:meet|meets|satisf\w+|have|has|had|exceed\w*|are|is|were|fulfil\w*|qualif\w+|match\w*)\b.*|(?:满足|符合|都|均|超过).*)?[.。]?$/su;

/** What a sentence lists: "The companies are A and B.", "A and B meet the criteria." */
function listWithin(sentence: string): string | null {
  if (/\b(?:not|except|excluding|but|however|unlike|rather|without)\b|不|除/iu.test(sentence)) return null;
  return within.exec(sentence.trim())?.groups?.['core'] ?? null;
}
