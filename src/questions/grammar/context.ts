import type { CatalogColumn, CatalogTable, FieldType } from '../../table/catalog.ts';
import type { Token } from '../language/token.ts';
import type { Comparison, DatePart, Measure, Predicate } from '../plan.ts';
import { Grammar } from './engine.ts';
import type { Input } from './engine.ts';
import type {
  Adjective,
  Comparing,
  Condition,
  Contrast,
  Draft,
  Figure,
  Group,
  Grouped,
  Having,
  Literal,
  Modifier,
  Named,
  Operand,
  Quantity,
  Ranking,
  Rows,
  Superlative,
  Wanted,
} from './meanings.ts';
import type { Tier } from './tiers.ts';

/** What earlier sentences of the same question have said. */
export interface Discourse {
  /** Names that the question defines: "Define the margin as …". Longest first. */
  readonly definitions: readonly { readonly words: readonly string[]; readonly quantity: Quantity }[];
  /** The rows spoken of: what "these" and "this group" mean. */
  readonly rows: Rows | null;
  /** The number calculated last: what "that average" means. */
  readonly figure: Figure | null;
  /** The quantity calculated for every row: what "the highest value" is of. */
  readonly quantity: Quantity | null;
  /** The quantity by which rows were divided into equal parts: what "the top quartile" is of. */
  readonly tiers: Quantity | null;
}

export const nothingSaid: Discourse = {
  definitions: [],
  rows: null,
  figure: null,
  quantity: null,
  tiers: null,
};

/** One sentence of a question, over one table. */
export interface Context extends Input {
  readonly grammar: AnalystGrammar;
  readonly table: CatalogTable;
  readonly discourse: Discourse;
  /** The words of the whole question, sentences before and after among them. */
  readonly allTokens: readonly Token[];
  /** The whole question, for the text of spans. */
  readonly question: string;
  /** Columns that the question names plainly, to settle what a bare "rate" or "size" means. */
  readonly plainColumns: ReadonlySet<string>;
  /** Columns that some words of the question may name. */
  readonly namedColumns: ReadonlySet<CatalogColumn>;
  /** The noun by which the question calls the table's rows, though nothing in the documents does; null where none. */
  readonly assumedNoun: string | null;
  /** Whether conditions and rankings may be made out of loose words: see `loose-phrases.ts`. */
  readonly loose: boolean;
}

