import type { ModelMessage, ModelReply, ModelRequest, ReplyForm } from '../model-client.ts';
import { ModelError } from '../model-error.ts';
import type { ReadReply } from './read-reply.ts';
import type { RungOutcome, RungTask } from './rung.ts';

/**
 * Asks by chat, and where the reply cannot be used says once what was wrong with it: most models mend it then. A
 * reply that the output limit cut would only be cut again, and is not asked for twice.
 *
 * @param instruction stands at the end of the last message; '' for none.
 * @param reminder what to reply with, in the second turn.
 */
export async function askByChat<Value>({
  task: { client, request },
  replyForm,
  instruction,
  reminder,
  read,
}: {
  task: RungTask<Value>;
  replyForm?: ReplyForm | undefined;
  instruction: string;
  reminder: string;
  read: (text: string) => ReadReply<Value>;
}): Promise<RungOutcome<Value>> {
  const { schema: _, schemaName: __, demonstrations: ___, ...plain } = request;
  const base: ModelRequest = {
    ...plain,
    messages: appendToLast(request.messages, instruction),
    ...(replyForm !== undefined && { replyForm }),
  };
  const first = await generateOrNothing(() => client.generate(base));
  const firstRead = read(first?.text ?? '');
  const replies = first === null ? [] : [first];
  if (firstRead.status === 'value') return { read: firstRead, replies };
  if (first?.finishReason === 'length') {
    return { read: { status: 'unusable', reason: 'the output limit cut the reply' }, replies };
  }
  const complaint = `Your reply cannot be used: ${firstRead.reason}. ${reminder}`;
  const messages: ModelMessage[] =
    first === null || first.text.trim() === ''
      ? appendToLast(base.messages, complaint)
      : [...base.messages, { role: 'assistant', content: first.text }, { role: 'user', content: complaint }];
  const second = await generateOrNothing(() => client.generate({ ...base, messages }));
  if (second !== null) replies.push(second);
  return { read: read(second?.text ?? ''), replies };
}

/** A reply without content is one that can be asked for again. */
export async function generateOrNothing(generate: () => Promise<ModelReply>): Promise<ModelReply | null> {
  try {
    return await generate();
  } catch (error) {
    if (error instanceof ModelError && error.kind === 'unusable-reply') return null;
    throw error;
  }
}

function appendToLast(messages: readonly ModelMessage[], text: string): ModelMessage[] {
  if (text === '') return [...messages];
  const last = messages.at(-1);
  if (last?.role !== 'user') return [...messages, { role: 'user', content: text }];
  return [...messages.slice(0, -1), { role: 'user', content: `${last.content}\n\n${text}` }];
}
