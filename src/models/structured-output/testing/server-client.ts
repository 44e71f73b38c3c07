import { z } from 'zod';
import type { Tokenizer } from '../../../corpus/index.ts';
import { noCost } from '../../cost.ts';
import type { ModelReply, ModelRequest } from '../../model-client.ts';
import { ModelError } from '../../model-error.ts';
import type { LadderModel } from '../rung.ts';

const replyShape = z.object({
  choices: z.tuple([
    z.object({
      text: z.string().optional(),
      message: z
        .object({
          content: z.string().nullable(),
          tool_calls: z.tuple([z.object({ function: z.object({ arguments: z.string() }) })]).optional(),
        })
        .optional(),
    }),
  ]),
});

/** Calls a server straight, without ledger or retries, so that every call of the ladder is seen. */
export function createServerClient({
  baseUrl,
  tokenizer,
}: {
  baseUrl: string;
  tokenizer: Tokenizer;
}): LadderModel {
  const call = async (path: string, body: object): Promise<ModelReply> => {
    const response = await fetch(`${baseUrl}/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'test', ...body }),
    });
    if (!response.ok) {
      const kind = response.status < 500 ? 'rejected' : 'unreachable';
      throw new ModelError({ kind, message: `The server answered ${response.status}.`, remedy: '' });
    }
    const [{ text, message }] = replyShape.parse(await response.json()).choices;
    const reply = text ?? message?.tool_calls?.[0].function.arguments ?? message?.content ?? '';
    return {
      text: reply,
      reasoning: null,
      finishReason: 'stop',
      cost: { ...noCost, calls: 1 },
      took: noCost,
      fromLedger: false,
    };
  };
  return {
    id: 'compatible:test',
    tokenizer,
    completesOnly: false,
    generate: ({ messages, replyForm }) => call('chat/completions', { messages, ...formOf(replyForm) }),
    complete: ({ prompt, stopSequences }) => call('completions', { prompt, stop: stopSequences }),
  };
}

function formOf(form: ModelRequest['replyForm']): object {
  if (form === undefined) return {};
  const { kind, name, schema } = form;
  return kind === 'json-schema'
    ? { response_format: { type: 'json_schema', json_schema: { name, schema, strict: true } } }
    : { tools: [{ type: 'function', function: { name, parameters: schema } }] };
}
