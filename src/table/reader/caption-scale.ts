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
  /** Row first, table last. */
  readonly captions: readonly (ScaleSource | null)[];
  /** The words around the cell: row label, column header, groups. */
  readonly words: readonly string[];
}): { readonly scale: number; readonly unit: string | null } {
  let scale = 1;
  let unit: string | null = null;
  for (const [index, caption] of options.captions.entries()) {
    if (caption === null || (caption.scale === 1 && caption.unit === null)) continue;
    const isOwn = index < 2;
    const next = isOwn ? caption : fitting(caption, options.words);
    if (scale === 1 && (unit === null || next.unit === null || next.unit === unit)) scale = next.scale;
    unit ??= next.unit;
  }
  return { scale, unit };
}

/** A caption of the column or the table, as far as it can be about this row. */
function fitting(caption: ScaleSource, words: readonly string[]): { scale: number; unit: string | null } {
  const [row = ''] = words;
  if (words.some((each) => perShare.test(each))) {
    const money = caption.unit !== null && isCurrencyCode(caption.unit);
    return {
      scale: caption.exceptPerShare || money || caption.scale > 1 ? 1 : caption.scale,
      unit: caption.unit,
    };
  }
  const aboutMoney = caption.unit !== null && isCurrencyCode(caption.unit);
  if (plainCount.test(row) && (aboutMoney || caption.unit === null)) return { scale: 1, unit: null };
  if (shares.test(row) && aboutMoney) return { scale: caption.scale, unit: null };
  return caption;
}
