import { stemOf } from '../language/lemma.ts';
import { columnIndexOf } from '../linking/column-links.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { comparison, hasColumn, noneCondition, opposite, statedCondition } from './conditions.ts';
import type { Outcome } from './engine.ts';
import type { Comparing, Condition, Named, Quantity, Ranking, Rows } from './meanings.ts';
import { allRows, both, ranked, selectionOf } from './row-sets.ts';
import { rankingBy } from './superlatives.ts';
import { quantityOf } from './terms.ts';
import { textCondition } from './text-conditions.ts';

const named = (value: Named): Condition => ({ predicate: value.predicate, quantity: null });

/** The row is among the first of all rows, or of others, in an order. */
export function amongRanked(rows: Rows, ranking: Ranking): Condition | null {
  const set = ranked(rows, ranking);
  if (set === null || set.by === null || set.by.limit === null) return null;
  return { predicate: { kind: 'among', selection: selectionOf(set) }, quantity: ranking.quantity };
}

/** Verbs that say no more than that a thing has so much of something, unless a column is named after them. */
const gainVerbs: ReadonlySet<string> = new Set(
  'generate generated earn earned make receive received get got attract attracted produce produced achieve achieved deliver delivered offer offered charge charged hold see saw list listed reach reached carry carried operate operated run collect collected attain attained total totalled totaled count number include contain spend spent use used require required need needed employ employed raise raised bring draw drew cover serve served'.split(' '),
);

/** Columns whose name shares its stem with the verb: "founded", "founder"; "employ", "employees". */
function columnsOfVerb(context: Context, at: number): { quantity: Quantity; cost: number }[] {
  const token = context.tokens[at];
  if (token?.kind !== 'word' || token.word.length < 4) return [];
  const stem = stemOf(token.word);
  if (stem.length < 4) return [];
  return columnIndexOf(context.table)
    .columns.filter((linkable) => linkable.variants.some((variant) => variant.segments.flat().some((word) => word.stem === stem)))
    .map((linkable) => ({
      quantity: quantityOf(linkable.column),
      cost: Math.min(...linkable.variants.map((variant) => variant.segments.flat().length)) * 0.1,
    }))
    .sort((left, right) => left.cost - right.cost)
    .slice(0, 4);
}

/** Adds what may follow "are", whole verb phrases, and conditions on places and kinds. */
export function addPredicateRules(grammar: AnalystGrammar): void {
  grammar.primitive('verb-column', (context, at) =>
    columnsOfVerb(context, at).map(({ quantity, cost }) => ({ end: at + 1, cost, value: quantity, notes: [] })),
  );
  grammar.primitive('gain', (context, at) => {
    const token = context.tokens[at];
    const isGain = token?.kind === 'word' && (gainVerbs.has(token.word) || gainVerbs.has(token.lemma));
    return isGain && columnsOfVerb(context, at).length === 0 ? [{ end: at + 1, cost: 0.03, value: true, notes: [] }] : [];
  });
  addPlaceRules(grammar);
  addBeingRules(grammar);
  addVerbRules(grammar);
  addVerbPhraseRules(grammar);
}

function addPlaceRules(grammar: AnalystGrammar): void {
  grammar.rule('place', '[$situated] $placed [either] <value-list:value>', ({ value }) => named(value));
  grammar.rule('place', '[$situated] (not in|outside|outside of|not from|not of) <value-list:value>', ({ value }) => opposite(named(value)));
  grammar.rule('place', '[$situated] $placed <column> [of|:|=|named|called] [either] <value-list:value>', ({ column, value }) => (value.column === column.columns[0] ? named(value) : null));
  grammar.rule('place', '[$situated] $placed <value> <column>', ({ column, value }) => (value.column === column.columns[0] ? named(value) : null));
  grammar.rule('place', '[$situated] $placed <column> <text>', ({ column, text }, context) => textCondition(context, column, { text, match: 'is' }), 0.2);
  grammar.rule('place', '<verb-column:column> $placed <value-list:value>', ({ column, value }) => (value.column === column.columns[0] ? named(value) : null));
  grammar.rule('place', '<verb-column:column> (by|as|in|at|on|for|under|from|with) <text>', ({ column, text }, context) => textCondition(context, column, { text, match: 'is' }), 0.15);
  grammar.rule('place', '<verb-column:column> [in|on|at|during] <comparing>', ({ column, comparing }, context) => onlyDates(context, column, comparing));
  grammar.rule('place', '<verb-column:column> (in|on|during|at) <date>', ({ column, date }, context) => onDate(context, column, date));
  grammar.rule('place', '(about|concerning|involving|regarding|describing|covering|concerned with|dealing with) <value-list:value>', ({ value }) => named(value));
  grammar.rule('place', '(called|named) <text>', ({ text }, context) => ({ predicate: { kind: 'contains', column: context.table.key, text }, quantity: null }), 0.2);
}

