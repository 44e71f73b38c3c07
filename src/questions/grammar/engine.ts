import type { Token } from '../language/token.ts';
import { beginnings, isNullable, readPattern, wordsOf } from './pattern.ts';
import type { PatternNode } from './pattern.ts';

/** One way to understand a run of tokens; a lower cost is a better one. */
export interface Parse<T> {
  readonly end: number;
  readonly cost: number;
  readonly value: T;
  /** Assumptions that were made, for the reader of the answer. */
  readonly notes: readonly string[];
}

/** A rule's result where there are several, or where it costs something or rests on an assumption. */
export class Weighed<T> {
  readonly options: readonly {
    readonly value: T;
    readonly cost: number;
    readonly notes?: readonly string[];
  }[];

  constructor(options: readonly { value: T; cost: number; notes?: readonly string[] }[]) {
    this.options = options;
  }
}

/** What a rule makes of its parts: a meaning, several, or null where they do not fit together. */
export type Outcome<T> = T | Weighed<T> | null;

/** The question has more readings than can be gone through. */
export class TooManyReadingsError extends Error {
  constructor() {
    super('The question is too long or too entangled to be understood; ask it in shorter sentences.');
    this.name = 'TooManyReadingsError';
  }
}

/** Tokens under analysis, with the results found so far. */
export interface Input {
  readonly tokens: readonly Token[];
  readonly memo: Map<string, (readonly Parse<unknown>[] | undefined)[]>;
  /** Rule applications left before the analysis is given up. */
  budget: number;
}

type Reference<Meanings, Text extends string> = Text extends `${infer Name}:${infer Label}?`
  ? Name extends keyof Meanings
    ? { readonly [Key in Label]?: Meanings[Name] }
    : never
  : Text extends `${infer Name}:${infer Label}`
    ? Name extends keyof Meanings
      ? { readonly [Key in Label]: Meanings[Name] }
      : never
    : Text extends keyof Meanings
      ? { readonly [Key in Text]: Meanings[Text] }
      : never;

/** The parts that a pattern hands to its rule, by label. */
export type Bindings<
  Meanings,
  Pattern extends string,
> = Pattern extends `${string}<${infer Inner}>${infer Rest}`
  ? Reference<Meanings, Inner> & Bindings<Meanings, Rest>
  : unknown;

interface Rule<Context> {
  readonly node: PatternNode;
  readonly meaning: (bindings: never, context: Context) => unknown;
  readonly cost: number;
}

interface State {
  readonly at: number;
  readonly cost: number;
  readonly notes: readonly string[];
  readonly bound: Bound | null;
}

interface Bound {
  readonly label: string;
  readonly value: unknown;
  readonly next: Bound | null;
}

const noNotes: readonly string[] = [];
const readingsPerEnd = 5;
const costSpread = 2.5;

/**
 * Rules over typed phrases, and a memoising parser that finds all ways to read the tokens from a position and
 * keeps the cheapest few for every end. `Meanings` maps the name of each kind of phrase to the type of its
 * meaning; no rule may begin with its own kind of phrase.
 */
export class Grammar<Meanings, Context extends Input> {
  readonly #rules = new Map<string, Rule<Context>[]>();
  readonly #primitives = new Map<string, (context: Context, at: number) => readonly Parse<unknown>[]>();
  readonly #macros: ReadonlyMap<string, string>;
  readonly #words = new Set<string>();

  constructor(macros: Readonly<Record<string, string>>) {
    this.#macros = new Map(Object.entries(macros));
  }

  /** Words that some rule knows. */
  get vocabulary(): ReadonlySet<string> {
    return this.#words;
  }

