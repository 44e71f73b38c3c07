import { createHash, timingSafeEqual } from 'node:crypto';
import { isIP } from 'node:net';
import { ApiError } from './api-error.ts';

/** Who may use the server. */
export interface AccessPolicy {
  /** What requests must carry as `Authorization: Bearer …`; null for no token, on loopback only. */
  readonly token: string | null;
  /** The address the server is bound to. */
  readonly host: string;
  /** Names, besides that of the host, under which clients may call the server. */
  readonly allowedHosts: readonly string[];
  /** Web pages that may call it, as origins: `https://app.example.com`. */
  readonly allowedOrigins: readonly string[];
}

export interface AccessHeaders {
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
}

/** Whether an address can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/.test(name)
  );
}

/**
 * Checks where a request comes from. A web page may send requests to servers on the reader's own machine: under a name
 * of its own that it points here (DNS rebinding), which the Host header gives away, or across origins, which the Origin
 * header does. An address in numbers cannot be rebound.
 *
 * @throws {ApiError} 403 for a Host or Origin that is not allowed.
 */
export function checkHostAndOrigin({ host, origin }: AccessHeaders, policy: AccessPolicy): void {
  const name = hostName(host);
  if (name === null || !mayBeCalled(name, policy)) {
    throw forbidden(
      'host_not_allowed',
      `This server does not answer under the name ${JSON.stringify(host ?? '')}; start it with --allow-host to let it.`,
    );
  }
  if (origin === undefined || policy.allowedOrigins.includes(origin)) return;
  if (host !== undefined && origin.toLowerCase() === `http://${host.toLowerCase()}`) return;
  throw forbidden(
    'origin_not_allowed',
    `Web pages of ${JSON.stringify(origin)} may not use this server; start it with --allow-origin to let them.`,
  );
}

/**
 * Checks the token, in a time that does not tell how much of it was right.
 *
 * @throws {ApiError} 401.
 */
export function checkToken({ authorization }: AccessHeaders, { token }: AccessPolicy): void {
  if (token === null) return;
  const given = /^Bearer +(?<token>\S+) *$/i.exec(authorization ?? '')?.groups?.['token'];
  if (given !== undefined && timingSafeEqual(digest(given), digest(token))) return;
  throw new ApiError({
    status: 401,
    type: 'authentication_error',
    code: 'invalid_api_key',
    message:
      given === undefined
        ? 'This server needs a token: send it as "Authorization: Bearer TOKEN" (the API key of OpenAI clients).'
        : 'The token is not the one this server was started with.',
  });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** The name or address in a Host header, without the port; null where it is none. */
function hostName(host: string | undefined): string | null {
  const match = /^(?<name>\[[0-9a-f:.]+\]|[^:[\]/@\s]+)(?::\d{1,5})?$/i.exec(host ?? '');
  return match?.groups?.['name']?.replace(/^\[|\]$/g, '').toLowerCase() ?? null;
}

function mayBeCalled(name: string, { host, allowedHosts }: AccessPolicy): boolean {
  if (isLoopback(name)) return true;
  if (allowedHosts.some((allowed) => allowed.toLowerCase() === name)) return true;
  if (isLoopback(host)) return false;
  return isIP(name) !== 0 || name === host.toLowerCase();
}

function forbidden(code: string, message: string): ApiError {
  return new ApiError({ status: 403, type: 'permission_error', code, message });
}
