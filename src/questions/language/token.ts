import { lemmaOf } from './lemma.ts';

/** The smallest piece of a question. */
export interface Token {
  readonly kind: 'word' | 'number' | 'date' | 'quote' | 'symbol';
  /** As written; of a quote, what stands between the marks. */
  readonly text: string;
  /** Lower case without accents. */
  readonly word: string;
  /** Singular, or base of the verb. */
  readonly lemma: string;
  readonly number: number | null;
  /** Offsets in the question. */
  readonly start: number;
  readonly end: number;
  readonly capital: boolean;
  /** Joined to a neighbour by a hyphen: each part of "in-state". */
  readonly hyphened: boolean;
}

/** Lower case, accents and other marks taken off, typographic signs made plain. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[‘’ʼ]/g, "'")
    .toLowerCase();
}

const quoted = /"([^"\n]{1,200})"|“([^”\n]{1,200})”|«([^»\n]{1,200})»|`([^`\n]{1,200})`/y;
const singleQuoted = /'([^'\n]{1,120})'(?![\p{L}\p{N}])|‘([^’\n]{1,120})’(?![\p{L}\p{N}])/uy;
const date = /\d{4}-\d{2}-\d{2}(?!\d)|(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(?![\d-])/y;
/** "2023/24": one year that spans two. */
const spanningYear = /(?:19|20)\d{2}\/(?:(?:19|20)\d{2}|\d{2})(?![\d/])/y;
const number = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?(?:e[+-]?\d{1,2}(?![\p{L}\p{N}]))?/uy;
/** "500k"; a capital is rather part of a name. */
const inThousands = /\d{1,4}k(?![\p{L}\p{N}-])/uy;
const ordinal = /\d+(?:st|nd|rd|th)(?![\p{L}\p{N}])/uy;
const possessive = /['’]s(?![\p{L}\p{N}])|(?<=s)['’](?=[\s,?.)])/uy;
const abbreviation =
  /(?:e\.g|i\.e|u\.s\.a|u\.s|u\.k|u\.n|sq|approx|vs|v|resp|incl|excl|avg|no|inc|ltd|co|corp|st|mr|mrs|ms|dr|prof)\./iy;
/** An initial before a name, unless what follows opens a sentence: "S. Okonkwo", "N.V." */
const initial =
  /\p{Lu}\.(?=\p{Lu}\.|\s\p{Lu}(?!(?:hich|hat|ho|here|hen|ow|ist|ame|how|ive|ank|ompute|alculate|ind|ount|s|re|oes|id)\b))/uy;
