import type { AnalystGrammar, Context, Tail } from './context.ts';
import { withCounts } from './ask-frames.ts';
import type { Parse } from './engine.ts';
import { quantitiesOf, range } from './loose-quantities.ts';
import { roleOf } from './loose-words.ts';
import type { Draft, Quantity } from './meanings.ts';
import { plainColumn } from './quantity-values.ts';
import { shownQuantity } from './row-sets.ts';
import { isCalendar } from './superlatives.ts';
import { quantityOf } from './terms.ts';

const dearest = 0.8;

/** Words for the number by which an answer was chosen, or that was calculated for it. */
const valueWords: ReadonlySet<string> = new Set(
  'value number figure amount count rate ratio share fraction percentage percent proportion score size total average mean result margin gap difference sum measure growth change increase many much long large high big old far great often'.split(
    ' ',
  ),
);

/** Words for what the rows are named by. */
const identityWords: ReadonlySet<string> = new Set(
  'identifier id name number code title reference'.split(' '),
);

/** The rest of the sentence where it only speaks of the number that was asked for: "how many days was that". */
function aboutTheNumber(context: Context, at: number): Parse<boolean>[] {
  const { tokens } = context;
  if (at >= tokens.length) return [];
  for (let each = at; each < tokens.length; each += 1) {
    const token = tokens[each];
    if (token === undefined || token.kind !== 'word') return [];
    const isKnown =
      valueWords.has(token.lemma) ||
      ['what', 'how', 'and', 'in', 'corresponding', 'respective', 'exact'].includes(token.word) ||
      ['glue', 'light'].includes(roleOf(token)) ||
      context.grammar.parse('unit', context, each).some((unit) => unit.end > each) ||
      context.grammar.parse('noun', context, each).some((noun) => noun.cost < 0.5);
    if (!isKnown) return [];
  }
  return [{ end: tokens.length, cost: 0.05, value: true, notes: [] }];
}

/** The rest of the sentence as the field that it names: "the year it was founded". */
function restNamed(context: Context, at: number): Parse<Quantity>[] {
  const { length } = context.tokens;
  if (at >= length || length - at > 8) return [];
  return quantitiesOf(context, range(at, length))
    .filter(({ cost }) => cost < dearest)
    .map((option) => ({ ...option, end: length, cost: option.cost + 0.1 }));
}

/** The list with a further field beside each row; a list of values with one more value. */
const showing =
  (quantity: Quantity): Tail =>
  (draft) => {
    const { output } = draft;
    if (output.kind !== 'entities' && output.kind !== 'values') return null;
    return { ...draft, output: { ...output, show: [...output.show, shownQuantity(quantity)] } };
  };

/** The list with the date that put it in order, or the only date there is. */
function showingDate(context: Context): Tail {
  return (draft: Draft) => {
    const { selection, output } = draft;
    if (output.kind !== 'entities') return null;
    const by = selection.order?.by;
    const dates = context.table.columns.map((column) => quantityOf(column)).filter(isDated(context));
    const own = dates.find((date) => JSON.stringify(date.expression) === JSON.stringify(by));
    const only = own ?? (dates.length === 1 ? dates[0] : undefined);
    return only === undefined ? null : showing(only)(draft);
  };
}

const isDated =
  (context: Context) =>
  (quantity: Quantity): boolean =>
    plainColumn(context, quantity) !== null && isCalendar(quantity);

const risingFirst: ReadonlySet<string> = new Set(['least', 'fewest', 'lowest', 'smallest', 'shortest']);

/** The draft as it is, where its order begins at the end that the sentence names first. */
function sameDirection({ tokens }: Context): Tail {
  const at = tokens.findIndex(({ word }) => word === 'with' || word === 'from');
  const isRising = risingFirst.has(tokens[at + 1]?.word ?? '');
  return (draft) => {
    const { output, selection } = draft;
    if (output.kind === 'groups')
      return output.order === (isRising ? 'ascending' : 'descending') ? draft : null;
    return selection.order?.descending === !isRising ? draft : null;
  };
}

/** Adds what a question asks for beside its answer, in whatever words. */
export function addLooseTails(grammar: AnalystGrammar): void {
  grammar.primitive('about-number', (context, at) => (context.loose ? aboutTheNumber(context, at) : []));
  grammar.primitive('rest-named', (context, at) => (context.loose ? restNamed(context, at) : []));
  const also = '(and|, and|; and|with|together with|along with|as well as|including)';
  grammar.rule(
    'tail',
    `${also} [in|on|at|since] (when|(what|which) (date|day|year|month)) [<light:more?>]` as const,
    (_, context) => showingDate(context),
  );
  grammar.rule('tail', `${also} <rest-named:quantity>` as const, ({ quantity }) => showing(quantity), 0.05);
  grammar.rule('tail', `${also} (what|which) <light> <rest-named:quantity>` as const, ({ quantity }) =>
    showing(quantity),
  );
  grammar.rule('tail', `${also} <about-number:number>` as const, () => withCounts);
  const show = '(give|show|list|state|report|name|add|include|return|provide|print|tell)';
  grammar.rule('afterthought', `${show} [me] [also] <about-number:number>` as const, () => withCounts);
  grammar.rule('afterthought', `${show} [me] [also] <identity>` as const, () => (draft) => draft);
  grammar.rule(
    'afterthought',
    `${show} [me] [also] <identity> and <about-number:number>` as const,
    () => withCounts,
  );
  grammar.rule(
    'afterthought',
    `${show} [me] [also] <rest-named:quantity>` as const,
    ({ quantity }) => showing(quantity),
    0.05,
  );
  grammar.rule('afterthought', '[only] (count|include|consider) only <rows>', ({ rows }) =>
    rows.where === null ? (draft) => draft : null,
  );
  // "Begin with the most valuable": the order that the question asked for already.
  const extreme =
    '(most|least|fewest|highest|lowest|largest|smallest|biggest|longest|shortest|greatest)' as const;
  grammar.rule(
    'afterthought',
    `(begin|start|beginning|starting) with ${extreme} [<light:more?>]` as const,
    (_, context) => sameDirection(context),
  );
  grammar.rule('afterthought', '(begin|start) with <other-superlative>', (_, context) =>
    sameDirection(context),
  );
  grammar.rule(
    'afterthought',
    `(order|sort|rank|list|put) [them|these|it] [in order] (from|starting with|beginning with) ${extreme} [to ${extreme}]` as const,
    (_, context) => sameDirection(context),
  );
  // Rows without a value add nothing to a sum in any case.
  grammar.primitive('zero-note', (context, at) => {
    const words = context.tokens.slice(at).map(({ word }) => word);
    const says =
      /\b(?:count|counts|counted|treat|treated|taken|take|regarded) as (?:zero|0|nothing|nil)$/.test(
        words.join(' '),
      );
    const of = words.some((word) =>
      ['without', 'no', 'missing', 'lacking', 'not', 'blank', 'empty'].includes(word),
    );
    return at === 0 && says && of ? [{ end: context.tokens.length, cost: 0.05, value: true, notes: [] }] : [];
  });
  grammar.rule('afterthought', '<zero-note:note>', () => (draft) => {
    const { output } = draft;
    return output.kind === 'aggregate' && output.aggregate.function === 'sum' ? draft : null;
  });
  grammar.rule('identity', '[the] [their|its|only] [<noun:noun?>] <identity-word:word>', () => true);
  grammar.primitive('identity-word', (context, at) => {
    const token = context.tokens[at];
    return token?.kind === 'word' && identityWords.has(token.lemma)
      ? [{ end: at + 1, cost: 0, value: true, notes: [] }]
      : [];
  });
}
