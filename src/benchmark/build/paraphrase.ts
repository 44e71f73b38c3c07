import type { ModelClient } from '../../models/index.ts';
import { readParaphrase, writeParaphrasePrompt } from '../../models/prompts/index.ts';
import type { QuestionLanguage } from '../benchmark-format.ts';

/** Says a question in other words; null where nothing usable came. */
export type Paraphrase = (question: string, language: QuestionLanguage) => Promise<string | null>;

/** A question, and room to think for models that do. */
const mostOutputTokens = 4000;

/** Paraphrases by a language model. Calls go through the ledger: the same question is asked and paid once. */
export function paraphraseBy(model: ModelClient, signal?: AbortSignal): Paraphrase {
  return async (question, language) => {
    const reply = await model.generate({
      purpose: 'paraphrase',
      messages: [{ role: 'user', content: writeParaphrasePrompt({ question, language }) }],
      maximumOutputTokens: Math.min(mostOutputTokens, model.limits.maximumOutputTokens),
      temperature: 0,
      signal,
    });
    return readParaphrase(reply.text);
  };
}
