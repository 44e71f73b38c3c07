import { functionWords } from '../language/function-words.ts';
import { scaleWords, unitWords } from '../language/number-words.ts';
import type { Token } from '../language/token.ts';
import { columnIndexOf, columnLinks } from '../linking/column-links.ts';
import { valueLinks } from '../linking/value-links.ts';
import type { Context } from './context.ts';

/**
 * Words before a field's or a row's name that say how the documents came by it, and never which of several
 * figures is meant. "Net", "annual", "male" and "planned" do say that, and are not among them.
 */
const plainModifiers: ReadonlySet<string> = new Set(
  'asking installed listed stated reported recorded noted documented published advertised quoted posted registered measured observed respective exact own individual said'.split(
    ' ',
  ),
);

/** Words that say of rows only that they are in the table. */
const plainRowModifiers: ReadonlySet<string> = new Set([...plainModifiers, 'new', 'available', 'existing']);

/** Whether the word says of rows only that they are in the table. */
export const isPlainModifier = (word: string): boolean => plainRowModifiers.has(word);

/** Whether the token may be left out before a name; never where it means something in this table. */
function isPlain(context: Context, at: number, words: ReadonlySet<string>): boolean {
  const token: Token | undefined = context.tokens[at];
  if (token?.kind !== 'word' || !words.has(token.word) || token.hyphened) return false;
  const isColumn = columnLinks(columnIndexOf(context.table), context.tokens, at).length > 0;
  return !isColumn && valueLinks(context.table, context.tokens, at).length === 0;
}

/** What it costs to leave a word out. */
export const modifierCost = 0.1;

/** The note on a word left out before a field's name at the position; null where none may be. */
export const skippedBeforeColumn = (context: Context, at: number): string | null =>
  isPlain(context, at, plainModifiers) ? noteOf(context, at) : null;

/** The note on a word left out before a noun for the rows; null where none may be. */
export const skippedBeforeNoun = (context: Context, at: number): string | null =>
  isPlain(context, at, plainRowModifiers) ? noteOf(context, at) : null;

/** Modifiers that tell one field from another; a field's name without them may be another field. */
export const tellingModifiers: ReadonlySet<string> = new Set(
  'net gross annual monthly weekly daily quarterly male female planned actual operating current previous prior next former new old big small low high long short free fixed adjusted real nominal domestic foreign international national local federal state public private basic diluted primary secondary tertiary junior senior direct indirect internal external capital short-term long-term maximum minimum average mean median total overall combined own budgeted expected projected estimated initial final first last second third early late deputy vice assistant former acting minor major good bad poor fair excellent critical severe serious moderate satisfactory acceptable'.split(
    ' ',
  ),
);

/** What it costs to leave out a word before a field's name that nothing here knows. */
export const unknownCost = 0.3;

/** The note on an unknown word left out before a field's name: "lead inspector"; null where none may be. */
export function unknownBeforeColumn(context: Context, at: number): string | null {
  const token = context.tokens[at];
  if (!context.loose || token?.kind !== 'word' || token.capital || functionWords.has(token.word)) return null;
  // "Driven by four wheels": a number says which.
  if (unitWords.has(token.word) || scaleWords.has(token.word)) return null;
  if (
    token.word !== token.lemma ||
    tellingModifiers.has(token.word) ||
    /(?:est|ly|ed)$|^(?:un|non)\p{L}{3}/u.test(token.word)
  )
    return null;
  return isPlain(context, at, new Set([token.word])) ? noteOf(context, at) : null;
}

const noteOf = (context: Context, at: number): string => `taken without "${context.tokens[at]?.text ?? ''}"`;
