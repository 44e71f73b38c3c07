import {
  addCosts,
  type CallPlan,
  type EmbeddingClient,
  type ModelClient,
  ModelError,
} from '../../models/index.ts';
import { corpusQaQuestion } from '../../models/prompts/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import { corpusCoverage } from '../corpus-coverage.ts';
import { emptyAnswer } from '../empty-answer.ts';
import { failedModelAnswer, readModelAnswer, refusedModelAnswer, type ModelAnswer } from '../model-answer.ts';
import type { Answer, Evidence, Strategy, StrategyInput } from '../strategy.ts';
import { defaultEvidenceLimit } from '../table.ts';
import { fillPrompt, type FilledPrompt } from './fill-prompt.ts';
import { loadPassages, type LoadedPassage } from './load-passages.ts';
import { Retriever } from './retriever.ts';

/** What can be set of the strategy `retrieval`. */
export interface RetrievalSettings {
  /** Finds passages by their meaning too; without it, by words alone. */
  readonly embeddings?: EmbeddingClient | undefined;
  /** Length of the passages in tokens of o200k, with title and headings. */
  readonly passageTokens?: number | undefined;
  /** What the answer may take, reasoning included; a quarter of the window at most where nothing is said. */
  readonly answerTokens?: number | undefined;
}

/** Tokens of an answer that does not think aloud. */
const expectedAnswerTokens = 300;

/**
 * Shares of the room that are tried one after the other: where the tokenizer is not the model's own, a prompt that
 * fits by our count may not by the server's.
 */
const sharesOfRoom = [1, 0.8, 0.6];

/** What providers put around a message. */
const frameTokens = 100;

/** Passages are fetched for more than the room, since those of short documents are shorter than most. */
const surplus = 1.5;

/**
 * Answers from the passages that are most likely about the question, as many as the model's window takes. What a
 * single passage states is found; what has to be gathered from all documents is not, and the answer says how many
 * documents the model saw.
 */
export function createRetrievalStrategy({
  model,
  settings = {},
}: {
  model: ModelClient;
  settings?: RetrievalSettings | undefined;
}): Strategy {
  return new RetrievalStrategy(model, settings);
}

class RetrievalStrategy implements Strategy {
  readonly name = 'retrieval';
  readonly #model: ModelClient;
  readonly #settings: RetrievalSettings;
  readonly #answerTokens: number;
  readonly #promptTokens: number;
  /** An open corpus never changes, so its passages are looked after once. */
  readonly #retrievers = new WeakMap<OpenCorpus, Retriever>();

  constructor(model: ModelClient, settings: RetrievalSettings) {
    const { windowTokens, maximumOutputTokens } = model.limits;
    this.#model = model;
    this.#settings = settings;
    this.#answerTokens = Math.min(settings.answerTokens ?? Math.floor(windowTokens / 4), maximumOutputTokens);
    this.#promptTokens = windowTokens - this.#answerTokens - frameTokens;
  }

