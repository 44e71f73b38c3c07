import type { Expression } from '../plan.ts';
import type { AnalystGrammar } from './context.ts';
import { compare } from './compare.ts';
import { countDraft, figureDraft, listDraft } from './drafts.ts';
import { both, restrict } from './row-sets.ts';
import type { Draft, Literal, Quantity } from './meanings.ts';
import { mapNodes } from './map-nodes.ts';

/** What a quantity would be: so many percent or so much more or less. */
function supposed(quantity: Quantity, by: Literal, up: boolean): Expression | null {
  const { expression } = quantity;
  if (quantity.columns.length !== 1 || expression.kind !== 'column') return null;
  if (by.percent) {
    const factor = Number((1 + (up ? by.value : -by.value) / 100).toPrecision(12));
    return { kind: 'arithmetic', operator: '*', left: { kind: 'number', value: factor }, right: expression };
  }
  return {
    kind: 'arithmetic',
    operator: up ? '+' : '-',
    left: expression,
    right: { kind: 'number', value: by.value },
  };
}

/** The draft with the quantity put at what is supposed, everywhere. */
function suppose(draft: Draft, quantity: Quantity, value: Expression | null): Draft | null {
  if (value === null) return null;
  const plain = JSON.stringify(quantity.expression);
  const replaced = mapNodes(draft, (node) => (JSON.stringify(node) === plain ? value : null));
  return JSON.stringify(replaced) === JSON.stringify(draft) ? null : replaced;
}

/** Adds questions that suppose a quantity to be other than it is. */
export function addHypotheticals(grammar: AnalystGrammar): void {
  for (const [words, verbs, up] of [
    ['$more', '$increased', true],
    ['$fewer', '$decreased', false],
  ] as const) {
    grammar.rule(
      'supposition',
      `(if|suppose|assuming|assume|suppose that|assuming that|assume that|if all|if every|were) <quantity> (be|have be|would be) <literal> ${words}`,
      ({ quantity, literal }) => supposedTo(quantity, literal, up),
    );
    grammar.rule(
      'supposition',
      `(if|suppose|assuming|assume|suppose that|assuming that|assume that) <quantity> [be to|would|were to|should|be] ${verbs} by <literal>`,
      ({ quantity, literal }) => supposedTo(quantity, literal, up),
    );
    grammar.rule(
      'supposition',
      `(if|suppose|assuming|assume|suppose that|assuming that) (every|each|all) <noun> 's <quantity> (be|have be|would be) <literal> ${words}`,
      ({ quantity, literal }) => supposedTo(quantity, literal, up),
    );
    grammar.rule(
      'supposition',
      `(if|suppose|assuming|assume|suppose that|assuming that) (every|each|all) <noun> (have|have have) <literal> ${words} <quantity>`,
      ({ quantity, literal }) => supposedTo(quantity, literal, up),
    );
  }
  grammar.rule(
    'supposition',
    '(if|suppose|assuming|assume|suppose that|assuming that|assume that) <quantity> of (every|each|all) <noun> (be|have be|would be) <literal> $more',
    ({ quantity, literal }) => supposedTo(quantity, literal, true),
  );
  grammar.rule(
    'supposition',
    '(if|suppose|assuming|assume|suppose that|assuming that|assume that) <quantity> of (every|each|all) <noun> (be|have be|would be) <literal> $fewer',
    ({ quantity, literal }) => supposedTo(quantity, literal, false),
  );
  for (const [word, factor] of [
    ['double', 2],
    ['doubled', 2],
    ['triple', 3],
    ['tripled', 3],
    ['halved', 0.5],
  ] as const)
    grammar.rule(
      'supposition',
      `(if|suppose|assuming|assume|suppose that|assuming that) <quantity> [be|be to|were to] ${word}`,
      ({ quantity }) => {
        if (quantity.expression.kind !== 'column') return null;
        const value: Expression = {
          kind: 'arithmetic',
          operator: '*',
          left: { kind: 'number', value: factor },
          right: quantity.expression,
        };
        return (draft) => suppose(draft, quantity, value);
      },
    );
  for (const [words, up] of [
    ['$more', true],
    ['$fewer', false],
  ] as const)
    for (const [many, isCount] of [
      ['(which|what)', false],
      ['how many', true],
    ] as const)
      grammar.rule(
        'ask',
        `(if|suppose|assuming) [all|every|each] <quantity> (be|have be|would be) <literal> ${words} , ${many} <rows> [that be|which be] (now|currently|today|at present) <comparing:now> would (reach|have|be|exceed|rise to|grow to|fall to|drop to|get|come to|lie) [to|at] <comparing:then>` as const,
        ({ quantity, literal, rows, now, then }, context) => {
          const raised = supposed(quantity, literal, up);
          const before = compare(context, quantity, now);
          const after = raised === null ? null : compare(context, { ...quantity, expression: raised }, then);
          if (before === null || after === null) return null;
          const where = both(before.value.predicate, after.value.predicate);
          const chosen = restrict({ ...rows, singular: false }, where ?? before.value.predicate);
          return isCount ? countDraft(chosen) : listDraft(chosen);
        },
      );
  grammar.rule('framed', '<supposition> [,|:] [then] <ask>', ({ supposition, ask }) => supposition(ask));
  grammar.rule(
    'tail',
    '<supposition> [everywhere|for all|across board|throughout]',
    ({ supposition }) => supposition,
    0.02,
  );
  grammar.rule('tail', '(then|in that case|now|after that|as result)', () => (draft) => draft);
  grammar.rule('ask', 'what (would|will) <figure> (be|become|rise to|amount to)', ({ figure }) =>
    figure.isLookup === true ? null : figureDraft(figure),
  );
}

export const supposedTo = (
  quantity: Quantity,
  by: Literal,
  up: boolean,
): ((draft: Draft) => Draft | null) | null => {
  const value = supposed(quantity, by, up);
  return value === null ? null : (draft) => suppose(draft, quantity, value);
};
