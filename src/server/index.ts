/** An OpenAI-compatible server in front of any model, for prompts and corpora of any length. */
export type { RequestLog } from './request-log.ts';
export { ServerError } from './server-error.ts';
export { defaultServerLimits, type ServerLimits, type ServerOptions } from './server-options.ts';
export { startServer, type RunningServer } from './start-server.ts';
