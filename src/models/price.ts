import type { TokenPrice } from './model-provider.ts';

/** Tokens of a call; of the input, those that the server had evaluated before. */
export interface TokenUse {
  readonly inputTokens: number;
  readonly cachedInputTokens?: number;
  readonly outputTokens: number;
}

/** What tokens cost in US dollars. Null where the price is not known. */
export function usdOf(
  price: TokenPrice | null,
  { inputTokens, cachedInputTokens = 0, outputTokens }: TokenUse,
): number | null {
  if (price === null) return null;
  const millionths =
    (inputTokens - cachedInputTokens) * price.usdPerMillionInputTokens +
    cachedInputTokens * price.usdPerMillionCachedInputTokens +
    outputTokens * price.usdPerMillionOutputTokens;
  return millionths / 1_000_000;
}
