import type { AnalystGrammar } from './context.ts';
import { isEveryRow } from './context.ts';
import { Weighed } from './engine.ts';
import { currencyOf } from '../../table/values/currencies.ts';
import { convertUnit, measureSymbol } from '../../table/values/units.ts';
import type { Deviation, Output } from '../plan.ts';
import type { Draft, Quantity, Rows } from './meanings.ts';
import { mapNodes } from './map-nodes.ts';
import { allRows, restrict, shownQuantity } from './row-sets.ts';
import { rebase } from './scope.ts';

/** Shows the number by which the answer was chosen, too. */
export function withCounts(draft: Draft): Draft | null {
  const { output, selection } = draft;
  if (output.kind === 'groups')
    return output.show === 'group' ? { ...draft, output: { ...output, show: 'both' } } : null;
  if (output.kind !== 'entities' || selection.order === undefined) return null;
  return {
    ...draft,
    output: { ...output, show: [{ value: selection.order.by, name: 'value', unit: null }] },
  };
}

const withShown = (draft: Draft, quantities: readonly Quantity[]): Draft | null =>
  draft.output.kind === 'entities'
    ? {
        ...draft,
        output: { ...draft.output, show: [...draft.output.show, ...quantities.map(shownQuantity)] },
      }
    : null;

/** The draft in the order named after it, where the two agree. */
function inDirection(draft: Draft, descending: boolean): Draft | null {
  const { selection, output } = draft;
  if (output.kind === 'groups')
    return output.limit === undefined
      ? { ...draft, output: { ...output, order: descending ? 'descending' : 'ascending' } }
      : (output.order === 'descending') === descending
        ? draft
        : null;
  if (selection.order === undefined) return null;
  if (selection.order.descending === descending) return draft;
  return null;
}

const isCount = (output: Output): boolean =>
  output.kind === 'aggregate' &&
  (output.aggregate.function === 'count' || output.aggregate.function === 'count-distinct');

const isKnownUnit = (unit: string): boolean => measureSymbol(unit) !== null || currencyOf(unit) !== null;

/** The answer in the unit asked for, where that is the unit it has or one it converts to. */
export function inAnswerUnit(draft: Draft, unit: string): Draft | null {
  const { output } = draft;
  if (output.kind === 'share') return unit === '%' ? draft : null;
  if (output.kind === 'values') {
    const [shown] = output.show;
    if (shown === undefined || output.show.length !== 1) return null;
    if (shown.unit === null || convertUnit({ number: 1, from: shown.unit, to: unit }) === 1)
      return isKnownUnit(unit) ? draft : null;
    const factor = convertUnit({ number: 1, from: shown.unit, to: unit });
    if (factor === null) return null;
    const value = {
      kind: 'arithmetic',
      operator: '*',
      left: shown.value,
      right: { kind: 'number', value: factor },
    } as const;
    return { ...draft, output: { ...output, show: [{ ...shown, unit, value }] } };
  }
  const own =
    output.kind === 'aggregate'
      ? output.unit
      : output.kind === 'calculation'
        ? (output.values[0]?.unit ?? null)
        : undefined;
  if (own === undefined) return null;
  // A count has no unit; figures whose unit nobody states are taken to be in the one asked for.
  if (own === null) return isCount(output) || !isKnownUnit(unit) ? null : draft;
  const factor = convertUnit({ number: 1, from: own, to: unit });
  if (factor === 1) return draft;
  if (factor === null) return null;
  const scaled = { kind: 'number', value: factor } as const;
  if (output.kind === 'calculation') {
    const values = output.values.map((each) => ({
      ...each,
      unit,
      value: { kind: 'arithmetic', operator: '*', left: each.value, right: scaled } as const,
    }));
    return { ...draft, output: { kind: 'calculation', values } };
  }
  if (output.kind !== 'aggregate') return null;
  const aggregate = {
    ...output.aggregate,
    ...(Object.keys(draft.selection).length === 0 ? {} : { selection: draft.selection }),
  };
  const value = {
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'aggregate', aggregate },
    right: scaled,
  } as const;
  return {
    selection: {},
    output: {
      kind: 'calculation',
      values: [{ value, name: output.aggregate.function, unit, percentage: false }],
    },
  };
}

