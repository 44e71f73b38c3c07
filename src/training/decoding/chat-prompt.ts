import type { LanguageModelV4Prompt } from '@ai-sdk/provider';
import type { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';

const [start, end] = ['<|im_start|>', '<|im_end|>'];

/** A conversation as the tokens of a prompt, and what ends the reply to it. */
export interface ChatPrompt {
  readonly tokens: readonly number[];
  readonly endTokenIds: readonly number[];
}

/**
 * Lays out messages for a policy. One whose tokenizer has a chat template with ChatML's tokens (as the Qwen models have)
 * is given ChatML; any other was trained on plain prompts, and is given the texts of the messages, an empty line
 * between two. What a message says is text: special tokens that it spells are none.
 */
export function chatPrompt(prompt: LanguageModelV4Prompt, tokenizer: ModelTokenizer): ChatPrompt {
  const messages = prompt.map((message) => ({
    role: message.role,
    text:
      message.role === 'system'
        ? message.content
        : message.content.map((part) => (part.type === 'text' ? part.text : '')).join(''),
  }));
  const [startId, endId] = [tokenizer.idOf(start), tokenizer.idOf(end)];
  if (startId === null || endId === null || tokenizer.chatTemplate?.includes(start) !== true) {
    return { tokens: tokenizer.encode(messages.map(({ text }) => text).join('\n\n')), endTokenIds: [] };
  }
  const tokens = messages.flatMap(({ role, text }) => [
    startId,
    ...tokenizer.encode(`${role}\n${text}`),
    endId,
    ...tokenizer.encode('\n'),
  ]);
  return { tokens: [...tokens, startId, ...tokenizer.encode('assistant\n')], endTokenIds: [endId] };
}
