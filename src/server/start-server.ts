import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import { Budget, ConcurrencyLimit } from '../models/index.ts';
import { createStrategy } from '../strategies/index.ts';
import { isLoopback } from './access.ts';
import { createApp } from './create-app.ts';
import { BodyMemory } from './request-body.ts';
import { ServerError } from './server-error.ts';
import { defaultServerLimits, type ServerOptions } from './server-options.ts';
import { UnderWay } from './under-way.ts';
import { Upstream } from './upstream.ts';

/** A server that listens. */
export interface RunningServer {
  /** What clients call: `http://127.0.0.1:8080`; OpenAI clients take it with `/v1` behind. */
  readonly url: string;
  /** Requests whose answer is not complete. */
  underWay(): number;
  /**
   * Stops: takes no new work, lets what is under way end within the time that the limits give it, and closes all
   * connections.
   */
  stop(): Promise<void>;
}

/** Longer than proxies keep theirs (60 s as a rule), so that none sends a request on a connection just closed. */
const idleConnectionMilliseconds = 65_000;

/** Large bodies are held a few times over while they are worked on. */
const largestBodiesHeldAtOnce = 4;

/**
 * Starts an OpenAI-compatible server in front of a model: prompts that fit its window go to it as they are; longer
 * ones, and questions to a corpus, are answered by a strategy.
 *
 * @throws {ServerError} when it cannot listen, or would be open to others without a token.
 * @throws {StrategyError} when the strategy cannot be made.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { model, client, settings, strategy, corpora = new Map(), token = null } = options;
  const { host = '127.0.0.1', allowedHosts = [], allowedOrigins = [] } = options;
  const { onRequest = () => {}, onError = () => {} } = options;
  const limits = { ...defaultServerLimits, ...options.limits };
  if (token === null && !isLoopback(host)) {
    throw new ServerError({
      message: `On ${host} the server can be reached from other machines, and it has no token.`,
      remedy: 'Give it one with --token or the environment variable CORPUSCOPE_TOKEN, or leave --host out.',
    });
  }
  // A strategy that cannot be made is known now, not with the first request.
  createStrategy({ name: strategy, model: client, settings });
  const underWay = new UnderWay({
    maximum: limits.concurrency,
    requestMilliseconds: limits.requestMilliseconds,
  });
  const app = createApp({
    services: {
      ...options,
      upstream: new Upstream({ model, budget: options.budget ?? new Budget() }),
      names: { upstreamId: model.id, strategy, corpora: [...corpora.keys()] },
      strategyPlaces: new ConcurrencyLimit(limits.strategiesAtOnce),
    },
    access: { token, host, allowedHosts, allowedOrigins },
    bodies: new BodyMemory({
      maximumBodyBytes: limits.maximumBodyBytes,
      maximumTotalBytes: limits.maximumBodyBytes * largestBodiesHeldAtOnce,
    }),
    underWay,
    keepAliveMilliseconds: limits.keepAliveMilliseconds,
    onRequest,
    onError,
  });
  // Created without options of its own, it is a server of node:http.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false }) as Server;
  server.keepAliveTimeout = idleConnectionMilliseconds;
  const url = await listen(server, { host, port: options.port });
  return {
    url,
    underWay: () => underWay.count,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      const deadline = setTimeout(() => underWay.abort(), limits.drainMilliseconds);
      await underWay.drain();
      clearTimeout(deadline);
      await finishResponses(server, closed);
    },
  };
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, { host, port })));
    server.listen(port, host.replace(/^\[|\]$/g, ''), () => {
      const address = server.address();
      if (address === null || typeof address === 'string') {
        reject(new ServerError({ message: 'The server has no address.', remedy: 'Choose another --host.' }));
        return;
      }
      const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      resolve(`http://${name}:${address.port}`);
    });
  });
}

function listenError(
  error: NodeJS.ErrnoException,
  { host, port }: { host: string; port: number },
): ServerError {
  const { code } = error;
  if (code === 'EADDRINUSE') {
    return new ServerError({
      message: `Port ${port} on ${host} is in use by another process.`,
      remedy: 'Choose another with --port, or 0 for any that is free.',
      cause: error,
    });
  }
  const remedy =
    code === 'EACCES'
      ? 'Ports below 1024 need special rights; choose a higher one with --port.'
      : 'Choose an address of this machine with --host.';
  return new ServerError({
    message: `The server cannot listen on port ${port} of ${host} (${code ?? error.message}).`,
    remedy,
    cause: error,
  });
}

const lastWordsMilliseconds = 1_000;

/** The work is done; what it has written may still be on its way. Connections without a request are closed at once. */
async function finishResponses(server: Server, closed: Promise<unknown>): Promise<void> {
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const giveUp = setTimeout(() => server.closeAllConnections(), lastWordsMilliseconds);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(giveUp);
}
