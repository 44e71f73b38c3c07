import { escapeMarkers, quoteOf, type Extraction, type ExtractionField } from '../models/prompts/index.ts';
import { readDocument, type Reading } from '../table/index.ts';
import { foldLabel } from '../table/values/labels.ts';
import { fieldNamedBy } from './mentioned-fields.ts';
import { nameReadings, pathSeparator, type NamedReading } from './named-readings.ts';
import { promptDocument } from './prompt-documents.ts';
import { toRememberedValue } from './remembered-value.ts';

/**
 * Reads fields from a passage by the pattern reader, in the form that the prompt asks for: a value in the document's
 * words, and the words that state it. A field that no reading, or more than one, could be meant by is null.
 */
export function extractFields({ fields, passage }: Extraction): string {
  const document = promptDocument({ ...passage, number: 1 });
  const readings = nameReadings(readDocument(document), []);
  const entries = fields.flatMap((field): [string, string | null][] => {
    const found = findReading(field, readings);
    if (found === null) {
      return [
        [field.name, null],
        [quoteOf(field.name), null],
      ];
    }
    const { text } = document;
    const { value } = toRememberedValue({ field: field.name, reading: found, text });
    return [
      [field.name, value],
      [quoteOf(field.name), escapeMarkers(text.slice(found.start, found.end))],
    ];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

/** What the passage states for the field of its own subject, else of the only row that has it: the latest value. */
function findReading(field: ExtractionField, readings: readonly NamedReading[]): Reading | null {
  const words = field.name.replaceAll('_', ' ');
  const fitting = readings.filter(({ reading }) => fits(reading, field.type));
  const same = fitting.filter(({ names }) => names.some((name) => sameName(name, words)));
  const named = same.length > 0 ? same : meantBy(words, fitting);
  const own = named.filter(({ row }) => row === null);
  const rows = new Set(named.map(({ row }) => row));
  const candidates = own.length > 0 ? own : rows.size === 1 ? named : [];
  const labelled = candidates.filter(({ isSentence }) => !isSentence);
  const [first, ...others] = (labelled.length > 0 ? labelled : candidates).map(({ reading }) => reading);
  if (first === undefined) return null;
  return others.reduce((latest, other) => (isLater(other, latest) ? other : latest), first);
}

/** What is said without a period is said of now. */
function isLater({ period }: Reading, { period: than }: Reading): boolean {
  return than !== null && (period === null || period > than);
}

function sameName(name: string, words: string): boolean {
  return foldLabel(name.replaceAll(pathSeparator, ' ')) === foldLabel(words);
}

function meantBy(words: string, readings: readonly NamedReading[]): NamedReading[] {
  const name = fieldNamedBy({ words, readings });
  return name === null ? [] : readings.filter(({ names }) => names.includes(name));
}

/** Texts are what any reading can be; other types are what they are. */
function fits({ value }: Reading, type: string): boolean {
  if (type === 'text' || type === 'category') return value.type !== 'missing';
  return value.type === type;
}
