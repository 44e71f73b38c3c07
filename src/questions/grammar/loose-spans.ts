import type { CatalogColumn } from '../../table/catalog.ts';
import { stemOf } from '../language/lemma.ts';
import type { Token } from '../language/token.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import { synonymsOf } from '../linking/synonyms.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';
import { measured } from './figures.ts';
import { range } from './loose-quantities.ts';
import { roleOf } from './loose-words.ts';
import { figureDraft } from './drafts.ts';
import type { Draft, Quantity, Rows } from './meanings.ts';
import { daysBetween } from './quantity-values.ts';
import { allRows } from './row-sets.ts';
import { rankingBy } from './superlatives.ts';

const longestEnd = 6;

/** The one date of a row that the words speak of: "filing" of the date a claim was filed. */
function dateNamed(context: Context, positions: readonly number[]): CatalogColumn | null {
  const words = positions
    .flatMap((at) => context.tokens[at] ?? [])
    .filter((token) => !['glue', 'light'].includes(roleOf(token)) || isKnown(context, token));
  if (words.length === 0 || words.some((token) => token.kind !== 'word')) return null;
  const fitting = columnIndexOf(context.table).columns.filter(
    ({ column, variants }) =>
      column.type === 'date' &&
      words.every((token) =>
        variants.some(({ segments }) => segments.flat().some((word) => isSame(word, token))),
      ),
  );
  const [only] = fitting;
  return fitting.length === 1 && only !== undefined ? only.column : null;
}

const isSame = (word: { readonly lemma: string; readonly stem: string }, token: Token): boolean =>
  word.lemma === token.lemma ||
  (word.stem.length > 3 && word.stem === stemOf(token.word)) ||
  synonymsOf(token.lemma).has(word.lemma) ||
  synonymsOf(token.word).has(word.lemma);

/** Whether a word of little meaning is part of a date's name here. */
const isKnown = (context: Context, token: Token): boolean =>
  columnIndexOf(context.table).columns.some(
    ({ column, variants }) =>
      column.type === 'date' &&
      variants.some(({ segments }) => segments.flat().some((word) => isSame(word, token))),
  );

/** "From filing to judgment": the whole days from one date of a row to another. */
function spansAt(context: Context, at: number): Parse<Quantity>[] {
  const { tokens } = context;
  if (!context.loose || !['from', 'between'].includes(tokens[at]?.word ?? '')) return [];
  const results: Parse<Quantity>[] = [];
  for (let middle = at + 2; middle <= at + 1 + longestEnd; middle += 1) {
    if (!['to', 'until', 'till', 'and'].includes(tokens[middle]?.word ?? '')) continue;
    const from = dateNamed(context, range(at + 1, middle));
    if (from === null) continue;
    for (let end = middle + 2; end <= Math.min(tokens.length, middle + 1 + longestEnd); end += 1) {
      const to = dateNamed(context, range(middle + 1, end));
      if (to === null || to === from) continue;
      const value = daysBetween(from, to);
      results.push({ end, cost: 0.15, value, notes: [`counted from "${from.label}" to "${to.label}"`] });
    }
  }
  return results;
}

/** The average time from one event to another, in the unit asked for. */
function averageSpan(context: Context, span: Quantity, rows: Rows): Draft | null {
  const isAverage = context.tokens.some(({ word }) => word === 'average');
  const figure = isAverage ? measured({ function: 'average' }, span, rows) : null;
  return figure === null ? null : figureDraft(figure);
}

/** Adds how long it was from one event to another. */
export function addLooseSpans(grammar: AnalystGrammar): void {
  grammar.primitive('days-span', spansAt);
  grammar.rule(
    'term',
    '[number of] (day|time|duration|length|interval|period|delay|wait) [elapsed|needed|taken|it take|that pass] [,] <days-span:span>',
    ({ span }) => span,
  );
  grammar.rule(
    'change-ranking',
    '<light> <superlative> [time|period|interval] [,] <days-span:span>',
    ({ superlative, span }) => rankingBy({ ...superlative, measured: [] }, span),
  );
  grammar.rule(
    'ask',
    '(how many (day|week|month|year)|how long) <light> [on average] [it] [<light:more?>] <days-span:span> [on average]',
    ({ span }, context) => averageSpan(context, span, allRows),
  );
  grammar.rule(
    'ask',
    'how many (day|week|month|year) on average [<light:more?>] <days-span:span>',
    ({ span }, context) => averageSpan(context, span, allRows),
  );
  grammar.rule(
    'figure-term',
    '<measure> (duration|time|length|delay|wait|number of day) [(of|for|in) <rows:rows?>] [,] <days-span:span>',
    ({ measure, rows, span }) => measured(measure, span, { ...(rows ?? allRows), singular: false }),
    0.02,
  );
}
