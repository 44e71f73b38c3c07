import { dated, groupOf, groupShare, havingOf, measuredGroup } from '../grammar/group-values.ts';
import type { Grouped, Rows } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { allRows } from '../grammar/row-sets.ts';
import type { GroupValue } from '../plan.ts';
import type { ChineseGrammar } from './context.ts';

const count: GroupValue = { kind: 'measure', measure: { function: 'count' } };
/** How many rows a group has. */
export const counted = (rows: Rows): Grouped => ({
  value: count,
  rows: { ...rows, singular: false },
  percentage: false,
  unit: null,
});

/** What stands before each of several groups. */
export const every =
  '(各个|每个|每一个|各|每种|每一种|每类|每|不同|各类|每座|每家|每<counter:each?>|各<counter:each?>)' as const;
/** Adds groups of rows, the numbers asked of them, and the conditions on them. */
export function addGroupPhrases(grammar: ChineseGrammar): void {
  addGroups(grammar);
  addHavings(grammar);
}

function addGroups(grammar: ChineseGrammar): void {
  grammar.rule('group', '[不同|不同的]<column>[类别|类型|中|里]', ({ column }, context) =>
    groupOf(context, column),
  );
  grammar.rule('group', '<column>[的|所在|所在的|所处的]<date-part:part>', ({ column, part }) =>
    dated(part, column),
  );
  grammar.rule(
    'group',
    '<date-part:part>',
    ({ part }, context) => {
      const dates = context.table.columns.filter(({ type }) => type === 'date');
      const [only] = dates;
      return dates.length === 1 && only !== undefined
        ? dated(part, {
            expression: { kind: 'column', column: only.name },
            type: 'date',
            unit: null,
            name: only.label,
            columns: [only.name],
          })
        : null;
    },
    0.1,
  );
  const whose = '[<rows:rows?>[的|,]|<noun:noun?>[的]]' as const;
  const value = (value: Grouped | null): Grouped | null => value;
  grammar.rule(
    'group-value',
    `${whose}<measure-before:measure>[的]<quantity>` as const,
    ({ measure, quantity, rows }) => value(measuredGroup(measure, quantity, rows ?? allRows)),
  );
  grammar.rule(
    'group-value',
    `${whose}<quantity>[的|值的]<measure-behind:measure>` as const,
    ({ measure, quantity, rows }) => value(measuredGroup(measure, quantity, rows ?? allRows)),
  );
  grammar.rule('group-value', '<rows>[的](数量|个数|家数|数目|总数|数|总数量)', ({ rows }) =>
    rows.by === null && rows.count === null ? counted(rows) : null,
  );
  grammar.rule('group-value', '数量', () => counted(allRows), 0.05);
  grammar.rule('group-value', '不同[的]<column>[的](数量|个数|数目)', ({ column }) =>
    column.expression.kind === 'column' && column.type !== 'list'
      ? {
          ...counted(allRows),
          value: { kind: 'measure', measure: { function: 'count-distinct', of: column.expression } },
        }
      : null,
  );
  grammar.rule(
    'group-value',
    '[有][多少|多大比例的]<rows>[所占|所占的|占|占全部<noun>|占该组<noun>|占其全部<noun>|占全部][的](百分比|比例|占比|比重)' as '<rows>',
    ({ rows }) => groupShare(allRows, rows.where),
  );
  grammar.rule(
    'group-value',
    `${whose}<quantity:part>[的](总和|合计|总额)与<quantity:whole>[的](总和|合计|总额)(之比|的比值|的比率)` as const,
    ({ part, whole }) => {
      const [above, below] = [part, whole].map((each) => measuredGroup({ function: 'sum' }, each, allRows));
      return above == null || below == null
        ? null
        : {
            ...counted(allRows),
            value: { kind: 'arithmetic', operator: '/', left: above.value, right: below.value },
          };
    },
  );
}

function addHavings(grammar: ChineseGrammar): void {
  grammar.rule(
    'having',
    '[有|拥有|包含|包括|含有|含][着|了]<comparing>[<counter>]<rows>',
    ({ comparing, rows }, context) =>
      rows.by === null && rows.count === null ? havingOf(context, counted(rows), comparing, null) : null,
  );
  grammar.rule(
    'having',
    '(有|拥有|包含|包括|含有|含)<count:limit>[<counter>](以上|及以上|或以上|或更多)[的]<rows>',
    ({ limit, rows }, context) =>
      havingOf(
        context,
        counted(rows),
        {
          comparison: '>=',
          operand: { kind: 'literal', literal: { value: limit, percent: false, unit: null } },
        },
        null,
      ),
  );
  grammar.rule(
    'having',
    '[的]<rows>[的](数量|个数|家数|数目|总数|数)[为|是|在|有]<comparing>[<counter>]',
    ({ rows, comparing }, context) =>
      rows.by === null && rows.count === null ? havingOf(context, counted(rows), comparing, null) : null,
  );
  grammar.rule(
    'having',
    '[的]<rows><comparing>[<counter>]',
    ({ rows, comparing }, context) =>
      rows.by === null && rows.count === null && rows.where === null
        ? havingOf(context, counted(rows), comparing, null)
        : null,
    0.05,
  );
  const measuredHaving = [
    '[的|其|,][<noun:noun?>的]<measure-before:measure>[的]<quantity><comparing>',
    '[的|其|,][<noun:noun?>的]<quantity>[的]<measure-behind:measure><comparing>',
  ] as const;
  for (const pattern of measuredHaving)
    grammar.rule('having', pattern, ({ measure, quantity: given, comparing }, context) => {
      const quantity = numeric(given);
      const left = measuredGroup(measure, given, allRows);
      return left === null || quantity === null ? null : havingOf(context, left, comparing, quantity);
    });
}
