/** What a pattern is made of once read. */
export type PatternNode =
  | { readonly kind: 'words'; readonly words: ReadonlySet<string> }
  | { readonly kind: 'reference'; readonly name: string; readonly label: string }
  | { readonly kind: 'sequence'; readonly items: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] };

const piece = /<[a-z-]+(?::[a-zA-Z]+\??)?>|[[\]()|]|[^\s[\]()|<]+|</g;

const empty: PatternNode = { kind: 'sequence', items: [] };

/** Joins alternatives; single words become one set, so that matching costs one look-up. */
function choice(options: readonly PatternNode[]): PatternNode {
  const words = new Set<string>();
  const others: PatternNode[] = [];
  for (const option of options) {
    if (option.kind === 'words') for (const word of option.words) words.add(word);
    else others.push(option);
  }
  const all: PatternNode[] = words.size > 0 ? [{ kind: 'words', words }, ...others] : others;
  const only = all[0];
  return all.length === 1 && only !== undefined ? only : { kind: 'choice', options: all };
}

/**
 * Reads a pattern: words, `(a|b c)` for alternatives, `[a]` for what may be absent, `<name>` or `<name:label>`
 * for another rule, `$name` for a set of alternatives kept in `macros`; `lparen` and `rparen` stand for the
 * question's own parentheses. Labels of rules that may be absent end in `?`.
 */
export function readPattern(pattern: string, macros: ReadonlyMap<string, string>): PatternNode {
  const expanded = expandMacros(pattern, macros);
  const pieces = expanded.match(piece) ?? [];
  let at = 0;
  const readChoice = (closing: string | null): PatternNode => {
    const options: PatternNode[] = [];
    let items: PatternNode[] = [];
    const finish = (): void => {
      const only = items[0];
      options.push(items.length === 1 && only !== undefined ? only : { kind: 'sequence', items });
      items = [];
    };
    for (;;) {
      const next = pieces[at];
      at += 1;
      if (next === undefined) {
        if (closing !== null) throw new Error(`The pattern "${pattern}" lacks a "${closing}".`);
        break;
      }
      if (next === closing) break;
      if (next === '|') finish();
      else if (next === '(') items.push(readChoice(')'));
      else if (next === '[') items.push({ kind: 'choice', options: [readChoice(']'), empty] });
      else if (next === ')' || next === ']')
        throw new Error(`The pattern "${pattern}" has a stray "${next}".`);
      else items.push(readPiece(next));
    }
    finish();
    return choice(options);
  };
  return readChoice(null);
}

function expandMacros(pattern: string, macros: ReadonlyMap<string, string>): string {
  return pattern.replaceAll(/\$([a-z]+)/g, (_, name: string) => {
    const text = macros.get(name);
    if (text === undefined) throw new Error(`The pattern "${pattern}" uses the unknown set "$${name}".`);
    return `(${expandMacros(text, macros)})`;
  });
}

function readPiece(text: string): PatternNode {
  const reference = /^<([a-z-]+)(?::([a-zA-Z]+)\??)?>$/.exec(text);
  if (reference?.[1] !== undefined)
    return { kind: 'reference', name: reference[1], label: reference[2] ?? reference[1] };
  const word = text === 'lparen' ? '(' : text === 'rparen' ? ')' : text;
  return { kind: 'words', words: new Set([word]) };
}

/** All words that a pattern knows. */
export function wordsOf(node: PatternNode): readonly string[] {
  if (node.kind === 'words') return [...node.words];
  if (node.kind === 'reference') return [];
  return (node.kind === 'choice' ? node.options : node.items).flatMap(wordsOf);
}

/** Whether the pattern may match no words, given the kinds of phrases that may. */
export function isNullable(node: PatternNode, kinds: ReadonlySet<string>): boolean {
  if (node.kind === 'words') return false;
  if (node.kind === 'reference') return kinds.has(node.name);
  return node.kind === 'choice'
    ? node.options.some((option) => isNullable(option, kinds))
    : node.items.every((item) => isNullable(item, kinds));
}

/** The kinds of phrases with which a match of the pattern may begin. */
export function beginnings(node: PatternNode, nullable: ReadonlySet<string>): readonly string[] {
  if (node.kind === 'words') return [];
  if (node.kind === 'reference') return [node.name];
  if (node.kind === 'choice') return node.options.flatMap((option) => beginnings(option, nullable));
  const found: string[] = [];
  for (const item of node.items) {
    found.push(...beginnings(item, nullable));
    if (!isNullable(item, nullable)) break;
  }
  return found;
}
