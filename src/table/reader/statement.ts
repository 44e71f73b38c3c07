import { checkedOptions } from './checkboxes.ts';
import { chooseScale } from './caption-scale.ts';
import { readScaledValues } from './scaled-values.ts';
import { readStatedValues } from '../values/stated-values.ts';
import type { StatedValue } from '../values/stated-values.ts';
import type { ReadValue } from '../reading.ts';
import { cleanSlice, sourceEnd, sourceStart } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';
import { qualifyLabel } from './label-qualifiers.ts';
import type { QualifiedLabel } from './label-qualifiers.ts';
import { partsOfJointLabel } from './joint-labels.ts';
import { splitLabel } from './label-split.ts';
import type { ReadingCollector } from './reading-collector.ts';
import { isPeriodText } from './period-text.ts';
import { splitPairs } from './label-pairs.ts';
import { numberBehindLabel, partsOfValue } from './value-parts.ts';

/** A label with the text that follows it. */
export interface Statement {
  /** Labels in the document's words, outermost first; the last one names the value. */
  readonly path: readonly string[];
  readonly groups?: readonly string[];
  readonly entity?: string | null;
  /** Where the label begins. */
  readonly start: number;
  readonly value: CleanText;
  readonly rule: string;
}

/** A sub-label may be an age or a size class, but not a value. */
const startsWithValue = /^[\d$€£¥](?!\d*\s?[-–]\s?\d|\d*\s(?:years|to|and))/u;

/** Whether a text is a number, percentage, date or the like, as opposed to words. */
export function isTyped(value: ReadValue): boolean {
  return value.type !== 'text' && value.type !== 'list' && value.type !== 'missing';
}

/** Whether what follows a label in doubt is a value of its own kind. */
export function statesTypedValue(text: string): boolean {
  if (text === '' || text.length > 300) return false;
  const first = readStatedValues({ text })[0];
  return first !== undefined && isTyped(first.value) && first.start <= 24;
}

/** Whether a text states a number together with its period. */
export function statesPeriod(text: string): boolean {
  const [first] = readStatedValues({ text });
  return first !== undefined && isTyped(first.value) && first.period !== null;
}

/** Reads a statement: a value, values of several periods, or sub-labels with values of their own. */
export function readStatement(collector: ReadingCollector, statement: Statement): void {
  const { value } = statement;
  if (value.text === '') return;
  if (readPairs(collector, statement) || readSubLabel(collector, statement)) return;
  readValues(collector, statement);
}

/**
 * Reads a text that is wholly made of `label: value` pairs; returns false where it is not. A second label in the
 * first pair alone ("literacy: male: 40%; female: 30%") makes the first one common to all.
 */
export function readPairs(collector: ReadingCollector, statement: Statement): boolean {
  const { value } = statement;
  const found = splitPairs(value.text);
  if (found === null) return false;
  const { lead, pairs } = found;
  const { path } = statement;
  let shared = path;
  if (lead !== null) shared = [...path, value.text.slice(lead.start, lead.end).trim()];
  for (const [index, pair] of pairs.entries()) {
    let part = cleanSlice(value, pair.start, pair.end);
    let own = shared;
    if (index === 0 && lead === null) {
      const common = commonLabel(part.text);
      if (common !== null) {
        own = [...path, common.label];
        // "Members: 2016: 8,120; 2017: 8,655", but not "Results: 2021: 5; Turnout: 60%"
        const others = pairs.slice(1).map((each) => value.text.slice(each.start, each.end).trim());
        if (!common.isPeriod || others.every((each) => startsWithPeriod(each))) shared = own;
        part = cleanSlice(part, common.end, part.text.length);
      }
    }
    const split = splitLabel(part.text);
    if (split === null) continue;
    const label = part.text.slice(0, split.labelEnd);
    const inner = cleanSlice(part, split.valueStart, part.text.length);
    readStatement(collector, { ...statement, path: [...own, label], start: part.start, value: inner });
  }
  return true;
}

function startsWithPeriod(text: string): boolean {
  const split = splitLabel(text);
  return split !== null && isPeriodText(text.slice(0, split.labelEnd));
}

