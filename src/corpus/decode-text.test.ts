import { assert, constantFrom, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeStream, decodeText, detectStreamEncoding } from './decode-text.ts';

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

const german = 'Die Größe der Stadt Zürich beträgt 87,88 km². Über 400 000 Menschen leben dort.';
// "中国的人口是十四亿。首都是北京，面积九百六十万平方公里。" in GB 18030
const chinese = Buffer.from(
  'd6d0b9fab5c4c8cbbfdacac7caaecbc4d2daa1a3cad7b6bccac7b1b1bea9a3accce6bbfd',
  'hex',
);
// "Население России составляет 146 миллионов человек, столица Москва." in Windows-1251
const russian = Buffer.from(
  'cde0f1e5ebe5ede8e520d0eef1f1e8e820f1eef1f2e0e2ebffe5f22031343620ece8ebebe8eeedeee220f7e5ebeee2e5ea2c20f1f2eeebe8f6e020cceef1eae2e02e',
  'hex',
);

describe('decodeText', () => {
  it.each([
    ['UTF-8', Buffer.from(german), 'utf-8', german],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${german}`), 'utf-8', german],
    ['UTF-16 LE', Buffer.from(`\uFEFF${german}`, 'utf16le'), 'utf-16le', german],
    ['UTF-16 BE', Buffer.from(`\uFEFF${german}`, 'utf16le').swap16(), 'utf-16be', german],
    ['UTF-16 LE without a mark', Buffer.from(german, 'utf16le'), 'utf-16le', german],
    ['Latin-1', Buffer.from(german, 'latin1'), 'windows-1252', german],
    ['Latin-1 of one word', Buffer.from('Café', 'latin1'), 'windows-1252', 'Café'],
    ['Windows-1252', Buffer.from([0x93, 0x31, 0x30, 0x20, 0x80, 0x94]), 'windows-1252', '“10 €”'],
    ['empty', new Uint8Array(), 'utf-8', ''],
  ])('reads %s', (_, bytes, encoding, text) => {
    expect(decodeText(bytes)).toEqual({ text, encoding });
  });

  it('reads GB 18030', () => {
    const { text, encoding } = decodeText(chinese);
    expect(encoding).toBe('gb18030');
    expect(text).toContain('中国的人口是十四亿。首都是北京，');
    expect(decodeText(Buffer.from('d6d0b9fa3a2035', 'hex')).text).toBe('中国: 5');
  });

  it('reads Windows-1251', () => {
    expect(decodeText(russian).text).toContain('Население России составляет 146 миллионов');
  });

  it('keeps a text with a few damaged characters UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(german.repeat(3)), Buffer.from([0xff]), Buffer.from(' end')]);
    expect(decodeText(bytes)).toEqual({ text: `${german.repeat(3)}\uFFFD end`, encoding: 'utf-8' });
  });

  it('makes all line ends \\n and leaves no NUL', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\nd\0')).text).toBe('a\nb\nc\nd\uFFFD');
  });
});

describe('decodeStream', () => {
  it('gives the text of the whole, wherever it is cut', async () => {
    const texts = string({ unit: constantFrom('a', 'é', '中', '😀', '\r', '\n', '\r\n') });
    const cases: [string, number][] = [];
    assert(property(texts, integer({ min: 1, max: 5 }), (text, size) => void cases.push([text, size])));
    for (const [text, size] of cases) {
      const bytes = Buffer.from(text);
      expect(await detectStreamEncoding(inPieces(bytes, size))).toBe('utf-8');
      const pieces = await Array.fromAsync(decodeStream(inPieces(bytes, size), 'utf-8'));
      expect(pieces.join('')).toBe(decodeText(bytes).text);
    }
  });
});

describe('detectStreamEncoding', () => {
  it('finds the encoding of a file whose first pieces are plain ASCII', async () => {
    const bytes = Buffer.concat([
      Buffer.from('name,city\n'.repeat(100)),
      Buffer.from('Müller,Köln\n', 'latin1'),
    ]);
    expect(await detectStreamEncoding(inPieces(bytes, 64))).toBe('windows-1252');
  });
});
