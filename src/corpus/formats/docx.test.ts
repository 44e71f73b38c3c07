import { describe, expect, it } from 'vitest';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import { parseDocx } from './docx.ts';
import type { ParsedDocument } from './format-parser.ts';
import { zipArchive } from './testing/zip-archive.ts';

const styles = `<w:styles xmlns:w="w">
  <w:style w:styleId="Title"><w:name w:val="Title"/></w:style>
  <w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
  <w:style w:styleId="H2"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift1"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
  <w:style w:styleId="Toc1"><w:name w:val="toc 1"/></w:style>
  <w:style w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
  <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
</w:styles>`;

const numbering = `<w:numbering xmlns:w="w">
  <w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
</w:numbering>`;

const rels = (targets: Readonly<Record<string, string>>): string =>
  `<Relationships>${Object.entries(targets)
    .map(([type, target]) => `<Relationship Type="http://x/relationships/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const docx = (body: string, parts: Readonly<Record<string, string | Uint8Array>> = {}): Buffer =>
  zipArchive({
    '_rels/.rels': rels({ officeDocument: 'word/document2.xml' }),
    'word/_rels/document2.xml.rels': rels({
      styles: 'styles.xml',
      numbering: '/word/numbering.xml',
      footnotes: 'footnotes.xml',
    }),
    'word/styles.xml': styles,
    'word/numbering.xml': numbering,
    'word/document2.xml': `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`,
    ...parts,
  });

const parse = async (bytes: Uint8Array): Promise<ParsedDocument> => {
  const [document] = await Array.fromAsync(parseDocx({ bytes, path: 'a.docx', absolutePath: '/a.docx' }));
  return document ?? { fragment: null, title: null, text: '', sourceMap: { segments: [] } };
};

const text = async (body: string, parts: Readonly<Record<string, string>> = {}): Promise<string> =>
  (await parse(docx(body, parts))).text.trimEnd();

const run = (content: string, properties = ''): string =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${content}</w:t></w:r>`;
const paragraph = (content: string, properties = ''): string =>
  `<w:p><w:pPr>${properties}</w:pPr>${content.startsWith('<') ? content : run(content)}</w:p>`;
const styled = (style: string, content: string): string => paragraph(content, `<w:pStyle w:val="${style}"/>`);
const cell = (content: string, properties = ''): string =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${content.startsWith('<w:p>') ? content : paragraph(content)}</w:tc>`;
const row = (cells: string, properties = ''): string => `<w:tr><w:trPr>${properties}</w:trPr>${cells}</w:tr>`;

