import { ModelError, type ModelClient } from '../models/index.ts';
import { writeAnswerEquivalencePrompt, type AnswerPair } from '../models/prompts/index.ts';
import { right, ungraded, wrong, type Grade } from './answers/grade.ts';
import { judgeSaysYes } from './judge-verdict.ts';

export interface JudgeReply {
  readonly text: string;
  /** Whether it was asked for now, not remembered from an earlier run. */
  readonly isNew: boolean;
}

/** Asks a language model whether two answers are the same; the attempt tells repeated questions apart. */
export type AskJudge = (pair: AnswerPair, attempt: number) => Promise<JudgeReply>;

/** How often a judge is asked in one run that gives no verdict. */
const maximumAttempts = 3;
const judgeOutputTokens = 1024;

/**
 * Lets a model decide where the rules cannot. `[[YES]]` without `[[NO]]` is right, `[[NO]]` without `[[YES]]` wrong.
 * CorpusQA's evaluation counts anything else, and a judge that fails, as wrong for good; here it stays ungraded, and the
 * next run asks again.
 *
 * @throws the signal's reason, where a call is aborted.
 */
export async function judgeAnswer(pair: AnswerPair, ask: AskJudge): Promise<Grade> {
  let asked = 0;
  for (let attempt = 0; asked < maximumAttempts; attempt++) {
    let reply: string;
    try {
      const { text, isNew } = await ask(pair, attempt);
      reply = text;
      if (isNew) asked += 1;
    } catch (error) {
      if (error instanceof ModelError) return ungraded(`the judge failed: ${error.message}`);
      throw error;
    }
    const saysNo = reply.includes('[[NO]]');
    if (judgeSaysYes(reply, 'corpusqa')) return right('the judge says that it is the same');
    if (saysNo && !reply.includes('[[YES]]')) return wrong('the judge says that it is not the same');
  }
  return ungraded(`the judge gave no verdict in ${maximumAttempts} replies`);
}

/** A judge that is a model, at temperature 0. A question that was answered is not asked again: the ledger has it. */
export function modelJudge(client: ModelClient, signal?: AbortSignal): AskJudge {
  return async (pair, attempt) => {
    const { text, fromLedger } = await client.generate({
      purpose: 'judge',
      messages: writeAnswerEquivalencePrompt(pair),
      maximumOutputTokens: judgeOutputTokens,
      temperature: 0,
      attempt,
      signal,
    });
    return { text, isNew: !fromLedger };
  };
}
