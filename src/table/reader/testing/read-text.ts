import type { CorpusDocument, DocumentFormat } from '../../../corpus/document.ts';
import type { Reading, ReadValue } from '../../reading.ts';
import { readDocument } from '../pattern-reader.ts';

interface TextOptions {
  readonly title?: string | null;
  readonly format?: DocumentFormat;
}

/** A document of this text, for tests. */
export function documentOf(text: string, options: TextOptions = {}): CorpusDocument {
  return {
    id: 'test',
    path: 'test.md',
    fragment: null,
    title: options.title ?? null,
    format: options.format ?? 'markdown',
    text,
    sourceMap: { segments: [] },
    hash: '',
    tokens: 0,
  };
}

/** The readings of a text, a line each: `section > … | <entity> label / sub-label = value unit @period`. */
export function readText(text: string, options: TextOptions = {}): string[] {
  return readDocument(documentOf(text, options)).map((reading) => describeReading(reading));
}

export function describeReading(reading: Reading): string {
  const section = reading.section.length === 0 ? '' : `${reading.section.join(' > ')} | `;
  const entity = reading.entity === null ? '' : `<${reading.entity}> `;
  const period = reading.period === null ? '' : ` @${reading.period}`;
  return `${section}${entity}${reading.label.join(' / ')} = ${describeValue(reading.value)}${period}`;
}

function describeValue(value: ReadValue): string {
  switch (value.type) {
    case 'number':
      return [String(value.number), value.unit, value.bound].filter((part) => part !== null).join(' ');
    case 'percentage':
      return `${value.number}%`;
    case 'date':
      return value.date;
    case 'boolean':
      return String(value.boolean);
    case 'text':
      return `"${value.text}"`;
    case 'list':
      return `[${value.items.join('; ')}]`;
    default:
      return 'missing';
  }
}
