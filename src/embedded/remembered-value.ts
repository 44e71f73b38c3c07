import { readDocument, type Reading, type ReadValue } from '../table/index.ts';
import { startsGeneric } from '../table/fields/generic-words.ts';
import { foldLabel } from '../table/values/labels.ts';
import { pathSeparator } from './named-readings.ts';
import type { MemoryLine, RememberedValue } from './memory-lines.ts';
import { promptDocument } from './prompt-documents.ts';

/**
 * A reading as the memory keeps it: in the document's words where these say it all, else (a number below a caption "in
 * millions", a list of bullets) in plain notation. What cannot be read back is kept in the document's words.
 */
export function toRememberedValue({
  field,
  reading,
  text,
}: {
  field: string;
  reading: Reading;
  /** The text that the reading is of. */
  text: string;
}): RememberedValue {
  const { value, period } = reading;
  const dated = period === null ? field : `${field} (${period})`;
  const words = text.slice(reading.valueStart, reading.valueEnd).replace(/\s+/g, ' ').trim();
  const wanted = JSON.stringify([value, period]);
  const found = [words, plainNotation(value)].find((notation) =>
    readBack({ field: dated, value: notation }).some(
      (other) => JSON.stringify([other.value, other.period]) === wanted,
    ),
  );
  return { field: dated, value: found ?? words };
}

function readBack(value: RememberedValue): Reading[] {
  return readDocument(rememberedDocument({ title: 'memory', values: [value] }, 1));
}

function plainNotation(value: ReadValue): string {
  switch (value.type) {
    case 'number':
      return value.unit === null ? plainNumber(value.number) : `${plainNumber(value.number)} ${value.unit}`;
    case 'percentage':
      return `${plainNumber(value.number)}%`;
    case 'date':
      return value.date;
    case 'boolean':
      return value.boolean ? 'yes' : 'no';
    case 'list':
      return value.items.join('; ');
    case 'text':
      return value.text.replace(/\s+/g, ' ');
    case 'missing':
      return 'n/a';
  }
}

function plainNumber(number: number): string {
  return Number.isInteger(number) && Math.abs(number) < 1e21 ? BigInt(number).toString() : String(number);
}

/**
 * A line of memory as a document that the reader reads: every value below its headings, a label before it. A label
 * such as "total" says nothing without the heading above, so it takes that along. One more statement makes a row of a
 * line without values.
 */
export function rememberedDocument(
  { title, values }: MemoryLine,
  number: number,
): ReturnType<typeof promptDocument> {
  const sections = [...values, { field: 'remembered', value: 'yes' }].map(({ field, value }) => {
    const path = field.split(pathSeparator);
    const labelParts = startsGeneric(foldLabel(path.at(-1) ?? '')) ? 2 : 1;
    const heading = path.slice(0, -labelParts).join(pathSeparator);
    return { heading, line: `${path.slice(-labelParts).join(' - ')}: ${value}` };
  });
  const text = [...Map.groupBy(sections, ({ heading }) => heading)]
    .sort(([left], [right]) => Number(left !== '') - Number(right !== ''))
    .map(([heading, below]) =>
      [...(heading === '' ? [] : [`## ${heading}`, '']), ...below.map(({ line }) => line)].join('\n'),
    )
    .join('\n\n');
  return promptDocument({ title, text, number, format: 'json' });
}
