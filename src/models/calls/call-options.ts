import type { LanguageModelV4CallOptions, LanguageModelV4Message } from '@ai-sdk/provider';
import type { ModelMessage } from '../model-client.ts';
import type { CallContent } from '../ledger/call-content.ts';

/** A request in the form that language models of the AI SDK take. */
export function toCallOptions(content: CallContent): LanguageModelV4CallOptions {
  const { replyForm, temperature, topP, seed, stopSequences } = content;
  return {
    prompt: content.messages.map(toMessage),
    maxOutputTokens: content.maximumOutputTokens,
    ...(temperature !== null && { temperature }),
    ...(topP !== null && { topP }),
    ...(seed !== null && { seed }),
    ...(stopSequences.length > 0 && { stopSequences: [...stopSequences] }),
    ...(replyForm?.kind === 'json-schema' && {
      responseFormat: { type: 'json', schema: replyForm.schema, name: replyForm.name },
    }),
    ...(replyForm?.kind === 'tool-call' && {
      tools: [{ type: 'function', name: replyForm.name, inputSchema: replyForm.schema }],
      toolChoice: { type: 'tool', toolName: replyForm.name },
    }),
  };
}

function toMessage({ role, content }: ModelMessage): LanguageModelV4Message {
  if (role === 'system') return { role, content };
  return { role, content: [{ type: 'text', text: content }] };
}
