import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { CorpusDocument } from '../../../corpus/document.ts';
import type { Reading, ReadValue } from '../../reading.ts';
import { isCurrencyCode } from '../../values/currencies.ts';
import { canonicalUnit, measureSymbol } from '../../values/units.ts';
import { readDocument } from '../pattern-reader.ts';

/** A piece of text with what a careful person reads in it, written without sight of the reader. */
const snippetSchema = z.object({
  id: z.string(),
  layout: z.string(),
  title: z.string(),
  text: z.string(),
  expect: z.array(
    z.object({
      field: z.string(),
      value: z.union([z.number(), z.string()]),
      unit: z.string().nullable(),
      period: z.string().nullable(),
      entity: z.string().optional(),
      number: z.number().optional(),
      range: z.tuple([z.number(), z.number()]).optional(),
    }),
  ),
  absent: z.array(z.string()),
});

type Snippet = z.infer<typeof snippetSchema>;
type Expectation = Snippet['expect'][number];

export interface SnippetVerdict {
  readonly snippet: string;
  readonly layout: string;
  readonly field: string;
  readonly verdict: 'right' | 'wrong' | 'missing';
  readonly expected: string;
  readonly got: string;
}

/** The snippets of a JSONL file. Throws a ZodError for a line that is none. */
export function parseSnippets(jsonl: string): Snippet[] {
  return jsonl
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => snippetSchema.parse(JSON.parse(line)));
}

/**
 * Reads a snippet and judges every expectation: right when a reading of that field (and entity and period, where
 * stated) has the value; wrong when such readings have other values only, or when a field that the text leaves
 * open was read; missing when there is none. Units are compared as far as both are known.
 */
export function scoreSnippet(snippet: Snippet): SnippetVerdict[] {
  const readings = readDocument(toDocument(snippet));
  const verdicts = snippet.expect.map((expectation): SnippetVerdict => {
    const candidates = readings.filter((reading) => isAbout(reading, expectation, snippet));
    const right = candidates.some((reading) => hasValue(reading.value, expectation));
    const judged = candidates.filter(({ value }) => value.type !== 'missing');
    return {
      snippet: snippet.id,
      layout: snippet.layout,
      field: [expectation.entity, expectation.field, expectation.period].filter(Boolean).join(' / '),
      verdict: right ? 'right' : judged.length > 0 ? 'wrong' : 'missing',
      expected: `${expectation.value} ${expectation.unit ?? ''}`.trim(),
      got: judged.map(({ value }) => describe(value)).join(' | '),
    };
  });
  const broken = snippet.absent.flatMap((field): SnippetVerdict[] => {
    const got = readings.filter(
      (reading) => isAbout(reading, absentExpectation(field), snippet) && reading.value.type !== 'missing',
    );
    if (got.length === 0) return [];
    const values = got.map(({ value }) => describe(value)).join(' | ');
    return [
      {
        snippet: snippet.id,
        layout: snippet.layout,
        field,
        verdict: 'wrong',
        expected: '(absent)',
        got: values,
      },
    ];
  });
  return [...verdicts, ...broken];
}

function toDocument({ id, title, text }: Snippet): CorpusDocument {
  return {
    id,
    path: `${title}.txt`,
    fragment: null,
    title,
    format: 'markdown',
    text,
    sourceMap: { segments: [] },
    hash: createHash('sha256').update(text).digest('hex'),
    tokens: Math.ceil(text.length / 4),
  };
}

/** "Dividends paid (2021)" is the cell of that period. */
function absentExpectation(field: string): Expectation {
  const period = /\((\d{4}[^)]*)\)$/.exec(field);
  const name = period === null ? field : field.slice(0, period.index).trim();
  return { field: name, value: '', unit: null, period: period?.[1] ?? null };
}

function isAbout(reading: Reading, expectation: Expectation, snippet: Snippet): boolean {
  const leaves = leafForms(reading, expectation.field);
  const context = [
    ...reading.section,
    ...reading.label,
    reading.entity ?? '',
    snippet.title,
    roleOf(reading),
  ];
  const path = new Set([...context, ...evidence(reading, snippet.text)].flatMap(words));
  const wanted = new Set(words(expectation.field));
  const entity = new Set(expectation.entity === undefined ? [] : words(expectation.entity));
  const rowLeaf = words(reading.entity ?? '');
  if (![...wanted, ...entity].every((word) => path.has(word))) return false;
  if (expectation.period !== null && !samePeriod(reading.period, expectation.period)) return false;
  return leaves.some((leaf) => {
    if (![...leaf, ...rowLeaf].some((word) => wanted.has(word))) return false;
    return leaf.every((word) => wanted.has(word) || entity.has(word) || isPeriodWord(word));
  });
}

