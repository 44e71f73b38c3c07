import {
  addCosts,
  type CallPlan,
  type EmbeddingClient,
  type ModelClient,
  ModelError,
} from '../../models/index.ts';
import { corpusQaQuestion } from '../../models/prompts/index.ts';
import type { OpenCorpus } from '../../table/index.ts';
import { emptyAnswer } from '../empty-answer.ts';
import { failedModelAnswer, readModelAnswer, refusedModelAnswer, type ModelAnswer } from '../model-answer.ts';
import type { Answer, Evidence, Strategy, StrategyInput } from '../strategy.ts';
import { defaultEvidenceLimit } from '../table.ts';
import { fillPrompt } from './fill-prompt.ts';
import { loadPassages, type LoadedPassage } from './load-passages.ts';
import { Retriever } from './retriever.ts';

/** What can be set of the strategy `retrieval`. */
export interface RetrievalSettings {
  /** Finds passages by their meaning too; without it, by words alone. */
  readonly embeddings?: EmbeddingClient | undefined;
  /** Length of the passages in tokens of o200k, with title and headings. */
  readonly passageTokens?: number | undefined;
}

/** What the answer itself is expected to take, where the model is free to take more. */
const usualAnswerTokens = 500;

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
  /** An open corpus never changes, so its passages are looked after once. */
  readonly #retrievers = new WeakMap<OpenCorpus, Retriever>();

  constructor(model: ModelClient, settings: RetrievalSettings) {
    this.#model = model;
    this.#settings = settings;
  }

  async plan(input: StrategyInput): Promise<CallPlan> {
    const retriever = this.#retrieverOf(input.corpus);
    await retriever.build(input);
    const passages = await this.#findPassages({ input, retriever, byMeaning: false });
    const { question, instructions } = input;
    const { maximumOutputTokens, promptTokens } = this.#limits();
    const { tokens } = fillPrompt({
      question,
      instructions,
      passages,
      tokenizer: this.#model.tokenizer,
      maximumTokens: promptTokens,
    });
    const embeddings = await retriever.planEmbedding(question);
    return {
      expected: {
        calls: 1,
        inputTokens: tokens,
        outputTokens: Math.min(usualAnswerTokens, maximumOutputTokens),
      },
      upperBound: { calls: 1, inputTokens: promptTokens, outputTokens: maximumOutputTokens },
      ...(embeddings !== null && { embeddings }),
    };
  }

  async answer(input: StrategyInput): Promise<Answer> {
    const started = performance.now();
    const retriever = this.#retrieverOf(input.corpus);
    const { documents: read, skipped } = await input.corpus.summary();
    const documents = read + skipped.length;
    let outcome: Outcome;
    try {
      outcome = await this.#answer(input, retriever);
    } catch (error) {
      outcome = { answer: failedModelAnswer(error), passages: [] };
    }
    const { answer, passages } = outcome;
    const seen = new Set(passages.map(({ document }) => document)).size;
    const evidence = passages.map(toEvidence);
    return {
      ...emptyAnswer,
      question: input.question,
      ...answer,
      evidence: evidence.slice(0, input.evidenceLimit ?? defaultEvidenceLimit),
      evidenceTotal: evidence.length,
      coverage: { documents, read: seen, withValue: null, missing: null },
      warnings: [...answer.warnings, ...coverageWarnings({ documents, seen, passages: passages.length })],
      cost: addCosts(answer.cost, retriever.takeCost()),
      seconds: (performance.now() - started) / 1000,
    };
  }

  async #answer(input: StrategyInput, retriever: Retriever): Promise<Outcome> {
    const { question, instructions, signal } = input;
    const { maximumOutputTokens, promptTokens } = this.#limits();
    const { tokenizer } = this.#model;
    if (tokenizer.count(corpusQaQuestion(question, instructions)) >= promptTokens) {
      return {
        answer: refusedModelAnswer('The question alone fills the window of the model.'),
        passages: [],
      };
    }
    await retriever.build(input);
    await retriever.embed(input);
    const found = await this.#findPassages({ input, retriever, byMeaning: true });
    if (found.length === 0)
      return { answer: refusedModelAnswer('No passage holds a word of the question.'), passages: [] };
    for (const share of sharesOfRoom) {
      const maximumTokens = Math.floor(promptTokens * share);
      const { prompt, tokens, passages } = fillPrompt({
        question,
        instructions,
        passages: found,
        tokenizer,
        maximumTokens,
      });
      trace(input, { passages, tokens, maximumTokens });
      try {
        const reply = await this.#model.generate({
          purpose: 'answer',
          messages: [{ role: 'user', content: prompt }],
          maximumOutputTokens,
          temperature: 0,
          signal,
        });
        return { answer: readModelAnswer(reply, { instructions }), passages };
      } catch (error) {
        const isTooLong = error instanceof ModelError && error.kind === 'too-long';
        if (!isTooLong || share === sharesOfRoom.at(-1))
          return { answer: failedModelAnswer(error), passages };
      }
    }
    throw new Error('There is a last share of the room.');
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
    const fitting = (this.#limits().promptTokens * passages) / tokens;
    const limit = Math.min(passages, Math.ceil(fitting * surplus));
    const found = await retriever.find({ question, limit, byMeaning, signal });
    return await loadPassages({ corpus, found, signal });
  }

  /** A model whose answers may be as long as its window keeps half of it for the prompt. */
  #limits(): { maximumOutputTokens: number; promptTokens: number } {
    const { windowTokens, maximumOutputTokens: most } = this.#model.limits;
    const maximumOutputTokens = Math.min(most, Math.floor(windowTokens / 2));
    return { maximumOutputTokens, promptTokens: windowTokens - maximumOutputTokens - frameTokens };
  }

  #retrieverOf(corpus: OpenCorpus): Retriever {
    const known = this.#retrievers.get(corpus);
    if (known !== undefined) return known;
    const retriever = new Retriever({ corpus, ...this.#settings });
    this.#retrievers.set(corpus, retriever);
    return retriever;
  }
}

interface Outcome {
  readonly answer: ModelAnswer;
  /** What the model was shown, best first. */
  readonly passages: readonly LoadedPassage[];
}

function trace(
  { onTrace }: StrategyInput,
  { passages, ...room }: { passages: readonly LoadedPassage[]; tokens: number; maximumTokens: number },
): void {
  onTrace?.({
    step: 'retrieved-passages',
    detail: {
      ...room,
      passages: passages.map(({ document, start, end, location, score, words, meaning }) => ({
        document,
        start,
        end,
        location,
        score,
        words,
        meaning,
      })),
    },
  });
}

function toEvidence({ document, title, context, quote, start, end, location }: LoadedPassage): Evidence {
  const heading = /#+[ \t]+(?<text>[^\n]+)\s*$/.exec(context)?.groups?.['text'] ?? '';
  return { document, entity: title, field: heading, quote, start, end, location, value: null, period: null };
}

function coverageWarnings({
  documents,
  seen,
  passages,
}: {
  documents: number;
  seen: number;
  passages: number;
}): string[] {
  if (passages === 0 || seen >= documents) return [];
  const shown = `${passages.toLocaleString('en-US')} ${passages === 1 ? 'passage' : 'passages'}`;
  return [
    `The model saw ${shown} of ${seen.toLocaleString('en-US')} of ${documents.toLocaleString('en-US')} documents. What ` +
      'must be gathered from all of them cannot be right.',
  ];
}
