import { isCurrencyCode } from '../values/currencies.ts';

interface ScaleSource {
  readonly scale: number;
  readonly unit: string | null;
  readonly exceptPerShare: boolean;
}

const perShare =
  /\bper (?:[a-z]+ ){0,3}(?:share|unit|ads|adr|stock|ordinary|security)\b|(?:earnings|loss|dividends?) per\b|\beps\b|\bdps\b|每股|je aktie|par action|por acci[oó]n|per aandeel|1株当たり/iu;
const plainCount =
  /^(?:total )?(?:number|no\.?|count) of\b|\b(?:employees|headcount|fte|staff|stores|outlets|countries|ratio|margin|multiple|days|times|percent(?:age)?|yield|turnover days)\b|[（(]\s?(?:%|x|times|years|days)\s?[)）]|%|人数|比率|比例|率$/iu;
const shares = /\bshares?\b|股数|股本总数|\bstock outstanding\b/iu;

/**
 * The scale and unit that hold for a cell: the nearest caption that states one, from the row outwards. Figures
 * per share, ratios and counts are not scaled by a caption that is about money, and numbers of shares are no
 * money.
 */
export function chooseScale(options: {
  /** Row first, table last; the first two are about this row or cell alone. */
  readonly captions: readonly (ScaleSource | null)[];
  /** The words around the cell: row label, column header, groups. */
  readonly words: readonly string[];
}): { readonly scale: number; readonly unit: string | null } {
  let scale = 1;
  let unit: string | null = null;
  for (const [index, caption] of options.captions.entries()) {
    if (caption === null || (caption.scale === 1 && caption.unit === null)) continue;
    const next = index < 2 ? caption : fitting(caption, options.words);
    if (scale === 1 && (unit === null || next.unit === null || next.unit === unit)) scale = next.scale;
    unit ??= next.unit;
    // A measure or a percent sign says all there is to say; a currency may still be "in millions".
    if (unit !== null && !isCurrencyCode(unit)) break;
  }
  return { scale, unit };
}

/** A caption of the column or the table, as far as it can be about this row. */
function fitting(
  caption: ScaleSource,
  words: readonly string[],
): { readonly scale: number; readonly unit: string | null } {
  const [row = ''] = words;
  const isMoney = caption.unit !== null && isCurrencyCode(caption.unit);
  const countsShares = shares.test(row) && !perShare.test(row);
  if (countsShares) return isMoney ? { scale: caption.scale, unit: null } : caption;
  if (words.some((each) => perShare.test(each))) {
    return {
      scale: caption.exceptPerShare || isMoney || caption.scale > 1 ? 1 : caption.scale,
      unit: caption.unit,
    };
  }
  if (words.some((each) => plainCount.test(each)) && (isMoney || caption.unit === null))
    return { scale: 1, unit: null };
  return caption;
}
