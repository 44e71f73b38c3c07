import { compare } from '../grammar/compare.ts';
import {
  comparison,
  hasColumn,
  nameCondition,
  opposite,
  plain,
  sharedComparison,
  statedCondition,
} from '../grammar/conditions.ts';
import { everyRow } from '../grammar/context.ts';
import { Weighed } from '../grammar/engine.ts';
import type { Outcome } from '../grammar/engine.ts';
import type { Comparing, Condition, Quantity } from '../grammar/meanings.ts';
import { plainColumn } from '../grammar/quantity-values.ts';
import { both } from '../grammar/row-sets.ts';
import type { Predicate } from '../plan.ts';
import { addChangeClauses } from './change-clauses.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';
import { addRankClauses } from './rank-clauses.ts';
import { addValueClauses } from './value-clauses.ts';

/** Adds what a row can be like. */
export function addClauses(grammar: ChineseGrammar): void {
  grammar.rule('clause', '[其|它们的]<quantity>[值|上]<comparing>', ({ quantity, comparing }, context) =>
    comparison(context, quantity, comparing),
  );
  grammar.rule(
    'clause',
    '<quantity:first>(和|与|及|、)<quantity:second>(都|均|全都)<comparing>',
    ({ first, second, comparing }, context) =>
      sharedComparison(context, [first, second], { comparing, kind: 'and' }),
  );
  grammar.rule(
    'clause',
    '<quantity:first>或<quantity:second><comparing>',
    ({ first, second, comparing }, context) =>
      sharedComparison(context, [first, second], { comparing, kind: 'or' }),
  );
  for (const [words, sign] of [
    ['(负|负数|负值|负的)', '<'],
    ['(正|正数|正值|正的)', '>'],
  ] as const)
    grammar.rule('clause', `<quantity>(为|是|呈|均为|都为)${words}` as const, ({ quantity }, context) =>
      comparison(context, quantity, { comparison: sign, operand: { kind: 'literal', literal: plain(0) } }),
    );
  for (const [words, sign] of [
    ['(过半|超过一半|超过半数|超半数|超过五成)', '>'],
    ['(不足一半|不到一半|不足半数|不到半数|未过半)', '<'],
  ] as const)
    grammar.rule('clause', `<quantity>[都|均]${words}` as const, ({ quantity }, context) =>
      quantity.type === 'percentage'
        ? comparison(context, quantity, {
            comparison: sign,
            operand: { kind: 'literal', literal: { value: 50, percent: true, unit: null } },
          })
        : null,
    );
  addValueClauses(grammar);
  addDateClauses(grammar);
  addNameClauses(grammar);
  addStatedClauses(grammar);
  addRankClauses(grammar);
  addChangeClauses(grammar);
  addJunctions(grammar);
}

/** `2010年以后成立`, `成立于2010年`. */
function addDateClauses(grammar: ChineseGrammar): void {
  const dated = (context: ChineseContext, column: Quantity, given: Comparing): Outcome<Condition> =>
    column.type === 'date' ? comparison(context, column, given) : null;
  grammar.rule(
    'clause',
    '<comparing>[才|就]<column>',
    ({ comparing, column }, context) => dated(context, column, comparing),
    0.02,
  );
  grammar.rule('clause', '<column>(不在|不于)<date>', ({ column, date }, context) =>
    dated(context, column, { comparison: '!=', operand: { kind: 'date', date } }),
  );
}

function addNameClauses(grammar: ChineseGrammar): void {
  grammar.rule(
    'clause',
    '(除|除了|除去|不包括|排除|不算|剔除|不含)<entities>[这|那](以外|之外|外|)',
    ({ entities }) => ({
      predicate: { kind: 'entity', names: entities, negated: true },
      quantity: null,
    }),
  );
  grammar.rule('clause', '(是|为)<entities>[之一|中的一家|中的一个]', ({ entities }) => ({
    predicate: { kind: 'entity', names: entities },
    quantity: null,
  }));
  grammar.rule('clause', '(不是|不为|非)<entities>', ({ entities }) => ({
    predicate: { kind: 'entity', names: entities, negated: true },
    quantity: null,
  }));
  const name = '[<noun:noun?>](名称|名字|名|简称|全称|校名|店名|院名|书名|片名|国名|姓名)' as const;
  grammar.rule('clause', `${name}[中](包含|含有|含|包括|带有|带|有)<text>` as const, ({ text }, context) =>
    nameCondition(context, text, undefined),
  );
  grammar.rule('clause', `${name}以<text>(开头|打头)` as const, ({ text }, context) =>
    nameCondition(context, text, 'start'),
  );
  grammar.rule('clause', `${name}以<text>(结尾|收尾)` as const, ({ text }, context) =>
    nameCondition(context, text, 'end'),
  );
  grammar.rule('clause', `${name}[中](不包含|不含|没有|不带)<text>` as const, ({ text }, context) =>
    opposite(nameCondition(context, text, undefined)),
  );
}

