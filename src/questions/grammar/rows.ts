import { compare } from './compare.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { everyRow } from './context.ts';
import { Weighed } from './engine.ts';
import type { Outcome } from './engine.ts';
import { nameCondition, noneCondition, opposite, statedCondition } from './conditions.ts';
import type { Condition, Modifier, Named, Ranking, Rows, Superlative } from './meanings.ts';
import { inUnit } from './quantity-values.ts';
import { allRows, both, modified, ranked, selectionOf, within } from './row-sets.ts';
import { rankingBy, rankingByAdjective } from './superlatives.ts';

const condition = (value: Condition): Modifier => ({ kind: 'condition', condition: value });
const ranking = (value: Ranking): Modifier => ({ kind: 'ranking', ranking: value });
const always: Condition = { predicate: everyRow, quantity: null };

/** Whether the noun's form says that one row is meant. */
function isSingular({ tokens }: Context, noun: string): boolean {
  const head = noun.split(' ').at(-1) ?? noun;
  return (
    tokens.some((token) => token.word === head && token.lemma === head) &&
    !tokens.some((token) => token.lemma === head && token.word !== head)
  );
}

const ofNoun = (context: Context, noun: string): Rows => ({
  ...allRows,
  noun,
  singular: isSingular(context, noun),
});

const valued = (rows: Rows, value: Named, other?: Named): Rows => ({
  ...rows,
  where: both(both(rows.where, value.predicate), other?.predicate ?? null),
});

/** Adds noun phrases for sets of rows. */
export function addRowRules(grammar: AnalystGrammar): void {
  addCoreRules(grammar);
  addRankedCoreRules(grammar);
  addRestrictorRules(grammar);
  grammar.rule('restrictors', '[,] <restrictor>', ({ restrictor }) => [restrictor]);
  grammar.rule(
    'restrictors',
    '[,] <restrictor> [,] <restrictors>',
    ({ restrictor, restrictors }) => [restrictor, ...restrictors],
    0.01,
  );
  grammar.rule('rows', '<rows-core:rows>', ({ rows }) => rows);
  grammar.rule('rows', '<rows-core:rows> <restrictors>', ({ rows, restrictors }) =>
    modified(rows, restrictors),
  );
  grammar.rule('rows', '(each of|every one of|all of|any of|those of) <rows>', ({ rows }) => rows);
}

function addCoreRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'rows-core',
    '[only|just|individual|various|different|distinct|single|set of|group of|those|these|remaining] <noun>',
    ({ noun }, context) => ofNoun(context, noun),
  );
  grammar.rule('rows-core', '(all|every|each|any|all of) [of] <noun>', ({ noun }, context) => ({
    ...ofNoun(context, noun),
    where: everyRow,
    singular: false,
  }));
  grammar.rule(
    'rows-core',
    '[all|every|each|any|only|those|these|all of] <value> <noun>',
    ({ value, noun }, context) => valued(ofNoun(context, noun), value),
    0.02,
  );
  grammar.rule(
    'rows-core',
    '[all|every|each|any|only|those|these] <flag> <noun>',
    ({ flag, noun }, context) => valued(ofNoun(context, noun), flag),
  );
  grammar.rule(
    'rows-core',
    '[all|every|each|any|only|those|these] <value:first> [,] <value:second> <noun>',
    ({ first, second, noun }, context) => valued(ofNoun(context, noun), first, second),
    0.02,
  );
  grammar.rule(
    'rows-core',
    '[all|every|each|any|only|those|these] non [-] <value> <noun>',
    ({ value, noun }, context) => ({
      ...ofNoun(context, noun),
      where: opposite({ predicate: value.predicate, quantity: null }).predicate,
    }),
    0.02,
  );
  grammar.rule(
    'rows-core',
    '[all|every|each|any|only|those|these] <value> <column> <noun>',
    ({ value, column, noun }, context) =>
      value.column === column.columns[0] ? valued(ofNoun(context, noun), value) : null,
  );
  grammar.rule(
    'rows-core',
    '[all|every|each|any|only|those|these] <column> <value> <noun>',
    ({ value, column, noun }, context) =>
      value.column === column.columns[0] ? valued(ofNoun(context, noun), value) : null,
  );
  grammar.rule(
    'rows-core',
    '<value> <column>',
    ({ value, column }) => (value.column === column.columns[0] ? valued(allRows, value) : null),
    0.05,
  );
  grammar.rule(
    'rows-core',
    '[all|every|each|any|only|those|these] <value>',
    ({ value }) => valued(allRows, value),
    0.25,
  );
  grammar.rule(
    'rows-core',
    '[all|those|these] <value> (one|ones)',
    ({ value }) => valued(allRows, value),
    0.05,
  );
  grammar.rule(
    'rows-core',
    '[those] <count> [<noun:noun?>|ones] (with|having|that have) <ranking>',
    (parts) => {
      const { count, ranking: by } = parts;
      return by.limit !== null && by.limit !== count ? null : ranked(allRows, { ...by, limit: count });
    },
  );
  grammar.rule('rows-core', '<count> <noun>', ({ count, noun }, context) => ({
    ...ofNoun(context, noun),
    singular: false,
    count,
  }));
  grammar.rule('rows-core', '<count> <value> <noun>', ({ count, value, noun }, context) => ({
    ...valued(ofNoun(context, noun), value),
    singular: false,
    count,
  }));
  grammar.rule(
    'rows-core',
    '(those|ones|they|them|all|these|each|any|everything|all of them)',
    (_, context) => pronoun(context, false),
    0.1,
  );
  grammar.rule('rows-core', '(one|that)', () => ({ ...allRows, singular: true }), 0.2);
  grammar.rule(
    'rows-core',
    '(these|this|that|those|same|such|resulting|selected|filtered) (group|set|subset|list|selection|subgroup|result|<noun:noun?>)',
    (_, context) => pronoun(context, true),
  );
  grammar.rule('rows-core', '(these|those) <count>', (_, context) => pronoun(context, true));
  grammar.rule('rows-core', '(group|set|subset|ones|rest) [of <noun:noun?>]', () => allRows, 0.15);
}

/** What "these" are: the rows spoken of before; where none were, all rows, unless only a group can be meant. */
function pronoun(context: Context, needsGroup: boolean): Rows | null {
  const { rows } = context.discourse;
  if (rows !== null) return within(allRows, rows);
  return needsGroup ? null : allRows;
}

function addRankedCoreRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'rows-core',
    '<superlative> [<value:value?>] <noun> (by|in terms of|ranked by|measured by|in|for|with respect to|according to|based on|on) [their|its] <quantity>',
    ({ superlative, value, noun, quantity }, context) => {
      const core = value === undefined ? ofNoun(context, noun) : valued(ofNoun(context, noun), value);
      const by = rankingBy(superlative, quantity);
      return by === null ? null : ranked(core, by);
    },
  );
  grammar.rule(
    'rows-core',
    '<superlative> [<value:value?>] <noun>',
    ({ superlative, value, noun }, context) => {
      const core = value === undefined ? ofNoun(context, noun) : valued(ofNoun(context, noun), value);
      return adjectivally(context, core, superlative);
    },
  );
  grammar.rule('rows-core', '<superlative> <quantity> <noun>', ({ superlative, noun, quantity }, context) => {
    const by = rankingBy(superlative, quantity);
    return by === null ? null : ranked(ofNoun(context, noun), by);
  });
  grammar.rule(
    'rows-core',
    '<superlative> (by|in terms of|ranked by|measured by|in|for) [their|its] <quantity>',
    ({ superlative, quantity }) => {
      const by = rankingBy(superlative, quantity);
      return by === null ? null : ranked(allRows, by);
    },
    0.05,
  );
  grammar.rule(
    'rows-core',
    '<superlative> [<value:value?>] <noun> lparen [by] <quantity> [, in <unit:unit?>] rparen',
    ({ superlative, value, noun, quantity, unit }, context) => {
      if (unit !== undefined && inUnit(quantity, unit) === null) return null;
      const core = value === undefined ? ofNoun(context, noun) : valued(ofNoun(context, noun), value);
      const by = rankingBy(superlative, quantity);
      return by === null ? null : ranked(core, by);
    },
  );
  grammar.rule(
    'rows-core',
    '<superlative> [one|ones]',
    ({ superlative }, context) =>
      superlative.limit === null ? null : adjectivally(context, allRows, superlative),
    0.1,
  );
  // Members are there before anything else is said of them: "members of the top 15 that …".
  grammar.rule(
    'rows-core',
    '(member|those|ones|those member|one) (of|in|among) <rows-core:rows>',
    ({ rows }) =>
      rows.by?.limit == null ? null : { ...allRows, where: { kind: 'among', selection: selectionOf(rows) } },
  );
  grammar.rule(
    'rows-core',
    'top <count> [<noun:noun?>] (by|in terms of|ranked by|for|in|on) [their|its] <quantity>',
    ({ count, quantity }) =>
      ranked(allRows, { by: quantity.expression, descending: true, limit: count, offset: 0, quantity }),
  );
  grammar.rule(
    'rows-core',
    '<noun> (ranked|ranking|placed) <ordinal> [highest|largest] (by|in terms of|for|in|on) <quantity>',
    ({ noun, ordinal, quantity }, context) =>
      ranked(ofNoun(context, noun), {
        by: quantity.expression,
        descending: true,
        limit: 1,
        offset: ordinal - 1,
        quantity,
      }),
  );
}

/** Ranks by what the adjective measures. */
function adjectivally(context: Context, rows: Rows, superlative: Superlative): Outcome<Rows> {
  const outcome = rankingByAdjective(context, superlative, rows.noun);
  if (outcome === null) return null;
  return new Weighed(
    outcome.options.flatMap((option) => {
      const value = ranked(rows, option.value);
      return value === null ? [] : [{ ...option, value }];
    }),
  );
}

