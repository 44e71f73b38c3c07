import { figureArithmetic, figureDraft, valuesDraft } from './drafts.ts';
import type { AnalystGrammar } from './context.ts';
import { entityFigure } from './figures.ts';
import type { Draft, Figure, Quantity } from './meanings.ts';
import { numeric } from './quantity-values.ts';
import { allRows } from './row-sets.ts';

const valueOf = (quantities: readonly Quantity[], entity: string): Draft | null =>
  valuesDraft({ ...allRows, where: { kind: 'entity', names: [entity] }, singular: true }, quantities);

/** How far apart two rows lie; without a sign where only the distance is asked for. */
function apart(given: Quantity, entities: readonly [string, string], signed: boolean): Draft | null {
  const quantity = numeric(given);
  if (quantity === null) return null;
  const [first, second] = entities;
  const gap = figureArithmetic('-', entityFigure(quantity, first), entityFigure(quantity, second));
  if (gap === null) return null;
  const figure: Figure = signed ? gap : { ...gap, expression: { kind: 'absolute', of: gap.expression } };
  return figureDraft(figure);
}

function times(quantity: Quantity, first: string, second: string): Draft | null {
  const ratio = figureArithmetic('/', entityFigure(quantity, first), entityFigure(quantity, second));
  return ratio === null ? null : figureDraft(ratio);
}

/** The place of a row in an order, which is said to begin at its highest or lowest value. */
function placeIn(given: Quantity, entity: string, descending: boolean): Draft | null {
  const quantity = numeric(given);
  if (quantity === null || quantity.expression.kind === 'rank') return null;
  const value = { kind: 'rank', of: quantity.expression, descending } as const;
  return {
    selection: { where: { kind: 'entity', names: [entity] } },
    output: { kind: 'values', show: [{ value, name: `rank by ${quantity.name}`, unit: null }] },
  };
}

/** Adds questions for the values of named rows in the words of everyday: "how many people live in …". */
export function addPlainLookups(grammar: AnalystGrammar): void {
  grammar.rule(
    'ask',
    '<quantities> (of|for|in|at) <entity>',
    ({ quantities, entity }) => valueOf(quantities, entity),
    0.15,
  );
  grammar.rule(
    'ask',
    "<entity> 's <quantities>",
    ({ quantities, entity }) => valueOf(quantities, entity),
    0.15,
  );
  grammar.rule(
    'ask',
    '(how many|how much|what number of) <quantity> [do] (live|reside|dwell|study|work|be employed|be enrolled|be registered|exist|can be found|be found|be counted|be reported|be recorded|be listed|be held|take part|participate) (in|at|by|for|of|on) <entity>',
    ({ quantity, entity }) => valueOf([quantity], entity),
    0.02,
  );
  grammar.rule(
    'ask',
    '(how many|how much) <quantity> do <entity> (count|number|employ|own|operate|possess|boast|hold|contain|run|enrol|enroll|keep|offer|carry|need|require|use|take|give)',
    ({ quantity, entity }) => valueOf([quantity], entity),
    0.02,
  );
  grammar.rule(
    'ask',
    '(which|what) <quantities> (of|for|in|at) <entity> (be|have be) [$stated|described|packaged|shown|noted|put down|in question]',
    ({ quantities, entity }) => valueOf(quantities, entity),
    0.02,
  );
  grammar.rule(
    'ask',
    '(which|what) <quantities> be ($stated|described|shown|noted|put down) (for|of|in|at) <entity>',
    ({ quantities, entity }) => valueOf(quantities, entity),
    0.02,
  );
  addDistances(grammar);
  addPlaces(grammar);
}

