import type { Tokenizer } from '../../corpus/index.ts';
import type { ModelLimits } from '../../models/index.ts';
import { writeMemoryUpdatePrompt } from '../../models/prompts/index.ts';

/** How many tokens each part of a step of the memory agent may have. */
export interface MemoryBudgets {
  /** Text of documents a chunk; the titles it stands below come on top. */
  readonly chunkTokens: number;
  readonly memoryTokens: number;
  readonly planTokens: number;
  /** Text and titles of a chunk together: what the window leaves for them. */
  readonly sectionTokens: number;
  /** What the reply to an update may have. */
  readonly updateTokens: number;
  readonly answerTokens: number;
}

/** What a user may set. MemAgent (8K window) has chunks of 5,000 tokens, memory and answer of 1,024. */
export interface BudgetSettings {
  readonly chunkTokens?: number | undefined;
  readonly memoryTokens?: number | undefined;
  readonly planTokens?: number | undefined;
  /** The output limit of an update; more than memory and plan leaves a model room to think aloud. */
  readonly updateTokens?: number | undefined;
  readonly answerTokens?: number | undefined;
}

/** QwenLong-L1.5 (arXiv 2512.12967 §3.4). The plan's share is not published. */
export const publishedBudgets = { chunkTokens: 32_000, memoryTokens: 15_000, planTokens: 1_000 };

/** The marks around memory and plan. */
const markTokens = 48;
const fewestChunkTokens = 256;
const fewestMemoryTokens = 64;
const fewestPlanTokens = 48;

/** Budgets that no window allows. The message says by how much. */
export class BudgetError extends Error {
  override readonly name = 'BudgetError';
}

/**
 * Fits the budgets to a model: memory and plan stand in the prompt and again in the reply, the chunk in the prompt
 * alone. What the user set stays; the rest is the published sizes, shrunk in proportion where the window is smaller.
 *
 * @throws {BudgetError} when the window is too small.
 */
export function memoryBudgets({
  limits: { windowTokens, maximumOutputTokens },
  tokenizer,
  question,
  headShare,
  settings,
}: {
  limits: ModelLimits;
  tokenizer: Tokenizer;
  question: string;
  /** What titles take on top of the documents' text, as a share of it: little for long documents, much for rows. */
  headShare: number;
  settings: BudgetSettings;
}): MemoryBudgets {
  const emptyPrompt = writeMemoryUpdatePrompt({
    question,
    previous: null,
    passages: [],
    memoryTokens: 100_000,
  });
  const room = windowTokens - tokenizer.count(emptyPrompt) - 2 * markTokens;
  const wanted = { ...publishedBudgets, ...withoutAbsent(settings) };
  const isSet = (name: keyof typeof publishedBudgets): boolean => settings[name] !== undefined;
  const cost = (name: keyof typeof publishedBudgets): number =>
    wanted[name] * (name === 'chunkTokens' ? 1 + headShare : 2);
  const names = ['chunkTokens', 'memoryTokens', 'planTokens'] as const;
  const fixed = names.filter(isSet).reduce((sum, name) => sum + cost(name), 0);
  const free = names.filter((name) => !isSet(name)).reduce((sum, name) => sum + cost(name), 0);
  const scale = free === 0 ? 1 : Math.min(1, Math.max(0, room - fixed) / free);
  const scaled = (name: keyof typeof publishedBudgets): number =>
    isSet(name) ? wanted[name] : Math.floor(wanted[name] * scale);
  const planTokens = Math.max(scaled('planTokens'), isSet('planTokens') ? 0 : fewestPlanTokens);
  const replyRoom = maximumOutputTokens - planTokens - markTokens;
  const memoryTokens = isSet('memoryTokens')
    ? wanted.memoryTokens
    : Math.min(scaled('memoryTokens'), replyRoom);
  const chunkTokens = scaled('chunkTokens');
  const reply = memoryTokens + planTokens + markTokens;
  const updateTokens = Math.min(settings.updateTokens ?? reply, maximumOutputTokens);
  const sectionTokens = room - memoryTokens - planTokens - Math.max(updateTokens, reply) + markTokens;
  if (
    chunkTokens < fewestChunkTokens ||
    memoryTokens < fewestMemoryTokens ||
    sectionTokens < chunkTokens ||
    memoryTokens > replyRoom
  ) {
    throw new BudgetError(
      `A window of ${format(windowTokens)} tokens and replies of at most ${format(maximumOutputTokens)} are too small for ` +
        `the memory agent with chunks of ${format(Math.max(chunkTokens, fewestChunkTokens))} tokens and a memory of ` +
        `${format(Math.max(memoryTokens, fewestMemoryTokens))}, which stands in the prompt and again in the reply. ` +
        'Set smaller ones with --chunk and --memory, or declare a larger window.',
    );
  }
  const answerRoom = Math.max(1, windowTokens - memoryTokens - tokenizer.count(emptyPrompt) - markTokens);
  const answerTokens = Math.min(settings.answerTokens ?? answerRoom, answerRoom, maximumOutputTokens);
  return { chunkTokens, memoryTokens, planTokens, sectionTokens, updateTokens, answerTokens };
}

function withoutAbsent(settings: BudgetSettings): Partial<typeof publishedBudgets> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function format(tokens: number): string {
  return tokens.toLocaleString('en-US');
}
