import { request as httpRequest } from 'node:http';
import type { TestServer } from './start-test-server.ts';

/** A request that fits any window. */
export const hello = { model: 'compatible:test', messages: [{ role: 'user', content: 'Hello' }] };

/** A request for a chat completion; a string is sent as it is. */
export function post(
  server: TestServer,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${server.baseUrl}/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A GET with any headers, `Host` included, which fetch does not allow. */
export function get(url: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on('error', reject).end();
  });
}
