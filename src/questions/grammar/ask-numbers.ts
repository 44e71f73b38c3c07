import type { Expression, Selection } from '../plan.ts';
import type { AnalystGrammar } from './context.ts';
import { Weighed } from './engine.ts';
import { countDraft, figureDraft, figuresDraft } from './drafts.ts';
import { distinctCount, measured } from './figures.ts';
import type { Condition, Draft, Quantity, Rows } from './meanings.ts';
import { textCondition } from './text-conditions.ts';
import { numeric } from './quantity-values.ts';
import { allRows, restrict, selectionOf } from './row-sets.ts';

const count = (rows: Rows, condition: Condition): Draft | null =>
  rows.count === null ? countDraft(restrict({ ...rows, singular: false }, condition.predicate)) : null;

const summed = (quantity: Quantity, rows: Rows, how: 'sum' | 'average'): Draft | null => {
  const figure = measured({ function: how }, quantity, rows);
  return figure === null ? null : figureDraft(figure);
};

/** The share of some rows in others: of their number, or of the sum of a quantity. */
export function share(part: Rows, whole: Rows, weight: Quantity | null): Draft | null {
  if (part.count !== null || whole.count !== null) return null;
  const weighed = weight === null ? null : numeric(weight);
  if (weight !== null && weighed === null) return null;
  const of = selectionOf(whole);
  const isAll = Object.keys(of).length === 0;
  return {
    selection: selectionOf(part),
    output: {
      kind: 'share',
      ...(weighed === null ? {} : { weight: weighed.expression }),
      ...(isAll ? {} : { of }),
    },
  };
}

const shareOf = (rows: Rows, condition: Condition): Draft | null =>
  share(restrict({ ...rows, singular: false }, condition.predicate), rows, null);

/** Adds questions for counts, aggregates and shares. */
export function addNumberQuestions(grammar: AnalystGrammar): void {
  addCountQuestions(grammar);
  addAggregateQuestions(grammar);
  addShareQuestions(grammar);
}

function addCountQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    'how many <rows> (do|have) <text> <verb-column:column>',
    ({ rows, text, column }, context) => {
      const condition = textCondition(context, column, { text, match: 'is' });
      const [option] = condition?.options ?? [];
      const value = option === undefined ? null : count(rows, option.value);
      return option === undefined || value === null ? null : new Weighed([{ ...option, value }]);
    },
    0.05,
  );
  grammar.rule('ask', 'how many <rows> (do|have) <value> <verb-column:column>', ({ rows, value, column }) =>
    value.column === column.columns[0] ? count(rows, { predicate: value.predicate, quantity: null }) : null,
  );
  grammar.rule('ask', '(in|for|at|of|among) how many [of] <rows> <inverted>', ({ rows, inverted }) =>
    count(rows, inverted),
  );
  grammar.rule(
    'ask',
    '(how many|number of|what number of) <subject> [in total|altogether|overall] <predicates>',
    ({ subject, predicates }) => count(subject, predicates),
  );
  grammar.rule(
    'ask',
    '(how many|what number of|count) <rows> [be there|exist|be included|be listed|be present|in total|altogether|do we have|be there in total|be there in all]',
    ({ rows }) => countDraft(rows),
    0.02,
  );
  grammar.rule('ask', 'how many be there (of|in) <rows>', ({ rows }) => countDraft(rows));
  grammar.rule(
    'ask',
    '(how many|count) (distinct|different|unique) <column> [be there|exist|occur|appear|be represented|be used|be there in total] [$over <rows:rows?>]',
    ({ column, rows }) => numberDraft(distinctCount(column, rows ?? allRows)),
  );
  grammar.rule(
    'ask',
    'how many (distinct|different|unique) <column> do <rows> (have|cover|span|come from|represent|use|belong to|list)',
    ({ column, rows }) => numberDraft(distinctCount(column, rows)),
  );
  grammar.rule(
    'ask',
    'how many (distinct|different|unique|individual|separate) <column> (have|look after|care for|maintain|own|run|hold|be responsible for|be behind|appear among|occur among|occur in|appear in|be found among|be found in|be used by|account for|sponsor|lead|publish|offer|sell|operate) <rows>',
    ({ column, rows }) => numberDraft(distinctCount(column, rows)),
  );
  grammar.rule(
    'ask',
    '(how many|count) <column> (contain|include|mention|(have|carry) (marker|word|term|string|text|suffix|prefix|phrase|tag|letters|substring)) [marker|word|term|string|text|suffix|prefix|phrase|tag|letters|substring] <text>',
    ({ column, text }, context) => {
      const namesRows = context.table.nouns.some((noun) => column.columns.includes(noun));
      if (namesRows || (column.type !== 'text' && column.type !== 'category')) return null;
      const found = textCondition(context, column, { text, match: 'contains' })?.options[0];
      const value = found === undefined ? null : count(allRows, found.value);
      return found === undefined || value === null ? null : new Weighed([{ ...found, value }]);
    },
    0.05,
  );
  grammar.rule(
    'ask',
    '(add up|sum up|sum|total|total up|tot up) [all] <quantity> [$over <rows:rows?>] [: what be total|: what be sum|: what do you get|and give total|and give sum|and report total]',
    ({ quantity, rows }) => summed(quantity, rows ?? allRows, 'sum'),
  );
  grammar.rule(
    'ask',
    'how many <column> (be there|exist|be represented|occur|appear|be used) [$over <rows:rows?>]',
    ({ column, rows }) =>
      column.type === 'category' || column.type === 'text'
        ? numberDraft(distinctCount(column, rows ?? allRows))
        : null,
    0.05,
  );
  grammar.rule(
    'ask',
    '(how many|how much) <quantity> do <rows> (have|report|record|list|show|total) [in total|together|combined|altogether|in all|overall]',
    ({ quantity, rows }) => summed(quantity, rows, 'sum'),
    0.05,
  );
  grammar.rule(
    'ask',
    '(how many|how much) <quantity> (live in|live|be|be there in|reside in|be located in|belong to|be found in|exist in|be held by|be owned by|be employed by|be recorded in|be enrolled at|be enrolled in|work for|work at|work in) <rows> [in total|combined|together|altogether]',
    ({ quantity, rows }) => summed(quantity, rows, 'sum'),
    0.05,
  );
  grammar.rule(
    'ask',
    '(how many|how much) <quantity> [be there] (in total|altogether|in all|combined|overall) [$over <rows:rows?>]',
    ({ quantity, rows }) => summed(quantity, rows ?? allRows, 'sum'),
    0.05,
  );
  grammar.rule('ask', '(how many|how much) <quantity> do (average|typical) <noun> have', ({ quantity }) =>
    summed(quantity, allRows, 'average'),
  );
  grammar.rule(
    'ask',
    '[on average [,]] (how many|how much) <quantity> do <rows> have on average',
    ({ quantity, rows }) => summed(quantity, rows, 'average'),
  );
  grammar.rule('ask', 'on average [,] (how many|how much) <quantity> do <rows> have', ({ quantity, rows }) =>
    summed(quantity, rows, 'average'),
  );
}

