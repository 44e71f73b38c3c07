import { auxiliaries, determiners, negations, prepositions, pronouns } from '../../reader/sentences/words.ts';
import { directionOf } from '../../reader/sentences/changes.ts';
import { findPeriods, periodOf, type SentencePeriod } from '../../reader/sentences/sentence-periods.ts';
import { isMissing, readStatedValues } from '../../values/index.ts';
import { readEraYear } from '../../values/era-years.ts';
import type { ReadValue } from '../../reading.ts';
import { proseTokens, spelledNumber, type ProseToken } from './prose-tokens.ts';
import { matchTemplate, type Slot, type Template } from './template.ts';

const longestValue = 80;

/** What a sentence has in a slot. Offsets are within the document's text. */
export interface Candidate {
  readonly slot: Slot;
  readonly label: string;
  /** Where the words before the value begin. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly text: string;
  readonly typed: { readonly value: ReadValue; readonly end: number } | null;
  /** What a mark is out of: 10 of "8.1 out of 10" and of "8.1/10". */
  readonly outOf: number | null;
  /** The only period that the sentence names for a figure; null for none. */
  readonly period: string | null;
}

/** Finds what sentences that follow one of some templates have in its slots. */
export class TemplateFinder {
  readonly #templates: readonly { readonly template: Template; readonly anchor: string }[];

  constructor(templates: readonly Template[]) {
    this.#templates = templates.map((template) => ({ template, anchor: anchorOf(template) }));
  }

  find(text: string, start: number, end: number): Candidate[] {
    const lower = text.slice(start, end).toLowerCase();
    const likely = this.#templates.filter(({ anchor }) => lower.includes(anchor));
    if (likely.length === 0) return [];
    const tokens = proseTokens(text, start, end);
    for (const { template } of likely) {
      const found = this.#read({ template, text, tokens, end });
      if (found !== null) return withPeriods(text, findPeriods(text, start, end), found);
    }
    return [];
  }

  #read(options: {
    readonly template: Template;
    readonly text: string;
    readonly tokens: readonly ProseToken[];
    readonly end: number;
  }): Candidate[] | null {
    const { template, text, tokens, end } = options;
    const fillers = matchTemplate(template, tokens);
    if (fillers === null) return null;
    const turn = template.slots.findIndex((slot) => slot?.role === 'direction');
    const direction = directionOf(tokens[fillers[turn]?.from ?? -1]?.key ?? '');
    return fillers.flatMap(({ from, to }, index) => {
      const slot = template.slots[index] ?? null;
      const inside = tokens.slice(from, to);
      if (slot === null || inside.length === 0) return [];
      for (const child of slot.children) {
        const found = this.#read({ template: child, text, tokens: inside, end });
        if (found !== null) return found;
      }
      if (slot.label === null) return [];
      const before = template.phrases[index - 1]?.length ?? 0;
      const start = tokens[from - before]?.start ?? null;
      const found = candidateOf({ slot, label: slot.label, text, inside, end, start });
      return (slot.role === 'change' && found !== null ? inDirection(found, direction) : found) ?? [];
    });
  }
}

/** What something fell by is less than nothing; null where the sentence does not say which. */
function inDirection(candidate: Candidate, direction: 1 | -1 | 0): Candidate | null {
  const { typed } = candidate;
  if (direction === 0 || typed === null) return null;
  const { value } = typed;
  if (direction > 0 || (value.type !== 'number' && value.type !== 'percentage')) return candidate;
  return { ...candidate, typed: { ...typed, value: { ...value, number: -value.number } } };
}

/** Figures with the period that the sentence gives them; counts that may be of several are left out. */
function withPeriods(
  text: string,
  periods: readonly SentencePeriod[],
  found: readonly Candidate[],
): Candidate[] {
  return found.flatMap((each) => {
    const { valueStart: start, valueEnd: end, typed } = each;
    const type = typed?.value.type;
    if (type !== 'number' && type !== 'percentage') return [each];
    // A year that is itself the value is of no period.
    if (periods.some((period) => period.start <= start && period.end >= end)) return [each];
    const period = periodOf(text, periods, { start, end });
    if (period !== undefined) return [{ ...each, period }];
    // A measure that the sentence states once is of no other period than the document.
    const isOnly = found.every((other) => other === each || other.label !== each.label);
    return isOnly && typed?.value.type === 'number' && typed.value.unit !== null ? [each] : [];
  });
}

