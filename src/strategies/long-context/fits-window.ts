import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import type { Tokenizer } from '../../corpus/index.ts';
import type { ModelLimits } from '../../models/index.ts';
import type { PromptTexts } from './read-prompt.ts';

/** What chat templates put around a message, and around all of them; counted high rather than low. */
const tokensPerMessage = 4;
const tokensPerPrompt = 3;

/** Characters counted at a time: a prompt that is far too long need not be counted to its end. */
const pieceLength = 16_384;

/**
 * Whether a call fits the window: its texts, the definitions of its tools, and the output limit that it asks for (the
 * model's own, where it asks for none). Images and other files count nothing, since only the model knows what they
 * take.
 */
export async function fitsWindow({
  call,
  texts,
  limits,
  tokenizer,
}: {
  call: Pick<LanguageModelV4CallOptions, 'maxOutputTokens' | 'tools'>;
  texts: PromptTexts;
  limits: ModelLimits;
  tokenizer: Tokenizer;
}): Promise<boolean> {
  const { windowTokens, maximumOutputTokens } = limits;
  const output = Math.min(call.maxOutputTokens ?? maximumOutputTokens, maximumOutputTokens);
  return await fitsTokens({
    texts: countedTexts({ call, texts }),
    maximumTokens: windowTokens - output,
    tokenizer,
  });
}

/** All texts of a call that a model reads. */
export function countedTexts({
  call: { tools = [] },
  texts: { messages, attachments },
}: {
  call: Pick<LanguageModelV4CallOptions, 'tools'>;
  texts: PromptTexts;
}): string[] {
  return [
    ...messages.map(({ text }) => text),
    ...attachments.map(({ text }) => text),
    ...tools.map((tool) => JSON.stringify(tool)),
  ];
}

/**
 * Whether texts together have at most so many tokens. Texts far below the limit are not counted at all (a token is at
 * least a byte), and those far above it only as far as the limit. Other work goes on between the pieces.
 */
export async function fitsTokens({
  texts,
  maximumTokens,
  tokenizer,
}: {
  texts: readonly string[];
  maximumTokens: number;
  tokenizer: Tokenizer;
}): Promise<boolean> {
  const available = maximumTokens - tokensPerPrompt - texts.length * tokensPerMessage;
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes <= available) return true;
  let tokens = 0;
  for (const text of texts) {
    for (let start = 0; start < text.length;) {
      const end = pieceEnd(text, start);
      tokens += tokenizer.count(text.slice(start, end));
      if (tokens > available) return false;
      if (end < text.length) await nextTurn();
      start = end;
    }
  }
  return tokens <= available;
}

/** Pieces end before white space, where tokens begin, so that counting in pieces changes next to nothing. */
function pieceEnd(text: string, start: number): number {
  const end = start + pieceLength;
  if (end >= text.length) return text.length;
  const space = Math.max(text.lastIndexOf(' ', end), text.lastIndexOf('\n', end));
  return space > start ? space : end;
}
