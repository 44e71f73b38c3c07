import { describe, expect, it } from 'vitest';
import { valueEnd } from './inline-labels.ts';
import { readText } from './testing/read-text.ts';

describe('labels within running text', () => {
  it('reads a sentence that is a label with a figure', () => {
    expect(readText('Many were affected. Estimated lost revenue: $33,900. Nothing else is known.')).toEqual([
      'Estimated lost revenue = 33900 USD',
    ]);
  });

  it('reads words behind a label only beside others', () => {
    expect(
      readText('Summary: an outage that lasted 5 min. Severity: 1. Cause: disk full. Owner: Ada Berg.'),
    ).toEqual([
      'Summary = "an outage that lasted 5 min"',
      'Severity = 1',
      'Cause = "disk full"',
      'Owner = "Ada Berg"',
    ]);
    expect(readText('We looked at it long. One thing is certain: nobody stayed.')).toEqual([]);
  });

  it('reads several pairs on each line of a record', () => {
    expect(readText('Director: Ada Berg | Country: France\nLead: Bo Lind | Running time: 1h 30m')).toEqual([
      'Director = "Ada Berg"',
      'Country = "France"',
      'Lead = "Bo Lind"',
      'Running time = 1.5 h',
    ]);
  });

  it('reads labels with the numbering of a form', () => {
    expect(readText('I.1) Name: Ada Berg\nII.4) Estimated value: 2,400 EUR')).toEqual([
      'Name = "Ada Berg"',
      'Estimated value = 2400 EUR',
    ]);
  });
});

describe('forms', () => {
  it('reads pairs in brackets, and Chinese ones behind a space', () => {
    expect(readText('安泰股份有限公司（简称：安泰，证券代码：000102）于去年上市。')).toEqual([
      '简称 = "安泰"',
      '证券代码 = "000102"',
    ]);
    expect(readText('更新日期：2024年7月4日 联系电话：0706-8624206')).toEqual([
      '更新日期 = 2024-07-04',
      '联系电话 = "0706-8624206"',
    ]);
  });

  it('reads yes and no with a remark, and identifiers that begin with figures', () => {
    expect(
      readText('Talk: yes, 45 minutes before\nAdvice: No. Owners may go on\nOpen: Yes, partly\nNo.: 24V-101'),
    ).toEqual(['Talk = true', 'Advice = false', 'Open = "Yes, partly"', 'No. = "24V-101"']);
  });

  it('takes a word in bold below a heading for its value, and a numbered section for a heading', () => {
    expect(readText('# Memo\n\n## Decision\n\n**Approved**\n\nRate: 5 %')).toEqual([
      'Decision = "Approved"',
      'Decision | Rate = 5%',
    ]);
    expect(
      readText('# Data sheet\n\nSECTION 1: Identification\n  1.1 Supplier: Acme\n  1.2 Weight: 5 kg'),
    ).toEqual(['SECTION 1: Identification | Supplier = "Acme"', 'SECTION 1: Identification | Weight = 5 kg']);
  });
});

describe('valueEnd', () => {
  it.each([
    ['Ada Berg. On the market since May.', 'Ada Berg.'],
    ['1,267. The mill burnt down twice.', '1,267.'],
    ['An outage in May. Severity: 1. Cause: none', 'An outage in May.'],
    ['The whole of it was written by hand in the years before.', null],
    ['Acme Ltd. of Leeds', null],
  ])('of %s', (text, expected) => {
    expect(text.slice(0, valueEnd(text))).toBe(expected ?? text);
  });
});
