/**
 * `corpuscope serve` without any client: one POST, and a stream of events read by hand.
 *
 *   node examples/plain-fetch.ts
 */
import { countryPrompt } from './country-prompt.ts';
import { startExampleServer } from './example-server.ts';

const { baseUrl, stop } = await startExampleServer();
const messages = [{ role: 'user', content: await countryPrompt() }];
const post = (body: object): Promise<Response> =>
  fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

// "table" instead of the model's name: that strategy instead of the server's own choice.
const response = await post({ model: 'table', messages });
const completion = JSON.parse(await response.text());
if (!response.ok) throw new Error(completion.error.message);
console.log(completion.choices[0].message.content);
console.log(completion.corpuscope.sql);

const { body } = await post({ model: 'table', messages, stream: true });
for await (const line of lines(body ?? [])) {
  // Lines that begin with a colon are comments that keep the connection alive.
  if (!line.startsWith('data: ') || line === 'data: [DONE]') continue;
  const event = JSON.parse(line.slice('data: '.length));
  process.stdout.write(event.choices[0]?.delta.content ?? '');
}
console.log();

await stop();

async function* lines(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const parts = `${rest}${decoder.decode(chunk, { stream: true })}`.split('\n');
    rest = parts.pop() ?? '';
    yield* parts;
  }
}