function addDistances(grammar: AnalystGrammar): void {
  const beat = '(outnumber|exceed|surpass|beat|lead|outstrip|outweigh|outdo|top|outrank|outsize)';
  grammar.rule(
    'ask',
    `by how (many|much) <quantity> do <entity:first> ${beat} <entity:second>` as const,
    ({ quantity, first, second }) => apart(quantity, [first, second], true),
  );
  grammar.rule(
    'ask',
    `by how (much|many) [<unit:unit?>] do <entity:first> ${beat} <entity:second> (in|in terms of|by|on) <quantity>` as const,
    ({ quantity, first, second }) => apart(quantity, [first, second], true),
  );
  grammar.rule(
    'ask',
    `by how (much|many <unit:unit?>) do <entity:first> 's <quantity> ${beat} [that of] <entity:second> ['s|]` as const,
    ({ quantity, first, second }) => apart(quantity, [first, second], true),
  );
  grammar.rule(
    'ask',
    `by how many (percentage point|point|percent point) do <quantity> (of|in|at) <entity:first> ${beat} [that of|that in] <entity:second>` as const,
    ({ quantity, first, second }) =>
      quantity.type === 'percentage' ? apart(quantity, [first, second], true) : null,
  );
  const separate = '(separate|divide|part|lie between|be between|stand between)';
  for (const many of [
    'how many <unit>',
    'how much',
    'what',
    'what gap',
    'what distance',
    'what difference',
  ] as const) {
    grammar.rule(
      'ask',
      `${many} ${separate} <quantity> (of|in|for|at) <entity:first> (from|and) (that of|that in|those of|one of|) <entity:second>` as const,
      ({ quantity, first, second }) => apart(quantity, [first, second], false),
    );
    grammar.rule(
      'ask',
      `${many} ${separate} <entity:first> 's <quantity> (from|and) [that of] <entity:second> ['s|]` as const,
      ({ quantity, first, second }) => apart(quantity, [first, second], false),
    );
    grammar.rule(
      'ask',
      `${many} ${separate} <entity:first> (from|and) <entity:second> (in|in terms of|by|on) <quantity>` as const,
      ({ quantity, first, second }) => apart(quantity, [first, second], false),
    );
  }
  const isTimes = 'be how many times [as $more as|as large as|as high as|as great as|as big as|as many as|]';
  grammar.rule(
    'ask',
    `<entity:first> 's <quantity> ${isTimes} [that of] <entity:second> ['s|]` as const,
    ({ quantity, first, second }) => times(quantity, first, second),
  );
  grammar.rule(
    'ask',
    `<quantity> (of|in|for|at) <entity:first> ${isTimes} [that of|that in|one of] <entity:second> ['s|]` as const,
    ({ quantity, first, second }) => times(quantity, first, second),
  );
  grammar.rule(
    'ask',
    "how many times (as large as|as high as|as great as|as big as|as long as|as much as|) [that of] <entity:second> ['s|] be <entity:first> 's <quantity>",
    ({ quantity, first, second }) => times(quantity, first, second),
  );
  grammar.rule(
    'ask',
    'how many times (as large|as high|as great|as big|as long|as much) be <quantity> (of|in|at) <entity:first> as [that of] <entity:second>',
    ({ quantity, first, second }) => times(quantity, first, second),
  );
  grammar.rule(
    'ask',
    "how many times <entity:second> 's <quantity> be [that of] <entity:first> ['s|]",
    ({ quantity, first, second }) => times(quantity, first, second),
  );
}

function addPlaces(grammar: AnalystGrammar): void {
  const by = '(by|of|in|for|in terms of|according to|on)';
  const stand = '(stand|rank|come|lie|sit|place|appear|be placed|be ranked|be found|fall)';
  grammar.rule(
    'ask',
    `(where|in what place|at what place|in which place|at what position|in which position|at which position|what place) do <entity> ${stand} (in|on) (ranking|list|order|table|league table) ${by} <quantity>` as const,
    ({ entity, quantity }) => placeIn(quantity, entity, true),
  );
  grammar.rule(
    'ask',
    `(where|in what place|at what place|in which place|at what position|in which position|at which position) do <entity> ${stand} (in|on) <quantity> (ranking|list|table|order)` as const,
    ({ entity, quantity }) => placeIn(quantity, entity, true),
  );
  grammar.rule(
    'ask',
    '(in|on) <quantity> (ranking|order|list) (with|where|,) <superlative> [one|<noun:noun?>] (at|be|in|as|have|count as|come|having) [number|position|rank|place|no] (1|one|first) , (what|which) (position|place|rank|number) do <entity> (hold|have|take|occupy|get|come in)',
    ({ quantity, superlative, entity }) => placeIn(quantity, entity, superlative.descending),
  );
  grammar.rule(
    'tail',
    '[with|where] (1|one|first|rank 1|number 1|number one) (be|being|as|for|mean|meaning) <superlative> [one|<noun:noun?>|<column:column?>]',
    ({ superlative }) =>
      (draft) =>
        rankedFrom(draft, superlative.descending),
  );
  grammar.rule(
    'tail',
    '[with] <superlative> [one|<noun:noun?>] (be|as|at|count as|have|take|get|come) [rank|number|place|position|no] (1|one|first)',
    ({ superlative }) =>
      (draft) =>
        rankedFrom(draft, superlative.descending),
  );
}

/** The place of a row when places are counted from the highest value, or from the lowest. */
function rankedFrom(draft: Draft, descending: boolean): Draft | null {
  if (draft.output.kind !== 'values') return null;
  const [shown] = draft.output.show;
  if (shown?.value.kind !== 'rank' || draft.output.show.length !== 1) return null;
  return {
    ...draft,
    output: { ...draft.output, show: [{ ...shown, value: { ...shown.value, descending } }] },
  };
}