describe('parseDocx', () => {
  it('reads headings by their styles and counts paragraphs', async () => {
    const document = await parse(
      docx(
        styled('Title', 'Acme &amp; Co') +
          styled('Toc1', 'Facts 1') +
          styled('berschrift1', 'Facts') +
          paragraph('') +
          styled('H2', 'Seat') +
          styled('Loop', 'Bonn'),
      ),
    );
    expect(document.title).toBe('Acme & Co');
    expect(document.text).toBe('# Acme & Co\n\n## Facts\n\n### Seat\n\nBonn\n');
    expect(document.sourceMap.segments.map((segment) => segment.location.paragraph)).toEqual([1, 3, 5, 6]);
  });

  it('takes short lines in large type for headings where styles are missing', async () => {
    const large = (content: string, size: number): string =>
      paragraph(run(content, `<w:sz w:val="${size}"/>`));
    expect(
      await text(
        large('Acme', 40) + paragraph('Founded long ago.') + large('Facts', 30) + paragraph('Seat: Bonn'),
      ),
    ).toBe('# Acme\n\nFounded long ago.\n\n## Facts\n\nSeat: Bonn');
  });

  it('keeps labels in bold, resolves tabs and leaves out what is deleted or hidden', async () => {
    expect(
      await text(
        paragraph(run('Seat:', '<w:b/>') + run(' Bonn')) +
          paragraph(run('Staff', '<w:rStyle w:val="Strong"/>') + run(' 5')) +
          paragraph(`${run('Tel')}<w:r><w:tab/></w:r>${run('12')}`) +
          paragraph(`${run('a')}<w:r><w:tab/></w:r>${run('b')}<w:r><w:tab/></w:r>${run('c')}`) +
          paragraph(
            `${run('kept')}<w:del>${run('gone')}</w:del><w:ins>${run(' new')}</w:ins>${run('x', '<w:vanish/>')}`,
          ) +
          paragraph(
            `${run('5 km')}${run('2', '<w:vertAlign w:val="superscript"/>')}<w:r><w:br/></w:r>${run('next')}`,
          ),
      ),
    ).toBe('Seat: Bonn\n\n**Staff** 5\n\nTel: 12\n\na\tb\tc\n\nkept new\n\n5 km²\nnext');
  });

  it('numbers lists as the document does', async () => {
    const item = (content: string, level: number): string =>
      paragraph(content, `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`);
    expect(await text(item('a', 0) + item('b', 1) + item('c', 0) + paragraph('d'))).toBe(
      '3. a\n  - b\n4. c\n\nd',
    );
  });

  it('reads tables with merged cells and several header rows', async () => {
    expect(
      await text(
        `<w:tbl>${row(cell('Firm', '<w:vMerge w:val="restart"/>') + cell('Revenue', '<w:gridSpan w:val="2"/>'), '<w:tblHeader/>')}
        ${row(cell('', '<w:vMerge/>') + cell('2021') + cell('2020'), '<w:tblHeader/>')}
        ${row(cell('A') + cell(paragraph('1') + paragraph('x')) + cell('2'))}
        ${row(cell('B', '<w:vMerge w:val="restart"/>') + cell('3') + cell('4'))}
        ${row(cell('', '<w:vMerge/>') + cell('5') + cell('6'))}</w:tbl>`,
      ),
    ).toBe(
      '| Firm | Revenue 2021 | Revenue 2020 |\n| --- | --- | --- |\n| A | 1; x | 2 |\n| B | 3 | 4 |\n| B | 5 | 6 |',
    );
  });

  it('takes a first row in bold for the header, and two columns without one for labels and values', async () => {
    const bold = (content: string): string => cell(paragraph(run(content, '<w:b/>')));
    expect(
      await text(`<w:tbl>${row(bold('Firm') + bold('Seat'))}${row(cell('A') + cell('Bonn'))}</w:tbl>`),
    ).toBe('| Firm | Seat |\n| --- | --- |\n| A | Bonn |');
    expect(
      await text(`<w:tbl>${row(cell('Seat') + cell('Bonn'))}${row(cell('Tongues') + cell('de'))}</w:tbl>`),
    ).toBe('|  |  |\n| --- | --- |\n| Seat | Bonn |\n| Tongues | de |');
  });

  it('puts footnotes at the end and text boxes after their paragraph, once', async () => {
    const box = `<w:txbxContent>${paragraph('boxed')}</w:txbxContent>`;
    expect(
      await text(
        paragraph(
          `${run('text')}<w:r><w:footnoteReference w:id="2"/></w:r><w:r><mc:AlternateContent><mc:Choice>${box}</mc:Choice><mc:Fallback>${box}</mc:Fallback></mc:AlternateContent></w:r>${run(' on')}`,
        ),
        {
          'word/footnotes.xml': `<w:footnotes><w:footnote w:type="separator" w:id="0">${paragraph('-')}</w:footnote><w:footnote w:id="2">${paragraph('as of 2021')}</w:footnote></w:footnotes>`,
        },
      ),
    ).toBe('text[^2] on\n\nboxed\n\n[^2]: as of 2021');
  });

  it('survives deep nesting and odd ends', async () => {
    const nested =
      '<w:tbl><w:tr><w:tc>'.repeat(20_000) + paragraph('core') + '</w:tc></w:tr></w:tbl>'.repeat(20_000);
    expect(await text(nested)).toBe('core');
    expect(await text(`</w:p></w:tc></w:tbl></w:r>${paragraph('text')}`)).toBe('text');
  });

  it.each([
    ['an encrypted file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), /password protected/u],
    ['a truncated file', docx(paragraph('text')).subarray(0, 900), /damaged or incomplete/u],
    ['an archive of something else', zipArchive({ 'a.txt': 'a' }), /no document in the archive/u],
    [
      'a zip bomb',
      docx('', { 'word/document2.xml': new Uint8Array(257 * 1024 * 1024) }),
      /unpacks to more than/u,
    ],
  ])('says why %s cannot be read', async (_, bytes, reason) => {
    const failure = await parse(bytes).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnreadableFileError);
    expect(String(failure)).toMatch(reason);
  });

  it('is not deceived by a part that declares a smaller size than it has', async () => {
    const bytes = docx(paragraph('text'.repeat(1000)));
    // The size that the central directory declares for the last file.
    bytes.writeUInt32LE(10, bytes.lastIndexOf('PK\u0001\u0002') + 24);
    await expect(parse(bytes)).rejects.toThrow(/damaged or incomplete/u);
  });
});
