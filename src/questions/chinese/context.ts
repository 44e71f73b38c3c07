import type { CatalogTable } from '../../table/catalog.ts';
import { Grammar } from '../grammar/engine.ts';
import type { Bindings, Input, Outcome } from '../grammar/engine.ts';
import type {
  Comparing,
  Condition,
  Draft,
  Figure,
  Group,
  Grouped,
  Having,
  Literal,
  Named,
  Operand,
  Quantity,
  Ranking,
  Rows,
} from '../grammar/meanings.ts';
import type { Comparison, DatePart, Measure } from '../plan.ts';
import { foldName } from './han-tokens.ts';

export type Statistic = Pick<Measure, 'function' | 'percentile' | 'deviation'>;

/** The kinds of phrases of a Chinese question; what they mean is what those of an English one mean. */
export interface ChineseMeanings {
  readonly number: number;
  readonly count: number;
  readonly literal: Literal;
  readonly unit: string;
  readonly date: string;
  readonly period: string;
  readonly 'date-part': DatePart;
  readonly column: Quantity;
  readonly value: Named;
  readonly 'value-list': Named;
  readonly entity: string;
  readonly entities: readonly string[];
  readonly noun: string;
  readonly text: string;
  readonly texts: readonly string[];
  readonly counter: boolean;
  readonly atom: Quantity;
  readonly term: Quantity;
  readonly quantity: Quantity;
  readonly quantities: readonly Quantity[];
  readonly comparator: Comparison;
  readonly 'date-comparator': Comparison;
  readonly 'own-measure': Statistic;
  readonly operand: Operand;
  readonly comparing: Comparing;
  /** What a row is like: `净利润大于5亿元`. */
  readonly clause: Condition;
  /** Clauses that all hold. */
  readonly ands: Condition;
  readonly clauses: Condition;
  /** What stands before a noun without more: `医药行业`, `北京的`. */
  readonly attribute: Condition;
  readonly attributes: Condition;
  /** Falling (or rising) order. */
  readonly direction: boolean;
  readonly superlative: { readonly descending: boolean; readonly calendar: boolean };
  readonly place: { readonly offset: number; readonly descending: boolean };
  readonly ranking: Ranking;
  readonly 'ranked-rows': Rows;
  readonly 'rows-core': Rows;
  readonly rows: Rows;
  readonly scope: Rows;
  readonly 'measure-before': Statistic;
  readonly 'measure-behind': Statistic;
  readonly 'figure-term': Figure;
  readonly figure: Figure;
  readonly group: Group;
  readonly 'group-value': Grouped;
  readonly having: Having;
  /** A part of a whole in percent: 80%, 一半. */
  readonly part: number;
  readonly tier: { readonly tiers: number; readonly tier: number };
  /** A sentence that says which rows all that follows is about. */
  readonly base: Rows;
  /** A sentence that asks for more of the rows asked for. */
  readonly afterthought: readonly Quantity[];
  readonly ask: Draft;
  readonly question: Draft;
}

/** One sentence of a Chinese question, over one table. */
export interface ChineseContext extends Input {
  readonly table: CatalogTable;
  /** The whole question, for the text of names. */
  readonly question: string;
  /** All tokens from each on as names are compared, and the token that ends at each place. */
  readonly rest: readonly string[];
  readonly ends: readonly ReadonlyMap<number, number>[];
}

const betweenHan = /(?<=[^\s<])(?=[\p{Script=Han}、〇])|(?<=[\p{Script=Han}、〇])(?=\S)/gu;

/** A pattern in which every Chinese character is a word of its own, as it is in the tokens. */
const spaced = (pattern: string): string => pattern.replaceAll(betweenHan, ' ');

/** Rules over Chinese phrases, whose patterns are written as Chinese is: without spaces. */
export class ChineseGrammar extends Grammar<ChineseMeanings, ChineseContext> {
  constructor(macros: Readonly<Record<string, string>>) {
    super(Object.fromEntries(Object.entries(macros).map(([name, text]) => [name, spaced(text)])));
  }

  override rule<Name extends keyof ChineseMeanings & string, Pattern extends string>(
    name: Name,
    pattern: Pattern,
    meaning: (
      bindings: Bindings<ChineseMeanings, Pattern>,
      context: ChineseContext,
    ) => Outcome<ChineseMeanings[Name]>,
    cost = 0,
  ): void {
    // Spaces between words change no phrase that the pattern names.
    super.rule(name, spaced(pattern) as Pattern, meaning, cost);
  }
}

/** Where every run of tokens ends in the text that follows its first token. */
export function restsOf(tokens: ChineseContext['tokens']): Pick<ChineseContext, 'rest' | 'ends'> {
  const words = tokens.map((token) => foldName(token.text));
  const rest: string[] = [];
  const ends: Map<number, number>[] = [];
  for (let from = 0; from < tokens.length; from += 1) {
    rest.push(words.slice(from, from + longestName).join(''));
    const places = new Map<number, number>();
    let length = 0;
    for (let at = from; at < Math.min(tokens.length, from + longestName); at += 1) {
      length += words[at]?.length ?? 0;
      // Signs that names leave out have no length of their own.
      if (!places.has(length)) places.set(length, at + 1);
    }
    ends.push(places);
  }
  return { rest, ends };
}

/** The tokens that a name may have. */
export const longestName = 40;

/** The token after the name, where the name begins at the token; null where it does not. */
export function endOfName(context: ChineseContext, at: number, name: string): number | null {
  if (name === '' || context.rest[at]?.startsWith(name) !== true) return null;
  return context.ends[at]?.get(name.length) ?? null;
}

/** The question's own text of a run of tokens. */
export function textBetween({ tokens, question }: ChineseContext, from: number, to: number): string {
  const first = tokens[from];
  const last = tokens[to - 1];
  if (first === undefined || last === undefined) return '';
  return to === from + 1 && first.kind === 'quote' ? first.text : question.slice(first.start, last.end);
}
