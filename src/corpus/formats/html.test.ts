import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { htmlToText, parseHtml } from './html.ts';
import type { ParsedDocument } from './format-parser.ts';

const parse = async (html: string | Uint8Array): Promise<ParsedDocument> => {
  const bytes = typeof html === 'string' ? new TextEncoder().encode(html) : html;
  const documents = await Array.fromAsync(parseHtml({ bytes, path: 'a.html', absolutePath: '/a.html' }));
  const [document] = documents;
  expect(documents).toHaveLength(1);
  return document ?? { fragment: null, title: null, text: '', sourceMap: { segments: [] } };
};

const text = (html: string): string => htmlToText({ html }).trimEnd();

describe('parseHtml', () => {
  it('maps each line of the text to a line of the page', async () => {
    const document = await parse(
      '<h1>Acme</h1>\n\n<p>Founded: 1990<br>\nSeat: Bonn</p>\n<ul><li>a\n<li>b</ul>',
    );
    expect(document.text).toBe('# Acme\n\nFounded: 1990\nSeat: Bonn\n\n- a\n- b\n');
    expect(document.sourceMap.segments).toEqual([
      { start: 0, location: { line: 1 } },
      { start: 8, location: { line: 3 } },
      { start: 22, location: { line: 4 } },
      { start: 34, location: { line: 5 } },
      { start: 38, location: { line: 6 } },
    ]);
  });

  it.each([
    ['<title>Page</title><p>x', 'Page'],
    ['<title>Acme | News</title><h1>News site</h1><h1>Acme</h1>', 'Acme'],
    ['<title>Page</title><h1>Acme <b>Ltd</b></h1>', 'Acme Ltd'],
    ['<svg><title>Icon</title></svg><p>x', null],
  ])('finds the title of %s', async (html, title) => {
    expect((await parse(html)).title).toBe(title);
  });

  it('reads the encoding that the page declares, unless the bytes are UTF-8', async () => {
    const cyrillic = new Uint8Array([0xcf, 0xf0, 0xe8]);
    const head = new TextEncoder().encode('<meta charset="windows-1251"><p>');
    expect((await parse(new Uint8Array([...head, ...cyrillic]))).text).toBe('При\n');
    expect((await parse('<meta charset="windows-1251"><p>Grüße')).text).toBe('Grüße\n');
  });
});

