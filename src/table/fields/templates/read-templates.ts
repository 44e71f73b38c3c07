import { DOUBLE, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { auxiliaries, negations, prepositions, pronouns } from '../../reader/sentences/words.ts';
import { findPeriods, periodOf, type SentencePeriod } from '../../reader/sentences/sentence-periods.ts';
import { isMissing, readStatedValues } from '../../values/index.ts';
import { readEraYear } from '../../values/era-years.ts';
import type { ReadValue } from '../../reading.ts';
import { recordFile, type RankedDocument } from '../document-order.ts';
import { createTemporaryTable } from '../fill-table.ts';
import { readRows } from '../result-row.ts';
import { induceTemplates } from './induce-templates.ts';
import { proseSentences, proseTokens, type ProseToken } from './prose-tokens.ts';
import type { SampleSentence } from './sentence-clusters.ts';
import { joinSlots } from './join-slots.ts';
import { matchTemplate, type Slot, type Template } from './template.ts';

/** The rule by which slots of recurring sentences are read. */
export const templateRule = 'sentence-template';

const sampledDocuments = 1500;
const sampledCharacters = 800_000;
const longestDocument = 20_000;
const fewestDocuments = 5;
const fewestShare = 0.03;
const documentsAtATime = 200;
const longestValue = 80;
const typedShare = 0.6;
/** Figures that other rules read in most sentences of a template are left to them. */
const readElsewhere = 0.5;

/** Takes out what an earlier build has read, so that it is read anew. */
export async function forgetTemplateReadings(connection: DuckDBConnection): Promise<void> {
  await connection.run(`DELETE FROM store.readings WHERE rule = '${templateRule}'`);
}

/**
 * Reads prose that is written to patterns: sentences that come back in many documents with other words in the same
 * places. The patterns are found in a sample of the documents and held against all; what they have in their slots is
 * added to `store.readings`.
 *
 * @returns labels that mean the same, as their values show.
 */
export async function readTemplates({
  connection,
  documents,
}: {
  connection: DuckDBConnection;
  documents: readonly RankedDocument[];
}): Promise<string[][]> {
  const prose = documents.filter((document) => recordFile(document) === null);
  if (prose.length < fewestDocuments) return [];
  const sample = prose.filter((_, index) => index % Math.ceil(prose.length / sampledDocuments) === 0);
  const sentences: SampleSentence[] = [];
  let characters = 0;
  let sampled = 0;
  const stride = Math.max(1, Math.ceil(sample.length / documentsAtATime));
  for (let first = 0; first < stride && characters < sampledCharacters; first += 1) {
    const part = sample.filter((_, index) => index % stride === first);
    await forEachText(connection, part, longestDocument, (document, text) => {
      characters += text.length;
      sampled += 1;
      for (const { start, end } of proseSentences(text))
        sentences.push({ document, tokens: proseTokens(text, start, end) });
    });
  }
  const titles = new Map(prose.map(({ number, title }) => [number, title ?? '']));
  const fewest = Math.max(fewestDocuments, Math.ceil(sampled * fewestShare));
  const templates = induceTemplates(sentences, { fewest, titles });
  if (templates.length === 0) return [];
  const found: Found[] = [];
  const finder = new TemplateFinder(templates);
  await forEachText(connection, prose, null, (document, text) => {
    for (const { start, end } of proseSentences(text))
      for (const each of finder.find(text, start, end)) found.push({ ...each, document });
  });
  const typed = typeSlots(found);
  const { named, alike } = joinSlots(typed);
  await store(connection, named);
  return alike;
}

interface Candidate {
  readonly slot: Slot;
  readonly label: string;
  /** Where the words before the value begin. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
  readonly text: string;
  readonly typed: { readonly value: ReadValue; readonly end: number } | null;
  /** The only period that the sentence names for a figure; null for none. */
  readonly period: string | null;
}

interface Found extends Candidate {
  readonly document: number;
}

class TemplateFinder {
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
      return (
        candidateOf({
          slot,
          label: slot.label,
          text,
          inside,
          end,
          start: tokens[from - before]?.start ?? null,
        }) ?? []
      );
    });
  }
}

/** Figures with the period that the sentence gives them; those that may be of several are left out. */
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
    return period === undefined ? [] : [{ ...each, period }];
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
  return {
    slot,
    label,
    start: Math.min(options.start ?? first.start, first.start),
    valueStart: first.start,
    valueEnd: last.end,
    text: value.replaceAll(/\s+/g, ' '),
    typed: typedValue(text.slice(first.start, end), value),
    period: null,
  };
}

const coordinate = /^[-−]?(\d+(?:\.\d+)?)\s?°\s?([NSEW])$/;

