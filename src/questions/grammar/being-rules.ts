import type { AnalystGrammar } from './context.ts';
import { comparison, opposite } from './conditions.ts';
import type { Comparing } from './meanings.ts';
import { allRows, both, selectionOf } from './row-sets.ts';
import { rankingBy } from './superlatives.ts';
import { named, amongRanked } from './predicate-conditions.ts';

/** Adds what may follow "are". */
export function addBeingRules(grammar: AnalystGrammar): void {
  grammar.rule('being', '(in|among) both <rows:first> and [in|among] <rows:second>', ({ first, second }) => {
    const sets = [first, second].filter((rows) => rows.by !== null && rows.by.limit !== null);
    const operands = sets.map((rows) => ({ kind: 'among', selection: selectionOf(rows) }) as const);
    return operands.length < 2 ? null : { predicate: { kind: 'and', operands }, quantity: null };
  });
  grammar.rule('being', '(in|among) <rows:first> and [in|among] <rows:second>', ({ first, second }) => {
    const sets = [first, second].filter((rows) => rows.by !== null && rows.by.limit !== null);
    const operands = sets.map((rows) => ({ kind: 'among', selection: selectionOf(rows) }) as const);
    return operands.length < 2 ? null : { predicate: { kind: 'and', operands }, quantity: null };
  });
  grammar.rule(
    'being',
    '(in|among|within) <rows:first> but (not|outside) [in|among|within] <rows:second>',
    ({ first, second }) => {
      if (first.by?.limit == null || second.by?.limit == null) return null;
      const operands = [
        { kind: 'among', selection: selectionOf(first) },
        { kind: 'among', selection: selectionOf(second), negated: true },
      ] as const;
      return { predicate: { kind: 'and', operands }, quantity: null };
    },
  );
  grammar.rule('being', '<place>', ({ place }) => place);
  grammar.rule('being', '[either] <value-list:value> [<noun:noun?>]', ({ value }) => named(value), 0.02);
  grammar.rule('being', '<value> (in|by|of) <column>', ({ value, column }) =>
    value.column === column.columns[0] ? named(value) : null,
  );
  grammar.rule('being', '(of|in) <column> <value>', ({ value, column }) =>
    value.column === column.columns[0] ? named(value) : null,
  );
  grammar.rule(
    'being',
    '[of] <column> <value>',
    ({ value, column }) => (value.column === column.columns[0] ? named(value) : null),
    0.05,
  );
  grammar.rule('being', '<flag>', ({ flag }) => named(flag));
  grammar.rule(
    'being',
    '<value> <place>',
    ({ value, place }) => ({
      predicate: both(value.predicate, place.predicate) ?? place.predicate,
      quantity: null,
    }),
    0.02,
  );
  grammar.rule('being', 'one of <entities>', ({ entities }) => ({
    predicate: { kind: 'entity', names: entities },
    quantity: null,
  }));
  grammar.rule('being', 'not <being:inner>', ({ inner }) => opposite(inner));
  grammar.rule('being', '[also] (among|in|within|part of|one of|member of) <rows>', ({ rows }) =>
    rows.by !== null && rows.by.limit !== null
      ? { predicate: { kind: 'among', selection: selectionOf(rows) }, quantity: null }
      : null,
  );
  grammar.rule(
    'being',
    '[also] (in|among|within) top <count> (by|in terms of|for|in|on|with respect to|when ranked by|according to) <quantity>',
    ({ count, quantity }) =>
      amongRanked(allRows, { by: quantity.expression, descending: true, limit: count, offset: 0, quantity }),
  );
  grammar.rule(
    'being',
    '[ranked|also] (among|in|within) <superlative> [<noun:noun?>] (by|in terms of|for|in|on|with respect to|when ranked by|according to) <quantity>',
    ({ superlative, quantity }) => {
      const by = rankingBy(superlative, quantity);
      return by === null ? null : amongRanked(allRows, by);
    },
  );
  grammar.rule(
    'being',
    '[also] (in|among|within) top <count> (by|in terms of|for|in|on) [both] [their] <quantity:first> and [by|in terms of|for|in|on] [their] <quantity:second>',
    ({ count, first, second }) => {
      const one = amongRanked(allRows, {
        by: first.expression,
        descending: true,
        limit: count,
        offset: 0,
        quantity: first,
      });
      const other = amongRanked(allRows, {
        by: second.expression,
        descending: true,
        limit: count,
        offset: 0,
        quantity: second,
      });
      const predicate = one === null || other === null ? null : both(one.predicate, other.predicate);
      return predicate === null ? null : { predicate, quantity: null };
    },
  );
  grammar.rule(
    'being',
    '(ranked|ranking) (among|in) [top] <count> [highest|largest] (by|in terms of|for|in|on) <quantity>',
    ({ count, quantity }) =>
      amongRanked(allRows, { by: quantity.expression, descending: true, limit: count, offset: 0, quantity }),
  );
  grammar.rule(
    'being',
    '(above|over|$more than) average (in|in terms of|by|for|on) <quantity>',
    ({ quantity }, context) => comparison(context, quantity, average('>')),
  );
  grammar.rule(
    'being',
    '(below|under|$fewer than) average (in|in terms of|by|for|on) <quantity>',
    ({ quantity }, context) => comparison(context, quantity, average('<')),
  );
}

const average = (sign: '>' | '<'): Comparing => ({
  comparison: sign,
  operand: { kind: 'own-aggregate', measure: { function: 'average' }, rows: null },
});
