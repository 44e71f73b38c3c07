import type { ProseToken } from './prose-tokens.ts';

/** What varies between two phrases of a template. */
export interface Slot {
  /** What the attribute is called, or null where the slot is none. */
  readonly label: string | null;
  /** Templates of what stands in the slot, where that is a clause with values of its own. */
  readonly children: readonly Template[];
  /** Words of the sentence that say what the values are. */
  readonly words?: readonly string[];
  /** Whether it says that something rose or fell, or by how much. */
  readonly role?: 'direction' | 'change';
}

/** The label of values that the words round them do not name. */
export const unnamed = '';

/** Words that come back in sentences of many documents, and what varies between them. */
export interface Template {
  /** The keys of each constant phrase, in order. */
  readonly phrases: readonly (readonly string[])[];
  /** What may stand before the first phrase, between two, and after the last; null where nothing may. */
  readonly slots: readonly (Slot | null)[];
}

/** Tokens `[from, to)` of a sentence. */
export interface Filler {
  readonly from: number;
  readonly to: number;
}

/**
 * What a sentence has in the slots of a template, in their order, or null where it does not follow the template. Each
 * phrase is taken where it first comes, the last one at the end.
 */
export function matchTemplate(template: Template, tokens: readonly ProseToken[]): Filler[] | null {
  const { phrases, slots } = template;
  const fillers: Filler[] = [];
  let next = 0;
  for (const [index, phrase] of phrases.entries()) {
    const isLast = index === phrases.length - 1 && slots[index + 1] === null;
    const at = isLast ? endingAt(tokens, phrase, next) : find(tokens, phrase, next);
    if (at < 0 || (slots[index] === null && at !== next)) return null;
    fillers.push({ from: next, to: at });
    next = at + phrase.length;
  }
  fillers.push({ from: next, to: tokens.length });
  return fillers;
}

function find(tokens: readonly ProseToken[], phrase: readonly string[], from: number): number {
  for (let at = from; at + phrase.length <= tokens.length; at += 1) if (isAt(tokens, phrase, at)) return at;
  return -1;
}

function endingAt(tokens: readonly ProseToken[], phrase: readonly string[], from: number): number {
  const at = tokens.length - phrase.length;
  return at >= from && isAt(tokens, phrase, at) ? at : -1;
}

function isAt(tokens: readonly ProseToken[], phrase: readonly string[], at: number): boolean {
  return phrase.every((key, offset) => tokens[at + offset]?.key === key);
}
