/**
 * The official openai client against `corpuscope serve`: nothing but the base URL changes.
 *
 *   node examples/openai-client.ts
 */
import OpenAI from 'openai';
import type { AnswerSources } from '../src/index.ts'; // 'corpuscope' in your project
import { countryPrompt } from './country-prompt.ts';
import { startExampleServer } from './example-server.ts';

const { baseUrl, stop } = await startExampleServer();
const client = new OpenAI({ baseURL: baseUrl, apiKey: 'none needed on loopback' });
const messages = [{ role: 'user' as const, content: await countryPrompt() }];

const completion: OpenAI.ChatCompletion & { corpuscope?: AnswerSources } =
  await client.chat.completions.create({ model: 'embedded', messages });
console.log(completion.choices[0]?.message.content);
for (const { entity, quote } of completion.corpuscope?.evidence ?? []) console.log(`  ${entity}: ${quote}`);

const stream = await client.chat.completions.create({ model: 'embedded', messages, stream: true });
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta.content ?? '');
console.log();

await stop();
