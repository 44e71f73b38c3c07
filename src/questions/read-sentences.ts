import type { CatalogColumn, CatalogTable } from '../table/catalog.ts';
import { analystGrammar } from './grammar/analyst-grammar.ts';
import { nothingSaid } from './grammar/context.ts';
import type { Context, Discourse, Tail } from './grammar/context.ts';
import { withDefinitions } from './grammar/definitions.ts';
import type { Draft, Rows } from './grammar/meanings.ts';
import { TooManyReadingsError } from './grammar/engine.ts';
import type { Parse } from './grammar/engine.ts';
import { allRows, within } from './grammar/row-sets.ts';
import { composedDrafts } from './composition/compose.ts';
import { englishPiecesAt } from './composition/english/pieces.ts';
import { rebase, tidied } from './grammar/scope.ts';
import type { Token } from './language/token.ts';
import { columnsNamed, hasTier } from './plan-nodes.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';

/** One way to understand the whole question over one table. */
export interface Understanding {
  readonly draft: Draft;
  readonly cost: number;
  readonly notes: readonly string[];
}

interface Told {
  readonly discourse: Discourse;
  /** Rows to which everything that follows is bound: "Consider only …". */
  readonly base: Rows | null;
  /** What is supposed of the answer's figures: "Assume that prices were 10 % higher." */
  readonly supposed: Tail | null;
  readonly draft: Draft | null;
  readonly cost: number;
  readonly notes: readonly string[];
}

const ruleBudget = 3_000_000;
const keptReadings = 6;

/** Columns that some phrase of the question names: plainly, or in some way at all. */
function columnsNamedBy(
  table: CatalogTable,
  sentences: readonly (readonly Token[])[],
): Pick<Context, 'plainColumns' | 'namedColumns'> {
  const plainColumns = new Set<string>();
  const namedColumns = new Set<CatalogColumn>();
  const index = columnIndexOf(table);
  for (const sentence of sentences)
    for (let at = 0; at < sentence.length; at += 1)
      for (const link of columnLinks(index, sentence, at)) {
        if (link.cost <= 0.2 && link.end - at > 1) plainColumns.add(link.column.name);
        if (link.cost < 0.6) namedColumns.add(link.column);
      }
  return { plainColumns, namedColumns };
}

interface Sentences {
  readonly question: string;
  readonly sentences: readonly (readonly Token[])[];
  readonly table: CatalogTable;
  /** What the question calls the table's rows, though nothing in the documents does. */
  readonly assumedNoun: string | null;
  /** Whether conditions and rankings may be made out of loose words. */
  readonly loose: boolean;
}

/** What a sentence of the question is read in. */
function contextsOf({
  question,
  table,
  assumedNoun,
  loose,
  sentences,
}: Sentences): (tokens: readonly Token[], discourse: Discourse) => Context {
  const named = columnsNamedBy(table, sentences);
  return (tokens, discourse) => ({
    tokens,
    memo: new Map(),
    budget: ruleBudget,
    grammar: analystGrammar(),
    table,
    discourse,
    question,
    allTokens: sentences.flat(),
    ...named,
    assumedNoun,
    loose,
  });
}

/** Readings of a question of one sentence that is put together out of its parts, cheapest first. */
export function composeSentence(options: Omit<Sentences, 'loose'>): Understanding[] {
  const [only, ...others] = options.sentences.filter((sentence) => sentence.length > 0);
  if (only === undefined) return [];
  const contextOf = contextsOf({ ...options, loose: true });
  let found: readonly Parse<Draft>[];
  try {
    const context = contextOf(only, nothingSaid);
    found = composedDrafts(context, (at) => englishPiecesAt(context, at));
  } catch (error) {
    // What can be cut in too many ways is left to the readings that were found before.
    if (error instanceof TooManyReadingsError) return [];
    throw error;
  }
  for (const sentence of found.length === 0 ? [] : others) {
    const context = contextOf(sentence, nothingSaid);
    const after = complete(context, analystGrammar().parse('afterthought', context, 0));
    found = found.flatMap((parse) =>
      after.flatMap((tail): Parse<Draft>[] => {
        const value = tail.value(parse.value);
        return value === null ? [] : [{ ...parse, value, cost: parse.cost + tail.cost }];
      }),
    );
  }
  return found.map(({ value, cost, notes }) => ({ draft: tidied(value), cost, notes }));
}