function addRestrictorRules(grammar: AnalystGrammar): void {
  grammar.rule(
    'restrictor',
    '(with|having|that $have|which $have|who $have|possessing|showing|reporting|recording|featuring) [also] [both] <haves>',
    ({ haves }) => condition(haves),
  );
  grammar.rule('restrictor', '(that|which|who) do not $have <haves>', ({ haves }) =>
    condition(opposite(haves)),
  );
  grammar.rule(
    'restrictor',
    '(with|having|that $have|which $have|who $have|showing|recording|reporting) <ranking:by>',
    ({ by }) => ranking(by),
  );
  grammar.rule('restrictor', '(that|which|who) <gain:gain> <ranking:by>', ({ by }) => ranking(by));
  grammar.rule(
    'restrictor',
    '(starting|beginning|that start|that begin) with letter <text>',
    ({ text }, context) => condition(nameCondition(context, text, 'start')),
  );
  grammar.rule(
    'restrictor',
    '(whose <column:any>|whose <noun:holder>|that|which|who) be <superlative> [,] (going by|judging by|judged by|measured by|as measured by|by|in terms of) [their|its] <quantity>',
    ({ superlative, quantity }) => {
      const by = rankingBy(superlative, quantity);
      return by === null ? null : ranking(by);
    },
  );
  grammar.rule('restrictor', 'whose <quantity> be <superlative>', ({ superlative, quantity }) => {
    const by = rankingBy(superlative, quantity);
    return by === null ? null : ranking(by);
  });
  grammar.rule(
    'restrictor',
    '(with|where|whose|that $have|in which) [their|its] <clauses>',
    ({ clauses }) => condition(clauses),
    0.02,
  );
  grammar.rule(
    'restrictor',
    '(whose|where|in which|for which|with) [both|either] [their|its] <clauses>',
    ({ clauses }) => condition(clauses),
  );
  grammar.rule('restrictor', '(that|which|who) <predicates>', ({ predicates }) => condition(predicates));
  grammar.rule('restrictor', '<comparing>', ({ comparing }, context) => {
    const { quantity } = context.discourse;
    const result = quantity === null ? null : compare(context, quantity, comparing);
    return result === null ? null : new Weighed([{ ...result, value: condition(result.value) }]);
  });
  grammar.rule('restrictor', '[being|,] <place>', ({ place }) => condition(place));
  grammar.rule(
    'restrictor',
    '(lacking|missing|that lack|with missing|without stated|without known|without reported) [any|value for] <quantity>',
    ({ quantity }, context) => {
      const missing = statedCondition(context, quantity, true);
      return missing === null ? null : condition(missing);
    },
    0.03,
  );
  grammar.rule(
    'restrictor',
    'without [any|single] <quantity>',
    ({ quantity }, context) => {
      const none = noneCondition(context, quantity);
      if (none === null) return null;
      if (!(none instanceof Weighed)) return condition(none);
      return new Weighed(none.options.map((option) => ({ ...option, value: condition(option.value) })));
    },
    0.03,
  );
  grammar.rule(
    'restrictor',
    '(stating|listing|naming|giving|providing) [any|some|value for] <quantity>',
    ({ quantity }, context) => {
      const stated = statedCondition(context, quantity, false);
      return stated === null ? null : condition(stated);
    },
  );
  // "that state one" speaks of the value asked for; rows without it take no part in any case.
  grammar.rule(
    'restrictor',
    '(that|which|who) $state (one|it|them|both [value|number|figure|of them]|such value|any|value|figure|this|this value|this figure|these values|all of these|number)',
    () => condition(always),
  );
  grammar.rule(
    'restrictor',
    '(stating|listing|giving|reporting|providing|having|with) (one|it|them|both [value|number|figure|of them])',
    () => condition(always),
  );
  grammar.rule('restrictor', 'of <haves>', ({ haves }) => condition(haves), 0.05);
  grammar.rule('restrictor', '(with|having) $stated <quantity>', ({ quantity }, context) => {
    const stated = statedCondition(context, quantity, false);
    return stated === null ? null : condition(stated);
  });
  grammar.rule(
    'restrictor',
    '(with|having) (value|stated value|known value|figure|stated figure|data|known figure|reported value|number)',
    () => condition(always),
  );
  grammar.rule(
    'restrictor',
    '(for which|where) [such|this|one|it] (value|figure|one|it|data|information|number) be ($stated)',
    () => condition(always),
  );
  grammar.rule('restrictor', '(for which|where) it be $stated', () => condition(always));
  grammar.rule(
    'restrictor',
    'in (this|that|same|resulting) (group|set|subset|selection|list)',
    (_, context) => {
      const { rows } = context.discourse;
      return rows === null ? null : { kind: 'base', rows };
    },
  );
  grammar.rule(
    'restrictor',
    '[,] (among|amongst|out of|from among|within|considering only) <rows>',
    ({ rows }) => ({ kind: 'base', rows }),
    0.03,
  );
  grammar.rule(
    'restrictor',
    '[,] (other than|except|except for|excluding|apart from|besides|not counting|not including|leaving out) <entities>',
    ({ entities }) =>
      condition({ predicate: { kind: 'entity', names: entities, negated: true }, quantity: null }),
  );
  grammar.rule(
    'restrictor',
    '[,] (except|except for|excluding|apart from|leaving out|not counting|ignoring) <rows>',
    ({ rows }) => {
      if (rows.where === null || rows.by !== null) return null;
      return condition(opposite({ predicate: rows.where, quantity: null }));
    },
    0.05,
  );
}
