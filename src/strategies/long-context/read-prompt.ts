import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider';
import type { PromptDocument, PromptMessage } from '../prompt-corpus/index.ts';

/** The texts of an AI SDK prompt, and what in it is no text. */
export interface PromptTexts {
  readonly messages: readonly PromptMessage[];
  /** Files that hold text. */
  readonly attachments: readonly PromptDocument[];
  /** Media types of files that hold none, such as `image/png`. */
  readonly otherFiles: readonly string[];
}

/** Collects the texts of a prompt: messages, results of tools, and files that are text. */
export function readPrompt(prompt: LanguageModelV4Prompt): PromptTexts {
  const attachments: PromptDocument[] = [];
  const otherFiles: string[] = [];
  const messages = prompt.map((message) => {
    for (const part of filesOf(message)) {
      const text = fileText(part);
      if (text === null) otherFiles.push(part.mediaType);
      else attachments.push({ name: part.filename ?? null, text });
    }
    return { role: message.role, text: textOf(message) };
  });
  return { messages, attachments, otherFiles };
}

function filesOf({ content }: LanguageModelV4Message): LanguageModelV4FilePart[] {
  return typeof content === 'string' ? [] : content.filter((part) => part.type === 'file');
}

function textOf(message: LanguageModelV4Message): string {
  if (message.role === 'system') return message.content;
  const texts: string[] = [];
  for (const part of message.content) {
    if (part.type === 'text') texts.push(part.text);
    else if (part.type === 'tool-result') {
      const { output } = part;
      if (output.type === 'text' || output.type === 'error-text') texts.push(output.value);
      else if (output.type === 'json' || output.type === 'error-json')
        texts.push(JSON.stringify(output.value));
      else if (output.type === 'content') {
        texts.push(...output.value.flatMap((item) => (item.type === 'text' ? [item.text] : [])));
      }
    }
  }
  return texts.join('\n\n');
}

/** Text that can be read without knowing a file format; markup and tables are texts too. */
const textMedia = /^(?:text(?:\/.*)?|application\/(?:json|jsonl|x-ndjson|xml|xhtml\+xml|csv|markdown))$/i;

function fileText({ data, mediaType }: LanguageModelV4FilePart): string | null {
  if (data.type === 'text') return data.text;
  if (data.type !== 'data' || !textMedia.test(mediaType.split(';')[0] ?? '')) return null;
  const bytes = typeof data.data === 'string' ? Buffer.from(data.data, 'base64') : data.data;
  return new TextDecoder().decode(bytes);
}
