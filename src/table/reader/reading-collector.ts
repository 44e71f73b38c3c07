import { asIdentifier } from './identifier-values.ts';
import { decimalCommaLocale } from './decimal-mark.ts';
import { isAwaited } from '../values/missing.ts';
import { foldLabel } from '../values/labels.ts';
import type { UnitCaption } from '../values/unit-caption.ts';
import type { ReadValue, Reading } from '../reading.ts';

const longestText = 2000;

/** What a layout rule found; the collector adds what the document says around it. */
export interface FoundValue {
  /** The path below the section, outermost first. */
  readonly label: readonly string[];
  /** Groups between the headings and the label, outermost first. */
  readonly groups?: readonly string[];
  readonly entity?: string | null;
  readonly start: number;
  readonly end: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly value: ReadValue;
  readonly period: string | null;
  readonly rule: string;
}

interface OpenHeading {
  readonly level: number;
  readonly label: string;
  readonly period: string | null;
  /** The scale and unit that the heading states for the numbers below it. */
  readonly caption: UnitCaption | null;
}

/** Gathers readings under the headings that stand above them. */
export class ReadingCollector {
  readonly readings: Reading[] = [];
  /** The locale whose numbers the document uses, where that is beyond doubt. */
  readonly locale: string | undefined;
  readonly #text: string;
  #headings: OpenHeading[] = [];
  #section: readonly string[] = [];
  #period: string | null = null;
  #caption: UnitCaption | null = null;

  constructor(text: string) {
    this.#text = text;
    this.locale = decimalCommaLocale(text);
  }

  /** The headings above, outermost first, without the document's title. */
  get section(): readonly string[] {
    return this.#section;
  }

  /** The scale and unit stated by the nearest heading or caption above. */
  get caption(): UnitCaption | null {
    return this.#caption;
  }

  /** Opens a heading and closes all of its level and below. An empty label opens none. */
  openHeading(heading: OpenHeading): void {
    this.closeHeadings(heading.level);
    this.#headings.push(heading);
    this.#update();
  }

  closeHeadings(level: number): void {
    this.#headings = this.#headings.filter((open) => open.level < level);
    this.#update();
  }

  #update(): void {
    this.#section = this.#headings.map((heading) => heading.label).filter((label) => label !== '');
    this.#period = this.#headings.findLast((heading) => heading.period !== null)?.period ?? null;
    this.#caption = this.#headings.findLast((heading) => heading.caption !== null)?.caption ?? null;
  }

  /** The sections around a label, without a heading that only says the same. */
  #sectionFor(found: FoundValue): readonly string[] {
    const section = found.groups === undefined ? this.#section : [...this.#section, ...found.groups];
    const last = section.at(-1);
    const first = found.label[0];
    if (last === undefined || first === undefined) return section;
    return isSameLabel(last, first) ? section.slice(0, -1) : section;
  }

  add(found: FoundValue): void {
    const { start, end, valueStart, valueEnd } = found;
    if (found.label.length === 0 || start >= end || valueStart > valueEnd) return;
    if (start < 0 || valueStart < 0 || end > this.#text.length || valueEnd > this.#text.length) return;
    const words = this.#text.slice(valueStart, Math.min(valueEnd, valueStart + longestText));
    const value = asIdentifier(found.value, { label: found.label.at(-1) ?? '', words });
    this.readings.push({
      section: this.#sectionFor(found),
      label: found.label,
      entity: found.entity ?? null,
      start,
      end,
      valueStart,
      valueEnd,
      value: isAbsent(found) ? { type: 'missing' } : shorten(value),
      period: found.period ?? (isQuantity(value) ? this.#period : null),
      rule: found.rule,
    });
  }

  /** Takes readings that another reader made of running text. */
  addReadings(readings: readonly Reading[]): void {
    for (const reading of readings) this.readings.push(reading);
  }
}

/** Folding is dear, so labels that cannot be alike are told apart first. */
function isSameLabel(one: string, other: string): boolean {
  if (one === other) return true;
  if (Math.abs(one.length - other.length) > 3) return false;
  if (one.charAt(0).toLowerCase() !== other.charAt(0).toLowerCase()) return false;
  return foldLabel(one) === foldLabel(other);
}

/** The period of a heading is that of the figures below it; words hold for longer. */
const isQuantity = (value: ReadValue): boolean => value.type === 'number' || value.type === 'percentage';

const isAbsent = ({ value, label }: FoundValue): boolean =>
  value.type === 'text' && isAwaited(value.text, label.at(-1) ?? '');

function shorten(value: ReadValue): ReadValue {
  if (value.type !== 'text' || value.text.length <= longestText) return value;
  return { type: 'text', text: value.text.slice(0, longestText) };
}
