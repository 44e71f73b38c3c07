import { fillerWords, isGeneric } from './generic-words.ts';
import type { VocabularyValue } from './vocabulary.ts';

const word = String.raw`\p{Lu}(?:[\p{L}'’-]+|\.)`;
const name = String.raw`(?!(?:From|To|By|The|Our|For|With|And|But|When|After|Before)\s)${word}(?:\s(?:(?:de|van|von|der|la|el|bin)\s)?${word}){1,3}`;
const isName = new RegExp(`^(?:(?:Dr|Prof|Mr|Mrs|Ms)\\.? )?${name}$`, 'u');
const fewestNames = 0.6;

/**
 * Finds who holds a role in documents that name it beside the person instead of in a label: "Ada Brandt, Head of
 * Service", "the incident commander was Ada Brandt", or the role below a signature. The role is the label of a field
 * whose values are names of people in other documents.
 */
export class RoleNames {
  readonly #patterns: readonly RegExp[];
  #found = 0;
  #others = 0;

  private constructor(roles: readonly string[]) {
    const role = `(?<![\\p{L}\\p{N}])(?:${roles.map(escape).join('|')})(?![\\p{L}\\p{N}])`;
    this.#patterns = [
      new RegExp(
        `(${name})(?:,\\s{1,3}|\\s?\\n\\s?|\\s\\(|\\s(?:is|was|as)\\s(?:the\\s|our\\s)?|,\\s(?:the|our|its)\\s)(?:\\p{L}+\\s)?(${role})(?!\\s?[:=])`,
        'gu',
      ),
      new RegExp(`(${role})(?:,?\\s|\\s(?:is|was)\\s|:\\s|\\s[–-]\\s)(${name})`, 'gu'),
    ];
  }

  /** @returns null where the values are no names of people, or the labels name no role. */
  static of({ texts, labels }: { texts: readonly string[]; labels: readonly string[] }): RoleNames | null {
    const names = texts.filter((text) => isName.test(text));
    if (texts.length === 0 || names.length < texts.length * fewestNames) return null;
    const roles = labels
      .map((label) => label.split(' > ').at(-1)?.trim() ?? '')
      .filter(
        (role) =>
          /^[\p{L} '-]{4,40}$/u.test(role) &&
          !isGeneric(role.toLowerCase()) &&
          !fillerWords.has(role.toLowerCase()),
      );
    return roles.length === 0 ? null : new RoleNames(spellings(roles));
  }

  /** Looks at a document that states the role by a label, to see whether its sentences name the same person. */
  learn(text: string, stated: readonly { start: number; end: number; value: string }[]): void {
    if (stated.length === 0) return;
    const own = new Set(stated.map(({ value }) => value.toLowerCase()));
    for (const { value, start, end } of this.#occurrences(text)) {
      if (stated.some((span) => start < span.end && end > span.start)) continue;
      this.#found += 1;
      if (!own.has(value.toLowerCase())) this.#others += 1;
    }
  }

  /** The share of the names found beside the role that are another's. */
  conflicts(): number {
    return this.#found === 0 ? 0 : this.#others / this.#found;
  }

  /** The one person the text names beside the role; null where it names several, or none. */
  find(text: string): VocabularyValue | null {
    const found = this.#occurrences(text);
    const [first] = found;
    return first !== undefined && found.every(({ value }) => value === first.value) ? first : null;
  }

  #occurrences(text: string): VocabularyValue[] {
    const found: VocabularyValue[] = [];
    for (const [index, pattern] of this.#patterns.entries()) {
      for (const match of text.matchAll(pattern)) {
        const value = match[index + 1] ?? '';
        const start = index === 0 ? match.index : match.index + match[0].length - value.length;
        if (isName.test(value)) found.push({ value, start, end: start + value.length });
      }
    }
    return found;
  }
}

/** A role as it may be written: in its own way, in lower case, and with a capital. */
function spellings(roles: readonly string[]): string[] {
  const all = roles.flatMap((role) => {
    const lower = role.toLowerCase();
    return [role, lower, lower.charAt(0).toUpperCase() + lower.slice(1)];
  });
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
