import { tokenize } from '../language/token.ts';
import type { Token } from '../language/token.ts';

const han = /\p{Script=Han}/u;

/** Signs that Chinese writes in other forms, character for character, so that offsets stay. */
const signs: ReadonlyMap<string, string> = new Map([
  ['\u3000', ' '],
  ['。', '.'],
  ['「', '“'],
  ['」', '”'],
  ['『', '“'],
  ['』', '”'],
  ['～', '~'],
  ['〜', '~'],
  ['﹪', '%'],
]);

/** The text with full-width letters, digits and signs made plain; no character changes its place. */
export function foldWidth(text: string): string {
  return text.replaceAll(/[\u3000。「」『』～〜﹪\uFF01-\uFF5E]/g, (char) => {
    const sign = signs.get(char);
    return sign ?? String.fromCharCode(char.charCodeAt(0) - 0xfee0);
  });
}

const quote = /[“"]([^”"\n]{1,200})[”"]/y;

/** Splits a question into tokens: a Chinese character each, everything else as in English. */
export function hanTokens(question: string): Token[] {
  const text = foldWidth(question);
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    quote.lastIndex = at;
    const quoted = quote.exec(text);
    if (quoted !== null) {
      const [whole, inside = ''] = quoted;
      tokens.push(token('quote', question.slice(at + 1, at + 1 + inside.length), [at, at + whole.length]));
      at += whole.length;
    } else if (isHan(char)) {
      tokens.push(token('word', char, [at, at + 1]));
      at += 1;
    } else {
      let end = at + 1;
      while (end < text.length && !isHan(text.charAt(end)) && !/[“"]/.test(text.charAt(end))) end += 1;
      for (const each of tokenize(text.slice(at, end)))
        tokens.push({ ...each, start: each.start + at, end: each.end + at });
      at = end;
    }
  }
  return tokens;
}

const isHan = (char: string): boolean => han.test(char) || char === '、' || char === '〇';

const token = (kind: Token['kind'], text: string, [start, end]: readonly [number, number]): Token => ({
  kind,
  text,
  word: foldName(text),
  lemma: foldName(text),
  number: null,
  start,
  end,
  capital: false,
  hyphened: false,
});

/** A name as names are compared: plain signs, lower case, no spaces and hyphens. */
export function foldName(text: string): string {
  return foldWidth(text)
    .normalize('NFKC')
    .replaceAll(/[\s_‐‑-]+/gu, '')
    .toLowerCase();
}

/** Splits at full stops, question and exclamation marks and semicolons; the marks are left out. */
export function hanSentences(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [];
  let current: Token[] = [];
  for (const each of tokens) {
    if (each.kind === 'symbol' && /^[.?!;]$/.test(each.word)) {
      if (current.length > 0) sentences.push(current);
      current = [];
    } else current.push(each);
  }
  if (current.length > 0) sentences.push(current);
  return sentences;
}
