import { describe, expect, it } from 'vitest';
import { hybridReward } from './hybrid-reward.ts';
import type { AnswerKind, HybridRewardSettings } from './hybrid-reward.ts';

const published: HybridRewardSettings = { rules: 'published' };
const strict: HybridRewardSettings = { rules: 'strict' };

function judging(reply: string, rules: HybridRewardSettings['rules'] = 'strict'): HybridRewardSettings {
  return { rules, judge: () => Promise.resolve(reply) };
}

/** The reward of "Therefore, the answer is ANSWER." after some reasoning. */
async function rewardOf(
  answer: string,
  question: { readonly kind: AnswerKind; readonly gold: readonly string[] },
  settings: HybridRewardSettings,
): Promise<0 | 1 | null> {
  const phrase = question.kind === 'choice' ? 'The correct answer is' : 'Therefore, the answer is';
  const response = `<think>Let me see.</think>\n\n${phrase} ${answer}.`;
  return (await hybridReward(response, { ...question, question: 'Which one?' }, settings)).reward;
}

describe('hybridReward', () => {
  const paris = { kind: 'short-answer', gold: ['Therefore, the answer is Paris, France.'] } as const;

  it('gives 0 to reasoning that does not end and to a response without an answer, and asks no judge', async () => {
    const question = { ...paris, question: 'Where?' };
    const settings = judging('[[YES]]');
    const unfinished = await hybridReward('<think>the answer is Paris, France', question, settings);
    expect(unfinished).toEqual({ reward: 0, prediction: null, decidedBy: 'missing answer' });
    const silent = await hybridReward('<think>…</think>Paris, France', question, settings);
    expect(silent).toEqual({ reward: 0, prediction: null, decidedBy: 'missing answer' });
  });

  it('reads a response without reasoning as a whole where reasoning is optional', async () => {
    const question = { ...paris, question: 'Where?' };
    const reward = await hybridReward('the answer is Paris, France', question, {
      rules: 'strict',
      reasoning: 'optional',
    });
    expect(reward).toEqual({ reward: 1, prediction: 'Paris, France', decidedBy: 'rule' });
  });

  it('accepts containment in either direction as published, only the gold answer inside strictly', async () => {
    expect(await rewardOf('in Paris, France', paris, published)).toBe(1);
    expect(await rewardOf('in Paris, France', paris, strict)).toBe(1);
    expect(await rewardOf('Paris', paris, published)).toBe(1);
    expect(await rewardOf('Paris', paris, strict)).toBe(0);
    expect(await rewardOf('the', paris, published)).toBe(1);
    expect(await rewardOf('the', paris, strict)).toBe(0);
  });

  it('forgives sign and scale of numbers as published, neither strictly', async () => {
    const question = { kind: 'number', gold: ['Therefore, the answer is 1,250.'] } as const;
    const rewards = (answers: readonly string[], settings: HybridRewardSettings) =>
      Promise.all(answers.map((answer) => rewardOf(answer, question, settings)));
    const answers = ['1250', '$1,251', '-1250', '12.5', '1300', '-$1250', '1.2.3'];
    expect(await rewards(answers, published)).toEqual([1, 1, 1, 1, 0, 0, 0]);
    expect(await rewards(answers, strict)).toEqual([1, 1, 0, 0, 0, 0, 0]);
  });

  it('takes an unreadable number for 0 as published', async () => {
    const zero = { kind: 'number', gold: ['the answer is 0'] } as const;
    expect(await rewardOf('1.2.3', zero, published)).toBe(1);
    expect(await rewardOf('1.2.3', zero, strict)).toBe(0);
  });

  it('compares letters of choices, and asks no judge', async () => {
    const question = { kind: 'choice', gold: ['The correct answer is (B)'] } as const;
    expect(await rewardOf('(B)', question, published)).toBe(1);
    expect(await rewardOf('C', question, judging('[[YES]]'))).toBe(0);
  });

  it('knows several and bare gold answers under strict rules', async () => {
    expect(await rewardOf('the UK', { kind: 'short-answer', gold: ['United Kingdom', 'UK'] }, strict)).toBe(
      1,
    );
    expect(await rewardOf('1234.5', { kind: 'number', gold: ['$1,234.50'] }, strict)).toBe(1);
    expect(await rewardOf('(D)', { kind: 'choice', gold: ['D'] }, strict)).toBe(1);
  });

  it('asks the judge where the rule says no, with the extracted answers', async () => {
    const asked: unknown[] = [];
    const judge: HybridRewardSettings['judge'] = (input) => {
      asked.push(input);
      return Promise.resolve('They name the same city. [[YES]]');
    };
    expect(await rewardOf('Paris, France', paris, { rules: 'strict', judge })).toBe(1);
    expect(asked).toEqual([]);
    expect(await rewardOf('**Lutetia**', paris, { rules: 'strict', judge })).toBe(1);
    expect(asked).toEqual([{ question: 'Which one?', prediction: 'Lutetia', gold: 'Paris, France' }]);
  });

  it('takes any YES for a yes as published, only a clear verdict strictly', async () => {
    const reply = 'It is not a YES. [[NO]]';
    expect(await rewardOf('Lyon', paris, judging(reply, 'published'))).toBe(1);
    expect(await rewardOf('Lyon', paris, judging(reply))).toBe(0);
  });

  it('takes a judge that fails for a no as published, and leaves the reward open strictly', async () => {
    const judge = () => Promise.reject(new Error('overloaded'));
    expect(await rewardOf('Lyon', paris, { rules: 'published', judge })).toBe(0);
    expect(await rewardOf('Lyon', paris, { rules: 'strict', judge })).toBeNull();
  });

  it('refuses a gold text from which no answer can be taken', async () => {
    const bare = { kind: 'short-answer', gold: ['Paris'] } as const;
    await expect(rewardOf('Paris', bare, published)).rejects.toThrow(
      'No answer can be taken from the gold text "Paris"',
    );
    const words = { kind: 'number', gold: ['a dozen'] } as const;
    await expect(rewardOf('12', words, strict)).rejects.toThrow('"a dozen"');
    await expect(rewardOf('12', { kind: 'number', gold: [] }, strict)).rejects.toThrow('no gold answer');
    const two = { kind: 'short-answer', gold: ['the answer is a', 'the answer is b'] } as const;
    await expect(rewardOf('a', two, published)).rejects.toThrow('2 gold answers');
  });
});
