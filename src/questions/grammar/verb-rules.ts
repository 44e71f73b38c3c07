import type { AnalystGrammar } from './context.ts';
import { comparison, hasColumn, noneCondition, opposite, statedCondition } from './conditions.ts';
import { allRows, both, selectionOf } from './row-sets.ts';
import { rankingBy } from './superlatives.ts';
import { textCondition } from './text-conditions.ts';
import { amongRanked, eventDate, measuredAlone, named } from './predicate-conditions.ts';

/** Adds verbs with what they say of a row, and whole verb phrases. */
export function addVerbRules(grammar: AnalystGrammar): void {
  addVerbPhraseRules(grammar);
  grammar.rule('verb', '$state (no|neither) <quantity> [at all|whatsoever]', ({ quantity }, context) =>
    noneCondition(context, quantity),
  );
  grammar.rule(
    'verb',
    '(lack|omit|miss|be missing|be lacking|be without) [any|value for|value of|figure for|data on] <quantity>',
    ({ quantity }, context) => statedCondition(context, quantity, true),
  );
  grammar.rule(
    'verb',
    '$state no (figure for|value for|value of|data on|information on|information about|entry for) <quantity>',
    ({ quantity }, context) => statedCondition(context, quantity, true),
  );
  grammar.rule(
    'verb',
    'do not $state [any|value for|figure for] <quantity> [at all]',
    ({ quantity }, context) => statedCondition(context, quantity, true),
  );
  grammar.rule(
    'verb',
    '(state|report|list|give|declare|mention|specify|provide|disclose|indicate|publish) [any|some|value for|figure for|data on|at least one] <quantity>',
    ({ quantity }, context) => statedCondition(context, quantity, false),
    0.05,
  );
  grammar.rule(
    'predicate',
    '(combine|couple|pair) <have:first> (with|and) <have:second>',
    ({ first, second }) => ({
      predicate: both(first.predicate, second.predicate) ?? first.predicate,
      quantity: null,
    }),
  );
  grammar.rule(
    'verb',
    '(fall in|fall into|belong to|be in|sit in|lie in) <value-list:value> <column>',
    ({ value, column }) => (value.column === column.columns[0] ? named(value) : null),
  );
  grammar.rule(
    'verb',
    '$state [any|some|value for|figure for|data on|at least one] <quantity>',
    ({ quantity }, context) => hasColumn(context, quantity),
    0.02,
  );
  grammar.rule(
    'verb',
    '(exceed|surpass|top) <literal> [in|of] <quantity>',
    ({ literal, quantity }, context) =>
      comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal } }),
  );
  grammar.rule(
    'verb',
    '(exceed|surpass|beat|outperform|top) <operand> (in|in terms of|by|on) <quantity>',
    ({ operand, quantity }, context) => comparison(context, quantity, { comparison: '>', operand }),
  );
  grammar.rule(
    'verb',
    '<verb-column:quantity> <comparing> [<noun:noun?>]',
    ({ quantity, comparing }, context) =>
      quantity.type === 'date' ? null : comparison(context, quantity, comparing),
    0.1,
  );
  grammar.rule('verb', '<verb-column:quantity> [on|upon|from|in] <value>', ({ quantity, value }) =>
    value.column === quantity.columns[0] ? named(value) : null,
  );
  grammar.rule(
    'verb',
    '<verb-column:quantity> [on|upon|from|in|with] <text>',
    ({ quantity, text }, context) =>
      quantity.type === 'list' ? textCondition(context, quantity, { text, match: 'contains' }) : null,
    0.1,
  );
  grammar.rule(
    'verb',
    '(deviate|differ|lie|be|fall) [more] [by] [from mean|from average] <quantity> <comparing>',
    ({ quantity, comparing }, context) =>
      comparing.operand.kind === 'deviations' ? comparison(context, quantity, comparing) : null,
  );
  grammar.rule(
    'verb',
    '(deviate|differ) from (mean|average) <quantity> by <comparator:sign> <number> [population] standard deviation',
    ({ quantity, sign, number }, context) =>
      comparison(context, quantity, {
        comparison: sign,
        operand: { kind: 'deviations', count: number, side: 'either', sample: false },
      }),
  );
  grammar.rule(
    'verb',
    '(deviate|differ) from (mean|average) <quantity> by <comparator:sign> <number> sample standard deviation',
    ({ quantity, sign, number }, context) =>
      comparison(context, quantity, {
        comparison: sign,
        operand: { kind: 'deviations', count: number, side: 'either', sample: true },
      }),
  );
  grammar.rule(
    'verb',
    '(belong to|fall in|fall into|fall under|come from|stem from|take place in|occur in|happen in|appear in|appear under|lie in|live in|operate in|sit in|reside in|be|count as|run in|work in) <column> <value>',
    ({ column, value }) => (value.column === column.columns[0] ? named(value) : null),
  );
  grammar.rule(
    'verb',
    '(belong to|fall in|fall into|fall under|come from|stem from|take place in|occur in|happen in|appear in|appear under|lie in|operate in|sit in|reside in|count as|use|concern|involve|involved|describe|described|cover|target|support|run in|work in|deal with) <value-list:value>',
    ({ value }) => named(value),
  );
  grammar.rule(
    'verb',
    '(contain|include|mention) <text> in [their|its] <quantity>',
    ({ text, quantity }, context) => textCondition(context, quantity, { text, match: 'contains' }),
  );
  grammar.rule(
    'verb',
    '<verb-column:quantity> (on|upon|in) (nothing|none|no others|no other <noun:noun?>)',
    ({ quantity }, context) => noneCondition(context, quantity),
  );
  grammar.rule('verb', '($happened) [in|on|during] <comparing>', ({ comparing }, context) =>
    eventDate(context, comparing),
  );
  grammar.rule('verb', '($happened) (in|on|during) <date>', ({ date }, context) =>
    eventDate(context, { comparison: '=', operand: { kind: 'date', date } }),
  );
  grammar.rule('verb', '($happened) (in|at|during|on|over|within|near) <value-list:value>', ({ value }) =>
    named(value),
  );
  grammar.rule(
    'verb',
    '(appear|feature|figure|rank|show up|turn up|stand|belong) (in|among|to|within) <rows>',
    ({ rows }) =>
      rows.by !== null && rows.by.limit !== null
        ? { predicate: { kind: 'among', selection: selectionOf(rows) }, quantity: null }
        : null,
  );
  grammar.rule(
    'verb',
    'rank (in|among) <superlative> [<noun:noun?>] (by|in terms of|for|in|on) <quantity>',
    ({ superlative, quantity }) => {
      const by = rankingBy(superlative, quantity);
      return by === null ? null : amongRanked(allRows, by);
    },
  );
  grammar.rule(
    'verb',
    'rank (in|among) [top|first|highest|largest] <count> (by|in terms of|for|in|on) <quantity>',
    ({ count, quantity }) =>
      amongRanked(allRows, { by: quantity.expression, descending: true, limit: count, offset: 0, quantity }),
  );
}