const yearAndEra = /^\d{1,5}\s?(?:BCE|BC|CE|AD)\b/;

/** The number or date that a slot holds, with the unit behind it. */
function typedValue(rest: string, value: string): { readonly value: ReadValue; readonly end: number } | null {
  const [, degrees, side = ''] = coordinate.exec(value) ?? [];
  if (degrees !== undefined) {
    const number = Number(degrees) * (/[SW]/.test(side) ? -1 : 1);
    return { value: { type: 'number', number, unit: '°', bound: null }, end: value.length };
  }
  const [era = value] = yearAndEra.exec(rest) ?? [];
  const year = readEraYear(era);
  if (year !== null && era.length >= value.length)
    return { value: { type: 'number', number: year, unit: null, bound: null }, end: era.length };
  return statedValue(rest.slice(0, longestValue), value) ?? statedValue(value, value);
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

/** A slot states figures where most of what stands in it are some, and texts else. */
function typeSlots(found: readonly Found[]): Found[] {
  return [...Map.groupBy(found, ({ slot }) => slot).values()].flatMap((own) => {
    const typed = own.filter((each) => each.typed !== null);
    return typed.length >= own.length * typedShare ? typed : own.map((each) => ({ ...each, typed: null }));
  });
}

async function forEachText(
  connection: DuckDBConnection,
  members: readonly RankedDocument[],
  characters: number | null,
  visit: (document: number, text: string) => void,
): Promise<void> {
  for (let first = 0; first < members.length; first += documentsAtATime) {
    const numbers = members.slice(first, first + documentsAtATime).map(({ number }) => number);
    const rows = await readRows(
      connection,
      `SELECT number, ${characters === null ? 'text' : `left(text, ${characters})`} AS text
       FROM store.documents WHERE number IN (${numbers.join(', ')}) ORDER BY number`,
    );
    for (const row of rows) visit(row.number('number'), row.text('text'));
  }
}

async function store(connection: DuckDBConnection, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return;
  const slots = [...new Set(found.map(({ slot }) => slot))];
  const values = found.map(({ typed }) => typed?.value ?? null);
  await createTemporaryTable({
    connection,
    table: 'build_templated',
    columns: [
      { name: 'document', type: INTEGER, values: found.map(({ document }) => document) },
      { name: 'label', type: VARCHAR, values: found.map(({ label }) => label) },
      { name: 'slot', type: INTEGER, values: found.map(({ slot }) => slots.indexOf(slot)) },
      { name: 'period', type: VARCHAR, values: found.map(({ period }) => period) },
      { name: 'quote_start', type: INTEGER, values: found.map(({ start }) => start) },
      { name: 'value_start', type: INTEGER, values: found.map(({ valueStart }) => valueStart) },
      {
        name: 'value_end',
        type: INTEGER,
        values: found.map(({ valueStart, valueEnd, typed }) =>
          typed === null ? valueEnd : valueStart + typed.end,
        ),
      },
      { name: 'type', type: VARCHAR, values: values.map((value) => value?.type ?? 'text') },
      {
        name: 'number',
        type: DOUBLE,
        values: values.map((value) =>
          value?.type === 'number' || value?.type === 'percentage' ? value.number : null,
        ),
      },
      {
        name: 'unit',
        type: VARCHAR,
        values: values.map((value) => (value?.type === 'number' ? value.unit : null)),
      },
      {
        name: 'date',
        type: VARCHAR,
        values: values.map((value) => (value?.type === 'date' ? value.date : null)),
      },
      { name: 'text', type: VARCHAR, values: found.map(({ text, typed }) => (typed === null ? text : null)) },
    ],
  });
  await connection.run(`
    CREATE OR REPLACE TEMP TABLE build_templated_elsewhere AS
    SELECT t.slot FROM build_templated t LEFT JOIN (
      SELECT DISTINCT document, value_start FROM store.readings WHERE rule <> 'sentence-open') r
      USING (document, value_start)
    GROUP BY t.slot HAVING count(r.document) >= count(*) * ${readElsewhere};
    INSERT INTO store.readings (document, ordinal, section, label, quote_start, quote_end, value_start, value_end,
      type, number, unit, date, text, period, rule)
    SELECT t.document, coalesce(m.last, -1) + row_number() OVER (PARTITION BY t.document ORDER BY t.value_start, t.label),
      '', t.label, quote_start, value_end, value_start, value_end, type, number, unit, date, text, period, '${templateRule}'
    FROM build_templated t ANTI JOIN build_templated_elsewhere e ON e.slot = t.slot
    LEFT JOIN (SELECT document, max(ordinal) AS last FROM store.readings GROUP BY document) m
      ON m.document = t.document;
    DROP TABLE build_templated; DROP TABLE build_templated_elsewhere`);
}
