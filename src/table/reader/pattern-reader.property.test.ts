import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentFormats } from '../../corpus/document.ts';
import type { Reading } from '../reading.ts';
import { readDocument } from './pattern-reader.ts';
import { documentOf } from './testing/read-text.ts';

/** Pieces that layouts are made of, so that arbitrary sequences of them come near to every rule. */
const pieces = [
  '\n',
  '\n\n',
  '\f',
  '\t',
  '   ',
  ' ',
  '# ',
  '## ',
  '- ',
  '* ',
  '1. ',
  'a) ',
  '> ',
  '```',
  '---',
  '===',
  '|',
  '| ',
  '|---|---|',
  '+---+',
  ':',
  ': ',
  '：',
  '; ',
  ', ',
  ' – ',
  ' = ',
  ' .... ',
  '**',
  '_',
  '`',
  '[',
  '](x)',
  '[^1]',
  '\\',
  '<b>',
  '</b>',
  '<br>',
  '<table>',
  '<tr>',
  '<td>',
  '&amp;',
  '&#8364;',
  '(',
  ')',
  '☒ ',
  '☐ ',
  'Label',
  'Net income',
  'total',
  'Note',
  '营业收入',
  '万元',
  '单位',
  '12',
  '1,234.5',
  '(55)',
  '45%',
  '$5 million',
  '2020',
  'FY2023',
  'Q3 2021',
  '31 Dec 2022',
  'NA',
  '—',
  'in millions',
  'except per share data',
  'Metric',
  'Value',
  'Year',
  'Unit',
  '😀',
  '\u00a0',
  'title: x',
  '+++',
  'The company had 5 employees.',
  'é',
  '\u200b',
];

const layoutText = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));
const anyText = fc.oneof(
  layoutText,
  fc.string({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** What is wrong with a reading of a text; empty where nothing is. */
function faults(reading: Reading, text: string): string[] {
  const { start, end, valueStart, valueEnd, section, label, value } = reading;
  const found: string[] = [];
  if (!(start >= 0 && start < end && end <= text.length)) found.push(`quote ${start}-${end}`);
  if (!(valueStart >= 0 && valueStart <= valueEnd && valueEnd <= text.length))
    found.push(`value ${valueStart}-${valueEnd}`);
  if (label.length === 0 || [...section, ...label].includes('')) found.push('empty label');
  if ((value.type === 'number' || value.type === 'percentage') && !Number.isFinite(value.number))
    found.push('not finite');
  return found;
}

describe('the pattern reader on any text', () => {
  it('never throws, and every reading lies within the text', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...documentFormats), (text, format) => {
        const readings = readDocument(documentOf(text, { format, title: 'Label' }));
        expect(readings.flatMap((reading) => faults(reading, text))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  it('reads the same text the same way', () => {
    fc.assert(
      fc.property(layoutText, (text) => {
        expect(readDocument(documentOf(text))).toEqual(readDocument(documentOf(text)));
      }),
      { numRuns: 100 },
    );
  });

  it('reads a number back at its own span, in every layout', () => {
    const number = fc.integer({ min: 10, max: 999_999 }).map((value) => value.toLocaleString('en-US'));
    const layouts = [
      (value: string) => `Head count: ${value}`,
      (value: string) => `## Head count\n\n${value}`,
      (value: string) => `- **Head count:** ${value}`,
      (value: string) => `| Metric | Value |\n|---|---|\n| Head count | ${value} |`,
      (value: string) => `Head count ........ ${value}`,
      (value: string) => `Head count      ${value}\nOther count     12`,
      (value: string) => `---\nHead count: ${value}\n---\n`,
      (value: string) => `Name: x\nHead count: ${value}`,
    ];
    fc.assert(
      fc.property(number, fc.constantFrom(...layouts), (value, layout) => {
        const text = layout(value);
        const found = readDocument(documentOf(text)).find((reading) => reading.label[0] === 'Head count');
        expect(found?.value).toMatchObject({ type: 'number', number: Number(value.replaceAll(',', '')) });
        expect(text.slice(found?.valueStart, found?.valueEnd)).toBe(value);
      }),
    );
  });
});