function onlyDates(context: Context, column: Quantity, comparing: Comparing): Outcome<Condition> {
  const isDate = column.type === 'date' || (column.type === 'number' && column.unit === null);
  return isDate ? comparison(context, column, comparing) : null;
}

function onDate(context: Context, column: Quantity, date: string): Outcome<Condition> {
  if (column.type === 'date') return comparison(context, column, { comparison: '=', operand: { kind: 'date', date } });
  const literal = { value: Number(date), percent: false, unit: null };
  return column.type === 'number' && column.unit === null && /^\d{4}$/.test(date)
    ? comparison(context, column, { comparison: '=', operand: { kind: 'literal', literal } })
    : null;
}

function addBeingRules(grammar: AnalystGrammar): void {
  grammar.rule('being', '<place>', ({ place }) => place);
  grammar.rule('being', '[either] <value-list:value> [<noun:noun?>]', ({ value }) => named(value), 0.02);
  grammar.rule('being', '<value> (in|by|of) <column>', ({ value, column }) => (value.column === column.columns[0] ? named(value) : null));
  grammar.rule('being', '(of|in) <column> <value>', ({ value, column }) => (value.column === column.columns[0] ? named(value) : null));
  grammar.rule('being', '[of] <column> <value>', ({ value, column }) => (value.column === column.columns[0] ? named(value) : null), 0.05);
  grammar.rule('being', '<flag>', ({ flag }) => named(flag));
  grammar.rule('being', '<value> <place>', ({ value, place }) => ({ predicate: both(value.predicate, place.predicate) ?? place.predicate, quantity: null }), 0.02);
  grammar.rule('being', 'one of <entities>', ({ entities }) => ({ predicate: { kind: 'entity', names: entities }, quantity: null }));
  grammar.rule('being', 'not <being:inner>', ({ inner }) => opposite(inner));
  grammar.rule('being', '[also] (among|in|within|part of|one of) <rows>', ({ rows }) =>
    rows.by !== null && rows.by.limit !== null ? { predicate: { kind: 'among', selection: selectionOf(rows) }, quantity: null } : null,
  );
  grammar.rule('being', '[also] (in|among|within) (top|bottom) <count> (by|in terms of|for|in|on|with respect to|when ranked by|according to) <quantity>', ({ count, quantity }) =>
    amongRanked(allRows, { by: quantity.expression, descending: true, limit: count, offset: 0, quantity }),
  );
  grammar.rule('being', '[ranked|also] (among|in|within) <superlative> [<noun:noun?>] (by|in terms of|for|in|on|with respect to|when ranked by|according to) <quantity>', ({ superlative, quantity }) => {
    const by = rankingBy(superlative, quantity);
    return by === null ? null : amongRanked(allRows, by);
  });
  grammar.rule('being', '(ranked|ranking) (among|in) [top] <count> [highest|largest] (by|in terms of|for|in|on) <quantity>', ({ count, quantity }) =>
    amongRanked(allRows, { by: quantity.expression, descending: true, limit: count, offset: 0, quantity }),
  );
  grammar.rule('being', '(above|over|$more than) average (in|in terms of|by|for|on) <quantity>', ({ quantity }, context) => comparison(context, quantity, average('>')));
  grammar.rule('being', '(below|under|$fewer than) average (in|in terms of|by|for|on) <quantity>', ({ quantity }, context) => comparison(context, quantity, average('<')));
}

const average = (sign: '>' | '<'): Comparing => ({
  comparison: sign,
  operand: { kind: 'own-aggregate', measure: { function: 'average' }, rows: null },
});