/** Where a sentence states a value, its words belong to what the value is about. */
function evidence(reading: Reading, text: string): string[] {
  if (!reading.rule.startsWith('sentence')) return [];
  const rest = text.slice(reading.end);
  return [text.slice(reading.start, reading.end), rest.slice(0, Math.max(0, rest.search(/[.,;。，；]/u)))];
}

const roleOf = ({ rule }: Reading): string => (rule === 'title' || rule === 'dateline' ? rule : '');

const people = new Set(['people', 'person']);

/**
 * The words of a label in the forms in which it may be asked for: whole; without a remark in brackets that the
 * field does not have ("VAT (20%)"); of a count, what was done alone ("applications withdrawn"), or without
 * "people"; of a sentence, without what the noun is further defined by ("damage to the road").
 */
function leafForms(reading: Reading, field: string): string[][] {
  const leaf = reading.label.at(-1) ?? '';
  const forms = [words(leaf)];
  if (!/[（(]/u.test(field)) forms.push(words(leaf.replace(/\s*[（(][^()（）]*[)）]$/u, '')));
  if (reading.rule === 'sentence-count') {
    const all = words(leaf);
    forms.push(all.filter((word) => !people.has(word)));
    if (/(?:ed|n)$/.test(leaf)) forms.push(all.slice(-1));
  }
  if (reading.rule.startsWith('sentence')) forms.push(words(leaf.replace(/\s(?:to|of|in|on|for)\s.*$/u, '')));
  return forms.filter((form) => form.length > 0);
}

const fillers = new Set(['the', 'of', 'and', 'a', 'an', 'in', 'for', 'at', 'by', 'to', 'its', 'was', 'is']);
/** "employs" and "employees", "headquartered" and "headquarters" are forms of one word. */
const endings = /(?<=[a-z]{5})(?:ees?|ed)$|(?<=[a-z]{3})s$/;

function words(text: string): string[] {
  const found =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}%]+/gu) ?? [];
  return found.filter((word) => !fillers.has(word)).map((word) => word.replace(endings, ''));
}

function isPeriodWord(word: string): boolean {
  return /^\d{4}$/.test(word);
}

function samePeriod(got: string | null, wanted: string): boolean {
  return got !== null && (got === wanted || got.startsWith(`${wanted}-`) || got.endsWith(`/${wanted}`));
}

function hasValue(value: ReadValue, { value: wanted, unit, number, range }: Expectation): boolean {
  if (value.type === 'number' || value.type === 'percentage') {
    const got = value.number;
    if (range !== undefined) return got >= range[0] && got <= range[1];
    const target = number ?? (typeof wanted === 'number' ? wanted : Number(wanted));
    if (Math.abs(got - target) > Math.abs(target) * 1e-9) return false;
    return unit === null || value.type === 'percentage' || value.unit === null || sameUnit(value.unit, unit);
  }
  if (value.type === 'date') return value.date === String(wanted) || value.date.startsWith(`${wanted}-`);
  if (value.type === 'list') return fold(value.items.join(', ')) === fold(String(wanted));
  if (value.type === 'boolean') return /^(yes|true|是)$/i.test(String(wanted)) === value.boolean;
  if (value.type === 'missing') return false;
  return fold(value.text) === fold(String(wanted)) || fold(value.text).startsWith(`${fold(String(wanted))} `);
}

/** One and the same once both are written alike; a count's noun is none. */
function sameUnit(got: string, wanted: string): boolean {
  const plain = (unit: string): string => canonicalUnit(unit).toLowerCase();
  if (plain(got) === plain(wanted)) return true;
  return !isKnown(got) || !isKnown(wanted);
}

const isKnown = (unit: string): boolean => measureSymbol(unit) !== null || isCurrencyCode(unit);

function fold(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}

function describe(value: ReadValue): string {
  if (value.type === 'number') return `${value.number} ${value.unit ?? ''}`.trim();
  if (value.type === 'percentage') return `${value.number} %`;
  if (value.type === 'date') return value.date;
  if (value.type === 'boolean') return String(value.boolean);
  if (value.type === 'list') return `[${value.items.join('; ')}]`;
  return value.type === 'missing' ? 'missing' : JSON.stringify(value.text.slice(0, 60));
}
