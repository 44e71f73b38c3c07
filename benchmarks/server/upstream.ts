/** A model server that answers every request at once with the same few words, streamed or not. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

const words = ['The ', 'model ', 'answers ', 'in ', 'eight ', 'short ', 'words ', 'now.'];
const usage = { prompt_tokens: 20, completion_tokens: 9, total_tokens: 29 };
const head = { id: 'answer', created: 1_700_000_000, model: 'test' };
const chunk = (body: object): string => `data: ${JSON.stringify({ ...head, ...body })}\n\n`;
const whole = JSON.stringify({
  ...head,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: words.join('') }, finish_reason: 'stop' }],
  usage,
});
const events = [
  ...words.map((content) => chunk({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })),
  chunk({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  chunk({ choices: [], usage }),
  'data: [DONE]\n\n',
];

const server = createServer(async (request, response) => {
  const body: { stream?: boolean } = JSON.parse(await text(request));
  if (body.stream === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) response.write(event);
    response.end();
  } else {
    response.writeHead(200, { 'content-type': 'application/json' }).end(whole);
  }
});
server.keepAliveTimeout = 65_000;
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}`);
});