/** All ways to understand the sentences one after the other, cheapest first. */
export function readSentences(options: Sentences): Understanding[] {
  const contextOf = contextsOf(options);
  let told: readonly Told[] = [
    { discourse: nothingSaid, base: null, supposed: null, draft: null, cost: 0, notes: [] },
  ];
  for (const sentence of options.sentences) {
    told = told
      .flatMap((before) =>
        withDefinitions(contextOf(sentence, before.discourse), contextOf).flatMap((context) =>
          readSentence(context, before),
        ),
      )
      .sort((left, right) => left.cost - right.cost)
      .slice(0, keptReadings);
    if (told.length === 0) return [];
  }
  return told.flatMap(({ draft, discourse, cost, notes }) =>
    draft === null || !usesWhatWasTold(draft, discourse) ? [] : [{ draft: tidied(draft), cost, notes }],
  );
}

/**
 * Whether the question makes use of what the sentences before it set up. An answer over all rows, after the
 * countries were divided into groups, would leave a sentence out without a word.
 */
function usesWhatWasTold(draft: Draft, { tiers, rows }: Discourse): boolean {
  if (tiers !== null && !hasTier(draft)) return false;
  const used = new Set(columnsNamed(draft));
  return columnsNamed(rows?.where).every((column) => used.has(column));
}

const complete = <T>(context: Context, parses: readonly Parse<T>[]): readonly Parse<T>[] =>
  parses.filter((parse) => parse.end === context.tokens.length);

/** What a sentence adds to what was told before. */
function readSentence(context: Context, before: Told): Told[] {
  const grammar = analystGrammar();
  const { discourse } = context;
  if (context.tokens.length === 0) return [{ ...before, discourse }];
  const told: Told[] = [];
  const follows = (parse: Parse<unknown>): Pick<Told, 'cost' | 'notes'> => ({
    cost: before.cost + parse.cost,
    notes: [...before.notes, ...parse.notes],
  });
  if (before.draft === null) {
    for (const parse of complete(context, grammar.parse('question', context, 0))) {
      const based = before.base === null ? parse.value : rebase(parse.value, before.base);
      const draft = before.supposed === null ? based : before.supposed(based);
      if (draft !== null) told.push({ ...before, ...follows(parse), discourse, draft });
    }
    for (const parse of complete(context, grammar.parse('supposition', context, 0)))
      told.push({ ...before, ...follows(parse), discourse, supposed: parse.value });
    for (const parse of complete(context, grammar.parse('division', context, 0)))
      told.push({
        ...before,
        ...follows(parse),
        base:
          parse.value.rows.where === null ? before.base : within(parse.value.rows, before.base ?? allRows),
        discourse: { ...discourse, tiers: parse.value.quantity },
      });
    for (const parse of complete(context, grammar.parse('step', context, 0))) {
      const { rows, figure, quantity, binds } = parse.value;
      const base = binds ? within(rows, before.base ?? allRows) : before.base;
      told.push({
        ...before,
        ...follows(parse),
        base,
        discourse: {
          ...discourse,
          rows,
          figure: figure ?? discourse.figure,
          quantity: quantity ?? discourse.quantity,
        },
      });
    }
    return told;
  }
  for (const parse of complete(context, grammar.parse('afterthought', context, 0))) {
    const draft = parse.value(before.draft);
    if (draft !== null) told.push({ ...before, ...follows(parse), discourse, draft });
  }
  return told;
}
