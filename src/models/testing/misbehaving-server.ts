import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { createFaultSchedule, type Fault, type FaultRates } from './fault-schedule.ts';

/** What each request that is being served said. */
const bodies = new WeakMap<IncomingMessage, string>();

const requestShape = z.looseObject({
  model: z.string(),
  stream: z.boolean().default(false),
  stream_options: z.looseObject({ include_usage: z.boolean().default(false) }).optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })).optional(),
  prompt: z.string().optional(),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).optional(),
  response_format: z.looseObject({ type: z.string() }).optional(),
  max_tokens: z.number().optional(),
});

export type ServedRequest = z.infer<typeof requestShape>;

/** What the server can do. It refuses with status 400 what it cannot, or ignores it. */
export interface ServerAbilities {
  readonly jsonSchema: 'yes' | 'refuse' | 'ignore';
  readonly tools: 'yes' | 'refuse' | 'ignore';
  readonly chat: boolean;
  readonly completions: boolean;
  readonly streaming: boolean;
}

export interface MisbehavingServerOptions {
  readonly seed?: number;
  readonly rates?: FaultRates;
  /** The right answer to a request: the text, or the arguments where a tool was asked for. */
  readonly answer: (request: ServedRequest) => string;
  readonly abilities?: Partial<ServerAbilities>;
  /** How long it thinks before it answers. */
  readonly latencyMilliseconds?: number;
  /** How many characters a streamed chunk has, each chunk being one token. */
  readonly chunkCharacters?: number;
  /** Whether the count of output tokens includes the end of the answer, as with most servers. */
  readonly countsEndToken?: boolean;
  readonly retryAfterSeconds?: number;
  /** Sent with every answer, such as `x-ratelimit-…`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A server on another host than loopback cannot be had. 0 takes a free port. */
  readonly port?: number;
}

/** The header by which an answer says which of the server's requests it belongs to, counted from 0. */
export const requestNumberHeader = 'x-request-number';

/** A request as the server remembers it. */
export interface RecordedRequest {
  /** Equal for requests with the same content, streamed or not. */
  readonly content: string;
  readonly fault: Fault | null;
  /** Whether an answer went out whole. An answer with wrong content is one; a refusal or a cut one is not. */
  answered: boolean;
  /** Milliseconds since the server started. */
  readonly receivedAt: number;
}

export interface MisbehavingServer {
  /** Ends in `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly RecordedRequest[];
  /** Requests that have arrived and neither been answered nor ended otherwise. */
  inFlight(): number;
  close(): Promise<void>;
}

/**
 * Starts an OpenAI-compatible server on loopback that misbehaves in the ways of {@link Fault}, each at its rate,
 * the same way for the same seed: `/v1/chat/completions` and `/v1/completions`, streamed and not, and `/v1/models`.
 */