/** The kinds of phrases, and what each means. */
export interface Meanings {
  readonly number: number;
  readonly count: number;
  readonly ordinal: number;
  readonly factor: number;
  readonly unit: string;
  readonly literal: Literal;
  readonly date: string;
  readonly period: string;
  readonly era: { readonly from: string; readonly to: string };
  readonly decade: { readonly from: string; readonly to: string };
  readonly 'date-part': DatePart;
  readonly column: Quantity;
  readonly 'list-column': Quantity;
  readonly 'verb-column': Quantity;
  readonly 'defined-term': Quantity;
  readonly anaphor: Quantity;
  /** Words of which only what follows in brackets says what they mean. */
  readonly glossed: readonly string[];
  /** A file's ending that all rows share: ".pdf files". */
  readonly extension: boolean;
  readonly text: string;
  /** A state that a missing value means: "unresolved". */
  readonly undone: Condition;
  readonly noun: string;
  readonly value: Named;
  readonly flag: Named;
  readonly entity: string;
  readonly entities: readonly string[];
  readonly term: Quantity;
  readonly quantity: Quantity;
  readonly quantities: readonly Quantity[];
  readonly comparator: Comparison;
  readonly operand: Operand;
  readonly comparing: Comparing;
  readonly adjective: Adjective;
  readonly superlative: Superlative;
  readonly 'other-superlative': boolean;
  readonly 'order-span': boolean;
  readonly direction: boolean;
  readonly ranking: Ranking;
  readonly 'change-ranking': Ranking;
  readonly 'owned-ranking': Ranking;
  readonly measure: Pick<Measure, 'function' | 'percentile' | 'deviation'>;
  readonly have: Condition;
  readonly haves: Condition;
  readonly clause: Condition;
  readonly inverted: Condition;
  readonly clauses: Condition;
  readonly being: Condition;
  readonly beings: Condition;
  readonly verb: Condition;
  readonly predicate: Condition;
  readonly predicates: Condition;
  readonly place: Condition;
  readonly restrictor: Modifier;
  readonly restrictors: readonly Modifier[];
  readonly 'rows-core': Rows;
  readonly rows: Rows;
  readonly subject: Rows;
  readonly group: Group;
  readonly 'verb-group': Group;
  readonly 'group-value': Grouped;
  readonly having: Having;
  readonly part: number;
  readonly portion: boolean;
  readonly running: { readonly by: Quantity | null; readonly descending: boolean };
  readonly gain: boolean;
  readonly span: { readonly from?: string; readonly to?: string };
  readonly 'value-list': Named;
  readonly figure: Figure;
  readonly 'figure-term': Figure;
  readonly ask: Draft;
  readonly framed: Draft;
  readonly tail: Tail;
  readonly supposition: Tail;
  readonly tails: readonly Tail[];
  readonly vacuous: boolean;
  readonly question: Draft;
  readonly step: Step;
  readonly afterthought: Tail;
  readonly base: Rows;
  readonly contrast: Contrast;
  readonly 'row-pair': readonly [Rows, Rows];
  readonly tier: Tier;
  /** Conditions on two fields at once: "both … and …". */
  readonly 'loose-pair': Condition;
  /** A condition made out of loose words. */
  readonly 'loose-condition': Condition;
  readonly 'loose-ranking': Ranking;
  /** What the first words of a question ask for, and what a field of that is called. */
  readonly opening: { readonly wanted: Wanted; readonly called: readonly string[] };
  /** A name that some field of short text may hold. */
  readonly mention: Named;
  /** A look-up or sum whose field is named by words that stand apart. */
  readonly 'loose-lookup': Draft;
  readonly 'loose-change': Draft;
  /** Whether a change is asked for in percent. */
  readonly 'change-opening': boolean;
  /** Days from one date of a row to another. */
  readonly 'days-span': Quantity;
  /** Another value of a field that was named: "than at B". */
  readonly 'value-operand': Named;
  /** The rest of a sentence, where it only speaks of the number asked for. */
  readonly 'about-number': boolean;
  /** The rest of a sentence, as the field that it names. */
  readonly 'rest-named': Quantity;
  /** A sentence that says that what is missing counts as nought. */
  readonly 'zero-note': boolean;
  readonly identity: boolean;
  readonly 'identity-word': boolean;
  /** A word that nothing here knows, where a verb must stand. */
  readonly 'unknown-verb': boolean;
  /** Verbs and other words that add nothing. */
  readonly light: boolean;
  readonly division: { readonly quantity: Quantity; readonly rows: Rows };
}

/** What is said after a question changes its plan so; null where it does not fit. */
export type Tail = (draft: Draft) => Draft | null;

/** A sentence that prepares the question proper. */
export interface Step {
  readonly rows: Rows;
  readonly figure: Figure | null;
  readonly quantity: Quantity | null;
  /** Whether all that follows is about these rows alone. */
  readonly binds: boolean;
}

/** What the meaning of a phrase may depend on, whatever language it is in. */
export type TableContext = Pick<Context, 'table'>;

export type AnalystGrammar = Grammar<Meanings, Context>;

/** Whether values of the type can be compared and added up. */
export const isNumeric = (type: FieldType): boolean => type === 'number' || type === 'percentage';

/** The predicate that every row fulfils. */
export const everyRow: Predicate = { kind: 'and', operands: [] };

export const isEveryRow = (predicate: Predicate): boolean =>
  predicate.kind === 'and' && predicate.operands.length === 0;

/** The question's own text of a run of tokens. */
export function textOf(context: Context, from: number, to: number): string {
  const tokens: readonly Token[] = context.tokens.slice(from, to);
  const first = tokens[0];
  const last = tokens.at(-1);
  if (first === undefined || last === undefined) return '';
  if (tokens.length === 1 && first.kind === 'quote') return first.text;
  return context.question.slice(first.start, last.end).replaceAll(/\s+/g, ' ');
}
