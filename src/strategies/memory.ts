/*
 * The memory agent of QwenLong-L1.5 (arXiv 2512.12967 §3.4, after MemAgent, 2507.02259): the documents are read chunk
 * by chunk; after each the model writes its memory and plan anew from the old ones, the chunk and the question; the
 * answer is written from the memory alone. The question is apart from what it demands of the answer's form, which is
 * withheld until the end.
 *
 * Where we differ: chunks are cut so that titles and open headings stand above what continues a document; budgets are
 * enforced by tokens, not by the output limit alone; a question that demands no form costs no call to take it apart.
 */
import { cutToTokens } from '../corpus/index.ts';
import {
  addCosts,
  noCost,
  type CallPlan,
  type Cost,
  type ModelClient,
  type ModelReply,
  type PlannedUse,
} from '../models/index.ts';
import {
  escapeMarkers,
  readSplitQuestion,
  readUpdatedMemory,
  unescapeMarkers,
  writeMemoryAnswerPrompt,
  writeMemoryUpdatePrompt,
  writeQuestionSplitPrompt,
  type AgentMemory,
  type SplitQuestion,
} from '../models/prompts/index.ts';
import { corpusCoverage } from './corpus-coverage.ts';
import { emptyAnswer } from './empty-answer.ts';
import { BudgetError, memoryBudgets, type BudgetSettings, type MemoryBudgets } from './memory/budgets.ts';
import { chunkCount, chunkDocuments, passageMarkTokens, type Chunk } from './memory/chunks.ts';
import { needsSplit } from './memory/needs-split.ts';
import { failedModelAnswer, readModelAnswer, refusedModelAnswer, type ModelAnswer } from './model-answer.ts';
import type { Answer, Strategy, StrategyInput } from './strategy.ts';

export interface MemorySettings extends BudgetSettings {
  /** Whether a call takes the question apart first; `auto`: where it may demand a form of the answer. */
  readonly split?: 'auto' | 'always' | 'never' | undefined;
  /** 0 where nothing is said. */
  readonly temperature?: number | undefined;
  readonly topP?: number | undefined;
}

const splitTokens = 1_000;
const expectedAnswerTokens = 300;
/** Titles are counted by their characters when only their sum matters. */
const charactersPerToken = 3;
/** Room for titles and open headings of what goes on in a chunk. */
const leastHeadShare = 0.05;

/** Reads the corpus chunk by chunk with a memory of fixed size, and answers from that. */
export function createMemoryStrategy({
  model,
  settings = {},
}: {
  model: ModelClient;
  settings?: MemorySettings | undefined;
}): Strategy {
  return {
    name: 'memory',
    plan: (input) => planMemory({ model, settings, input }),
    answer: (input) => answerByMemory({ model, settings, input }),
  };
}

interface MemoryWork {
  readonly model: ModelClient;
  readonly settings: MemorySettings;
  readonly input: StrategyInput;
}

/** @throws {BudgetError} when the window is too small. */
function budgetsOf(
  { model, settings, input }: MemoryWork,
  { tokens, headTokens }: CorpusSize,
): MemoryBudgets {
  const { limits, tokenizer } = model;
  const headShare = leastHeadShare + (tokens === 0 ? 0 : headTokens / tokens);
  return memoryBudgets({ limits, tokenizer, question: input.question, headShare, settings });
}

interface CorpusSize {
  readonly tokens: number;
  /** About what the titles of all documents take, each once. */
  readonly headTokens: number;
}

async function corpusSize({ corpus, signal }: StrategyInput): Promise<CorpusSize> {
  const { tokens } = await corpus.summary();
  const { rows } = await corpus.sql(
    `SELECT sum(ceil(length(coalesce(title, id)) / ${charactersPerToken}) + ${passageMarkTokens}) FROM documents`,
    { signal },
  );
  return { tokens, headTokens: Number(rows[0]?.[0] ?? 0) };
}

function splits({ settings: { split = 'auto' }, input }: MemoryWork): boolean {
  if (split !== 'auto') return split === 'always';
  return input.instructions === undefined && needsSplit(input.question);
}