function addVerbPhraseRules(grammar: AnalystGrammar): void {
  for (const [sign, words] of [
    ['>', '(above|over|$more than|priced above)'],
    ['<', '(below|under|$fewer than|priced below)'],
  ] as const)
    grammar.rule(
      'predicate',
      `be ${words} [overall] <measure> <quantity> [$over <rows:rows?>]` as const,
      ({ measure, quantity, rows }, context) =>
        comparison(context, quantity, {
          comparison: sign,
          operand: { kind: 'own-aggregate', measure, rows: rows ?? null },
        }),
    );
  grammar.rule(
    'predicate',
    '(belong to|consist of|span|cover|comprise|fall into|involve|involved) <haves>',
    ({ haves }) => haves,
    0.06,
  );
  grammar.rule('predicate', 'have <gain:gain> <haves>', ({ haves }) => haves, 0.03);
  grammar.rule(
    'predicate',
    'have <verb-column:column> <haves>',
    ({ column, haves }) => (haves.quantity?.columns[0] === column.columns[0] ? haves : null),
    0.03,
  );
  grammar.rule('predicate', '$happened with <haves>', ({ haves }) => haves, 0.03);
  grammar.rule('predicate', '$state <value> as [their|its] <quantity>', ({ value, quantity }) =>
    value.column === quantity.columns[0] ? { predicate: value.predicate, quantity } : null,
  );
  grammar.rule(
    'predicate',
    '$state <text> as [their|its] <quantity>',
    ({ text, quantity }, context) => textCondition(context, quantity, { text, match: 'is' }),
    0.05,
  );
  grammar.rule('predicate', '(exceed|surpass) <quantity> of <literal>', ({ quantity, literal }, context) =>
    comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal } }),
  );
  grammar.rule(
    'predicate',
    '(exceed|surpass) <literal> (in|of) <quantity>',
    ({ quantity, literal }, context) =>
      comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal } }),
  );
  grammar.rule(
    'predicate',
    '(be|run|last|measure|weigh|lie|stand|take) <comparing>',
    ({ comparing }, context) => measuredAlone(context, comparing),
  );
  for (const joint of ['and', 'or'] as const)
    grammar.rule(
      'verb',
      `<verb-column:quantity> [on|upon|from|in|with] [both|either] <text:first> ${joint} [on] <text:second>` as const,
      ({ quantity, first, second }) => {
        if (quantity.type !== 'list' || quantity.expression.kind !== 'column') return null;
        const { column } = quantity.expression;
        const operands = [first, second].map((text) => ({ kind: 'contains', column, text }) as const);
        return { predicate: { kind: joint, operands }, quantity };
      },
      0.1,
    );
  grammar.rule(
    'predicate',
    '(fall|lie|rank|score|be|stand|come|sit) <comparing> (in|by|on|for|in terms of) <quantity>',
    ({ comparing, quantity }, context) => comparison(context, quantity, comparing),
  );
  grammar.rule('predicate', '[also] $have [also] [both] <haves>', ({ haves }) => haves);
  grammar.rule('predicate', '<gain:gain> <haves>', ({ haves }) => haves, 0.02);
  grammar.rule(
    'predicate',
    '<verb-column:column> <haves>',
    ({ column, haves }) => (haves.quantity?.columns[0] === column.columns[0] ? haves : null),
    0.02,
  );
  grammar.rule(
    'predicate',
    '(would|will|can|could|may|might|should) <predicate:inner>',
    ({ inner }) => inner,
    0.02,
  );
  grammar.rule('predicate', 'do not $have <haves>', ({ haves }) => opposite(haves));
  grammar.rule('predicate', '(be|remain|lie|stand|fall) [also] [both] <beings>', ({ beings }) => beings);
  grammar.rule(
    'predicate',
    '(be) [both] <comparing> (in|by) <quantity>',
    ({ comparing, quantity }, context) => comparison(context, quantity, comparing),
  );
  grammar.rule('predicate', 'be not <beings>', ({ beings }) => opposite(beings));
  grammar.rule('predicate', '[also] <verb>', ({ verb }) => verb);
  grammar.rule(
    'predicate',
    '[also] <verb> <place>',
    ({ verb, place }) => ({
      predicate: both(verb.predicate, place.predicate) ?? verb.predicate,
      quantity: null,
    }),
    0.03,
  );
  grammar.rule('predicate', 'do not <verb>', ({ verb }) => opposite(verb));
  grammar.rule('predicate', '[be|have been|have be] <place>', ({ place }) => place, 0.05);
  grammar.rule('predicate', 'have [their|its] <clauses>', ({ clauses }) => clauses, 0.05);
}