  rule<Name extends keyof Meanings & string, Pattern extends string>(
    name: Name,
    pattern: Pattern,
    meaning: (bindings: Bindings<Meanings, Pattern>, context: Context) => Outcome<Meanings[Name]>,
    cost = 0,
  ): void {
    const node = readPattern(pattern, this.#macros);
    for (const word of wordsOf(node)) this.#words.add(word);
    const rules = this.#rules.get(name) ?? [];
    rules.push({ node, meaning, cost });
    this.#rules.set(name, rules);
  }

  /** A kind of phrase that is recognised by code; its rules, if it has any, are tried as well. */
  primitive<Name extends keyof Meanings & string>(
    name: Name,
    parser: (context: Context, at: number) => readonly Parse<Meanings[Name]>[],
  ): void {
    this.#primitives.set(name, parser);
  }

  /**
   * Kinds of phrases that some chain of rules begins with themselves, for which the parser would miss readings.
   * Kinds recognised by code are taken to begin with none.
   */
  circles(): string[] {
    const begins = new Map([...this.#rules].map(([name, rules]) => [name, rules.map((rule) => rule.node)]));
    const nullable = nullableKinds(begins);
    const edges = new Map(
      [...begins].map(([name, nodes]) => [
        name,
        new Set(nodes.flatMap((node) => beginnings(node, nullable))),
      ]),
    );
    const reaches = (from: string, to: string, seen: Set<string>): boolean =>
      [...(edges.get(from) ?? [])].some((next) => {
        if (next === to) return true;
        if (seen.has(next)) return false;
        seen.add(next);
        return reaches(next, to, seen);
      });
    return [...edges.keys()].filter((name) => reaches(name, name, new Set()));
  }

  /** All readings of the phrase that begin at the token, cheapest first. */
  parse<Name extends keyof Meanings & string>(
    name: Name,
    context: Context,
    at: number,
  ): readonly Parse<Meanings[Name]>[] {
    let row = context.memo.get(name);
    if (row === undefined) {
      row = [];
      context.memo.set(name, row);
    }
    const known = row[at];
    // The memo holds under each name only what that name's own rules produced.
    if (known !== undefined) return known as readonly Parse<Meanings[Name]>[];
    row[at] = [];
    const found: Parse<unknown>[] = [...(this.#primitives.get(name)?.(context, at) ?? [])];
    for (const rule of this.#rules.get(name) ?? []) this.#apply(rule, context, { at, found });
    const kept = prune(found);
    row[at] = kept;
    return kept as readonly Parse<Meanings[Name]>[];
  }

  #apply(rule: Rule<Context>, context: Context, target: { at: number; found: Parse<unknown>[] }): void {
    const start: State = { at: target.at, cost: rule.cost, notes: noNotes, bound: null };
    for (const state of this.#match(rule.node, context, start)) {
      const bindings: Record<string, unknown> = {};
      for (let each = state.bound; each !== null; each = each.next) bindings[each.label] = each.value;
      const outcome = rule.meaning(bindings as never, context);
      if (outcome === null) continue;
      if (outcome instanceof Weighed) {
        for (const option of outcome.options)
          target.found.push({
            end: state.at,
            cost: state.cost + option.cost,
            value: option.value,
            notes: option.notes === undefined ? state.notes : [...state.notes, ...option.notes],
          });
      } else target.found.push({ end: state.at, cost: state.cost, value: outcome, notes: state.notes });
    }
  }

  #match(node: PatternNode, context: Context, state: State): readonly State[] {
    context.budget -= 1;
    if (context.budget < 0) throw new TooManyReadingsError();
    if (node.kind === 'words') {
      const token = context.tokens[state.at];
      if (token === undefined || token.kind === 'quote') return [];
      if (!node.words.has(token.word) && !node.words.has(token.lemma)) return [];
      return [{ ...state, at: state.at + 1 }];
    }
    if (node.kind === 'reference') {
      const parses = this.parse(node.name as keyof Meanings & string, context, state.at);
      return parses.map((parse) => ({
        at: parse.end,
        cost: state.cost + parse.cost,
        notes: parse.notes.length === 0 ? state.notes : [...state.notes, ...parse.notes],
        bound: { label: node.label, value: parse.value, next: state.bound },
      }));
    }
    if (node.kind === 'choice') return node.options.flatMap((option) => this.#match(option, context, state));
    let states: readonly State[] = [state];
    for (const item of node.items) {
      states =
        states.length === 1 && states[0] !== undefined
          ? this.#match(item, context, states[0])
          : states.flatMap((each) => this.#match(item, context, each));
      if (states.length === 0) return states;
    }
    return states;
  }
}

/** The kinds of phrases that may have no words at all. */
function nullableKinds(rules: ReadonlyMap<string, readonly PatternNode[]>): ReadonlySet<string> {
  const nullable = new Set<string>();
  for (let grew = true; grew;) {
    grew = false;
    for (const [name, nodes] of rules)
      if (!nullable.has(name) && nodes.some((node) => isNullable(node, nullable))) {
        nullable.add(name);
        grew = true;
      }
  }
  return nullable;
}

/** What a meaning is told from others by; null where it is made of functions, no two of which are known to agree. */
function keyOf(value: unknown): string | null {
  const isFunction = typeof value === 'function' || (Array.isArray(value) && typeof value[0] === 'function');
  return isFunction ? null : JSON.stringify(value);
}

/** Of the readings that end at the same token, the cheapest few that differ in meaning. */
function prune(found: readonly Parse<unknown>[]): readonly Parse<unknown>[] {
  if (found.length < 2) return found;
  const sorted = [...found].sort((left, right) => left.end - right.end || left.cost - right.cost);
  const kept: Parse<unknown>[] = [];
  let end = -1;
  let count = 0;
  let best = 0;
  let seen = new Set<string>();
  for (const parse of sorted) {
    if (parse.end !== end) {
      end = parse.end;
      count = 0;
      best = parse.cost;
      seen = new Set();
    }
    if (count >= readingsPerEnd || parse.cost > best + costSpread) continue;
    const key = keyOf(parse.value);
    if (key !== null && seen.has(key)) continue;
    if (key !== null) seen.add(key);
    kept.push(parse);
    count += 1;
  }
  return kept;
}