/** K updates and the answer, and a call to take the question apart where that is worth it. */
async function planMemory(work: MemoryWork): Promise<CallPlan> {
  const { model, input } = work;
  const nothing = { calls: 0, inputTokens: 0, outputTokens: 0 };
  const size = await corpusSize(input);
  let budgets: MemoryBudgets;
  try {
    budgets = budgetsOf(work, size);
  } catch (error) {
    if (error instanceof BudgetError) return { expected: nothing, upperBound: nothing };
    throw error;
  }
  const { tokens, headTokens } = size;
  const { chunkTokens, memoryTokens, planTokens, sectionTokens, updateTokens, answerTokens } = budgets;
  const fixedTokens = model.tokenizer.count(
    writeMemoryUpdatePrompt({ question: input.question, previous: null, passages: [], memoryTokens }),
  );
  const chunks = Math.max(chunkCount(tokens, chunkTokens), Math.ceil((tokens + headTokens) / sectionTokens));
  const split: PlannedUse = splits(work)
    ? { calls: 1, inputTokens: 2 * fixedTokens, outputTokens: splitTokens }
    : nothing;
  const held = memoryTokens + planTokens;
  return {
    expected: {
      calls: chunks + 1 + split.calls,
      inputTokens: Math.round(
        tokens + headTokens + chunks * (fixedTokens + held / 2) + held / 2 + fixedTokens,
      ),
      outputTokens: Math.round((chunks * held) / 2 + expectedAnswerTokens),
    },
    upperBound: {
      calls: chunks + 1 + split.calls,
      inputTokens: chunks * (fixedTokens + held + Math.min(sectionTokens, 2 * chunkTokens)) + split.inputTokens + held + 2 * fixedTokens, // prettier-ignore
      outputTokens: chunks * updateTokens + answerTokens + split.outputTokens,
    },
  };
}

async function answerByMemory(work: MemoryWork): Promise<Answer> {
  const started = performance.now();
  const { input } = work;
  const { seen, unread } = await corpusCoverage(input.corpus);
  const outcome = await runAgent(work, await corpusSize(input));
  return {
    ...emptyAnswer,
    question: input.question,
    ...outcome.answer,
    coverage: seen(outcome.documentsRead),
    warnings: [...unread, ...outcome.answer.warnings],
    seconds: (performance.now() - started) / 1000,
  };
}

async function runAgent(
  work: MemoryWork,
  size: CorpusSize,
): Promise<{ answer: ModelAnswer; documentsRead: number }> {
  let agent: MemoryAgent;
  try {
    agent = new MemoryAgent({ ...work, budgets: budgetsOf(work, size) });
  } catch (error) {
    if (!(error instanceof BudgetError)) throw error;
    return { answer: refusedModelAnswer(error.message), documentsRead: 0 };
  }
  let answer: ModelAnswer;
  try {
    await agent.takeQuestionApart();
    await agent.read(size.tokens);
    const reply = await agent.answer();
    answer = readModelAnswer(reply, work.input);
  } catch (error) {
    answer = failedModelAnswer(error);
  }
  const { documentsRead, cost } = agent;
  return { answer: { ...answer, warnings: agent.warnings(), cost }, documentsRead };
}

class MemoryAgent {
  readonly #work: MemoryWork;
  readonly #budgets: MemoryBudgets;
  #question: SplitQuestion;
  #cost = noCost;
  #memory: AgentMemory | null = null;
  #documentsRead = 0;
  #cutMemories = 0;
  #emptyReplies = 0;

  constructor({ budgets, ...work }: MemoryWork & { budgets: MemoryBudgets }) {
    this.#work = work;
    this.#budgets = budgets;
    this.#question = { question: work.input.question, instructions: '' };
  }

  get cost(): Cost {
    return this.#cost;
  }

  /** Documents read to their end. */
  get documentsRead(): number {
    return this.#documentsRead;
  }