export async function startMisbehavingServer(options: MisbehavingServerOptions): Promise<MisbehavingServer> {
  const schedule = createFaultSchedule({ seed: options.seed ?? 0, rates: options.rates ?? 0 });
  const requests: RecordedRequest[] = [];
  const started = performance.now();
  let inFlight = 0;
  const server = createServer((request, response) => {
    inFlight += 1;
    response.once('close', () => (inFlight -= 1));
    serve(request, response).catch(() => response.destroy());
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/v1/models') {
      sendJson(response, { status: 200, body: { object: 'list', data: [{ id: 'test', object: 'model' }] } });
      return;
    }
    const body = await text(request);
    bodies.set(request, body);
    const parsed = requestShape.safeParse(JSON.parse(body));
    const refusal = parsed.success
      ? refusalOf(request.url ?? '', parsed.data, options.abilities ?? {})
      : { status: 400, message: 'invalid request' };
    if (refusal !== null || !parsed.success) {
      const { status = 400, message = '' } = refusal ?? {};
      sendError(response, { status, message, type: 'invalid_request_error' });
      return;
    }
    const content = contentOf(parsed.data);
    const record: RecordedRequest = {
      content,
      fault: schedule(content),
      answered: false,
      receivedAt: performance.now() - started,
    };
    response.setHeader(requestNumberHeader, requests.length);
    requests.push(record);
    if (options.latencyMilliseconds !== undefined) await delay(options.latencyMilliseconds);
    response.once('finish', () => (record.answered = response.statusCode === 200));
    for (const [name, value] of Object.entries(options.headers ?? {})) response.setHeader(name, value);
    await answer({ request: parsed.data, response, fault: record.fault, options });
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    inFlight: () => inFlight,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function refusalOf(
  url: string,
  request: ServedRequest,
  {
    jsonSchema = 'yes',
    tools = 'yes',
    chat = true,
    completions = true,
    streaming = true,
  }: Partial<ServerAbilities>,
): { status: number; message: string } | null {
  const isChat = url === '/v1/chat/completions';
  if (!(isChat ? chat : completions && url === '/v1/completions'))
    return { status: 404, message: 'not found' };
  if ((isChat ? request.messages : request.prompt) === undefined) {
    return { status: 400, message: isChat ? 'messages is required' : 'prompt is required' };
  }
  if (!streaming && request.stream) return { status: 400, message: 'stream is not supported' };
  if (jsonSchema === 'refuse' && request.response_format?.type === 'json_schema') {
    return { status: 400, message: 'response_format json_schema is not supported' };
  }
  if (tools === 'refuse' && request.tools !== undefined) {
    return { status: 400, message: 'tools are not supported' };
  }
  return null;
}

function contentOf(request: ServedRequest): string {
  const content = JSON.stringify({ ...request, stream: undefined, stream_options: undefined });
  return createHash('sha256').update(content).digest('hex').slice(0, 24);
}

interface AnswerInput {
  readonly request: ServedRequest;
  readonly response: ServerResponse;
  readonly fault: Fault | null;
  readonly options: MisbehavingServerOptions;
}

async function answer({ request, response, fault, options }: AnswerInput): Promise<void> {
  if (fault === 'rate-limit' || fault === 'rate-limit-without-hint') {
    if (fault === 'rate-limit') response.setHeader('retry-after', String(options.retryAfterSeconds ?? 0.02));
    const error = { type: 'requests', code: 'rate_limit_exceeded' };
    sendError(response, { status: 429, message: 'Rate limit reached', ...error });
  } else if (fault === 'server-error') {
    sendError(response, { status: 500, message: 'internal error', type: 'server_error' });
  } else {
    const right = options.answer(request);
    const given = spoil(right, fault);
    const chunks = inChunks(given, options.chunkCharacters ?? 4);
    const usage = usageOf(request, chunks.length + ((options.countsEndToken ?? true) ? 1 : 0));
    const reply: Reply = {
      request,
      given,
      chunks,
      usage,
      withTool: withTool(request, options.abilities ?? {}),
    };
    if (request.stream) await sendStream(response, reply, fault);
    else await sendWhole(response, reply, fault);
  }
}

function withTool(request: ServedRequest, { tools = 'yes' }: Partial<ServerAbilities>): string | null {
  return tools === 'yes' ? (request.tools?.[0]?.function.name ?? null) : null;
}

function spoil(right: string, fault: Fault | null): string {
  if (fault === 'truncated') return right.slice(0, Math.ceil(right.length / 2));
  if (fault === 'fenced') return `Here is the answer:\n\n\`\`\`json\n${right}\n\`\`\``;
  if (fault === 'wrong-schema') return '{"unexpected": true}';
  return fault === 'empty' ? '' : right;
}

function inChunks(whole: string, characters: number): string[] {
  const chunks: string[] = [];
  for (let start = 0; start < whole.length; start += characters) {
    chunks.push(whole.slice(start, start + characters));
  }
  return chunks;
}

interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
}

function usageOf(request: ServedRequest, completion: number): Usage {
  const prompt = Math.ceil(JSON.stringify(request.messages ?? request.prompt).length / 4);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

interface Reply {
  readonly request: ServedRequest;
  readonly given: string;
  readonly chunks: readonly string[];
  readonly usage: Usage;
  /** The name of the tool that is called instead of answering in text. */
  readonly withTool: string | null;
}

const envelope = { id: 'answer-1', created: 1_700_000_000, model: 'test' };

async function sendWhole(response: ServerResponse, reply: Reply, fault: Fault | null): Promise<void> {
  const { request, given, usage, withTool } = reply;
  const message =
    withTool === null
      ? { role: 'assistant', content: given }
      : { role: 'assistant', content: null, tool_calls: [toolCall(withTool, given)] };
  const finish_reason = withTool === null ? 'stop' : 'tool_calls';
  const choice =
    request.prompt === undefined
      ? { index: 0, message, finish_reason }
      : { index: 0, text: given, finish_reason };
  const body = { ...envelope, object: 'chat.completion', choices: [choice], usage };
  if (fault !== 'reset' && fault !== 'stall') {
    sendJson(response, { status: 200, body });
    return;
  }
  const content = Buffer.from(JSON.stringify(body));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': content.length });
  response.write(content.subarray(0, content.length >> 1));
  await breakOff(response, fault);
}

async function sendStream(response: ServerResponse, reply: Reply, fault: Fault | null): Promise<void> {
  const { request, chunks, usage, withTool } = reply;
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
  response.flushHeaders();
  const send = (body: object): boolean =>
    response.write(`data: ${JSON.stringify({ ...envelope, ...body })}\n\n`);
  const sendChoice = (choice: object): boolean => send({ choices: [{ index: 0, ...choice }] });
  const delta = (chunk: string): object => {
    if (request.prompt !== undefined) return { text: chunk, finish_reason: null };
    if (withTool === null) return { delta: { content: chunk }, finish_reason: null };
    return { delta: { tool_calls: [{ index: 0, function: { arguments: chunk } }] }, finish_reason: null };
  };
  if (withTool !== null) sendChoice({ delta: { tool_calls: [{ ...toolCall(withTool, ''), index: 0 }] } });
  const middle = Math.ceil(chunks.length / 2);
  for (const [index, chunk] of chunks.entries()) {
    sendChoice(delta(chunk));
    if (index + 1 !== middle) continue;
    if (fault === 'reset' || fault === 'stall') {
      await breakOff(response, fault);
      return;
    }
    if (fault === 'duplicated-chunk') sendChoice(delta(chunk));
  }
  const finish_reason = withTool === null ? 'stop' : 'tool_calls';
  sendChoice(request.prompt === undefined ? { delta: {}, finish_reason } : { text: '', finish_reason });
  if (request.stream_options?.include_usage === true) send({ choices: [], usage });
  response.end('data: [DONE]\n\n');
}

function toolCall(name: string, given: string): object {
  return { id: 'call-1', type: 'function', function: { name, arguments: given } };
}

/** What was written is sent; then the connection is reset, or stays open without another byte. */
async function breakOff(response: ServerResponse, fault: 'reset' | 'stall'): Promise<void> {
  if (fault === 'stall') return;
  await delay(5);
  response.socket?.resetAndDestroy();
}

/** Like some real servers, it repeats in its errors what it was sent: key, prompt and all. */
function sendError(
  response: ServerResponse,
  { status, message, ...error }: { status: number; message: string; type: string; code?: string },
): void {
  const { url, headers } = response.req;
  const echo = `${url} ${headers.authorization} ${bodies.get(response.req)}`;
  sendJson(response, { status, body: { error: { message: `${message}. Request: ${echo}`, ...error } } });
}

function sendJson(response: ServerResponse, { status, body }: { status: number; body: object }): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
