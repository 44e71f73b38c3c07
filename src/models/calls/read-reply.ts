import type { CallContent } from '../ledger/call-content.ts';
import type { StoredReply } from '../ledger/ledger.ts';
import { ModelError } from '../model-error.ts';
import { DoubtfulStreamError, EmptyReplyError } from './call-failure.ts';
import type { ReceivedReply } from './send-call.ts';
import { separateReasoning } from './separate-reasoning.ts';

/**
 * Takes the answer out of what was received.
 *
 * @throws {DoubtfulStreamError} and {EmptyReplyError}, which another try may mend; {ModelError} for what none mends.
 */
export function readReply({
  received,
  content,
  id,
}: {
  received: ReceivedReply;
  content: CallContent;
  id: string;
}): StoredReply {
  if (received.doubtful) throw new DoubtfulStreamError();
  const finishReason = finishReasonOf(received);
  // A text that is continued may well go on with nothing, and with whatever tags it likes.
  if (content.mode === 'completion') return { text: received.text, reasoning: null, finishReason };
  const written = received.toolInput ?? received.text;
  const { text, reasoning } = separateReasoning(written);
  const thoughts = [received.reasoning.trim(), reasoning ?? '']
    .filter((thought) => thought !== '')
    .join('\n\n');
  if (text !== '') return { text, reasoning: thoughts === '' ? null : thoughts, finishReason };
  if (finishReason === 'length') {
    throw new ModelError({
      kind: 'unusable-reply',
      message: `${id} used up its output limit of ${content.maximumOutputTokens} tokens before it answered.`,
      remedy: 'Give it more with --output-limit TOKENS, or choose a model that thinks less.',
    });
  }
  if (finishReason === 'content-filter') {
    throw new ModelError({
      kind: 'rejected',
      message: `${id} gave no answer: its content filter stopped it.`,
      remedy: 'Try another model.',
    });
  }
  throw new EmptyReplyError('empty');
}

function finishReasonOf({ finishReason }: ReceivedReply): StoredReply['finishReason'] {
  switch (finishReason) {
    case 'stop':
    case 'tool-calls':
      return 'stop';
    case 'length':
    case 'content-filter':
      return finishReason;
    default:
      return 'other';
  }
}