  async takeQuestionApart(): Promise<void> {
    if (!splits(this.#work)) return;
    const reply = await this.#call({
      purpose: 'question-split',
      prompt: writeQuestionSplitPrompt(this.#work.input.question),
      maximumOutputTokens: Math.min(splitTokens, this.#work.model.limits.maximumOutputTokens),
    });
    const split = readSplitQuestion(reply.text);
    if (split === null) return;
    this.#question = split;
    this.#work.input.onTrace?.({ step: 'question-split', detail: { ...this.#question } });
  }

  async read(corpusTokens: number): Promise<void> {
    const { model, input } = this.#work;
    const { chunkTokens, sectionTokens } = this.#budgets;
    const { corpus, signal, onProgress } = input;
    const total = chunkCount(corpusTokens, chunkTokens);
    const chunks = chunkDocuments({
      documents: corpus.documents({ signal }),
      totalTokens: corpusTokens,
      tokenizer: model.tokenizer,
      isCounted: corpus.tokenizer === model.tokenizer.id,
      chunkTokens,
      sectionTokens,
    });
    let done = 0;
    for await (const chunk of chunks) {
      signal?.throwIfAborted();
      onProgress?.({ activity: 'reading chunk', done, total: Math.max(total, done + 1) });
      done += 1;
      await this.#update(chunk, done);
      this.#documentsRead += chunk.documentsEnded;
    }
    onProgress?.({ activity: 'reading chunk', done, total: done });
  }

  async #update(chunk: Chunk, number: number): Promise<void> {
    const { memoryTokens, updateTokens } = this.#budgets;
    const reply = await this.#call({
      purpose: 'memory-update',
      prompt: writeMemoryUpdatePrompt({
        question: this.#question.question,
        previous: this.#memory,
        passages: chunk.passages,
        memoryTokens,
      }),
      maximumOutputTokens: updateTokens,
    });
    const updated = readUpdatedMemory(reply.text);
    if (updated.memory === '') this.#emptyReplies += 1;
    const memory = this.#withinBudget(updated.memory === '' ? (this.#memory?.memory ?? '') : updated.memory);
    this.#memory = { memory, plan: this.#cut(updated.plan, this.#budgets.planTokens) };
    const { tokenizer } = this.#work.model;
    this.#work.input.onTrace?.({
      step: 'memory-update',
      detail: {
        chunk: number,
        tokens: chunk.tokens,
        passages: chunk.passages.length,
        memoryTokens: tokenizer.count(escapeMarkers(memory)),
        ...this.#memory,
        finishReason: reply.finishReason,
        fromLedger: reply.fromLedger,
      },
    });
  }

  #withinBudget(memory: string): string {
    const cut = this.#cut(memory, this.#budgets.memoryTokens);
    if (cut !== memory) this.#cutMemories += 1;
    return cut;
  }

  /** Cut as the prompts hold it: with its marks escaped. */
  #cut(text: string, maximumTokens: number): string {
    const escaped = escapeMarkers(text);
    const { tokenizer } = this.#work.model;
    const cut = cutToTokens({ text: escaped, tokenizer, maximumTokens });
    return cut === escaped ? text : unescapeMarkers(cut).trimEnd();
  }

  async answer(): Promise<ModelReply> {
    const reply = await this.#call({
      purpose: 'answer',
      prompt: writeMemoryAnswerPrompt({
        ...this.#question,
        memory: this.#memory?.memory ?? '',
        requirements: this.#work.input.instructions,
      }),
      maximumOutputTokens: this.#budgets.answerTokens,
    });
    this.#work.input.onTrace?.({
      step: 'answer',
      detail: { reply: reply.text, fromLedger: reply.fromLedger },
    });
    return reply;
  }

  warnings(): string[] {
    const warnings: string[] = [];
    if (this.#cutMemories > 0) {
      warnings.push(
        `The model wrote more than its memory of ${this.#budgets.memoryTokens} tokens holds ${this.#cutMemories} times; what was beyond was lost.`,
      );
    }
    if (this.#emptyReplies > 0) {
      warnings.push(`The model wrote no memory ${this.#emptyReplies} times; the one before was kept.`);
    }
    return warnings;
  }

  async #call({
    purpose,
    prompt,
    maximumOutputTokens,
  }: {
    purpose: string;
    prompt: string;
    maximumOutputTokens: number;
  }): Promise<ModelReply> {
    const { model, settings, input } = this.#work;
    const { temperature = 0, topP } = settings;
    const reply = await model.generate({
      purpose,
      messages: [{ role: 'user', content: prompt }],
      maximumOutputTokens,
      temperature,
      topP,
      signal: input.signal,
    });
    this.#cost = addCosts(this.#cost, reply.cost);
    return reply;
  }
}