const without = (draft: Draft, rows: Rows): Draft | null => {
  if (rows.where === null || isEveryRow(rows.where) || rows.by !== null) return null;
  const excluded = restrict({ ...rows, where: null }, { kind: 'not', operand: rows.where });
  return rebase(draft, excluded);
};

/** Adds what stands before and after a question: the rows it speaks of, their order, units, further columns. */
export function addFrames(grammar: AnalystGrammar): void {
  grammar.rule('base', '<rows>', ({ rows }) => (rows.count === null ? { ...rows, singular: false } : null));

  grammar.rule('framed', '<ask>', ({ ask }) => ask);
  grammar.rule('framed', '$among <base> [,|:] <ask>', ({ base, ask }) => rebase(ask, base));
  grammar.rule(
    'framed',
    '(excluding|leaving out|ignoring|except for|without|disregarding|apart from|not counting) <base> [,|:] <ask>',
    ({ base, ask }) => without(ask, base),
  );
  grammar.rule(
    'framed',
    '(if only|when only|when|if) <base> (be) (considered|counted|included|taken into account) [,|:] <ask>',
    ({ base, ask }) => rebase(ask, base),
  );

  grammar.rule('question', '<framed:ask>', ({ ask }) => ask);
  grammar.rule('question', '<framed:ask> <tails>', ({ ask, tails }) =>
    tails.reduce<Draft | null>((draft, tail) => (draft === null ? null : tail(draft)), ask),
  );
  grammar.rule('tails', '[,] <tail>', ({ tail }) => [tail]);
  grammar.rule('tails', '[,] <tail> <tails>', ({ tail, tails }) => [tail, ...tails]);
  addTails(grammar);
}

