import { isNumeric } from '../grammar/context.ts';
import { aggregateFigure } from '../grammar/drafts.ts';
import { entityFigure, measured } from '../grammar/figures.ts';
import type { Draft, Figure, Rows } from '../grammar/meanings.ts';
import { allRows, restrict } from '../grammar/row-sets.ts';
import type { Comparison, Expression } from '../plan.ts';
import type { ChineseGrammar } from './context.ts';

const yesNo = (left: Expression, comparison: Comparison, right: Expression): Draft => ({
  selection: {},
  output: { kind: 'yes-no', left, comparison, right },
});

/** Adds questions that yes or no answers. */
export function addYesNoQuestions(grammar: ChineseGrammar): void {
  const compared = (left: Figure | null, sign: Comparison, right: Figure | null): Draft | null =>
    left === null || right === null || !isNumeric(left.type) || !isNumeric(right.type)
      ? null
      : yesNo(left.expression, sign, right.expression);
  const exists = (rows: Rows): Draft | null =>
    rows.by === null
      ? yesNo(aggregateFigure({ function: 'count' }, null, rows).expression, '>', {
          kind: 'number',
          value: 0,
        })
      : null;
  grammar.rule(
    'ask',
    '<figure-term:left>是否[都|也]<comparator:sign><figure-term:right>',
    ({ left, sign, right }) => compared(left, sign, right),
  );
  grammar.rule(
    'ask',
    '<figure-term:left><comparator:sign><figure-term:right>(吗|么|嘛|是吗|对吗)',
    ({ left, sign, right }) => compared(left, sign, right),
  );
  grammar.rule(
    'ask',
    '<entity>的<quantity>(是否)<comparator:sign><entity:other>',
    ({ entity, quantity, sign, other }) =>
      compared(entityFigure(quantity, entity), sign, entityFigure(quantity, other)),
  );
  grammar.rule('ask', '<figure-term:left>(是否)<comparator:sign><literal>', ({ left, sign, literal }) =>
    literal.unit === null || literal.unit === left.unit
      ? yesNo(left.expression, sign, { kind: 'number', value: literal.value })
      : null,
  );
  for (const [words, sign] of [
    ['(高|大|多|长|贵)', '>'],
    ['(低|小|少|短|便宜)', '<'],
  ] as const) {
    grammar.rule(
      'ask',
      `<figure-term:left>(是否|是不是)比<figure-term:right>[更|还]${words}` as const,
      ({ left, right }) => compared(left, sign, right),
    );
    grammar.rule(
      'ask',
      `<figure-term:left>比<figure-term:right>[更|还]${words}(吗|么|嘛)` as const,
      ({ left, right }) => compared(left, sign, right),
    );
    grammar.rule(
      'ask',
      `<entity>的<quantity>[是否|是不是]比<entity:other>[的<quantity:again?>|的][更|还]${words}[吗|么]` as const,
      ({ entity, quantity, other }) =>
        compared(entityFigure(quantity, entity), sign, entityFigure(quantity, other)),
    );
    grammar.rule(
      'ask',
      `<rows:first>的<measure-before:measure>[的]<quantity>[是否|是不是]比<rows:second>[的<measure-before:other?>[的]<quantity:again?>|的][更|还]${words}[吗|么]` as const,
      ({ first, second, measure, quantity }) =>
        compared(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
      0.02,
    );
  }
  grammar.rule(
    'ask',
    '<rows:first>的<measure-before:measure>[的]<quantity>是否<comparator:sign><rows:second>',
    ({ first, second, measure, quantity, sign }) =>
      compared(measured(measure, quantity, first), sign, measured(measure, quantity, second)),
    0.02,
  );
  const any = '(有没有|是否有|是否存在|有无|存不存在|是不是有)' as const;
  grammar.rule('ask', `${any}[任何|哪家|哪个|一家|一个]<noun>[的|,|在|是]<clauses>` as const, ({ clauses }) =>
    exists(restrict(allRows, clauses.predicate)),
  );
  grammar.rule('ask', `${any}<rows>` as const, ({ rows }) => (rows.where === null ? null : exists(rows)));
  grammar.rule('ask', '有<noun>[的]<clauses>(吗|么)', ({ clauses }) =>
    exists(restrict(allRows, clauses.predicate)),
  );
  grammar.rule('ask', '(存在|有)<rows>(吗|么)', ({ rows }) => (rows.where === null ? null : exists(rows)));
  grammar.rule(
    'ask',
    '<entity>(是否|是不是)[的]<clauses>',
    ({ entity, clauses }) =>
      exists(restrict(restrict(allRows, { kind: 'entity', names: [entity] }), clauses.predicate)),
    0.2,
  );
  grammar.rule(
    'ask',
    '<entity>[的]<clauses>(吗|么|嘛)',
    ({ entity, clauses }) =>
      exists(restrict(restrict(allRows, { kind: 'entity', names: [entity] }), clauses.predicate)),
    0.2,
  );
}
