import { mentionedColumns, type ColumnMention } from '../questions/index.ts';
import { commonNouns } from '../table/fields/kind-names.ts';
import type { CatalogColumn, CatalogTable, FieldType, ReadValue } from '../table/index.ts';
import type { NamedReading } from './named-readings.ts';

/**
 * The names of fields among the readings that a question mentions. What the words of the question name as a label, or
 * as a field that is looked for already, they do not name once more as the subject of a sentence.
 */
export function mentionedFields({
  question,
  readings,
  known,
}: {
  question: string;
  readings: readonly NamedReading[];
  /** Names of fields that are looked for already. */
  known: readonly string[];
}): ReadonlySet<string> {
  const [sentences, labels] = [true, false].map((isSentence) =>
    readings.filter((reading) => reading.isSentence === isSentence),
  );
  const labelColumns = columnsOf(labels ?? [], question);
  const named = new Set(labelColumns.map(({ name }) => name));
  const knownColumns = known.filter((name) => !named.has(name)).map((name) => emptyColumn(name));
  const plain = mentionedColumns({ question, table: tableOf([...labelColumns, ...knownColumns]) });
  const further = mentionedColumns({ question, table: tableOf(columnsOf(sentences ?? [], question)) });
  return new Set(
    [...plain, ...further.filter((mention) => !plain.some((other) => overlaps(mention, other)))].map(
      ({ column }) => column.name,
    ),
  );
}

/** The name of the only field among the readings that all of the words are for, by its name or a synonym; else null. */
export function fieldNamedBy({
  words,
  readings,
}: {
  words: string;
  readings: readonly NamedReading[];
}): string | null {
  const length = words.trim().split(/\s+/).length;
  const mentions = mentionedColumns({ question: words, table: tableOf(columnsOf(readings, '')) }).filter(
    ({ start, end }) => end - start >= length,
  );
  const [name, ...others] = new Set(mentions.map(({ column }) => column.name));
  return others.length === 0 ? (name ?? null) : null;
}

function overlaps(left: ColumnMention, right: ColumnMention): boolean {
  return left.sentence === right.sentence && left.start < right.end && right.start < left.end;
}

function tableOf(columns: readonly CatalogColumn[]): CatalogTable {
  return { name: 'prompt', nouns: commonNouns, rows: 1, key: 'title', columns, findEntity: () => null };
}

function columnsOf(readings: readonly NamedReading[], question: string): CatalogColumn[] {
  const byName = new Map<string, ReadValue[]>();
  for (const { names, reading } of readings) {
    for (const name of names) {
      const values = byName.get(name);
      if (values === undefined) byName.set(name, [reading.value]);
      else values.push(reading.value);
    }
  }
  return [...byName].map(([name, values]) => toColumn(name, values, question));
}

function toColumn(name: string, readings: readonly ReadValue[], question: string): CatalogColumn {
  const type = mostFrequent(readings.map(typeOf)) ?? 'text';
  const values = type === 'text' ? valuesIn(question, readings) : [];
  return {
    ...emptyColumn(name),
    type: values.length > 0 ? 'category' : type,
    unit: mostFrequent(readings.map(unitOf)) ?? null,
    examples: type === 'list' ? readings.map(textOf) : [],
    values: values.map((value) => ({ value, rows: 1 })),
  };
}

function emptyColumn(name: string): CatalogColumn {
  return {
    name,
    label: name,
    aliases: [],
    type: 'number',
    unit: null,
    description: null,
    coverage: 1,
    periods: [],
    examples: [],
    values: [],
  };
}

/** Values that the question's words hold, for questions such as "in the section games". */
function valuesIn(question: string, readings: readonly ReadValue[]): string[] {
  const asked = question.toLowerCase();
  const texts = new Set(readings.map(textOf));
  return [...texts].filter((text) => text !== '' && asked.includes(text.toLowerCase()));
}

function typeOf(value: ReadValue): FieldType {
  return value.type === 'missing' ? 'text' : value.type;
}

function unitOf(value: ReadValue): string | null {
  return value.type === 'number' ? value.unit : null;
}

function textOf(value: ReadValue): string {
  if (value.type === 'text') return value.text;
  return value.type === 'list' ? value.items.join('; ') : '';
}

function mostFrequent<Value>(values: readonly Value[]): Value | undefined {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
