import { readNumberWords } from '../../values/number-words.ts';
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
  /https?:\/\/\S*[\p{L}\p{N}/]|(?:[$€£¥]\s?)?(?:(?<![\p{L}\p{N}])[-−])?\d+(?:[.,]\d+)*(?:\s?%|\s?°(?:\s?[NSEW]\b)?)?|['’]s\b|(?:\p{L}\.){2,}|\p{Lu}+(?:\/[\p{Lu}\p{N}]+)*\/\d[\p{L}\p{N}/-]*|\p{L}[\p{L}\p{M}\p{N}]*(?:[-&][\p{L}\p{N}][\p{L}\p{M}\p{N}]*|['’](?!s\b)\p{L}+)*|[^\s*_`[\]]/gu;
const layout = /^(?:[#|>=~]|---|[-*+•] |\d+[.)] )/u;
/** What stands before a clause or an item: "7. ", "4.1 ", "(b) ", "- ". */
const marker =
  /^(?:\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|[-*+•])[ \t]+(?=["“'(]?\p{Lu})/u;
const sentenceEnd = /[.!?](?:\s|$)/u;
/** Behind a label stands a sentence: "Good news: we can lend you the hall for the season." */
const labelledSentence = /^\s*[\p{L}\p{N}][^:.!?]{0,40}:\s(?:\S+\s+){5,}\S+[.!?]$/u;
/** A line of a form: "Depth: 4 m", "**Depth:** 4 m", "Depth ..... 4 m". */
const labelled =
  /^\s*(?:\*\*|__)?[\p{L}\p{N}][^:.!?]{0,40}(?::(?:\*\*|__)?(?:\s|$)|(?:\.{3,}|…{2,}|_{3,})\s)/u;
const mostLabelled = 0.5;
const longestMarker = 20;
const shortestBlock = 12;
const longestSentence = 1000;

function isProse(block: string): boolean {
  if (block.length < shortestBlock || layout.test(block) || !sentenceEnd.test(block)) return false;
  const lines = block.split('\n');
  // Among other lines it is one of a form.
  const [only = ''] = lines;
  if (lines.length === 1 && labelledSentence.test(only.trimEnd())) return true;
  return lines.filter((line) => labelled.test(line)).length < lines.length * mostLabelled;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/**
 * The sentences of the paragraphs of a text and of the clauses of a contract; headings, lists and tables are passed
 * over.
 */
export function proseSentences(text: string): Stretch[] {
  return blocksOf(text).flatMap((block) => {
    const start = block.start + (marker.exec(text.slice(block.start, block.end))?.[0].length ?? 0);
    if (!isProse(text.slice(start, block.end).trim())) return [];
    return splitSentences(text, start, block.end).filter(
      (sentence) => sentence.end - sentence.start <= longestSentence,
    );
  });
}

/** Paragraphs, and the items of lists. */
function blocksOf(text: string): Stretch[] {
  const blocks: Stretch[] = [];
  const parts = /(?:[^\n]|\n(?![ \t]*\n))+/g;
  for (const match of text.matchAll(parts)) {
    const lead = match[0].length - match[0].trimStart().length;
    const [start, end] = [match.index + lead, match.index + match[0].length];
    let from = start;
    for (
      let line = text.indexOf('\n', start) + 1;
      line > 0 && line < end;
      line = text.indexOf('\n', line) + 1
    ) {
      const indent = /^[ \t]*/.exec(text.slice(line, end))?.[0].length ?? 0;
      if (!marker.test(text.slice(line + indent, Math.min(end, line + indent + longestMarker)))) continue;
      blocks.push({ start: from, end: line });
      from = line + indent;
    }
    blocks.push({ start: from, end });
  }
  return blocks;
}

/** Cuts a stretch of text into tokens. */
export function proseTokens(text: string, start: number, end: number): ProseToken[] {
  const tokens: ProseToken[] = [];
  let next = start;
  for (const match of text.slice(start, end).matchAll(tokenPattern)) {
    const at = start + match.index;
    if (at < next) continue;
    const spelled = spelledNumber(text.slice(0, end), at);
    const token = spelled === null ? match[0] : text.slice(at, spelled.end);
    const isNumber = spelled !== null || /^(?:[$€£¥]\s?)?[-−]?\d/u.test(token);
    const kind = isNumber ? 'number' : /^['’]?\p{L}/u.test(token) ? 'word' : 'mark';
    const lower = token.toLowerCase().replace('’', "'");
    const key = isNumber ? numberKey : lower === 'an' ? 'a' : lower;
    next = at + token.length;
    tokens.push({ kind, key, text: token, start: at, end: next });
  }
  return tokens;
}

const spelledStart =
  /(?:t(?:wo|hree|en|welve|hirteen|wenty|hirty)|f(?:our|ive|ourteen|ifteen|orty|ifty)|s(?:ix|even|ixteen|eventeen|ixty|eventy)|e(?:ight|leven|ighteen|ighty)|n(?:ine|ineteen|inety)|one(?= hundred| thousand| \(1\)))(?!\p{L})/iuy;
const bracketed = /\s?\((\d{1,3}(?:,?\d{3})*)\)/y;

/**
 * A number in words, with the same in digits that legal texts put behind it: "thirty (30)". What is part of a word
 * ("two-masted") or a name ("Three Rivers") is none.
 */
export function spelledNumber(
  text: string,
  position: number,
): { readonly number: number; readonly end: number } | null {
  spelledStart.lastIndex = position;
  if (!spelledStart.test(text)) return null;
  const read = readNumberWords(text, position);
  if (read === null || /^-?\p{L}/u.test(text.slice(read.end, read.end + 2))) return null;
  bracketed.lastIndex = read.end;
  const digits = bracketed.exec(text);
  if (digits !== null && Number((digits[1] ?? '').replaceAll(',', '')) === read.number)
    return { number: read.number, end: bracketed.lastIndex };
  const isName = /^\p{Lu}/u.test(text.slice(position)) && /^\s+\p{Lu}/u.test(text.slice(read.end));
  return isName ? null : read;
}

/** Whether a token begins with a capital. */
export const isCapital = (token: ProseToken | undefined): boolean =>
  token !== undefined && /^\p{Lu}/u.test(token.text);
