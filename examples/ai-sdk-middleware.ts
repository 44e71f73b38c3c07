/**
 * An app on the AI SDK whose model takes 32,000 tokens and is given 350,000: the middleware answers.
 *
 *   node examples/ai-sdk-middleware.ts
 *
 * It runs offline on the embedded model; with another, `model` is openai('gpt-5-mini') and the like.
 */
import { generateText, streamText, wrapLanguageModel } from 'ai';
import { createEmbeddedModel } from '../src/embedded/index.ts'; // 'corpuscope/embedded' in your project
import { longContext, type AnswerSources } from '../src/index.ts'; // 'corpuscope'
import { loadTokenizer } from '../src/corpus/index.ts'; // 'corpuscope/corpus'
import { countryPrompt } from './country-prompt.ts';

const limits = { windowTokens: 32_000, maximumOutputTokens: 4_000 };
const model = wrapLanguageModel({
  model: createEmbeddedModel({ limits, tokenizer: await loadTokenizer('o200k') }),
  middleware: longContext(limits),
});
const prompt = await countryPrompt();

const { text, providerMetadata, usage } = await generateText({ model, prompt });
console.log(text);

// What the answer rests on; a prompt that fits the window has none.
const sources = providerMetadata?.['corpuscope'] as AnswerSources | undefined;
for (const { entity, quote, location } of sources?.evidence ?? []) {
  console.log(`  ${entity}: ${quote} (${location})`);
}
console.log(`from ${sources?.coverage.read} documents, with ${usage.totalTokens} tokens of the model`);

// The documents have been read; asked again, the answer comes at once.
for await (const delta of streamText({ model, prompt }).textStream) process.stdout.write(delta);
console.log();