  async plan(input: StrategyInput): Promise<CallPlan> {
    const retriever = this.#retrieverOf(input.corpus);
    await retriever.build(input);
    const passages = await this.#findPassages({ input, retriever, byMeaning: false });
    const { tokens } = this.#fill({ input, passages, maximumTokens: this.#promptTokens });
    const embeddings = await retriever.planEmbedding(input.question);
    const outputTokens = Math.min(expectedAnswerTokens, this.#answerTokens);
    return {
      expected: { calls: 1, inputTokens: tokens, outputTokens },
      upperBound: { calls: 1, inputTokens: this.#promptTokens, outputTokens: this.#answerTokens },
      ...(embeddings !== null && { embeddings }),
    };
  }

  async answer(input: StrategyInput): Promise<Answer> {
    const started = performance.now();
    const { documents, seen, unread } = await corpusCoverage(input.corpus);
    const retriever = this.#retrieverOf(input.corpus);
    const { answer, passages } = await this.#answer(input, retriever);
    const coverage = seen(new Set(passages.map(({ document }) => document)).size);
    const evidence = passages.slice(0, input.evidenceLimit ?? defaultEvidenceLimit).map(toEvidence);
    return {
      ...emptyAnswer,
      question: input.question,
      ...answer,
      evidence,
      evidenceTotal: passages.length,
      coverage,
      warnings: [
        ...unread,
        ...answer.warnings,
        ...unseenWarning({ passages: passages.length, seen: coverage.read, documents }),
      ],
      cost: addCosts(answer.cost, retriever.takeCost()),
      seconds: (performance.now() - started) / 1000,
    };
  }

  async #answer(input: StrategyInput, retriever: Retriever): Promise<Outcome> {
    const { question, instructions } = input;
    const { tokenizer } = this.#model;
    if (tokenizer.count(corpusQaQuestion(question, instructions)) >= this.#promptTokens) {
      return unasked(refusedModelAnswer('The question alone fills the window of the model.'));
    }
    try {
      await retriever.build(input);
      await retriever.embed(input);
      const found = await this.#findPassages({ input, retriever, byMeaning: true });
      if (found.length > 0) return await this.#ask(input, found);
      return unasked(refusedModelAnswer('No passage holds a word of the question.'));
    } catch (error) {
      return unasked(failedModelAnswer(error));
    }
  }

  async #ask(input: StrategyInput, found: readonly LoadedPassage[]): Promise<Outcome> {
    const { instructions, signal, onTrace, onProgress } = input;
    for (const [index, share] of sharesOfRoom.entries()) {
      const maximumTokens = Math.floor(this.#promptTokens * share);
      const { prompt, tokens, passages } = this.#fill({ input, passages: found, maximumTokens });
      onTrace?.({
        step: 'retrieved-passages',
        detail: { maximumTokens, tokens, passages: passages.map(toTraced) },
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
        return { answer: readModelAnswer(reply, { instructions }), passages };
      } catch (error) {
        const isTooLong = error instanceof ModelError && error.kind === 'too-long';
        if (!isTooLong || index === sharesOfRoom.length - 1)
          return { answer: failedModelAnswer(error), passages };
      }
    }
    throw new RangeError('There is no share of the room to try.');
  }

  /** The best passages, more of them than the model's window takes. */
  async #findPassages({
    input: { corpus, question, signal },
    retriever,
    byMeaning,
  }: {
    input: StrategyInput;
    retriever: Retriever;
    byMeaning: boolean;
  }): Promise<LoadedPassage[]> {
    const { passages, tokens } = retriever.totals();
    if (passages === 0) return [];
    const fitting = (this.#promptTokens * passages) / tokens;
    const limit = Math.min(passages, Math.ceil(fitting * surplus));
    const found = await retriever.find({ question, limit, byMeaning, signal });
    return await loadPassages({ corpus, found, signal });
  }

  #fill({
    input: { question, instructions },
    passages,
    maximumTokens,
  }: {
    input: StrategyInput;
    passages: readonly LoadedPassage[];
    maximumTokens: number;
  }): FilledPrompt {
    return fillPrompt({ passages, question, instructions, tokenizer: this.#model.tokenizer, maximumTokens });
  }

  #retrieverOf(corpus: OpenCorpus): Retriever {
    const known = this.#retrievers.get(corpus);
    if (known !== undefined) return known;
    const { passageTokens, embeddings } = this.#settings;
    const retriever = new Retriever({ corpus, passageTokens, embeddings });
    this.#retrievers.set(corpus, retriever);
    return retriever;
  }
}

interface Outcome {
  readonly answer: ModelAnswer;
  /** What the model was shown, best first. */
  readonly passages: readonly LoadedPassage[];
}

function unasked(answer: ModelAnswer): Outcome {
  return { answer, passages: [] };
}

function toTraced({
  document,
  start,
  end,
  location,
  score,
  words,
  meaning,
}: LoadedPassage): Readonly<Record<string, unknown>> {
  return { document, start, end, location, score, words, meaning };
}

function toEvidence({ document, title, context, quote, start, end, location }: LoadedPassage): Evidence {
  const heading = /#+[ \t]+(?<text>[^\n]+)\s*$/.exec(context)?.groups?.['text'] ?? '';
  return { document, entity: title, field: heading, quote, start, end, location, value: null, period: null };
}

function unseenWarning({
  passages,
  seen,
  documents,
}: {
  passages: number;
  seen: number;
  documents: number;
}): string[] {
  if (passages === 0 || seen >= documents) return [];
  const format = (count: number): string => count.toLocaleString('en-US');
  const shown = `${format(passages)} ${passages === 1 ? 'passage' : 'passages'} of ${format(seen)} of ${format(documents)} documents`;
  return [`The model saw ${shown}. What must be gathered from all of them cannot be right.`];
}
