import { splitSentences } from '../../reader/sentences/sentence.ts';

/** A word, number or mark of a sentence, as templates compare them. Offsets are within the document's text. */
export interface ProseToken {
  readonly kind: 'word' | 'number' | 'mark';
  /** Equal for what a template takes for the same: words in any case, "a" and "an", and all numbers. */
  readonly key: string;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The key of every number. */
export const numberKey = '#';

const tokenPattern =
  /https?:\/\/\S*[\p{L}\p{N}/]|(?:[$€£¥]\s?)?(?:(?<![\p{L}\p{N}])[-−])?\d+(?:[.,]\d+)*(?:\s?%|\s?°(?:\s?[NSEW]\b)?)?|['’]s\b|(?:\p{L}\.){2,}|\p{L}[\p{L}\p{M}\p{N}]*(?:[-&][\p{L}\p{N}][\p{L}\p{M}\p{N}]*|['’](?!s\b)\p{L}+)*|[^\s*_`[\]]/gu;
const layout = /^(?:[#|>=~]|---|[-*+•] |\d+[.)] )/u;
const sentenceEnd = /[.!?](?:\s|$)/u;
/** A line of a form: "Depth: 4 m", "Depth ..... 4 m". */
const labelled = /^\s*[\p{L}\p{N}][^:.!?]{0,40}(?::(?:\s|$)|(?:\.{3,}|…{2,}|_{3,})\s)/u;
const mostLabelled = 0.5;
const shortestBlock = 20;
const longestSentence = 1000;

function isProse(block: string): boolean {
  if (block.length < shortestBlock || layout.test(block) || !sentenceEnd.test(block)) return false;
  const lines = block.split('\n');
  return lines.filter((line) => labelled.test(line)).length < lines.length * mostLabelled;
}

/** The sentences of the paragraphs of a text; headings, lists and tables are passed over. */
export function proseSentences(text: string): { readonly start: number; readonly end: number }[] {
  const sentences: { start: number; end: number }[] = [];
  let start = 0;
  while (start < text.length) {
    const gap = /\n[ \t]*\n/g;
    gap.lastIndex = start;
    const match = gap.exec(text);
    const end = match === null ? text.length : match.index;
    if (isProse(text.slice(start, end).trim())) {
      for (const sentence of splitSentences(text, start, end))
        if (sentence.end - sentence.start <= longestSentence) sentences.push(sentence);
    }
    start = match === null ? text.length : end + match[0].length;
  }
  return sentences;
}

/** Cuts a stretch of text into tokens. */
export function proseTokens(text: string, start: number, end: number): ProseToken[] {
  const tokens: ProseToken[] = [];
  for (const match of text.slice(start, end).matchAll(tokenPattern)) {
    const [token] = match;
    const at = start + match.index;
    const kind = /^(?:[$€£¥]\s?)?[-−]?\d/u.test(token)
      ? 'number'
      : /^['’]?\p{L}/u.test(token)
        ? 'word'
        : 'mark';
    const lower = token.toLowerCase().replace('’', "'");
    const key = kind === 'number' ? numberKey : lower === 'an' ? 'a' : lower;
    tokens.push({ kind, key, text: token, start: at, end: at + token.length });
  }
  return tokens;
}

/** Whether a token begins with a capital. */
export const isCapital = (token: ProseToken | undefined): boolean =>
  token !== undefined && /^\p{Lu}/u.test(token.text);
