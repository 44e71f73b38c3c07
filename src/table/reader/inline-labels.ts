import { cleanInline } from './inline-markup.ts';
import type { CleanText } from './clean-text.ts';
import { cleanSlice } from './clean-text.ts';
import { splitLabel } from './label-split.ts';
import type { ReadingCollector } from './reading-collector.ts';
import { splitSentences } from './sentences/sentence.ts';
import { readPairs, readStatement, statesTypedValue } from './statement.ts';

const mostLabelWords = 6;
const mostValueWords = 8;
const longestValue = 90;
const sentenceVerb = /\s(?:is|are|was|were|has|have|had|will|would|can|could|may|should|must|did|does|do)\s/u;
const mayHoldLabel = /[:：]\s/u;

/** A sentence of a paragraph that is a label with its value: "Estimated lost revenue: $33,900." */
interface InlineStatement {
  readonly labelEnd: number;
  readonly value: CleanText;
  readonly isTyped: boolean;
  readonly start: number;
}

/**
 * Reads the sentences of running text that are labels with values. A number or a date is one wherever its label
 * stands; words are one only beside others, since "One thing is certain: everybody left" is none.
 *
 * @returns the stretches of text between them, which are sentences of another kind.
 */
export function readInlineLabels(
  source: { readonly text: string; readonly collector: ReadingCollector },
  range: { readonly start: number; readonly end: number },
): readonly { readonly start: number; readonly end: number }[] {
  const { text, collector } = source;
  readBracketedPairs(source, range);
  if (!mayHoldLabel.test(text.slice(range.start, range.end))) return [range];
  const sentences = splitSentences(text, range.start, range.end);
  const statements = sentences.map(({ start, end }) => inlineStatement(text, start, end));
  const stated = statements.filter((statement) => statement !== null);
  const isRun = stated.length > 1 && stated.some(({ isTyped }) => isTyped);
  const rest: { start: number; end: number }[] = [];
  let open: { start: number; end: number } | null = null;
  for (const [index, sentence] of sentences.entries()) {
    const statement = statements[index] ?? null;
    if (statement === null || !(statement.isTyped || isRun)) {
      if (open === null) rest.push((open = { ...sentence }));
      else open.end = sentence.end;
      continue;
    }
    open = null;
    const label = cleanInline(text, statement.start, statement.labelEnd).text;
    readStatement(collector, {
      path: [label],
      start: statement.start,
      value: statement.value,
      rule: 'label',
    });
  }
  return rest;
}

const bracketed = /[(（]([^()（）\n]{6,200})[)）]/gu;

/** "（证券简称：安泰科技，证券代码：000102）": what stands in brackets, where all of it is labels with values. */
function readBracketedPairs(
  { text, collector }: { readonly text: string; readonly collector: ReadingCollector },
  { start, end }: { readonly start: number; readonly end: number },
): void {
  const slice = text.slice(start, end);
  if (!/[(（][^()（）\n]*[:：]/u.test(slice)) return;
  for (const { 0: whole, index } of slice.matchAll(bracketed)) {
    const from = start + index + 1;
    const value = cleanInline(text, from, from + whole.length - 2);
    readPairs(collector, { path: [], start: from, value, rule: 'label' });
  }
}

/** Where the value of a label ends and further labelled sentences begin, or the text's length. */
export function valueEnd(text: string): number {
  if (text.length < shortestCut) return text.length;
  for (const [index, { start, end }] of splitSentences(text, 0, text.length).entries()) {
    if (index > 0 && inlineStatement(text, start, end) !== null) return start;
    // "Priya Ortega. On the market since 13 February": a few words are the value, and what follows is said of it; so is
    // "267. The mill burnt down twice".
    const first = text.slice(start, end);
    if (index === 0 && end < text.length && (isPhrase(first) || figureAlone.test(first))) return end;
  }
  return text.length;
}

const shortestCut = 12;
const mostPhraseWords = 4;
const figureAlone = /^[^\p{L}\n]{0,20}\d\s?[%)]?\.$/u;

const isPhrase = (sentence: string): boolean =>
  sentence.endsWith('.') &&
  sentence.split(/\s+/u).length <= mostPhraseWords &&
  /\p{L}{2}\.$/u.test(sentence) &&
  !/[;:]/u.test(sentence);

function inlineStatement(text: string, start: number, end: number): InlineStatement | null {
  const clean = cleanInline(text, start, text.charAt(end - 1) === '.' ? end - 1 : end);
  const split = splitLabel(clean.text);
  if (split === null || split.separator !== 'colon' || split.likeness !== 'strong') return null;
  const label = clean.text.slice(0, split.labelEnd);
  if (!/^[\p{Lu}\p{N}]/u.test(label) || label.split(/\s+/u).length > mostLabelWords) return null;
  const value = cleanSlice(clean, split.valueStart, clean.text.length);
  if (value.text === '' || value.text.length > longestValue) return null;
  const isTyped = statesTypedValue(value.text);
  const isShort = value.text.split(/\s+/u).length <= mostValueWords && !sentenceVerb.test(` ${value.text} `);
  if (!isTyped && !isShort) return null;
  return { start: clean.start, labelEnd: start + labelLength(clean, split.labelEnd, start), value, isTyped };
}

const labelLength = (clean: CleanText, labelEnd: number, start: number): number =>
  (clean.ends === null ? clean.start + labelEnd : (clean.ends[labelEnd - 1] ?? clean.end)) - start;
