/*
 * The hybrid reward: max(rule, judge).
 *
 * Source: QwenLong-L1 (arXiv 2505.17667) Eq. 14 and its released reward code.
 *
 *     1. cut the reasoning: text after the last </think>; a response that never ends its reasoning gets 0
 *     2. extract the answer by the kind of question, from the response and from the gold text alike
 *     3. compare by rule; 4. where the rule says no, ask a judge (never for choices); the reward is 0 or 1
 *
 * Differences. The paper's rule is an exact match; the released code accepts containment in either direction,
 * even of an empty answer, and numbers of another sign or power of ten; it takes an unreadable number for 0,
 * and any "YES" in the judge's reply for a yes; a judge that fails counts as a no, or crashes after five
 * refusals, and so does a gold text without the answer phrase. `published` follows that code, but a gold text
 * without the phrase is a clear error. `strict` closes the gaps: the gold answer must be inside the
 * prediction, sign and scale of numbers count, the judge must write `[[YES]]` and no `[[NO]]`; several gold
 * answers may be given, as sentences or bare; and when the judge fails, the reward is null (ungraded): leave
 * the rollout out, do not learn that it was wrong.
 */
import {
  afterReasoning,
  extractChoice,
  extractNumber,
  extractShortAnswer,
} from '../../scoring/answer-extraction.ts';
import { coversGold, eitherContains } from '../../scoring/answer-normalisation.ts';
import { judgeSaysYes } from '../../scoring/judge-verdict.ts';
import {
  parseExtractedNumber,
  sameNumberAsPublished,
  sameNumberStrictly,
} from '../../scoring/number-match.ts';
import { RewardError } from './reward-error.ts';

export type AnswerKind = 'short-answer' | 'number' | 'choice';

/** Asks a language model whether two answers to a question are equal, and gives its whole reply. */
export type AnswerJudge = (input: {
  readonly question: string;
  readonly prediction: string;
  readonly gold: string;
}) => Promise<string>;

export interface GradedQuestion {
  readonly question: string;
  readonly kind: AnswerKind;
  /**
   * The right answers. Under the published rules a single sentence such as "Therefore, the answer is 42." or
   * "The correct answer is (B)."; under the strict rules one or more, as such sentences or bare.
   */
  readonly gold: readonly string[];
}

export interface HybridReward {
  /** 1 or 0; null (strict rules only): the judge failed, and nothing is known. */
  readonly reward: 0 | 1 | null;
  /** The extracted answer, or null where there is none. */
  readonly prediction: string | null;
  readonly decidedBy: 'missing answer' | 'rule' | 'judge';
}

export interface HybridRewardSettings {
  readonly rules: 'published' | 'strict';
  /** Absent: the rule alone decides. */
  readonly judge?: AnswerJudge | undefined;
  /**
   * Whether a response without `</think>` is wrong, as in the released training code (`required`, default),
   * or is read as a whole, as in the released evaluation (`optional`): for policies that do not reason first.
   */
  readonly reasoning?: 'required' | 'optional';
}

/** @throws RewardError A gold text from which no answer can be taken. */
export async function hybridReward(
  response: string,
  question: GradedQuestion,
  settings: HybridRewardSettings,
): Promise<HybridReward> {
  const gold = goldAnswers(question, settings.rules);
  const text = afterReasoning(response) ?? (settings.reasoning === 'optional' ? response : null);
  const prediction = text === null ? null : extract(text, question.kind);
  if (prediction === null) return { reward: 0, prediction, decidedBy: 'missing answer' };
  if (gold.some((answer) => isRight(prediction, answer, question.kind, settings.rules))) {
    return { reward: 1, prediction, decidedBy: 'rule' };
  }
  const { judge } = settings;
  if (judge === undefined || question.kind === 'choice') return { reward: 0, prediction, decidedBy: 'rule' };
  const verdicts: (0 | 1 | null)[] = [];
  for (const answer of gold) {
    const verdict = await verdictOf(
      judge,
      { question: question.question, prediction, gold: answer },
      settings.rules,
    );
    if (verdict === 1) return { reward: 1, prediction, decidedBy: 'judge' };
    verdicts.push(verdict);
  }
  return { reward: verdicts.includes(null) ? null : 0, prediction, decidedBy: 'judge' };
}

async function verdictOf(
  judge: AnswerJudge,
  input: Parameters<AnswerJudge>[0],
  rules: HybridRewardSettings['rules'],
): Promise<0 | 1 | null> {
  let reply: string;
  try {
    reply = await judge(input);
  } catch {
    return rules === 'published' ? 0 : null;
  }
  return judgeSaysYes(reply, rules === 'published' ? 'qwenlong-l1' : 'corpusqa') ? 1 : 0;
}

function extract(text: string, kind: AnswerKind): string | null {
  switch (kind) {
    case 'short-answer':
      return extractShortAnswer(text);
    case 'number':
      return extractNumber(text);
    case 'choice':
      return extractChoice(text);
  }
}

function goldAnswers({ kind, gold }: GradedQuestion, rules: HybridRewardSettings['rules']): string[] {
  if (gold.length === 0) throw new RewardError('The question has no gold answer: give at least one.');
  if (rules === 'published' && gold.length > 1) {
    throw new RewardError(
      `The question has ${gold.length} gold answers, the published rules know one: use strict rules.`,
    );
  }
  return gold.map((text) => {
    const sentence = kind === 'choice' ? `The correct answer is ${text}` : `the answer is ${text.trim()}`;
    const answer = extract(text, kind) ?? (rules === 'strict' ? extract(sentence, kind) : null);
    if (answer === null || answer === '') {
      throw new RewardError(
        `No answer can be taken from the gold text ${JSON.stringify(text.slice(0, 100))}: under the published rules ` +
          'it reads "Therefore, the answer is …" or, for choices, "The correct answer is (B)"; bare answers need ' +
          'strict rules.',
      );
    }
    return answer;
  });
}

function isRight(
  prediction: string,
  gold: string,
  kind: AnswerKind,
  rules: HybridRewardSettings['rules'],
): boolean {
  switch (kind) {
    case 'short-answer':
      return rules === 'published' ? eitherContains(prediction, gold) : coversGold(prediction, gold);
    case 'number': {
      const [predicted, expected] = [parseExtractedNumber(prediction), parseExtractedNumber(gold)];
      if (rules === 'published') return sameNumberAsPublished(predicted ?? 0, expected ?? 0);
      return predicted !== null && expected !== null && sameNumberStrictly(predicted, expected);
    }
    case 'choice':
      return prediction === gold;
  }
}
