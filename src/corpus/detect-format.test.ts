import { describe, expect, it } from 'vitest';
import { detectFormat } from './detect-format.ts';

function detect(path: string, content: string | Uint8Array): ReturnType<typeof detectFormat> {
  return detectFormat({ path, head: Buffer.from(content), tail: new Uint8Array() });
}

const table = 'id,name,price\n1,Apple,2.5\n2,Pear,3.1\n3,Plum,4.0\n4,Fig,1.2\n';
const email = [
  'Return-Path: <a@example.org>',
  'From: A <a@example.org>',
  'Subject: Minutes',
  'Date: Mon, 1 Jan 2001 10:00:00 +0100',
  '',
  'Hello',
].join('\n');
const compoundFile = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const zip = (name: string): Buffer => Buffer.from(`PK\u0003\u0004${'\0'.repeat(26)}${name}`, 'latin1');

describe('detectFormat', () => {
  it.each([
    ['a.md', '# Title\n', 'markdown'],
    ['README', '# Title\n\nText\n\n## Part\n', 'markdown'],
    ['notes.txt', '# Title\n\nText\n', 'markdown'],
    ['notes.txt', 'Some | text\n', 'text'],
    ['table.txt', 'a | b\n--- | ---\n1 | 2\n', 'markdown'],
    ['script.py', '# a comment\nimport os\n', 'text'],
    ['data.csv', table, 'csv'],
    ['data.txt', table, 'csv'],
    ['data', table.replaceAll(',', '\t'), 'csv'],
    ['prose.txt', 'One, two and three.\nFour, five.\nSix, seven, eight.\nNine, ten.\n', 'text'],
    ['data.json', '{"a": [1, 2', 'json'],
    ['data.txt', '[{"a": 1}]', 'json'],
    ['broken.json', '{"a" 1}', 'json'],
    ['rows.json', '{"a": 1}\n{"a": 2}\n', 'jsonl'],
    ['rows.jsonl', '{"a": 1}\n', 'jsonl'],
    ['rows.txt', '{"a": NaN}\n{"a": 2}\n', 'jsonl'],
    ['links.md', '[One](one.md)\n', 'markdown'],
    ['notes.txt', '[1] Smith 2020\n', 'text'],
    ['page.html', '<p>Hello</p>', 'html'],
    ['page.csv', '<!DOCTYPE html>\n<html></html>', 'html'],
    ['page', '<?xml version="1.0"?>\n<!-- made by hand -->\n<html xmlns="x"></html>', 'html'],
    ['not.html', 'a plain text', 'text'],
    ['mail.eml', 'From: a\nSubject: b\n\nc', 'email'],
    ['mail', email, 'email'],
    ['memo.txt', 'From: A\nTo: B\nSubject: C\n\nText', 'text'],
    ['box', `From a@example.org Mon Jan  1 10:00:00 2001\n${email}`, 'mbox'],
    ['letter.txt', 'From the desk of A, 2001\n\nDear B,\n', 'text'],
    ['paper.md', '%PDF-1.7\n', 'pdf'],
    ['letter.zip', zip('word/document.xml'), 'docx'],
    ['sheet', zip('xl/workbook.xml'), 'xlsx'],
    ['cut.docx', zip('mimetype'), 'docx'],
    ['bmw.txt', 'BMW annual report\n', 'text'],
    ['chinese.txt', Buffer.from('d6d0b9fa3a20350a', 'hex'), 'text'],
  ])('takes %s for its content: %j → %s', async (path, content, format) => {
    expect(await detect(path, content)).toEqual({ format });
  });

  it.each([
    ['image.md', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'), /^binary \(image\/png\)$/],
    ['bytes.txt', Buffer.from(Array.from({ length: 999 }, (_, index) => (index * 7919) % 256)), /^binary/],
    ['letter.rtf', '{\\rtf1 hello}', /Rich Text/],
    ['a.zip', zip('other.txt'), /unpack it/],
    ['slides.pptx', zip('ppt/presentation.xml'), /PowerPoint/],
    ['text.odt', zip('mimetypeapplication/vnd.oasis.opendocument.text'), /OpenDocument text.*\.docx/],
    [
      'locked.xlsx',
      Buffer.concat([compoundFile, Buffer.from('EncryptedPackage', 'utf16le')]),
      /^password protected$/,
    ],
    ['old.doc', Buffer.concat([compoundFile, Buffer.from('WordDocument', 'utf16le')]), /save it as \.docx/],
  ])('has a reason against %s', async (path, content, reason) => {
    const detected = await detect(path, content);
    expect(detected).toMatchObject({ format: null });
    expect(detected.reason).toMatch(reason);
  });

  it('finds the names of a zip archive at its end', async () => {
    const head = zip('[Content_Types].xml');
    const detected = await detectFormat({ path: 'x', head, tail: Buffer.from('PK word/document.xml') });
    expect(detected).toEqual({ format: 'docx' });
  });

  it('is not misled by a character that the sample cuts in two', async () => {
    const head = Buffer.from('Größe: 5\n'.repeat(20) + 'ü').subarray(0, -1);
    expect(await detectFormat({ path: 'x.txt', head, tail: Buffer.from([0xbc]) })).toEqual({
      format: 'text',
    });
  });
});
