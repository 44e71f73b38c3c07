import type { AnswerType, Scalar } from '../questions/index.ts';
import { extractCorpusQaAnswer } from '../scoring/answer-extraction.ts';

/** An answer that a model wrote, as a typed value. A percentage is 12.34 with the unit "%". */
export interface WrittenAnswer {
  readonly type: AnswerType;
  readonly value: Scalar | readonly Scalar[] | readonly (readonly Scalar[])[];
  readonly unit?: string;
}

const published = 'The answer is: ';
const lenient = /\bthe (?:final )?answer is\s*[:：]?[\s*_]*(?<answer>[^\s*_:：][^\n]*)/gi;

/**
 * What a reply gives as its answer, or null where it gives none: after the first "The answer is: ", as CorpusQA
 * extracts it; else after the last such words in other case or marked up, which models write as well.
 */
export function findWrittenAnswer(reply: string): string | null {
  if (reply.includes(published)) {
    const answer = extractCorpusQaAnswer(reply);
    if (answer !== '') return answer;
  }
  const answer = [...reply.matchAll(lenient)].at(-1)?.groups?.['answer']?.trim();
  return answer === undefined || answer === '' ? null : answer;
}

const numeral =
  /^[-+−]?\s?[$€£¥]?\s?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d{1,3})?\s*(?<percent>%)?$/;
const isoDate = /^\d{4}-\d{2}(?:-\d{2})?$/;
const quoted = /^(?:"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>[^']*)'|“(?<curly>[^”]*)”)$/s;

/** The typed value of an answer as CorpusQA prescribes its form; what has none of the forms is a string. */
export function parseWrittenAnswer(written: string): WrittenAnswer {
  const text = written
    .replace(/^[*_`\s]+|[*_`\s]+$/g, '')
    .replace(/(?<=["'”\]%\d])\.$/, '')
    .trim();
  if (text.startsWith('[')) return parseList(text);
  const content = unquoted(text);
  if (isoDate.test(content)) return { type: 'date', value: content };
  if (content !== text) return { type: 'string', value: content };
  const number = parseNumber(text);
  if (number === null) return { type: 'string', value: text };
  return number.isPercentage
    ? { type: 'percentage', value: number.value, unit: '%' }
    : { type: 'number', value: number.value };
}

function unquoted(text: string): string {
  const groups = quoted.exec(text)?.groups;
  if (groups === undefined) return text;
  return groups['single'] ?? groups['curly'] ?? (groups['double'] ?? '').replace(/\\(["\\/])/g, '$1');
}

function parseNumber(text: string): { value: number; isPercentage: boolean } | null {
  const match = numeral.exec(text);
  if (match === null || !/\d/.test(text)) return null;
  const digits = text.replace(/[$€£¥,%\s+]/g, '').replace('−', '-');
  return { value: Number(digits), isPercentage: match.groups?.['percent'] !== undefined };
}

function parseList(text: string): WrittenAnswer {
  let items: unknown;
  try {
    items = JSON.parse(text);
  } catch {
    return { type: 'list', value: looseItems(text) };
  }
  if (!Array.isArray(items)) return { type: 'string', value: text };
  const rows: unknown[] = items;
  if (rows.length > 0 && rows.every((row) => Array.isArray(row))) {
    return { type: 'rows', value: rows.map((row: unknown[]) => row.map(toScalar)) };
  }
  return { type: 'list', value: rows.map(toScalar) };
}

function toScalar(item: unknown): Scalar {
  if (item === null || typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')
    return item;
  return JSON.stringify(item);
}

const looseItem = /"((?:[^"\\]|\\.)*)"|'([^']*)'(?=\s*[,\]])|([^,[\]"']+)/g;

/** The items of a list that is no JSON: `['a', 'b']`, `[a, b]`, or one that an output limit cut. */
function looseItems(text: string): string[] {
  return [...text.matchAll(looseItem)]
    .map(([, double, single, bare]) => (double ?? single ?? bare ?? '').trim())
    .filter((item) => item !== '');
}
