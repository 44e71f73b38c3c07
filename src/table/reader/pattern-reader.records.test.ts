import { describe, expect, it } from 'vitest';
import { readText } from './testing/read-text.ts';

describe('records', () => {
  it('keeps continuation lines in the value, whatever they look like', () => {
    const text = [
      'Package: mpgtx',
      'Version: 1:1.3.1-6+b1',
      'Depends: libc6 (>= 2.14), libgcc1 (>= 1:3.0)',
      'Description: toolbox for files',
      ' It does these things:',
      ' .',
      '   * splits',
      ' Note: nothing else.',
      'Tag: role::program, use::converting,',
      ' works-with::mp3',
      'Size: 63544',
    ].join('\n');
    expect(readText(text, { format: 'text' })).toEqual([
      'Package = "mpgtx"',
      'Version = "1:1.3.1-6+b1"',
      'Depends = "libc6 (>= 2.14), libgcc1 (>= 1:3.0)"',
      'Description = "toolbox for files\nIt does these things:\n.\n* splits\nNote: nothing else."',
      'Tag = "role::program, use::converting,\nworks-with::mp3"',
      'Size = 63544',
    ]);
  });

  it('names the records of a document that holds several by their first field', () => {
    expect(readText('Name: a\nSize: 1\n\nName: b\nSize: 2\n\f\nName: c\nSize: 3')).toEqual([
      '<a> Name = "a"',
      '<a> Size = 1',
      '<b> Name = "b"',
      '<b> Size = 2',
      '<c> Name = "c"',
      '<c> Size = 3',
    ]);
  });

  it('takes records that begin with a measure for parts of the document, below their headings', () => {
    const text =
      '### Area\n\ntotal: 1,904 sq km\nwater: 93 sq km\n\n### Ports\n\ntotal: 12\nferry: 4\n\n### Roads\n\ntotal: 8,700 km\npaved: 310 km';
    expect(readText(text)).toEqual([
      'Area | total = 1904 sq km',
      'Area | water = 93 sq km',
      'Ports | total = 12',
      'Ports | ferry = 4',
      'Roads | total = 8700 km',
      'Roads | paved = 310 km',
    ]);
    expect(readText('No: 12\nSize: 1 m\n\nNo: 15\nSize: 2 m')).toContain('<15> Size = 2 m');
  });

  it('reads keys below a key as its parts, and bullets as a list', () => {
    expect(
      readText('Students: 15,234\n   undergraduates: 10,000\n   graduates: 5,234\nCity: Boston'),
    ).toEqual([
      'Students / undergraduates = 10000',
      'Students / graduates = 5234',
      'Students = 15234',
      'City = "Boston"',
    ]);
    expect(readText('Ports:\n  - Kiel\n  - Rostock\nCity: Boston')).toEqual([
      'Ports = [Kiel; Rostock]',
      'City = "Boston"',
    ]);
  });

  it('takes any key of a row that was written as lines', () => {
    expect(readText('note: fine\n2020: 5\nIs it open: yes', { format: 'csv' })).toEqual([
      'note = "fine"',
      '2020 = 5 @2020',
      'Is it open = true',
    ]);
  });
});

describe('front matter', () => {
  it('reads YAML: nested keys, lists, quoted and block texts', () => {
    const text = [
      '---',
      'title: "Product: X"',
      'price: $49.99',
      'tags: [audio, "noise, less"]',
      'size:',
      '  width: 12 cm',
      'colours:',
      '  - black',
      '  - white',
      'summary: >',
      '  A long',
      '  text.',
      'released: 2023-05-01',
      '---',
      '',
      '# Product X',
      '',
      'Weight: 5 kg',
    ].join('\n');
    expect(readText(text)).toEqual([
      'title = "Product: X"',
      'price = 49.99 USD',
      'tags = [audio; noise, less]',
      'size / width = 12 cm',
      'colours = [black; white]',
      'summary = "A long\n  text."',
      'released = 2023-05-01',
      'Weight = 5 kg',
    ]);
  });

  it('does not take a rule for front matter', () => {
    expect(readText('---\n\nSome words here and there\n\n---\n\nSize: 5 km')).toEqual(['Size = 5 km']);
  });
});
