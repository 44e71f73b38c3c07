import { opposite } from '../grammar/conditions.ts';
import type { Draft, Quantity } from '../grammar/meanings.ts';
import { allRows, shownQuantity } from '../grammar/row-sets.ts';
import { rebase } from '../grammar/scope.ts';
import type { ChineseGrammar } from './context.ts';

/** The rows asked for with more beside their names; null where no rows are asked for. */
export const withShown = (draft: Draft, quantities: readonly Quantity[]): Draft | null =>
  draft.output.kind === 'entities'
    ? {
        ...draft,
        output: { ...draft.output, show: [...draft.output.show, ...quantities.map(shownQuantity)] },
      }
    : null;

/** Adds questions whose rows are named first: `在医药行业的公司中，…`. */
export function addFrames(grammar: ChineseGrammar): void {
  const inner = '(中|之中|当中|里|里面|内|而言|来说|来看|范围内|之内)[,]' as const;
  const about = '(只|仅|请只)(考虑|看|统计|分析|讨论|关注)' as const;
  grammar.rule('base', `${about}<scope>` as const, ({ scope }) => (scope.count === null ? scope : null));
  grammar.rule(
    'afterthought',
    '[并|请|并且](它|其|它们|他们|该<noun>|这些<noun>|这家<noun>|这个<noun>|各自)[的]<quantities>[分别|各](是多少|为多少|是什么|有多少|是哪里|是哪个|如何)',
    ({ quantities }) => quantities,
  );
  grammar.rule(
    'afterthought',
    '(列出|给出|并列出|并给出)(它|其|它们|他们|该<noun>|这些<noun>|这家<noun>|各自)[的]<quantities>',
    ({ quantities }) => quantities,
  );
  grammar.rule('question', '<ask>', ({ ask }) => ask);
  grammar.rule(
    'question',
    '<ask>[,][并|结果][按|并按]<direction>[进行](排列|排序|列出|输出|)',
    ({ ask, direction }) =>
      ask.output.kind === 'groups' && ask.output.limit === undefined
        ? { ...ask, output: { ...ask.output, order: direction ? 'descending' : 'ascending' } }
        : null,
    0.02,
  );
  grammar.rule(
    'question',
    '<ask>[,]<afterthought>',
    ({ ask, afterthought }) => withShown(ask, afterthought),
    0.02,
  );
  grammar.rule(
    'question',
    `[在|对于|就|对|从|只看|仅看|只考虑|仅考虑|仅就]<scope>${inner}<ask>` as const,
    ({ scope, ask }) => (scope.count === null ? rebase(ask, scope) : null),
    0.02,
  );
  grammar.rule(
    'question',
    '(除|除了|除去|不包括|排除|不算|剔除)<entities>(以外|之外|外|)[,]<ask>',
    ({ entities, ask }) =>
      rebase(ask, { ...allRows, where: { kind: 'entity', names: entities, negated: true } }),
  );
  grammar.rule(
    'question',
    '(除|除了|除去|不包括|排除|不算|剔除)<scope>(以外|之外|外)[,]<ask>',
    ({ scope, ask }) =>
      scope.where === null || scope.by !== null || scope.count !== null
        ? null
        : rebase(ask, { ...allRows, where: opposite({ predicate: scope.where, quantity: null }).predicate }),
  );
  grammar.rule(
    'question',
    `(对于|就|只看|仅看|只考虑|仅考虑|针对|仅统计|只统计)<scope>[,]<ask>` as const,
    ({ scope, ask }) => (scope.count === null ? rebase(ask, scope) : null),
    0.02,
  );
}
