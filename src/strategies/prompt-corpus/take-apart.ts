import { unescapeMarkers } from '../../models/prompts/index.ts';
import { findQuestion, longestQuestion, type FoundQuestion } from './find-question.ts';
import { PromptError } from './prompt-error.ts';
import { splitDocuments, type PromptDocument, type SplitText } from './split-documents.ts';

/** A message of a chat prompt, its text parts joined. */
export interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly text: string;
}

/** A long prompt as documents and a question about them. */
export interface TakenPrompt {
  readonly question: string;
  /** Demands on the form of the answer, and the application's standing orders; null where there are none. */
  readonly instructions: string | null;
  readonly documents: readonly PromptDocument[];
  /** What was recognised, in words. */
  readonly description: string;
  readonly warnings: readonly string[];
}

/** A message longer than this holds documents; shorter ones are talk. */
const longMessage = 4_000;

/**
 * Takes a long chat prompt apart: the question is in the last user message; the documents are what stands beside it
 * there, in the long messages before it, and in attached texts. Where no message is long, the conversation itself is
 * what the question is about: each turn is a document.
 *
 * @throws {PromptError} where there is no question, or nothing beside it.
 */
export function takeApart({
  messages,
  attachments = [],
}: {
  messages: readonly PromptMessage[];
  attachments?: readonly PromptDocument[];
}): TakenPrompt {
  const lastUser = messages.findLastIndex(({ role }) => role === 'user');
  const earlier = messages.slice(0, Math.max(0, lastUser)).map(withPlainLineEnds);
  const isOrder = ({ role, text }: PromptMessage): boolean => role === 'system' && text.length <= longMessage;
  const talk = earlier.filter((message) => message.text !== '' && !isOrder(message));
  const isAlone = talk.length === 0 && attachments.length === 0;
  const last = messages[lastUser];
  const found = questionOf(last === undefined ? '' : withPlainLineEnds(last).text, { isAlone });
  const long = talk.filter(({ text }) => text.length > longMessage);
  const isConversation =
    attachments.length === 0 && found.context.length + lengthOf(long) < lengthOf(talk) / 2;

  const parts = isConversation
    ? [{ ...conversation(talk), documents: turns(talk) }]
    : [...long.map(({ text }) => splitDocuments(text)), splitDocuments(found.context)];
  const documents = [...parts.flatMap((part) => part.documents.map(unescaped)), ...attachments];
  if (documents.length === 0) {
    throw new PromptError({
      message:
        'The prompt is longer than the window, and there is nothing in it that the question could be about.',
      remedy: 'Put the documents before the question, or shorten the question.',
    });
  }
  const unused = isConversation ? 0 : talk.length - long.length;
  return {
    question: found.question,
    instructions: joined([
      ...earlier.filter(isOrder).map(({ text }) => text),
      ...parts.map(({ preamble }) => (preamble.length <= longestQuestion ? preamble : '')),
      found.instructions ?? '',
    ]),
    documents,
    description: describe({ parts, attachments, place: found.place }),
    warnings: [
      ...parts.flatMap(({ warnings }) => warnings),
      ...(unused > 0 ? [`Short messages of the conversation that were not used: ${unused}.`] : []),
    ],
  };
}

function withPlainLineEnds({ role, text }: PromptMessage): PromptMessage {
  return { role, text: text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text };
}

/** Prompts written by this project escape in a document's text what would read like a mark of the prompt. */
function unescaped({ name, text }: PromptDocument): PromptDocument {
  return { name, text: text.includes('\\') ? unescapeMarkers(text) : text };
}

function questionOf(message: string, options: { isAlone: boolean }): FoundQuestion {
  if (message.trim() === '') {
    throw new PromptError({
      message: 'There is no user message with a text, so there is no question.',
      remedy: 'End the messages with a user message that asks the question.',
    });
  }
  const found = findQuestion(message, options);
  if (found !== null) return found;
  throw new PromptError({
    message: 'The prompt is longer than the window, and its question cannot be told from its documents.',
    remedy:
      'Ask the question in a last user message of its own, or put it after a line "# Question:" at the end of the message.',
  });
}

function lengthOf(messages: readonly PromptMessage[]): number {
  return messages.reduce((sum, { text }) => sum + text.length, 0);
}

function conversation(talk: readonly PromptMessage[]): SplitText {
  return {
    description: `the conversation of ${talk.length.toLocaleString('en-US')} messages`,
    documents: [],
    preamble: '',
    warnings: [],
  };
}

/** A user message and the replies to it are one document; a message without a reply is taken as it is. */
function turns(talk: readonly PromptMessage[]): PromptDocument[] {
  const groups: PromptMessage[][] = [];
  for (const message of talk) {
    const group = groups.at(-1);
    if (group === undefined || message.role === 'user') groups.push([message]);
    else group.push(message);
  }
  return groups.map((group) => ({
    name: null,
    text:
      group.length === 1
        ? (group[0]?.text ?? '')
        : group.map(({ role, text }) => `${role}: ${text}`).join('\n\n'),
  }));
}

function joined(texts: readonly string[]): string | null {
  const present = texts.filter((text) => text.trim() !== '');
  return present.length === 0 ? null : present.join('\n\n');
}

function describe({
  parts,
  attachments,
  place,
}: {
  parts: readonly SplitText[];
  attachments: readonly PromptDocument[];
  place: string;
}): string {
  const counts = new Map<string, number>();
  for (const { description, documents } of parts) {
    if (documents.length > 0) counts.set(description, (counts.get(description) ?? 0) + 1);
  }
  const found = [...counts].map(([description, count]) =>
    count === 1 ? description : `${description} in each of ${count} messages`,
  );
  if (attachments.length > 0) found.push(`${attachments.length} attached`);
  return `Documents: ${found.join('; ')}. Question: ${place}.`;
}
