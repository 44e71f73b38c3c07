export type Headers = Readonly<Record<string, string | undefined>>;

/** One limit as a server states it with an answer. */
export interface StatedLimit {
  readonly limit: number;
  readonly remaining: number;
  /** Until the limit is full again. */
  readonly resetMilliseconds: number;
}

/** The limits on requests and on tokens that an answer states, null where it states none. */
export function statedLimits(headers: Headers): { requests: StatedLimit | null; tokens: StatedLimit | null } {
  return { requests: statedLimit(headers, 'requests'), tokens: statedLimit(headers, 'tokens') };
}

/** OpenAI and those after it write `x-ratelimit-limit-requests`, Anthropic `anthropic-ratelimit-requests-limit`. */
function statedLimit(headers: Headers, what: string): StatedLimit | null {
  const read = (part: string): string | undefined =>
    headers[`x-ratelimit-${part}-${what}`] ?? headers[`anthropic-ratelimit-${what}-${part}`];
  const limit = Number(read('limit'));
  const remaining = Number(read('remaining'));
  const resetMilliseconds = durationMilliseconds(read('reset') ?? '');
  if (!(limit > 0) || !(remaining >= 0) || resetMilliseconds === null) return null;
  return { limit, remaining, resetMilliseconds };
}

/** How long a server asks to wait: `retry-after-ms`, or `Retry-After` in seconds or as a date. */
export function retryAfterMilliseconds(headers: Headers): number | null {
  const precise = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (precise >= 0) return precise;
  return durationMilliseconds(headers['retry-after'] ?? '');
}

const unitMilliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads `12`, `1.5` (seconds), `6m0s`, `120ms` and dates. */
function durationMilliseconds(text: string): number | null {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) {
    return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhd])/g)].reduce(
      (sum, [, amount = '', unit = '']) => sum + Number(amount) * (unitMilliseconds[unit] ?? 0),
      0,
    );
  }
  const time = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : Math.max(0, time - Date.now());
}