function commonLabel(
  text: string,
): { readonly label: string; readonly end: number; readonly isPeriod: boolean } | null {
  const split = splitLabel(text);
  if (split === null) return null;
  const rest = text.slice(split.valueStart);
  const inner = splitLabel(rest);
  if (inner === null || inner.separator !== 'colon') return null;
  const isPeriod = isPeriodText(rest.slice(0, inner.labelEnd));
  if (inner.likeness !== 'strong' && !isPeriod) return null;
  return { label: text.slice(0, split.labelEnd), end: split.valueStart, isPeriod };
}

/** "agricultural land: arable land: 3.2%": what stands before the second colon is part of the label. */
function readSubLabel(collector: ReadingCollector, statement: Statement): boolean {
  const { value } = statement;
  if (statement.path.length > 4 || !/[:：]/u.test(value.text)) return false;
  const split = splitLabel(value.text);
  if (split === null || split.separator !== 'colon' || split.valueStart >= value.text.length) return false;
  const label = value.text.slice(0, split.labelEnd);
  if (startsWithValue.test(label) && qualifyLabel(label).label !== '') return false;
  const inner = cleanSlice(value, split.valueStart, value.text.length);
  const deeper = splitLabel(inner.text);
  if (deeper === null && !statesTypedValue(inner.text)) return false;
  if (deeper !== null && !statesTypedValue(inner.text.slice(deeper.valueStart))) return false;
  readStatement(collector, { ...statement, path: [...statement.path, label], value: inner });
  return true;
}

function readValues(collector: ReadingCollector, statement: Statement): void {
  const qualified = statement.path.map((label) => qualifyLabel(label));
  const leaf = qualified.at(-1);
  if (leaf === undefined) return;
  const joint = partsOfJointLabel(statement.path.at(-1) ?? '', statement.value.text);
  if (joint !== null) {
    for (const part of joint) {
      const path = [...statement.path.slice(0, -1), part.label];
      readValues(collector, { ...statement, path, value: cleanSlice(statement.value, part.start, part.end) });
    }
    return;
  }
  const label = labelPath(collector, statement.path, qualified);
  if (label === null) return;
  const checked = checkedOptions(statement.value);
  const [option] = checked ?? [];
  if (checked !== null && option === undefined) return;
  const whole = checked?.length === 1 && option !== undefined ? option : statement.value;
  const number = numberBehindLabel(whole.text, leaf.label);
  const value = number === null ? whole : cleanSlice(whole, number, whole.text.length);
  const parts = checked === null ? partsOfValue(value.text) : null;
  if (parts !== null) {
    for (const part of parts) {
      const path = part.label === null ? statement.path : [...statement.path, part.label];
      readValues(collector, { ...statement, path, value: cleanSlice(value, part.start, part.end) });
    }
    return;
  }
  const outer = qualified.findLast((each) => each.period !== null);
  const scale = chooseScale({ captions: [leaf, null, collector.caption], words: [leaf.label] });
  for (const stated of statedValues(value, scale, collector.locale)) {
    const valueStart = sourceStart(value, stated.start);
    const valueEnd = Math.max(valueStart, sourceEnd(value, stated.end));
    collector.add({
      label,
      groups: statement.groups,
      entity: statement.entity,
      start: statement.start,
      end: Math.max(valueEnd, statement.start + 1),
      valueStart,
      valueEnd,
      value: stated.value,
      period: stated.period ?? outer?.period ?? null,
      rule: statement.rule,
    });
  }
}

/** The labels without their periods; one that is nothing but a period gives way to what stands above it. */
function labelPath(
  collector: ReadingCollector,
  path: readonly string[],
  qualified: readonly QualifiedLabel[],
): readonly string[] | null {
  const labels = qualified.map((each) => each.label).filter((label) => label !== '');
  if (labels.length > 0) return labels;
  const above = collector.section.at(-1);
  if (above !== undefined) return [above];
  const last = path.at(-1);
  return last === undefined || last === '' ? null : [last];
}

/**
 * The values that a text states. Where it goes on over several lines, its first line alone may state a number
 * or a date, and the rest explains it.
 */
function statedValues(
  value: CleanText,
  scale: { readonly scale: number; readonly unit: string | null },
  locale: string | undefined,
): readonly StatedValue[] {
  const lineEnd = value.text.indexOf('\n');
  if (lineEnd > 0) {
    const first = readScaledValues(value.text.slice(0, lineEnd), scale, locale);
    if (first[0] !== undefined && isTyped(first[0].value)) return first;
  }
  return readScaledValues(value.text, scale, locale);
}
