import { textCondition } from './text-conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { Weighed } from './engine.ts';
import type { Outcome } from './engine.ts';
import { listDraft, valuesDraft } from './drafts.ts';
import type { Condition, Draft, Quantity, Ranking, Rows } from './meanings.ts';
import { allRows, ranked, restrict, shownQuantity } from './row-sets.ts';
import { rankingBy, rankingByAdjective } from './superlatives.ts';

const which = (rows: Rows, condition: Condition): Draft | null => {
  if (rows.count !== null) return null;
  return listDraft(restrict({ ...rows, singular: false }, condition.predicate));
};

/** The rows that come first; "which five" says how many, "which company" that it is one. */
export function first(rows: Rows, by: Ranking | null): Draft | null {
  if (by === null) return null;
  const result = ranked(rows, by);
  if (result === null) return null;
  const limit = result.by?.limit ?? null;
  if (limit !== null || result.by === null) return listDraft(result);
  return listDraft({ ...result, by: { ...result.by, limit: 1 } });
}

/** All rows in an order. */
function ordered(rows: Rows, quantity: Quantity, descending: boolean): Draft | null {
  const by = rankingBy({ descending, limit: null, offset: 0, measured: [] }, quantity);
  if (by === null) return null;
  if (rows.by === null) {
    const result = ranked({ ...rows, singular: false }, by);
    return result === null ? null : listDraft(result);
  }
  // "The five largest by area, ordered by area": the same order again, or its reverse, which is another one.
  const same = JSON.stringify(rows.by.by) === JSON.stringify(by.by) && rows.by.descending === descending;
  return same ? listDraft(rows) : null;
}

/** Adds questions for lists of rows. */
export function addListQuestions(grammar: AnalystGrammar): void {
  grammar.rule('subject', '<rows>', ({ rows }) => rows);
  grammar.rule('subject', 'of <rows>', ({ rows }) => rows);
  grammar.rule(
    'subject',
    '<count> [of <rows:rows?>]',
    ({ count, rows }) =>
      (rows ?? allRows).count === null && (rows ?? allRows).by === null
        ? { ...(rows ?? allRows), singular: false, count }
        : null,
    0.02,
  );
  grammar.rule(
    'subject',
    '(one|ones) [of <rows:rows?>]',
    ({ rows }) => ({ ...(rows ?? allRows), singular: true }),
    0.05,
  );
  grammar.rule('subject', '', () => allRows, 0.1);

  grammar.rule('ask', '$list [me] [all|names of|name of|names of all|every one of] <rows>', ({ rows }) =>
    listDraft(rows),
  );
  grammar.rule(
    'ask',
    '$list [me] [all|names of|name of] <rows> (with|along with|together with|and|, with|, along with|, together with|and give|and show|including|, including|, and give|, and show|and state) [their|its|corresponding|respective|for each [one]] <quantities>',
    ({ rows, quantities }) => {
      const draft = listDraft(rows, quantities);
      // "Clinics with a helipad" are those that have one.
      const cost = quantities.some(({ type }) => type === 'boolean') ? 0.15 : 0;
      return draft === null ? null : new Weighed([{ value: draft, cost }]);
    },
    0.03,
  );
  grammar.rule('ask', '(which|what|who) <subject> <predicates>', ({ subject, predicates }) =>
    which(subject, predicates),
  );
  grammar.rule(
    'ask',
    '<rows>',
    ({ rows }) => (rows.where === null && rows.by === null ? null : listDraft(rows)),
    0.2,
  );
  grammar.rule('ask', "(which|what) <noun> 's <clauses>", ({ clauses }) => which(allRows, clauses));
  grammar.rule(
    'ask',
    '(which|what) <subject> (be there|exist|remain)',
    ({ subject }) => listDraft({ ...subject, singular: false }),
    0.1,
  );
  addRankingQuestions(grammar);
  addOrderQuestions(grammar);

  grammar.rule('quantities', '<quantity>', ({ quantity }) => [quantity]);
  grammar.rule(
    'quantities',
    '<quantity> (,|and|, and|as well as) [their|its] <quantities>',
    ({ quantity, quantities }) => [quantity, ...quantities],
  );

  grammar.rule(
    'ask',
    '(which|what) [different|distinct|various|unique] [value of|values of|kind of|kinds of] <column> (be there|exist|occur|appear|be represented|be used|be present|be found|be listed) [among <rows:rows?>|in <rows:rows?>]',
    ({ column, rows }) => distinctValues(column, rows ?? allRows),
  );
  grammar.rule(
    'ask',
    '$list [all] (different|distinct|unique|various) [value of|values of|kind of] <column> [$over <rows:rows?>]',
    ({ column, rows }) => distinctValues(column, rows ?? allRows),
  );
  grammar.rule(
    'ask',
    '(which|what) (different|distinct|unique) <column> do <rows> $have',
    ({ column, rows }) => distinctValues(column, rows),
  );
}