function addTails(grammar: AnalystGrammar): void {
  grammar.rule(
    'tail',
    '(among|amongst|out of|considering only|considering|looking only at|restricted to|limited to|within|counting only|taking only|from among|for|of|over|across) <base>',
    ({ base }) =>
      (draft) =>
        base.where === null && base.by === null ? null : rebase(draft, base),
    0.05,
  );
  grammar.rule(
    'tail',
    '(excluding|leaving out|ignoring|except for|except|apart from|not counting|disregarding) <base>',
    ({ base }) =>
      (draft) =>
        without(draft, base),
    0.03,
  );
  grammar.rule(
    'tail',
    '[listed|sorted|ordered|ranked|in|from|and sort them|and order them|in order|arranged] [in] <direction> [order]',
    ({ direction }) =>
      (draft) =>
        inDirection(draft, direction),
  );
  grammar.rule('tail', '[:] (which|what) [<noun:noun?>] be (they|these|those)', () => (draft) => draft);
  grammar.rule(
    'tail',
    '(highest|largest|greatest|biggest|most) (number|value|count|figure|one|share) first',
    () => (draft) => inDirection(draft, true),
  );
  grammar.rule(
    'tail',
    '(lowest|smallest|fewest|least) (number|value|count|figure|one|share) first',
    () => (draft) => inDirection(draft, false),
  );
  grammar.rule(
    'tail',
    '<superlative> first',
    ({ superlative }) =>
      (draft) =>
        superlative.limit === null && superlative.measured.length > 0
          ? inDirection(draft, superlative.descending)
          : null,
    0.05,
  );
  // "Densest first" says again what the ranking said, whatever the adjective measures.
  grammar.rule(
    'tail',
    '[,] [with|starting with|beginning with] <other-superlative> (first|on top|at top)',
    () => (draft) => {
      const { selection, output } = draft;
      const isOrdered =
        selection.limit !== undefined || (output.kind === 'groups' && output.limit !== undefined);
      return isOrdered ? draft : null;
    },
  );
  grammar.rule(
    'tail',
    '[starting|beginning] [from|with] (highest|largest|biggest|greatest|top|most) [one|value]',
    () => (draft) => inDirection(draft, true),
    0.02,
  );
  grammar.rule(
    'tail',
    '[starting|beginning] [from|with] (lowest|smallest|least|fewest) [one|value]',
    () => (draft) => inDirection(draft, false),
    0.02,
  );
  grammar.rule(
    'tail',
    '(and|, and) how (large|big|high|many|long|much|great|old) (be|have|do) (it|they|these|those|that) [have|be|total]',
    () => withCounts,
  );
  grammar.rule(
    'tail',
    'with <direction>',
    ({ direction }) =>
      (draft) =>
        inDirection(draft, direction),
  );
  grammar.rule(
    'tail',
    '(ranked|sorted|ordered|in order|listed) (by|of) [that|this|the same|their] (value|figure|number|amount|measure|count)',
    () => (draft) => draft,
  );
  grammar.rule(
    'tail',
    '(in|measured in|expressed in|given in|, in) <unit>',
    ({ unit }) =>
      (draft) =>
        inAnswerUnit(draft, unit),
  );
  // A field without a period named is the latest that the documents state.
  grammar.rule(
    'tail',
    '(for|in|as of|of) (latest|most recent|newest|last) (year|period|date|edition|quarter|figure|value) [shown|given|stated|reported|available|listed|recorded|there is]',
    () => (draft) => (JSON.stringify(draft).includes('"period"') ? null : draft),
  );
  grammar.rule(
    'tail',
    '<place>',
    ({ place }) =>
      (draft) =>
        rebase(draft, { ...allRows, where: place.predicate }),
    0.1,
  );
  grammar.rule(
    'tail',
    '(in|as) (percent|percentage|%)',
    () => (draft) => (draft.output.kind === 'share' ? draft : null),
  );
  grammar.rule(
    'tail',
    'lparen (in|) <unit> rparen',
    ({ unit }) =>
      (draft) =>
        inAnswerUnit(draft, unit),
  );
  grammar.rule(
    'tail',
    'and (how many|how much|what be [it|value|its value|their value|count|number|that value|that number|figure|their count|rate|rates|score|scores|share|percentage|respective value|corresponding value]) [be there|do it have|do they have|be it|be they|of them]',
    () => withCounts,
  );
  grammar.rule(
    'tail',
    '(and|with|together with|along with) [its|their] (number|count) [of <column:column?>|of <noun:noun?>] (of|in|for) each [one]',
    () => withCounts,
  );
  grammar.rule(
    'tail',
    '(and|with|together with|along with|including|; give|, give|and give|and state|and show|give|also give|show|and report) [me] [their|its|corresponding|respective|that|those] (count|counts|numbers|values|figures)',
    () => withCounts,
  );
  grammar.rule(
    'tail',
    '(and|with|together with|along with|including|and give|and show|and what be|and state|and report) [their|its|corresponding] <quantities>',
    ({ quantities }) => {
      const value = (draft: Draft): Draft | null => withShown(draft, quantities);
      // "Clinics with a helipad" are those that have one.
      return new Weighed([{ value, cost: quantities.some(({ type }) => type === 'boolean') ? 0.15 : 0 }]);
    },
    0.03,
  );
  grammar.rule(
    'tail',
    'lparen (including 0|0 included|including zero|zero included|0 counts|zero counts|including zeros|including those with 0|including those with zero) rparen',
    () => (draft) => draft,
  );
  grammar.rule(
    'tail',
    'lparen (population|using population|with population|use population) standard deviation [, <vacuous:over?>] rparen',
    () => withDeviation('population'),
  );
  grammar.rule(
    'tail',
    'lparen (sample|using sample|with sample|use sample) standard deviation [, <vacuous:over?>] rparen',
    () => withDeviation('sample'),
  );
  // Percentiles are interpolated in any case.
  grammar.rule(
    'tail',
    '[,|lparen] [using|with|by|calculated with|computed with] linear interpolation [between [ordered|sorted|neighbouring|adjacent|nearest|closest] (value|rank|observation|data point)] [rparen]',
    () => (draft) => (JSON.stringify(draft.output).includes('"percentile"') ? draft : null),
  );
  grammar.rule('tail', '[,] (using|with) population standard deviation', () => withDeviation('population'));
  grammar.rule('tail', '[,] (using|with) sample standard deviation', () => withDeviation('sample'));
  grammar.rule(
    'vacuous',
    '(over|among|across|of|for) <noun> (that|which|who) $state (one|it|rate|value|figure|<column:again?>)',
    () => true,
  );
  grammar.rule('vacuous', '(over|among|across|of|for) all <noun>', () => true);
}

/** The same plan with the other kind of deviation, wherever one is calculated. */
const withDeviation =
  (deviation: Deviation) =>
  (draft: Draft): Draft | null => {
    let found = false;
    const changed = mapNodes(draft, (node) => {
      if (!('deviation' in node)) return null;
      found = true;
      return { ...node, deviation };
    });
    return found ? changed : null;
  };