/** The longest word of a template, which a sentence that follows it must have. */
function anchorOf({ phrases }: Template): string {
  return phrases
    .flat()
    .reduce((longest, key) => (key.length > longest.length && key !== "'s" ? key : longest), '');
}

function candidateOf(options: {
  readonly slot: Slot;
  readonly label: string;
  readonly text: string;
  readonly inside: readonly ProseToken[];
  readonly start: number | null;
  readonly end: number;
}): Candidate | null {
  const { slot, label, text, end } = options;
  let inside = options.inside;
  while (inside.length > 1 && /^(?:the|a)$/.test(inside[0]?.key ?? '')) inside = inside.slice(1);
  // "last erupted in 1972 CE", beside "is not known": what stands before a figure is not part of it.
  const figure = inside.findIndex(({ key }) => !prepositions.has(key) && !auxiliaries.has(key));
  if (inside[figure]?.kind === 'number') inside = inside.slice(figure);
  while (inside.length > 1 && inside.at(-1)?.kind === 'mark' && inside.at(-1)?.text !== ')')
    inside = inside.slice(0, -1);
  const [first, last] = [inside[0], inside.at(-1)];
  if (first === undefined || last === undefined) return null;
  const value = text.slice(first.start, last.end);
  if (value.length > longestValue || inside.every(({ kind }) => kind === 'mark')) return null;
  if (isMissing(value) || inside.some(({ key }) => negations.has(key)) || pronouns.has(first.key))
    return null;
  if (inside.every(({ key }) => determiners.has(key) || pronouns.has(key))) return null;
  return {
    slot,
    label,
    start: Math.min(options.start ?? first.start, first.start),
    valueStart: first.start,
    valueEnd: last.end,
    text: value.replaceAll(/\s+/g, ' '),
    typed: typedValue(text.slice(first.start, end), value),
    outOf: Number(bestMark.exec(text.slice(last.end, end))?.[1] ?? 0) || null,
    period: null,
  };
}

const bestMark = /^\s*(?:out of|\/)\s*(\d{1,4})(?![\d./,]*\d)/;

const coordinate = /^[-−]?(\d+(?:\.\d+)?)\s?°\s?([NSEW])$/;

const aged = /^(\d{1,3})[- ]years?[- ]old(?!\p{L})/u;
const yearAndEra = /^\d{1,5}\s?(?:BCE|BC|CE|AD)\b/;

/** The number or date that a slot holds, with the unit behind it. */
function typedValue(rest: string, value: string): { readonly value: ReadValue; readonly end: number } | null {
  const [, degrees, side = ''] = coordinate.exec(value) ?? [];
  if (degrees !== undefined) {
    const number = Number(degrees) * (/[SW]/.test(side) ? -1 : 1);
    return { value: { type: 'number', number, unit: '°', bound: null }, end: value.length };
  }
  const [, years] = aged.exec(rest) ?? [];
  if (years !== undefined && years.length === value.length)
    return {
      value: { type: 'number', number: Number(years), unit: 'years', bound: null },
      end: value.length,
    };
  const [era = value] = yearAndEra.exec(rest) ?? [];
  const year = readEraYear(era);
  if (year !== null && era.length >= value.length)
    return { value: { type: 'number', number: year, unit: null, bound: null }, end: era.length };
  return (
    statedValue(rest.slice(0, longestValue), value) ?? statedValue(value, value) ?? spelledValue(rest, value)
  );
}

/** "thirty (30) days", "two years": read as if it stood there in digits. */
function spelledValue(
  rest: string,
  value: string,
): { readonly value: ReadValue; readonly end: number } | null {
  const spelled = spelledNumber(rest, 0);
  if (spelled === null) return null;
  const inDigits = (text: string): string => `${spelled.number}${text.slice(spelled.end)}`;
  const read = statedValue(inDigits(rest.slice(0, longestValue)), inDigits(value));
  return read === null ? null : { ...read, end: read.end - String(spelled.number).length + spelled.end };
}

function statedValue(
  text: string,
  value: string,
): { readonly value: ReadValue; readonly end: number } | null {
  const [stated] = readStatedValues({ text });
  if (stated === undefined || stated.start > 0 || stated.end < value.length) return null;
  const { type } = stated.value;
  return type === 'number' || type === 'percentage' || type === 'date'
    ? { value: stated.value, end: stated.end }
    : null;
}
