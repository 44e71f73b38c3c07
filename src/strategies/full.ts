import type { CallPlan, ModelClient } from '../models/index.ts';
import { corpusCoverage } from './corpus-coverage.ts';
import { emptyAnswer } from './empty-answer.ts';
import { writeFullPrompt, type FullPrompt } from './full-prompt.ts';
import { failedModelAnswer, readModelAnswer, refusedModelAnswer, type ModelAnswer } from './model-answer.ts';
import type { Answer, Strategy, StrategyInput } from './strategy.ts';

export interface FullSettings {
  /** What to do with a prompt beyond the window: cut its middle out, as published evaluations do; absent: refuse. */
  readonly truncate?: 'middle' | undefined;
  /** What the answer may take, reasoning included; a quarter of the window at most where nothing is said. */
  readonly answerTokens?: number | undefined;
}

/** Tokens of an answer that does not think aloud. */
const expectedAnswerTokens = 300;

/** Puts all documents into one prompt, CorpusQA's; the model answers from it. */
export function createFullStrategy({
  model,
  settings = {},
}: {
  model: ModelClient;
  settings?: FullSettings | undefined;
}): Strategy {
  return new FullStrategy(model, settings);
}

class FullStrategy implements Strategy {
  readonly name = 'full';
  readonly #model: ModelClient;
  readonly #settings: FullSettings;
  readonly #answerTokens: number;

  constructor(model: ModelClient, settings: FullSettings) {
    const { windowTokens, maximumOutputTokens } = model.limits;
    this.#model = model;
    this.#settings = settings;
    this.#answerTokens = Math.min(settings.answerTokens ?? Math.floor(windowTokens / 4), maximumOutputTokens);
  }

  async plan(input: StrategyInput): Promise<CallPlan> {
    const { tokens: corpusTokens } = await corpusCoverage(input.corpus);
    const written = await this.#write(input, corpusTokens);
    const use = { calls: 1, inputTokens: 'prompt' in written ? written.tokens : 0 };
    if (written.status === 'too-long') {
      const nothing = { calls: 0, inputTokens: 0, outputTokens: 0 };
      return { expected: nothing, upperBound: nothing };
    }
    return {
      expected: { ...use, outputTokens: Math.min(expectedAnswerTokens, this.#answerTokens) },
      upperBound: { ...use, outputTokens: this.#answerTokens },
    };
  }

  async answer(input: StrategyInput): Promise<Answer> {
    const started = performance.now();
    const { documents, tokens, seen, unread } = await corpusCoverage(input.corpus);
    const written = await this.#write(input, tokens);
    const answer = await this.#ask({ input, written, documents });
    return {
      ...emptyAnswer,
      question: input.question,
      ...answer,
      coverage: seen(written.status === 'too-long' ? 0 : written.documents),
      warnings: [...unread, ...answer.warnings],
      seconds: (performance.now() - started) / 1000,
    };
  }

  async #ask({
    input: { instructions, signal, onTrace, onProgress },
    written,
    documents,
  }: {
    input: StrategyInput;
    written: FullPrompt;
    documents: number;
  }): Promise<ModelAnswer> {
    if (written.status === 'too-long') return refusedModelAnswer(this.#tooLong(written, documents));
    const { prompt, status } = written;
    onTrace?.({
      step: 'full-prompt',
      detail: { status, tokens: written.tokens, documents: written.documents, of: documents },
    });
    onProgress?.({ activity: 'asking the model', done: 0, total: 1 });
    try {
      const reply = await this.#model.generate({
        purpose: 'answer',
        messages: [{ role: 'user', content: prompt }],
        maximumOutputTokens: this.#answerTokens,
        temperature: 0,
        signal,
      });
      onTrace?.({ step: 'answer', detail: { reply: reply.text, fromLedger: reply.fromLedger } });
      const answer = readModelAnswer(reply, { instructions });
      return status === 'cut'
        ? { ...answer, warnings: [cutWarning(written, documents), ...answer.warnings] }
        : answer;
    } catch (error) {
      return failedModelAnswer(error);
    }
  }

  #write(input: StrategyInput, corpusTokens: number): Promise<FullPrompt> {
    const { tokenizer, limits } = this.#model;
    const maximumTokens = limits.windowTokens - this.#answerTokens;
    const cutsMiddle = this.#settings.truncate === 'middle';
    return writeFullPrompt({ input, tokenizer, maximumTokens, corpusTokens, cutsMiddle });
  }

  #tooLong({ wholeTokens }: FullPrompt & { status: 'too-long' }, documents: number): string {
    const { windowTokens } = this.#model.limits;
    const format = (tokens: number): string => tokens.toLocaleString('en-US');
    return (
      `The corpus does not fit: its ${format(documents)} documents make a prompt of about ${format(wholeTokens)} tokens, ` +
      `and the window of ${this.#model.id} has ${format(windowTokens)}, of which ${format(this.#answerTokens)} are for the answer. ` +
      'Use --strategy memory, retrieval or table, a model with a larger window, or --truncate middle.'
    );
  }
}

function cutWarning(
  { tokens, wholeTokens, documents }: FullPrompt & { status: 'cut' },
  allDocuments: number,
): string {
  const format = (count: number): string => count.toLocaleString('en-US');
  return (
    `The middle of the prompt was cut out: the model saw ${format(tokens)} of about ${format(wholeTokens)} tokens, and ` +
    `${format(documents)} of ${format(allDocuments)} documents in whole or in part.`
  );
}