const numberDraft = (figure: Parameters<typeof figureDraft>[0] | null): Draft | null =>
  figure === null ? null : figureDraft(figure);

function addAggregateQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    '$compute <measure:first> , <measure:second> [,] and <measure:third> [of|for] [their|all] <quantity> [$over <rows:rows?>]',
    ({ first, second, third, quantity, rows }) => {
      const figures = [first, second, third].map((measure) => measured(measure, quantity, rows ?? allRows));
      const known = figures.filter((each) => each !== null);
      return known.length === 3 ? figuresDraft(known) : null;
    },
  );
  grammar.rule('ask', '$compute [me] <figure>', ({ figure }) =>
    figure.isLookup === true ? null : figureDraft(figure),
  );
  grammar.rule(
    'ask',
    '<figure>',
    ({ figure }) => (figure.isLookup === true ? null : figureDraft(figure)),
    0.1,
  );
  grammar.rule(
    'ask',
    '$compute <measure:first> and <measure:second> [of|for] [their|all] <quantity> [$over <rows:rows?>]',
    ({ first, second, quantity, rows }) => {
      const figures = [
        measured(first, quantity, rows ?? allRows),
        measured(second, quantity, rows ?? allRows),
      ].filter((each) => each !== null);
      return figures.length === 2 ? figuresDraft(figures) : null;
    },
  );
}

/** A share in percent, or as a number from 0 to 1 where a fraction is asked for. */
function stated(draft: Draft | null, percent: boolean): Draft | null {
  if (draft === null || percent || draft.output.kind !== 'share') return draft;
  const { weight, of } = draft.output;
  const total = (selection: Selection | undefined): Expression => ({
    kind: 'aggregate',
    aggregate: {
      ...(weight === undefined ? { function: 'count' } : { function: 'sum', of: weight }),
      ...(selection === undefined ? {} : { selection }),
    },
  });
  const value: Expression = {
    kind: 'arithmetic',
    operator: '/',
    left: total(draft.selection),
    right: total(of),
  };
  return {
    selection: {},
    output: { kind: 'calculation', values: [{ value, name: 'fraction', unit: null, percentage: false }] },
  };
}

function addShareQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    '(what|which) <portion> [of them|of these|of those] <predicates>',
    ({ portion, predicates }) => stated(shareOf(allRows, predicates), portion),
    0.02,
  );
  grammar.rule('ask', '(in|for) (what|which) <portion> of <rows> <inverted>', ({ portion, rows, inverted }) =>
    stated(shareOf(rows, inverted), portion),
  );
  grammar.rule(
    'ask',
    '[what be|$compute] <portion> of <rows> (that|which|who) <predicates>',
    ({ portion, rows, predicates }) => stated(shareOf(rows, predicates), portion),
  );
  grammar.rule(
    'ask',
    '[what be|$compute] <portion> of <rows> (with|having) <haves>',
    ({ portion, rows, haves }) => stated(shareOf(rows, haves), portion),
  );
  grammar.rule(
    'ask',
    '[what be|$compute] <portion> of <rows> whose <clauses>',
    ({ portion, rows, clauses }) => stated(shareOf(rows, clauses), portion),
  );
  grammar.rule('ask', '(what|which) <portion> of <rows> <predicates>', ({ portion, rows, predicates }) =>
    stated(shareOf(rows, predicates), portion),
  );
  grammar.rule(
    'ask',
    '(what|which) <portion> of <rows:whole> be <rows:part>',
    ({ portion, whole, part }) =>
      stated(part.where === null ? null : share(restrict(whole, part.where), whole, null), portion),
    0.05,
  );
  const held =
    '(belong to|work for|work at|work in|be employed by|be employed in|be employed at|live in|lives in|lie with|be home to|fall to|fall on|be accounted for by|come from|be held by|be due to|go to|be generated by|be attributable to|be contributed by|be in|be produced by|be earned by|be concentrated in|be found in|lie in|live in|be represented by|be made up by|be owned by|be made by|be from|be covered by|be contained in|be taken up by|be taken by|live with|be occupied by|be used by|be spent by|originate from|derive from)';
  for (const sum of [
    "(total|summed|combined|overall|aggregate|entire|all|sum of|total of|world 's|world) <quantity>",
    '<quantity>',
  ] as const) {
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} (be|live|lie|come|originate|stem|belong|fall|be located|be found|reside|be spent|be earned|be generated) <place>` as const,
      ({ portion, quantity, place }) =>
        stated(share(restrict(allRows, place.predicate), allRows, quantity), portion),
      0.03,
    );
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} [of <rows:whole?>|across <rows:whole?>|over <rows:whole?>] ${held} <rows:part>` as const,
      ({ portion, quantity, whole, part }) => stated(share(part, whole ?? allRows, quantity), portion),
      0.01,
    );
    const names = (entities: readonly string[]): Rows => ({
      ...allRows,
      where: { kind: 'entity', names: entities },
    });
    grammar.rule(
      'ask',
      `(what|which) $portion of ${sum} [of <rows:whole?>|across <rows:whole?>|over <rows:whole?>] ${held} <entities>` as const,
      ({ quantity, whole, entities }) => share(names(entities), whole ?? allRows, quantity),
      0.01,
    );
    grammar.rule(
      'ask',
      `(what|which) $portion of ${sum} [of <rows:whole?>|across <rows:whole?>] do <entities> (account for|represent|have|hold|make up|contribute|cover|own|comprise|constitute|produce|generate)` as const,
      ({ quantity, whole, entities }) => share(names(entities), whole ?? allRows, quantity),
      0.01,
    );
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} [of <rows:whole?>|across <rows:whole?>] do <rows:part> (account for|represent|have|hold|make up|contribute|cover|own|comprise|constitute|produce|generate)` as const,
      ({ portion, quantity, whole, part }) => stated(share(part, whole ?? allRows, quantity), portion),
      0.01,
    );
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} [of <rows:whole?>|across <rows:whole?>|over <rows:whole?>] ${held} <count> <noun> with <superlative> (one|value|share|figure|amount|<quantity:again?>)` as const,
      ({ portion, quantity, whole, count: top, superlative }) =>
        stated(topShare(quantity, whole ?? allRows, { top, descending: superlative.descending }), portion),
    );
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} [of <rows:whole?>|across <rows:whole?>|over <rows:whole?>] ${held} (top|largest|biggest) <count> [<noun:noun?>|one|ones]` as const,
      ({ portion, quantity, whole, count: top }) =>
        stated(topShare(quantity, whole ?? allRows, { top, descending: true }), portion),
    );
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} [of <rows:whole?>|across <rows:whole?>|over <rows:whole?>] ${held} <count> (top|largest|biggest) (<noun>|one|ones)` as const,
      ({ portion, quantity, whole, count: top }) =>
        stated(topShare(quantity, whole ?? allRows, { top, descending: true }), portion),
    );
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} [of <rows:whole?>|across <rows:whole?>] do (top|largest|biggest) <count> [<noun:noun?>] (account for|represent|have|hold|make up|contribute|cover|own)` as const,
      ({ portion, quantity, whole, count: top }) =>
        stated(topShare(quantity, whole ?? allRows, { top, descending: true }), portion),
    );
    grammar.rule(
      'ask',
      `(what|which) <portion> of ${sum} [of <rows:whole?>|across <rows:whole?>] do <count> (top|largest|biggest) <noun> (account for|represent|have|hold|make up|contribute|cover|own)` as const,
      ({ portion, quantity, whole, count: top }) =>
        stated(topShare(quantity, whole ?? allRows, { top, descending: true }), portion),
    );
  }
}

/** The share in a sum of the rows that have most of it. */
function topShare(
  given: Quantity,
  whole: Rows,
  which: { readonly top: number; readonly descending: boolean },
): Draft | null {
  const quantity = numeric(given);
  if (quantity === null || whole.by !== null) return null;
  const by = { by: quantity.expression, descending: which.descending, limit: which.top, offset: 0, quantity };
  return share({ ...whole, count: null, singular: false, by }, whole, quantity);
}
