/*
 * Where in a response the answer stands.
 *
 * CorpusQA's published rule takes the rest of the line after the first "The answer is: ", so a response that drafts an
 * answer early is graded on its draft. `final` takes the last such place, since the prompt asks for the answer at
 * the end, and knows other words for it; what has none is taken whole.
 */
import { afterReasoning, extractCorpusQaAnswer } from '../answer-extraction.ts';
import { stripWhitespace } from '../python-text.ts';

export interface FinalAnswer {
  /** The first line of the answer. */
  readonly line: string;
  /** The answer to the end of the response, for lists and tables of several lines. */
  readonly rest: string;
  /** Whether words such as "The answer is:" mark it, or the response is nothing else; otherwise it is prose. */
  readonly isMarked: boolean;
}

const prescribed = /The answer is:/g;
const prescribedLoosely = /\bthe\s+(?:final\s+|correct\s+)?answer\s+is\s*[*_]*\s*[:：]/gi;
const others = [
  /(?:\bfinal\s+answer\b|(?:^|\n)[\s*_#>-]*(?:answer|result)\b)[*_]*\s*(?:[:：=]|[-–—](?=\s)|is\b[*_]*\s*[:：]?)/gi,
  /(?:最终|最後|最后|正确)?答案(?:应该|应)?\s*[*_]*\s*(?:是|为|為)?\s*[*_]*\s*[:：]|(?:最终|最后|正确)?答案(?:应该|应)?(?:是|为|為)/g,
  /\bthe\s+(?:final\s+|correct\s+)?answer\s+(?:is|would\s+be|should\s+be)\b/gi,
  /\\boxed\s*\{/g,
  /<(?:final[_-]?)?answer>/gi,
];
const unfinishedReasoning = /^\s*<think>/;

/** The response without its reasoning; empty where the reasoning never ends. */
export function withoutReasoning(response: string): string {
  const after = afterReasoning(response);
  if (after !== null) return after;
  return unfinishedReasoning.test(response) ? '' : stripWhitespace(response);
}

/** The answer as CorpusQA's evaluation extracts it, reasoning taken out before. */
export function publishedAnswer(response: string): FinalAnswer {
  const text = withoutReasoning(response);
  const line = extractCorpusQaAnswer(text);
  return { line, rest: line, isMarked: text.includes('The answer is: ') };
}

/** The answer at the last place that is marked as one, else the whole response. */
export function finalAnswer(response: string): FinalAnswer {
  const text = withoutReasoning(response);
  const inJson = answerInJson(text);
  if (inJson !== null) return { line: inJson, rest: inJson, isMarked: true };
  for (const marker of [prescribed, prescribedLoosely, ...others]) {
    const found = [...text.matchAll(marker)].at(-1);
    if (found === undefined) continue;
    const after = text.slice(found.index + found[0].length);
    const rest = tidy(insideMarks(found[0], after));
    return answerOf(rest.slice(0, longestAnswer), true);
  }
  const rest = tidy(text.slice(-longestAnswer));
  return answerOf(rest, isBare(rest));
}

/** What is longer holds its answer at its end, or is none. */
const longestAnswer = 20_000;

function answerOf(rest: string, isMarked: boolean): FinalAnswer {
  return { line: firstLine(rest), rest, isMarked };
}

const verb = /\b(?:is|are|was|were|has|have|had|be|comes?|leads?|meets?|met|seems?|ranks?)\b|[是为有在包含]/i;
const maximumBareWords = 5;

const maximumListedWords = 60;

/** A response of a few words without a verb is an answer and nothing else; so is a line that is a list. */
function isBare(text: string): boolean {
  if (text.includes('\n') || verb.test(text)) return false;
  const words = text.split(/\s+|(?<=\p{Script=Han}{3})/u).length;
  const isList = /[,;、，；]/.test(text) && !/[.!?]\s+\p{Lu}\p{Ll}+\s+\p{Ll}/u.test(text);
  return words <= (isList ? maximumListedWords : maximumBareWords);
}

const fence = /^\s*```[a-z]*\s*\n(?<inside>[\s\S]*?)\n?\s*```\s*$/i;
const openingMarks = /^[\s*_]+(?=\S)/;

function tidy(text: string): string {
  const inside = fence.exec(text)?.groups?.['inside'];
  if (inside !== undefined) return inside.trim();
  // Emphasis may begin before the words that mark the answer and end behind it: "**The answer is: 5**".
  const plain = text.replaceAll('**', '').trim();
  return /^[*-]\s/.test(plain) ? plain : plain.replace(openingMarks, '').trim();
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  );
}

/** What an opening mark holds, where it has a closing one. */
function insideMarks(mark: string, after: string): string {
  if (mark.startsWith('<')) return after.split('</', 1)[0] ?? '';
  return mark.startsWith('\\boxed') ? insideBraces(after) : after;
}

function insideBraces(text: string): string {
  let depth = 1;
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (char === '{') depth += 1;
    else if (char === '}') depth -= 1;
    if (depth === 0) return text.slice(0, index).replace(/\\(?:text|mathrm|textbf)\{([^{}]*)\}/g, '$1');
  }
  return text;
}

const answerKeys = ['answer', 'final_answer', 'finalAnswer', 'result', '答案'];

/** The answer of a response that is one JSON object with a member for it. */
function answerInJson(text: string): string | null {
  const body = (fence.exec(text)?.groups?.['inside'] ?? text).trim();
  if (!body.startsWith('{')) return null;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const members = new Map<string, unknown>(Object.entries(value));
  const key = answerKeys.find((name) => members.has(name));
  if (key === undefined) return null;
  const answer = members.get(key);
  return typeof answer === 'string' ? answer : JSON.stringify(answer);
}
