import type { LanguageModelV4CallOptions } from '@ai-sdk/provider';
import { z } from 'zod';
import { addCosts, type ModelClient } from '../../models/index.ts';
import { StrategyError } from '../strategy-error.ts';
import type { ChatAnswer } from './answer-chat.ts';

type ResponseFormat = NonNullable<LanguageModelV4CallOptions['responseFormat']>;

const maximumOutputTokens = 4_000;

/**
 * Brings an answer into the JSON that a call asks for, by one more call of the model: the answer is short, so the
 * model's own means of structured output are at hand again. An answer that was refused stays what it is.
 *
 * @throws {StrategyError} where there is no model, or the schema cannot be kept to.
 * @throws {ModelError}
 */
export async function shapeAnswer({
  chat,
  question,
  format,
  client,
  signal,
}: {
  chat: ChatAnswer;
  question: string;
  format: ResponseFormat | undefined;
  client: ModelClient | undefined;
  signal?: AbortSignal | undefined;
}): Promise<ChatAnswer> {
  if (format?.type !== 'json' || chat.answer.status !== 'answered') return chat;
  if (client === undefined) {
    throw new StrategyError({
      message: 'An answer as JSON needs a model that writes it, and there is none.',
      remedy: 'Ask for text, or choose a model.',
    });
  }
  const { value, cost } = await client.generateObject({
    purpose: 'shape-answer',
    messages: [
      {
        role: 'user',
        content:
          'This question has been answered from a collection of documents. Give the answer in the form of the ' +
          `schema, with nothing changed and nothing added.\n\nQuestion:\n${question}\n\nAnswer:\n${chat.text}` +
          (format.description === undefined ? '' : `\n\nThe form: ${format.description}`),
      },
    ],
    schema: toZod(format.schema),
    schemaName: (format.name ?? 'answer').replaceAll(/\W+/g, '_'),
    maximumOutputTokens: Math.min(maximumOutputTokens, client.limits.maximumOutputTokens),
    signal,
  });
  const total = addCosts(chat.answer.cost, cost);
  return {
    text: JSON.stringify(value),
    answer: { ...chat.answer, cost: total },
    sources: { ...chat.sources, cost: total },
  };
}

function toZod(schema: Extract<ResponseFormat, { type: 'json' }>['schema']): z.ZodType {
  if (schema === undefined) return z.record(z.string(), z.unknown());
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    throw new StrategyError({
      message: `The JSON schema cannot be kept to: ${error instanceof Error ? error.message : String(error)}`,
      remedy: 'Simplify it, or ask for text.',
    });
  }
}