function addVerbRules(grammar: AnalystGrammar): void {
  grammar.rule('verb', '$state (no|neither) <quantity> [at all|whatsoever]', ({ quantity }, context) => noneCondition(context, quantity));
  grammar.rule('verb', '(lack|omit|miss|be missing|be lacking|be without) [any|value for|value of|figure for|data on] <quantity>', ({ quantity }, context) => statedCondition(context, quantity, true));
  grammar.rule('verb', 'do not $state [any|value for|figure for] <quantity> [at all]', ({ quantity }, context) => statedCondition(context, quantity, true));
  grammar.rule('verb', '$state [any|some|value for|figure for|data on|at least one] <quantity>', ({ quantity }, context) => hasColumn(context, quantity), 0.02);
  grammar.rule('verb', '(exceed|surpass|top) <literal> [in|of] <quantity>', ({ literal, quantity }, context) => comparison(context, quantity, { comparison: '>', operand: { kind: 'literal', literal } }));
  grammar.rule('verb', '(exceed|surpass|beat|outperform|top) <operand> (in|in terms of|by|on) <quantity>', ({ operand, quantity }, context) => comparison(context, quantity, { comparison: '>', operand }));
  grammar.rule('verb', '<verb-column:quantity> <comparing> [<noun:noun?>]', ({ quantity, comparing }, context) => (quantity.type === 'date' ? null : comparison(context, quantity, comparing)), 0.1);
  grammar.rule('verb', '<verb-column:quantity> [on|upon|from|in] <value>', ({ quantity, value }) => (value.column === quantity.columns[0] ? named(value) : null));
  grammar.rule('verb', '<verb-column:quantity> [on|upon|from|in|with] <text>', ({ quantity, text }, context) => (quantity.type === 'list' ? textCondition(context, quantity, { text, match: 'contains' }) : null), 0.1);
  grammar.rule('verb', '(deviate|differ|lie|be|fall) [more] [by] [from mean|from average] <quantity> <comparing>', ({ quantity, comparing }, context) => (comparing.operand.kind === 'deviations' ? comparison(context, quantity, comparing) : null));
  grammar.rule('verb', '(deviate|differ) from (mean|average) <quantity> by <comparator:sign> <number> [population] standard deviation', ({ quantity, sign, number }, context) =>
    comparison(context, quantity, { comparison: sign, operand: { kind: 'deviations', count: number, side: 'either', sample: false } }),
  );
  grammar.rule('verb', '(deviate|differ) from (mean|average) <quantity> by <comparator:sign> <number> sample standard deviation', ({ quantity, sign, number }, context) =>
    comparison(context, quantity, { comparison: sign, operand: { kind: 'deviations', count: number, side: 'either', sample: true } }),
  );
  grammar.rule('verb', '(belong to|fall in|fall into|fall under|come from|stem from|take place in|occur in|happen in|appear in|appear under|lie in|live in|operate in|sit in|reside in|be|count as|run in|work in) <column> <value>', ({ column, value }) => (value.column === column.columns[0] ? named(value) : null));
  grammar.rule('verb', '(belong to|fall in|fall into|fall under|come from|stem from|take place in|occur in|happen in|appear in|appear under|lie in|operate in|sit in|reside in|count as|use|concern|involve|describe|cover|target|support|run in|work in|deal with) <value-list:value>', ({ value }) => named(value));
  grammar.rule('verb', '(contain|include|mention) <text> in [their|its] <quantity>', ({ text, quantity }, context) => textCondition(context, quantity, { text, match: 'contains' }));
  grammar.rule('verb', 'rank (in|among) <superlative> [<noun:noun?>] (by|in terms of|for|in|on) <quantity>', ({ superlative, quantity }) => {
    const by = rankingBy(superlative, quantity);
    return by === null ? null : amongRanked(allRows, by);
  });
  grammar.rule('verb', 'rank (in|among) [top|first|highest|largest] <count> (by|in terms of|for|in|on) <quantity>', ({ count, quantity }) =>
    amongRanked(allRows, { by: quantity.expression, descending: true, limit: count, offset: 0, quantity }),
  );
}

function addVerbPhraseRules(grammar: AnalystGrammar): void {
  grammar.rule('predicate', '[also] $have [also] [both] <haves>', ({ haves }) => haves);
  grammar.rule('predicate', '<gain:gain> <haves>', ({ haves }) => haves, 0.02);
  grammar.rule('predicate', '<verb-column:column> <haves>', ({ column, haves }) => (haves.quantity?.columns[0] === column.columns[0] ? haves : null), 0.02);
  grammar.rule('predicate', '(would|will|can|could|may|might|should) <predicate:inner>', ({ inner }) => inner, 0.02);
  grammar.rule('predicate', 'do not $have <haves>', ({ haves }) => opposite(haves));
  grammar.rule('predicate', '(be|remain|lie|stand|fall) [also] [both] <beings>', ({ beings }) => beings);
  grammar.rule('predicate', '(be) [both] <comparing> (in|by) <quantity>', ({ comparing, quantity }, context) => comparison(context, quantity, comparing));
  grammar.rule('predicate', 'be not <beings>', ({ beings }) => opposite(beings));
  grammar.rule('predicate', '[also] <verb>', ({ verb }) => verb);
  grammar.rule('predicate', 'do not <verb>', ({ verb }) => opposite(verb));
  grammar.rule('predicate', '[be|have been|have be] <place>', ({ place }) => place, 0.05);
  grammar.rule('predicate', 'have [their|its] <clauses>', ({ clauses }) => clauses, 0.05);
}
