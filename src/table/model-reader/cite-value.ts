import { unescapeMarkers } from '../../models/prompts/index.ts';
import type { CanonicalValue } from './canonical-value.ts';
import type { DeclaredField } from './declared-field.ts';
import type { FoldedText, TextSpan } from './folded-text.ts';
import { locateValue, sentenceAround } from './locate-value.ts';

/** Where a text says what was read from it. */
export interface Citation {
  readonly quote: TextSpan;
  /** The value alone, where its words are known; else the quote. */
  readonly value: TextSpan;
  /**
   * What the citation rests on: the model's own quote, the value's words, or, for a value chosen from a list that the
   * text need not name, all of what was read.
   */
  readonly basis: 'quote' | 'value' | 'passage';
}

const elision = /\s*(?:\.{3}|…|\[\.\.\.\]|\[…\])\s*/;

/**
 * Looks a value up in the text it is said to be from. The model's quote must stand there, to the letter or but for
 * notation, and hold the value where that is a number or date; failing this the value's own words are sought. Null
 * where the text does not say it: such a reading is dropped.
 *
 * @param quote as the model gave it; null where it gave none, as base models do.
 */
export function citeValue({
  value,
  quote,
  field,
  passage,
}: {
  value: CanonicalValue;
  quote: string | null;
  field: DeclaredField;
  passage: FoldedText;
}): Citation | null {
  const spans = quote === null ? [] : quoteSpans(quote, passage);
  for (const span of spans) {
    const found = locateValue(value, passage, span);
    if (found !== null) return { quote: span, value: found, basis: 'quote' };
  }
  const [span] = spans;
  const standsForItself = value.type === 'number' || value.type === 'percentage' || value.type === 'date';
  if (span !== undefined && !standsForItself) return { quote: span, value: span, basis: 'quote' };
  const found = locateValue(value, passage);
  if (found !== null) return { quote: sentenceAround(passage.text, found), value: found, basis: 'value' };
  if (quote === null && isChoice(field)) {
    const whole = { start: 0, end: passage.text.length };
    return { quote: whole, value: whole, basis: 'passage' };
  }
  return null;
}

/** Where a quote stands; of one with parts left out, its longest part. */
function quoteSpans(quote: string, passage: FoldedText): TextSpan[] {
  const words = unescapeMarkers(quote);
  const whole = passage.find(words);
  if (whole.length > 0) return whole;
  const [longest = ''] = words.split(elision).sort((left, right) => right.length - left.length);
  return passage.find(longest);
}

/** Whether the field's values are a choice, which a text may call for without naming it. */
function isChoice({ type, values }: DeclaredField): boolean {
  return values.length > 0 || type === 'boolean';
}