describe('htmlToText', () => {
  it('keeps bold labels as labels and leaves other bold type out', () => {
    expect(
      text('<p><b>Seat:</b> Bonn<p><b>Seat</b>: Bonn<p><b>Seat</b> Bonn<p>a <b>b</b> c<p><b>Facts</b>'),
    ).toBe('Seat: Bonn\n\nSeat: Bonn\n\n**Seat** Bonn\n\na b c\n\n**Facts**');
  });

  it('leaves out what is not shown', () => {
    const hidden =
      '<script>"<p>"</script><style>p{}</style><nav>n</nav><p hidden>h</p><i style="display: none">x</i>';
    expect(text(`${hidden}<span aria-hidden=true>y</span><button>z</button><p>seen</p>`)).toBe('seen');
  });

  it('decodes entities and keeps what superscripts mean', () => {
    expect(
      text(
        '<p>A &amp; B&nbsp;Ltd &lt;x&gt; 5 km<sup>2</sup> 10<sup>6</sup> 21<sup>st</sup> 900<sup>[1]</sup> 7<sup>a</sup>',
      ),
    ).toBe('A & B Ltd <x> 5 km² 10^6 21st 900 7');
  });

  it('nests and numbers lists', () => {
    expect(text('<ul><li>a<ol start=3><li>b<li>c</ol><li><p>d</p><p>e</p></ul>')).toBe(
      '- a\n  3. b\n  4. c\n- d\n  e',
    );
  });

  it('writes definition lists as labelled lines', () => {
    expect(text('<dl><dt>Seat<dd>Bonn<dt>Tongues:<dd>de<dd>fr<dt>Staff<dd><ul><li>a<li>b</ul></dl>')).toBe(
      'Seat: Bonn\nTongues: de; fr\n\nStaff:\n\n- a\n- b',
    );
  });

  it('joins what a page names a label with what it names its value', () => {
    expect(
      text(`<div class="row"><div class="label">Seat</div><div class="value">Bonn</div></div>
        <div class="row"><span class="fact-label">Staff:</span> <span class="fact-value">5</span></div>
        <p class="key">Tel</p><p>12</p>a <span class="label">new</span> text`),
    ).toBe('Seat: Bonn\n\nStaff: 5\n\nTel\n\n12\n\na new text');
  });

  it('resolves spans and joins header rows', () => {
    expect(
      text(`<table><caption>In millions</caption>
        <thead><tr><th rowspan=2>Firm<th colspan=2>Revenue<tr><th>2021<th>2020</thead>
        <tr><td rowspan=2>A<td>1<td>2<tr><td colspan=2>none<tr><td colspan=2>B|C<td>4
        <tr><td colspan=3>Source: filings</table>`),
    ).toBe(
      [
        'In millions',
        '',
        '| Firm | Revenue 2021 | Revenue 2020 |',
        '| --- | --- | --- |',
        '| A | 1 | 2 |',
        '| A | none | none |',
        '| B\\|C |  | 4 |',
        '',
        'Source: filings',
      ].join('\n'),
    );
  });

  it('reads rows of a header cell and a cell as labels and values', () => {
    expect(text('<table><tr><th>Seat<td>Bonn<tr><th colspan=2>Area<tr><th>land<td>5<br>7</table>')).toBe(
      '|  |  |\n| --- | --- |\n| Seat | Bonn |\n| Area |  |\n| land | 5; 7 |',
    );
    expect(text('<table><tr><th>Seat<td>Bonn<th>Staff<td>5<tr><th>Tel<td>1<th>Fax<td>2</table>')).toBe(
      '|  |  |\n| --- | --- |\n| Seat | Bonn |\n| Staff | 5 |\n| Tel | 1 |\n| Fax | 2 |',
    );
  });

  it('joins the signs that financial statements set in columns of their own', () => {
    expect(
      text(`<table><tr><td></td><td colspan=3>2021</td><td colspan=3>2020</td></tr>
        <tr><td>Sales<td>$<td>5<td><td>$<td>6<td></tr>
        <tr><td>Loss<td><td>(7<td>)<td><td>(8<td>)</tr></table>`),
    ).toBe('|  | 2021 | 2020 |\n| --- | --- | --- |\n| Sales | $5 | $6 |\n| Loss | (7) | (8) |');
  });

  it('flattens tables that only arrange the page', () => {
    expect(
      text(`<table><tr><td><table><tr><th>Firm<th>Staff<tr><td>A<td>5</table><td><h2>News</h2><p>Text</table>
        <table role=presentation><tr><td>Order:<td>17<tr><td>One cell</table>`),
    ).toBe('| Firm | Staff |\n| --- | --- |\n| A | 5 |\n\n## News\n\nText\n\nOrder: 17\n\nOne cell');
  });

  it('reads tables made of elements with roles', () => {
    expect(
      text(`<div role=table><div role=row><span role=columnheader>Firm</span><span role=columnheader>Staff</span></div>
        <div role=row><span role=cell>A</span><span role=cell>5</span></div></div>`),
    ).toBe('| Firm | Staff |\n| --- | --- |\n| A | 5 |');
  });

  it('keeps the lines of preformatted text', () => {
    expect(text('<pre>\na   1\n  <b>b</b> 2\n\nc\n</pre>')).toBe('a   1\n  b 2\n\nc');
  });

  it('escapes what would be taken for a heading', () => {
    expect(text('<p># of staff: 5</p><pre>#include\n> 5</pre>')).toBe('\\# of staff: 5\n\n\\#include\n\\> 5');
  });

  it.each(['<div>', '<ul><li>', '<dl><dd>', '<table><tr><td>', '<b>', '<pre>', '<h1>', '<span role=list>'])(
    'survives 100,000 nested %s',
    (tag) => {
      expect(text(`${tag.repeat(100_000)}core`)).toContain('core');
    },
  );

  it('is not stalled by spans without end or by stray tags', () => {
    expect(text(`<table>${'<tr><td colspan=1000 rowspan=1000>x'.repeat(5000)}</table>`)).toContain('x');
    expect(text(`${'<span>'.repeat(200_000)}core${'</b></li></td>'.repeat(200_000)}`)).toBe('core');
    expect(text(`<p>${'w <b>x</b><sup>1</sup> '.repeat(100_000)}`)).toContain('w x');
  });

  it('keeps every visible word of a flat page in order', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/u);
    const element = fc.tuple(fc.constantFrom('p', 'div', 'h2', 'li', 'td', 'span', 'b', 'section'), word);
    fc.assert(
      fc.property(fc.array(element, { maxLength: 20 }), (elements) => {
        const html = elements.map(([tag, content]) => `<${tag}>${content}</${tag}> `).join('');
        const words = text(html).match(/[a-z]+/gu) ?? [];
        expect(words).toEqual(elements.map(([, content]) => content));
      }),
    );
  });

  it('never throws, whatever tags come', () => {
    const tag = fc.constantFrom(
      'p',
      'table',
      'tr',
      'td',
      'th',
      'ul',
      'li',
      'dl',
      'dt',
      'dd',
      'h1',
      'b',
      'pre',
      'sup',
      'caption',
      'select',
      'svg',
      'title',
    );
    const piece = fc.oneof(
      tag.map((name) => `<${name}>`),
      tag.map((name) => `</${name}>`),
      fc.constantFrom('x ', '<br>', '<td colspan=2 rowspan=3>', '<!--', '<p hidden>'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(typeof text(pieces.join(''))).toBe('string');
      }),
    );
  });
});