function addStatedClauses(grammar: ChineseGrammar): void {
  const verb = '(披露|给出|列出|记载|说明|注明|提供|列示|公布|填写|提及)' as const;
  grammar.rule('clause', `${verb}[了|过]<atom>` as const, ({ atom }, context) =>
    statedCondition(context, atom, false),
  );
  grammar.rule('clause', `(没有|未|没|并未|尚未)${verb}[了|过|其]<atom>` as const, ({ atom }, context) =>
    statedCondition(context, atom, true),
  );
  grammar.rule('clause', '(有|拥有|具有|设有|具备|带有|配有|带)<column>', ({ column }, context) =>
    hasColumn(context, column),
  );
  grammar.rule(
    'clause',
    '<atom>[的](没有数据|数据缺失|缺失|为空|未披露|没有披露|未公布|没有公布|未知|不详|缺数据)',
    ({ atom }, context) => statedCondition(context, atom, true),
  );
  grammar.rule(
    'clause',
    '(没有|无|未设|未设有|不具有|不具备|没|缺少|不带)<column>',
    ({ column }, context) => {
      const flag = plainColumn(context, column);
      if (flag?.type === 'boolean')
        return { predicate: { kind: 'boolean', column: flag.name, value: false }, quantity: column };
      const missing = statedCondition(context, column, true);
      return missing === null ? null : new Weighed([{ value: missing, cost: 0.1 }]);
    },
  );
  for (const [words, value] of [
    ['(是|有|真|支持)', true],
    ['(否|无|假|不支持)', false],
  ] as const)
    grammar.rule('clause', `<column>[为|是|：|:]${words}` as const, ({ column }, context) => {
      const flag = plainColumn(context, column);
      return flag?.type === 'boolean'
        ? { predicate: { kind: 'boolean', column: flag.name, value }, quantity: column }
        : null;
    });
  grammar.rule('clause', '[已|已经|均已]<column>', ({ column }, context) => {
    const flag = plainColumn(context, column);
    return flag?.type === 'boolean'
      ? new Weighed([
          {
            value: { predicate: { kind: 'boolean', column: flag.name, value: true }, quantity: column },
            cost: 0.05,
          },
        ])
      : null;
  });
  grammar.rule('clause', '(未|尚未|没有|不|并未)<column>', ({ column }, context) => {
    const flag = plainColumn(context, column);
    return flag?.type === 'boolean'
      ? { predicate: { kind: 'boolean', column: flag.name, value: false }, quantity: column }
      : null;
  });
}

function addJunctions(grammar: ChineseGrammar): void {
  const and = '[,|、](且|并且|而且|同时|并|又|也|以及|和|但|但是|而|却|,)[同时|其|它们的|并且|也]' as const;
  const or = '[,](或|或者|或是|要么)[其]' as const;
  const joined = (kind: 'and' | 'or', first: Condition, second: Condition): Condition => {
    if (first.predicate === everyRow) return second;
    if (kind === 'and')
      return { predicate: both(first.predicate, second.predicate) ?? everyRow, quantity: second.quantity };
    const operands = second.predicate.kind === 'or' ? second.predicate.operands : [second.predicate];
    return { predicate: { kind: 'or', operands: [first.predicate, ...operands] }, quantity: second.quantity };
  };
  grammar.rule('ands', '[既|不仅|不但|同时]<clause>', ({ clause }) => clause);
  grammar.rule('ands', `[既|不仅|不但]<clause>${and}<ands:rest>` as const, ({ clause, rest }) =>
    joined('and', clause, rest),
  );
  // `大于5且小于10`: of the same quantity.
  grammar.rule(
    'ands',
    `<clause>${and}<comparing>` as const,
    ({ clause, comparing }, context) => goingOn(context, clause, { comparing, kind: 'and' }),
    0.02,
  );
  grammar.rule(
    'ands',
    `<clause>${or}<comparing>` as const,
    ({ clause, comparing }, context) => goingOn(context, clause, { comparing, kind: 'or' }),
    0.02,
  );
  grammar.rule('clauses', '<ands>', ({ ands }) => ands);
  grammar.rule('clauses', `<ands>${or}<clauses:rest>` as const, ({ ands, rest }) => joined('or', ands, rest));
}

/** Another comparison of the quantity that was compared just now. */
function goingOn(
  context: ChineseContext,
  clause: Condition,
  { comparing, kind }: { readonly comparing: Comparing; readonly kind: 'and' | 'or' },
): Weighed<Condition> | null {
  if (clause.quantity === null) return null;
  const result = compare(context, clause.quantity, comparing);
  if (result === null) return null;
  const predicate: Predicate = { kind, operands: [clause.predicate, result.value.predicate] };
  return new Weighed([{ ...result, value: { predicate, quantity: clause.quantity } }]);
}
