// Preloaded (`--import`) into a process that is to be killed: writes down which answers it has read to their last
// byte, and which broke off, before anything is made of them. Each line is written at once and stays when the process
// dies: `read` or `ended`, and the number that the test server gave the request. RECEIPTS names the file.
import { openSync, writeSync } from 'node:fs';
import { requestNumberHeader } from './misbehaving-server.ts';

const file = openSync(process.env['RECEIPTS'] ?? '', 'a');
const send = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const response = await send(input, init);
  const number = response.headers.get(requestNumberHeader);
  const source = response.body?.getReader();
  if (number === null || source === undefined) return response;
  const note = (what: 'read' | 'ended'): void => void writeSync(file, `${what} ${number}\n`);
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      try {
        const { done, value } = await source.read();
        if (!done) {
          controller.enqueue(value);
          return;
        }
        note('read');
        controller.close();
      } catch (error) {
        note('ended');
        controller.error(error);
      }
    },
    cancel: (reason) => {
      note('ended');
      return source.cancel(reason);
    },
  });
  return new Response(body, response);
};
