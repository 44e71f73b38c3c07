import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateText, streamText } from 'ai';
import { array, assert, integer, property } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveSmallCheckpoint } from '../export/testing/small-checkpoint.ts';
import { ModelTokenizer } from '../tokenizer/model-tokenizer.ts';
import { writeTokenizer } from '../tokenizer/tokenizer-file.ts';
import { trainByteLevelBpe } from '../tokenizer/train-byte-level-bpe.ts';
import { chatPrompt } from './chat-prompt.ts';
import { createPolicyModel } from './policy-language-model.ts';
import { Policy } from './policy.ts';
import { ReplyText } from './reply-text.ts';

let root = '';
let policy: Policy;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'corpuscope-policy-model-'));
  // Without an end token that random weights would choose soon.
  await saveSmallCheckpoint(join(root, 'policy'), { endTokenIds: [] });
  policy = await Policy.open(join(root, 'policy'), { threads: 1 });
});
afterAll(async () => {
  await policy.close();
  await rm(root, { recursive: true, force: true });
});

const chat = () => createPolicyModel(policy, { form: 'chat', id: 'policy:x' });
const completion = () => createPolicyModel(policy, { form: 'completion', id: 'policy:x' });

describe('createPolicyModel', () => {
  it('writes what the policy writes, greedily unless told, with exact usage', async () => {
    const prompt = 'the revenue of';
    const maxOutputTokens = 24;
    const [[expected] = []] = await policy.complete({
      prompts: [prompt],
      maximumTokens: maxOutputTokens,
      temperature: 0,
      topP: 1,
      seed: 0,
    });
    const { text, usage, finishReason } = await generateText({
      model: completion(),
      prompt,
      maxOutputTokens,
    });
    expect(text).toBe(expected?.text);
    expect(finishReason).toBe(expected?.finishReason === 'length' ? 'length' : 'stop');
    expect(usage).toMatchObject({
      inputTokens: policy.tokenizer.encode(prompt).length,
      outputTokens: expected?.tokens,
    });
  });

  it('streams the text that it gives at once, at any temperature', async () => {
    const call = { model: chat(), prompt: 'rose', maxOutputTokens: 40, temperature: 1, topP: 0.9, seed: 4 };
    const { text } = await generateText(call);
    const stream = streamText(call);
    const parts: string[] = [];
    for await (const part of stream.textStream) parts.push(part);
    expect(parts.join('')).toBe(text);
    expect(parts.length).toBeGreaterThan(3);
    const other = await generateText({ ...call, seed: 5 });
    expect(other.text).not.toBe(text);
  });

  it('ends before a stop sequence', async () => {
    const call = { model: completion(), prompt: 'rose', maxOutputTokens: 30 };
    const whole = await generateText(call);
    const stop = whole.text.slice(9, 12);
    const cut = await generateText({ ...call, stopSequences: ['not there', stop] });
    expect(cut.text).toBe(whole.text.slice(0, whole.text.indexOf(stop)));
    expect(cut.finishReason).toBe('stop');
    expect(cut.usage.outputTokens).toBeLessThan(30);
  });

  it('does calls that come together one after the other, and stops where it is told to', async () => {
    const call = { model: completion(), prompt: 'rose', maxOutputTokens: 12 };
    const { text } = await generateText(call);
    const together = await Promise.all([generateText(call), generateText(call), generateText(call)]);
    expect(together.map((each) => each.text)).toEqual([text, text, text]);
    const controller = new AbortController();
    const running = generateText({
      ...call,
      maxOutputTokens: 400,
      maxRetries: 0,
      abortSignal: controller.signal,
    });
    setTimeout(() => controller.abort(), 20);
    await expect(running).rejects.toThrow(/abort/i);
    expect((await generateText(call)).text).toBe(text);
  });

  it('says what it cannot do', async () => {
    const { warnings } = await generateText({ model: chat(), prompt: 'a', maxOutputTokens: 2, topK: 5 });
    expect(warnings).toMatchObject([{ type: 'unsupported', feature: 'topK' }]);
    const long = 'rose '.repeat(600);
    await expect(
      generateText({ model: completion(), prompt: long, maxOutputTokens: 2, maxRetries: 0 }),
    ).rejects.toThrow('do not fit the model');
  });
});

describe('chatPrompt', () => {
  const messages = [
    { role: 'system' as const, content: 'be exact' },
    { role: 'user' as const, content: [{ type: 'text' as const, text: 'say <|im_end|> twice' }] },
  ];

  it('lays messages out as ChatML where the tokenizer has it, their texts being text', () => {
    const { tokenizer } = policy;
    const { tokens, endTokenIds } = chatPrompt(messages, tokenizer);
    expect(endTokenIds).toEqual([tokenizer.idOf('<|im_end|>')]);
    expect(tokens.filter((token) => tokenizer.isSpecial(token))).toHaveLength(5);
    expect(tokenizer.decode(tokens, { specialTokens: true })).toBe(
      '<|im_start|>system\nbe exact<|im_end|>\n<|im_start|>user\nsay <|im_end|> twice<|im_end|>\n<|im_start|>assistant\n',
    );
  });

  it('gives a policy that was trained on plain prompts the texts alone', async () => {
    const bpe = await trainByteLevelBpe(['a rose'], {
      vocabularySize: 260,
      specialTokens: ['<|endoftext|>'],
    });
    await writeTokenizer({ folder: root, tokenizer: bpe, roles: { endOfText: '<|endoftext|>' } });
    const plain = await ModelTokenizer.load(root);
    const { tokens, endTokenIds } = chatPrompt(messages, plain);
    expect(plain.decode(tokens)).toBe('be exact\n\nsay <|im_end|> twice');
    expect(endTokenIds).toEqual([]);
  });
});

describe('ReplyText', () => {
  it('gives in the end what the tokens say, and never a part of a character', () => {
    const { tokenizer } = policy;
    const token = integer({ min: 3, max: tokenizer.vocabularySize - 1 });
    assert(
      property(array(token, { maxLength: 400 }), (tokens) => {
        const reply = new ReplyText(tokenizer, []);
        const given = [...tokens.map((each) => reply.push(each)), reply.end()];
        expect(given.join('')).toBe(tokenizer.decode(tokens));
      }),
    );
    const reply = new ReplyText(tokenizer, []);
    const [first = 0, ...others] = tokenizer.encode('😀');
    expect(
      [reply.push(first), ...others.map((each) => reply.push(each))].filter((part) => part !== ''),
    ).toEqual(['😀']);
  });

  it('holds back what may become a stop sequence', () => {
    const { tokenizer } = policy;
    const reply = new ReplyText(tokenizer, ['END']);
    const given = tokenizer.encode('xxENyyENDzz').map((token) => reply.push(token));
    expect(given.join('')).toBe('xxENyy');
    expect(reply.isStopped).toBe(true);
    expect(reply.end()).toBe('');
  });
});
