import type { CorpusDocument } from '../../corpus/document.ts';
import type { Reading } from '../reading.ts';

/** Documents with their readings as columns: what a reading worker sends and the store appends. */
export interface Batch {
  readonly documents: readonly Omit<CorpusDocument, 'sourceMap' | 'path'>[];
  /** The source maps as JSON, in the order of the documents. */
  readonly sourceMaps: readonly string[];
  readonly readings: ReadingColumns;
}

/** Columns of `store.readings`. `document` counts within the batch. Arrays of one length. */
export interface ReadingColumns {
  readonly document: number[];
  readonly ordinal: number[];
  readonly section: string[];
  readonly label: string[];
  readonly entity: (string | null)[];
  readonly quoteStart: number[];
  readonly quoteEnd: number[];
  readonly valueStart: number[];
  readonly valueEnd: number[];
  readonly type: string[];
  readonly number: (number | null)[];
  readonly unit: (string | null)[];
  readonly bound: (string | null)[];
  readonly date: (string | null)[];
  readonly boolean: (boolean | null)[];
  readonly text: (string | null)[];
  readonly items: (readonly string[] | null)[];
  readonly period: (string | null)[];
  readonly rule: string[];
}

/** Gathers documents and their readings into batches of bounded size. */
export class BatchBuilder {
  #documents: Omit<CorpusDocument, 'sourceMap' | 'path'>[] = [];
  #sourceMaps: string[] = [];
  #readings = emptyColumns();
  #characters = 0;

  /** Characters of text and number of readings gathered so far, as one rough measure of size. */
  get size(): number {
    return this.#characters + this.#readings.document.length * 100;
  }

  /**
   * Adds a document. A reading whose quote is not a slice of the document's text cannot be cited and is
   * dropped; returns how many were.
   */
  add(document: CorpusDocument, readings: readonly Reading[]): number {
    const { sourceMap, path: _path, ...rest } = document;
    const index = this.#documents.push(rest) - 1;
    this.#sourceMaps.push(JSON.stringify(sourceMap));
    this.#characters += document.text.length;
    let ordinal = 0;
    for (const reading of readings) {
      if (isCitable(reading, document.text.length)) this.#push(reading, index, ordinal++);
    }
    return readings.length - ordinal;
  }

  /** The batch so far; the builder starts anew. */
  take(): Batch {
    const batch = { documents: this.#documents, sourceMaps: this.#sourceMaps, readings: this.#readings };
    this.#documents = [];
    this.#sourceMaps = [];
    this.#readings = emptyColumns();
    this.#characters = 0;
    return batch;
  }

  #push(reading: Reading, document: number, ordinal: number): void {
    const columns = this.#readings;
    const { value } = reading;
    const numeric = value.type === 'number' || value.type === 'percentage';
    columns.document.push(document);
    columns.ordinal.push(ordinal);
    columns.section.push(reading.section.join(' > '));
    columns.label.push(reading.label.join(' > '));
    columns.entity.push(reading.entity);
    columns.quoteStart.push(reading.start);
    columns.quoteEnd.push(reading.end);
    columns.valueStart.push(reading.valueStart);
    columns.valueEnd.push(reading.valueEnd);
    columns.type.push(value.type);
    columns.number.push(numeric ? value.number : null);
    columns.unit.push(value.type === 'number' ? value.unit : null);
    columns.bound.push(numeric ? value.bound : null);
    columns.date.push(value.type === 'date' ? value.date : null);
    columns.boolean.push(value.type === 'boolean' ? value.boolean : null);
    columns.text.push(value.type === 'text' ? value.text : null);
    columns.items.push(value.type === 'list' ? value.items : null);
    columns.period.push(reading.period);
    columns.rule.push(reading.rule);
  }
}

function isCitable({ start, end, valueStart, valueEnd }: Reading, length: number): boolean {
  return (
    0 <= start &&
    start < end &&
    end <= length &&
    0 <= valueStart &&
    valueStart <= valueEnd &&
    valueEnd <= length
  );
}

function emptyColumns(): ReadingColumns {
  return {
    document: [],
    ordinal: [],
    section: [],
    label: [],
    entity: [],
    quoteStart: [],
    quoteEnd: [],
    valueStart: [],
    valueEnd: [],
    type: [],
    number: [],
    unit: [],
    bound: [],
    date: [],
    boolean: [],
    text: [],
    items: [],
    period: [],
    rule: [],
  };
}