function distinctValues(quantity: Quantity, rows: Rows): Draft | null {
  if (quantity.expression.kind !== 'column' || quantity.type === 'list') return null;
  const draft = valuesDraft({ ...rows, singular: false }, [quantity]);
  return draft === null || draft.output.kind !== 'values'
    ? null
    : { ...draft, output: { ...draft.output, distinct: true } };
}

/** Whether the question opens with "what is", so that it asks for a value unless it names the rows. */
const isValueAsked = ({ tokens }: Context): boolean =>
  tokens[0]?.word === 'what' && tokens[1]?.lemma === 'be';

function addRankingQuestions(grammar: AnalystGrammar): void {
  grammar.rule('ask', '(which|what) <subject> <change-ranking:ranking>', ({ subject, ranking }, context) =>
    // "What is the date of the most recent …" asks for no row by name.
    isValueAsked(context) ? null : first(subject, ranking),
  );
  grammar.rule('ask', "(which|what) <noun> 's <owned-ranking:ranking>", ({ ranking }) =>
    first({ ...allRows, singular: true }, ranking),
  );
  grammar.rule(
    'ask',
    '(in|for|at|of|on|with) (which|what) <rows> (be|do) [their|its] <quantity> [be|reach|stand at] <superlative>',
    ({ rows, quantity, superlative }) => first(rows, rankingBy(superlative, quantity)),
  );
  grammar.rule(
    'ask',
    '(which|what) <rows> (do|have) <text> <verb-column:column>',
    ({ rows, text, column }, context) => {
      const condition = textCondition(context, column, { text, match: 'is' });
      const [option] = condition?.options ?? [];
      const value = option === undefined ? null : which(rows, option.value);
      return option === undefined || value === null ? null : new Weighed([{ ...option, value }]);
    },
    0.05,
  );
  grammar.rule(
    'ask',
    '(which|what) <rows> (do|have) <value> <verb-column:column>',
    ({ rows, value, column }) =>
      value.column === column.columns[0] ? which(rows, { predicate: value.predicate, quantity: null }) : null,
  );
  grammar.rule('ask', 'where <inverted>', ({ inverted }) => which(allRows, inverted), 0.1);
  grammar.rule('ask', '(in|for|at|of) (which|what) <rows> <inverted>', ({ rows, inverted }) =>
    which(rows, inverted),
  );
  grammar.rule('ask', "(which|what) <noun> 's <quantity> be <superlative>", ({ quantity, superlative }) =>
    first({ ...allRows, singular: true }, rankingBy(superlative, quantity)),
  );
  grammar.rule(
    'ask',
    '(which|what) <subject> (meet|satisfy|fulfil|fulfill|match) [all|both|all of|every one of] [these|following|of following|of these|following three|following two] (condition|criterion|requirement|criteria) : [their] <haves>',
    ({ subject, haves }) => which(subject, haves),
    0.02,
  );
  grammar.rule(
    'ask',
    '(which|what) <subject> (meet|satisfy|fulfil|fulfill) at least one of [these|following] [condition|criterion|criteria] : <haves>',
    ({ subject, haves }) => (haves.predicate.kind === 'and' ? null : which(subject, haves)),
    0.02,
  );
  grammar.rule(
    'ask',
    '(what be|$compute) <superlative> <quantity> [$over <rows:rows?>] (and|, and|;|,) (which|what|in which|what be) <noun> (have it|be it|be that|hold it|it be|be this|have that|report it|have this|do it belong to|be it for|record it)',
    ({ superlative, quantity, rows }) => {
      const by = rankingBy(superlative, quantity);
      const draft = first(rows ?? allRows, by);
      return draft === null || draft.output.kind !== 'entities'
        ? null
        : { ...draft, output: { ...draft.output, show: [shownQuantity(quantity)] } };
    },
  );
  grammar.rule(
    'ask',
    '$compute <quantity> (for|of) (each|every|all) <noun> (and|, and|;|, then|and then|then) ($list) <superlative> [<noun:again?>] [by it]',
    ({ quantity, superlative }) => first(allRows, rankingBy(superlative, quantity)),
  );
  grammar.rule(
    'ask',
    '$compute <quantity> (for|of) (each|every|all) <noun> (and|, and|;|, then|and then|;|then) (which|what) [<count:count?>] [<noun:again?>] (have|be) <superlative> [value|one|ratio|figure|score|result]',
    ({ quantity, superlative, count }) =>
      first(
        { ...allRows, singular: count === undefined, count: count ?? null },
        rankingBy(superlative, quantity),
      ),
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> ($have|come with|show) [overall] <ranking>',
    ({ subject, ranking }) => first(subject, ranking),
  );
  grammar.rule('ask', '(which|what|who) <subject> <gain:gain> <ranking>', ({ subject, ranking }) =>
    first(subject, ranking),
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> <verb-column:column> <ranking>',
    ({ subject, column, ranking }) =>
      ranking.quantity?.columns[0] === column.columns[0] ? first(subject, ranking) : null,
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> be [ranked] <superlative> (by|in terms of|in|for|when ranked by|with respect to|according to|measured by) [their|its] <quantity>',
    ({ subject, superlative, quantity }) => first(subject, rankingBy(superlative, quantity)),
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> rank <superlative> (by|in terms of|in|for|on) [their|its] <quantity>',
    ({ subject, superlative, quantity }) => first(subject, rankingBy(superlative, quantity)),
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> (rank|be ranked|be|come) <ordinal> (by|in terms of|in|for|on) [their|its] <quantity>',
    ({ subject, ordinal, quantity }) =>
      first(subject, rankingBy({ descending: true, limit: 1, offset: ordinal - 1, measured: [] }, quantity)),
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> (take up|takes up|occupy|require|use up|use|need|consume) <ranking>',
    ({ subject, ranking }) => first(subject, ranking),
    0.03,
  );
  // By what was calculated or defined before.
  grammar.rule(
    'ask',
    '(which|what|who) <subject> (score|rank|fare|come out|come|do|be|perform) <superlative> [on it|in it|by it|by this measure|on this measure]',
    ({ subject, superlative }, context) => {
      const { quantity, definitions } = context.discourse;
      const spoken = quantity ?? (definitions.length === 1 ? definitions[0]?.quantity : undefined);
      return spoken == null ? null : first(subject, rankingBy({ ...superlative, measured: [] }, spoken));
    },
    -0.1,
  );
  grammar.rule('ask', '(which|what|who) <subject> be <superlative>', ({ subject, superlative }, context) =>
    firstByAdjective(context, subject, superlative),
  );
  grammar.rule(
    'ask',
    '(which|what|who) be <rows>',
    ({ rows }, context) => {
      if (rows.by?.limit == null && !rows.singular) return null;
      const asked = rows.noun === null && isValueAsked(context) ? rows.by : null;
      return asked?.quantity == null
        ? listDraft(rows)
        : valuesDraft({ ...rows, by: { ...asked, limit: asked.limit ?? 1 } }, [asked.quantity]);
    },
    0.02,
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> <verb-column:quantity> <superlative> [<noun:noun?>]',
    ({ subject, quantity, superlative }) => first(subject, rankingBy(superlative, quantity)),
    0.1,
  );
  grammar.rule(
    'ask',
    '(which|what|who) <subject> (be|be among) <rows>',
    ({ subject, rows }) => topOf(subject, rows),
    0.03,
  );
  grammar.rule(
    'ask',
    '(which|what) <subject> take (longest|most time) [from|between] <quantity:from> (to|and|until) <quantity:to>',
    ({ subject, from, to }) => longest(subject, { from, to, descending: true }),
  );
  grammar.rule(
    'ask',
    '(which|what) <subject> take (shortest|least time) [from|between] <quantity:from> (to|and|until) <quantity:to>',
    ({ subject, from, to }) => longest(subject, { from, to, descending: false }),
  );
  grammar.rule(
    'ask',
    '(which|what) <subject> have <quantity> that be <superlative>',
    ({ subject, superlative, quantity }) => first(subject, rankingBy(superlative, quantity)),
  );
}

