import { Hono, type Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { checkHostAndOrigin, checkToken, type AccessHeaders, type AccessPolicy } from './access.ts';
import { errorBody, invalidRequest, toApiError, type ApiError } from './api-error.ts';
import { completeChat, streamChat, type ChatServices } from './chat-completions.ts';
import { parseChatRequest, type ChatRequest } from './chat-request.ts';
import { eventStream, eventStreamHeaders } from './event-stream.ts';
import { listModelNames } from './model-names.ts';
import type { BodyMemory } from './request-body.ts';
import { LogEntry, type RequestLog } from './request-log.ts';
import type { UnderWay, WorkingRequest } from './under-way.ts';

export interface AppOptions {
  readonly services: ChatServices;
  readonly access: AccessPolicy;
  readonly bodies: BodyMemory;
  readonly underWay: UnderWay;
  readonly keepAliveMilliseconds: number;
  readonly onRequest: (log: RequestLog) => void;
  readonly onError: (error: unknown) => void;
}

/** What a request carries through the application. */
interface AppEnvironment {
  Variables: { log: LogEntry };
}

type AppContext = Context<AppEnvironment>;

const chatPath = '/v1/chat/completions';

/**
 * The server without its socket: `POST /v1/chat/completions` and `GET /v1/models` as OpenAI's API has them, and
 * `GET /health`, which needs no token. Every error has OpenAI's form.
 */
export function createApp(options: AppOptions): Hono<AppEnvironment> {
  const { services, access, underWay, onRequest, onError } = options;
  const names = listModelNames(services.names);
  const created = Math.floor(Date.now() / 1000);
  const modelEntry = (id: string): object => ({ id, object: 'model', created, owned_by: 'corpuscope' });
  const app = new Hono<AppEnvironment>();

  app.use(async (context, next) => {
    const { method, path } = context.req;
    const log = new LogEntry({ method, path }, onRequest);
    context.set('log', log);
    await next();
    // Streams are logged at their end; who watches over the server asks often.
    const isProbe = path === '/health' && context.res.ok;
    if (!isProbe && !isEventStream(context.res)) log.write(context.res.status);
  });
  app.use(async (context, next) => {
    const headers = accessHeaders(context);
    checkHostAndOrigin(headers, access);
    if (headers.origin !== undefined) {
      context.header('access-control-allow-origin', headers.origin);
      context.header('vary', 'origin');
    }
    if (context.req.method === 'OPTIONS') return preflight(context);
    if (context.req.path !== '/health') checkToken(headers, access);
    return await next();
  });
  app.get('/health', (context) =>
    underWay.isDraining ? context.json({ status: 'stopping' }, 503) : context.json({ status: 'ok' }),
  );
  app.get('/v1/models', (context) => context.json({ object: 'list', data: names.map(modelEntry) }));
  app.get('/v1/models/:id{.+}', (context) => {
    const id = context.req.param('id');
    if (names.includes(id)) return context.json(modelEntry(id));
    throw invalidRequest({
      status: 404,
      code: 'model_not_found',
      message: `There is no model ${JSON.stringify(id)}; GET /v1/models lists those there are.`,
    });
  });
  app.post(chatPath, (context) => answerChat(context, options));
  app.all('*', ({ req: { method, path } }) => {
    throw invalidRequest({
      status: 404,
      code: 'not_found',
      message: `There is no ${method} ${path}; there are POST ${chatPath}, GET /v1/models and GET /health.`,
    });
  });
  app.onError((error, context) => {
    const apiError = toApiError(error);
    if (apiError.status >= 500) onError(error);
    context.get('log').failed(apiError);
    return errorResponse(context, apiError);
  });
  return app;
}

async function answerChat(context: AppContext, options: AppOptions): Promise<Response> {
  const { bodies, underWay } = options;
  const working = underWay.begin(context.req.raw.signal);
  let release = (): void => {};
  const end = (): void => {
    release();
    working.end();
  };
  try {
    const read = await bodies.readJson(context.req.raw);
    release = read.release;
    const request = parseChatRequest(read.body);
    context.get('log').asked(request);
    if (request.stream) return await answerInEvents(context, { request, working, end, options });
    const { body, report } = await completeChat(request, {
      services: options.services,
      signal: working.signal,
    });
    context.get('log').answered(report);
    end();
    return context.json(body);
  } catch (error) {
    end();
    throw causeOf(error, working);
  }
}

/** Returns when the first event is about to be sent; the rest follows by itself. */
async function answerInEvents(
  context: AppContext,
  {
    request,
    working,
    end,
    options: { services, keepAliveMilliseconds, onError },
  }: { request: ChatRequest; working: WorkingRequest; end: () => void; options: AppOptions },
): Promise<Response> {
  const log = context.get('log');
  const sendAll = await streamChat(request, { services, signal: working.signal });
  const body = eventStream({
    signal: working.signal,
    keepAliveMilliseconds,
    onGone: () => working.leave(),
    work: async (sink) => {
      try {
        log.answered(await sendAll(sink));
        log.write(200);
      } catch (error) {
        const apiError = toApiError(causeOf(error, working));
        if (apiError.status >= 500) onError(error);
        log.failed(apiError);
        log.write(apiError.status);
        throw apiError;
      } finally {
        end();
      }
    },
  });
  return context.body(body, 200, eventStreamHeaders);
}

/** Work that was told to stop fails in ways of its own; why it was told is what counts. */
function causeOf(error: unknown, { signal }: WorkingRequest): unknown {
  return signal.aborted ? signal.reason : error;
}

function accessHeaders({ req }: AppContext): AccessHeaders {
  return {
    host: req.header('host'),
    origin: req.header('origin'),
    authorization: req.header('authorization'),
  };
}

/** The answer to a browser that asks whether a page may send its request. The origin has been checked. */
function preflight(context: AppContext): Response {
  context.header('access-control-allow-methods', 'GET, POST');
  context.header(
    'access-control-allow-headers',
    context.req.header('access-control-request-headers') ?? 'authorization, content-type',
  );
  context.header('access-control-max-age', '600');
  return context.body(null, 204);
}

function errorResponse(context: AppContext, error: ApiError): Response {
  const { status, retryAfterSeconds } = error;
  if (retryAfterSeconds !== null) context.header('retry-after', String(retryAfterSeconds));
  // Any status of an error has a body.
  return context.json(errorBody(error), status as ContentfulStatusCode);
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') === true;
}