const word = /\.?[\p{L}\p{N}]+(?:(?!['’]s(?![\p{L}\p{N}]))[.’'&@][\p{L}\p{N}]+)*(?:[+#]+(?![\p{L}\p{N}]))?/uy;

const symbols: ReadonlyMap<string, string> = new Map([
  ['×', '*'],
  ['·', '*'],
  ['÷', '/'],
  ['−', '-'],
  ['–', '-'],
  ['—', '-'],
  ['≥', '>='],
  ['⩾', '>='],
  ['≤', '<='],
  ['⩽', '<='],
  ['≠', '!='],
]);

/** Words after which "'s" is short for "is". */
const questionWords: ReadonlySet<string> = new Set([
  'what',
  'who',
  'where',
  'when',
  'how',
  'that',
  'there',
  'which',
]);

/** What stands before "n't" where it is not the verb itself. */
const contracted: ReadonlyMap<string, string> = new Map([
  ['ca', 'can'],
  ['wo', 'will'],
]);

const twoSigns: ReadonlySet<string> = new Set(['>=', '<=', '!=', '<>', '==']);

const match = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(text);
};

const isSpace = (char: string): boolean => /\s/.test(char);

/**
 * Splits a question into tokens. Hyphened and underscored words become several words; a number keeps its
 * thousands separators together; what stands in quotation marks is one token.
 */
export function tokenize(question: string): Token[] {
  const tokens: Token[] = [];
  const add = (
    kind: Token['kind'],
    text: string,
    bounds: readonly [number, number],
    value?: number,
  ): void => {
    const folded = kind === 'word' ? foldText(text).replace(/^\./, '') : foldText(text);
    tokens.push({
      kind,
      text,
      word: folded,
      lemma: kind === 'word' ? lemmaOf(folded) : folded,
      number: value ?? null,
      start: bounds[0],
      end: bounds[1],
      capital: /^\.?\p{Lu}/u.test(text),
      hyphened: isJoin(question, bounds[0] - 1) || isJoin(question, bounds[1]),
    });
  };
  let at = 0;
  while (at < question.length) {
    const char = question.charAt(at);
    if (isSpace(char)) {
      at += 1;
      continue;
    }
    const before = question.charAt(at - 1);
    const opens = at === 0 || isSpace(before) || '([,:'.includes(before);
    const quote = match(quoted, question, at) ?? (opens ? match(singleQuoted, question, at) : null);
    if (quote !== null) {
      add('quote', quote.slice(1).find((each) => each !== undefined) ?? '', [at, at + quote[0].length]);
      at += quote[0].length;
      continue;
    }
    const calendar = match(date, question, at);
    if (calendar !== null) {
      add('date', calendar[0], [at, at + calendar[0].length]);
      at += calendar[0].length;
      continue;
    }
    const spanning = match(spanningYear, question, at);
    if (spanning !== null && isSpanningYear(spanning[0])) {
      add('word', spanning[0], [at, at + spanning[0].length]);
      at += spanning[0].length;
      continue;
    }
    const place = match(ordinal, question, at);
    if (place !== null) {
      add('word', place[0], [at, at + place[0].length]);
      at += place[0].length;
      continue;
    }
    const thousands = match(inThousands, question, at);
    if (thousands !== null) {
      add('number', thousands[0], [at, at + thousands[0].length], Number(thousands[0].slice(0, -1)) * 1000);
      at += thousands[0].length;
      continue;
    }
    const digits = match(number, question, at);
    if (digits !== null) {
      add('number', digits[0], [at, at + digits[0].length], Number(digits[0].replaceAll(',', '')));
      at += digits[0].length;
      continue;
    }
    const owner = match(possessive, question, at);
    if (owner !== null) {
      const asks = questionWords.has(tokens.at(-1)?.word ?? '');
      if (asks) add('word', 'is', [at, at + owner[0].length]);
      else add('symbol', "'s", [at, at + owner[0].length]);
      at += owner[0].length;
      continue;
    }
    const short = match(abbreviation, question, at) ?? match(initial, question, at);
    const isShort = short !== null && !/[\p{L}\p{N}]/u.test(before) && at + short[0].length < question.length;
    const letters = isShort ? short : match(word, question, at);
    if (letters !== null) {
      const text = isShort ? letters[0].slice(0, -1) : letters[0];
      const verb = /^(\p{L}+)n['’]t$/iu.exec(text)?.[1];
      if (verb === undefined) add('word', text, [at, at + text.length]);
      else {
        add('word', contracted.get(verb.toLowerCase()) ?? verb, [at, at + text.length]);
        add('word', 'not', [at + text.length, at + text.length]);
      }
      at += letters[0].length;
      continue;
    }
    const pair = question.slice(at, at + 2);
    const sign = twoSigns.has(pair) ? pair : (symbols.get(char) ?? char);
    const length = twoSigns.has(pair) ? 2 : 1;
    const isHyphen = isJoin(question, at);
    if (!isHyphen) add('symbol', sign, [at, at + length]);
    at += length;
  }
  return tokens;
}

/** Whether the years follow one another: "2023/24", unlike "2023/7" or "2010/2020". */
function isSpanningYear(text: string): boolean {
  const [first = '', second = ''] = text.split('/');
  const end = second.length === 2 ? Math.floor(Number(first) / 100) * 100 + Number(second) : Number(second);
  return end === Number(first) + 1;
}

/** Whether the hyphen joins two words, so that it means no subtraction and no dash. */
function isJoin(question: string, at: number): boolean {
  return (
    /[-_‑]/.test(question.charAt(at)) &&
    /[\p{L}\p{N}]/u.test(question.charAt(at - 1)) &&
    /[\p{L}\p{N}]/u.test(question.charAt(at + 1)) &&
    !(/\d/.test(question.charAt(at - 1)) && /\d/.test(question.charAt(at + 1)))
  );
}

export const articles: ReadonlySet<string> = new Set(['the', 'a', 'an']);

/** Whether the token is an article and not a letter that stands for itself: "class A". */
export const isArticle = (token: Token): boolean =>
  token.kind === 'word' &&
  articles.has(token.word) &&
  !token.hyphened &&
  (!token.capital || token.text.length > 1);

/** Splits at full stops, question and exclamation marks; the marks are left out. */
export function splitSentences(tokens: readonly Token[]): Token[][] {
  const sentences: Token[][] = [];
  let current: Token[] = [];
  for (const token of tokens) {
    if (token.kind === 'symbol' && /^[.?!]$/.test(token.word)) {
      if (current.length > 0) sentences.push(current);
      current = [];
    } else current.push(token);
  }
  if (current.length > 0) sentences.push(current);
  return sentences;
}