function longest(
  rows: Rows,
  span: { readonly from: Quantity; readonly to: Quantity; readonly descending: boolean },
): Draft | null {
  const { from, to, descending } = span;
  if (from.type !== 'date' || to.type !== 'date') return null;
  const by = { kind: 'days-between', from: from.expression, to: to.expression } as const;
  return first(rows, { by, descending, limit: null, offset: 0, quantity: null });
}

function firstByAdjective(
  context: Context,
  rows: Rows,
  superlative: Parameters<typeof rankingByAdjective>[1],
): Outcome<Draft> {
  const outcome = rankingByAdjective(context, superlative, rows.noun);
  if (outcome === null) return null;
  return new Weighed(
    outcome.options.flatMap((option) => {
      const value = first(rows, option.value);
      return value === null ? [] : [{ ...option, value }];
    }),
  );
}

/** "Which companies are the five largest by revenue?" */
function topOf(subject: Rows, rows: Rows): Draft | null {
  if (rows.by === null || rows.by.limit === null || rows.where !== null) return null;
  const count = subject.count;
  if (count !== null && count !== rows.by.limit) return null;
  const result = ranked({ ...subject, count: null, singular: false }, rows.by);
  return result === null ? null : listDraft(result);
}

function addOrderQuestions(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    `(rank|sort|order|list|show|give|arrange) [all] <rows> [, (ranked|ordered|sorted|arranged)|ranked|ordered|sorted] (by|in order of|according to|based on) [their|its] <quantity>`,
    ({ rows, quantity }) => ordered(rows, quantity, true),
    0.03,
  );
  grammar.rule(
    'ask',
    `(rank|sort|order|list|show|give|arrange) [all] <rows> [,] [ranked|ordered|sorted|arranged] (by|in order of|according to|based on) [their|its] <quantity> [,] [in|from|order by] [order] <direction> [order]`,
    ({ rows, quantity, direction }) => ordered(rows, quantity, direction),
  );
  grammar.rule(
    'ask',
    `(rank|sort|order|list|show|give|arrange) [all] <rows> [,] (ranked|ordered|sorted|arranged|) in (<direction>) order of [their|its] <quantity>`,
    ({ rows, quantity, direction }) => ordered(rows, quantity, direction),
  );
  grammar.rule(
    'ask',
    `(rank|order|sort) <rows>`,
    ({ rows }) => (rows.by === null ? null : listDraft(rows)),
    0.02,
  );
}
