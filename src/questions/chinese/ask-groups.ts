import { Weighed } from '../grammar/engine.ts';
import { groupsDraft } from '../grammar/ask-groups.ts';
import { havingOf, measuredGroup } from '../grammar/group-values.ts';
import { withinGroups } from '../grammar/ask-best-of-groups.ts';
import type { Draft, Group, Grouped, Having, Superlative } from '../grammar/meanings.ts';
import { allRows } from '../grammar/row-sets.ts';
import type { ChineseGrammar } from './context.ts';
import { counted, every } from './groups.ts';

const top = (descending: boolean, limit: number | null = null, offset = 0): Superlative => ({
  descending,
  measured: [],
  limit,
  offset,
});

/** Adds questions about groups of rows. */
export function addGroupQuestions(grammar: ChineseGrammar): void {
  addBestGroupQuestions(grammar);
  addEachGroupQuestions(grammar);
}

const which =
  '(哪[<count:count?>][<counter:counted?>]|哪些|哪几个|哪几<counter:some?>|哪一<counter:one?>|什么)' as const;
const most = '(最多|最大)' as const;
const fewest = '(最少|最小)' as const;

function addBestGroupQuestions(grammar: ChineseGrammar): void {
  const told = [
    ['', 'group'],
    [
      '[,](是多少|其值是多少|该值是多少|分别是多少|各是多少|其数值是多少|对应的值是多少|数值是多少|分别为多少)',
      'both',
    ],
  ] as const;
  // `公司数量不少于5的行业中，哪个行业…` or `有至少5家公司的行业中，哪个…`
  const among = [
    '',
    '[在]<having>的<group:again>(中|里|之中|当中)[,]',
    '[在]<group:again>(中|里)[,]<having>的[,]',
    `[在]${every}<group:again>(中|里|当中|之中)[,]`,
  ] as const;
  type Parts = '<having:having?><group:again?><count:count?><group><group-value:grouped>';
  for (const [ending, show] of told)
    for (const before of among) {
      grammar.rule(
        'ask',
        `${before}${which}<group>[的|中|里|内]<group-value:grouped>[值|是]<superlative>${ending}` as `${Parts}<superlative>`,
        ({ having, again, count: limit, group, grouped, superlative }) =>
          sameGroup(group, again)
            ? groupsDraft(group, grouped, {
                having,
                superlative: top(superlative.descending),
                count: limit,
                show,
              })
            : null,
      );
      grammar.rule(
        'ask',
        `${before}${which}<group>[的|中|里|内]<group-value:grouped>[值|是]<place>${ending}` as `${Parts}<place>`,
        ({ having, again, group, grouped, place }) =>
          sameGroup(group, again)
            ? groupsDraft(group, grouped, {
                having,
                superlative: top(place.descending, 1, place.offset),
                show,
              })
            : null,
      );
      for (const [words, descending] of [
        [most, true],
        [fewest, false],
      ] as const) {
        grammar.rule(
          'ask',
          `${before}${which}<group>[的|中|里|内]<rows>${words}${ending}` as '<having:having?><group:again?><count:count?><group><rows>',
          ({ having, again, count: limit, group, rows }) =>
            sameGroup(group, again)
              ? groupsDraft(group, counted(rows), {
                  having,
                  superlative: top(descending),
                  count: limit,
                  show,
                })
              : null,
        );
        grammar.rule(
          'ask',
          `${before}${which}<group>(拥有|有|包含|包括|的)${words}[数量]的<rows>${ending}` as '<having:having?><group:again?><count:count?><group><rows>',
          ({ having, again, count: limit, group, rows }) =>
            sameGroup(group, again)
              ? groupsDraft(group, counted(rows), {
                  having,
                  superlative: top(descending),
                  count: limit,
                  show,
                })
              : null,
        );
        grammar.rule(
          'ask',
          `<rows>${words}的[前][<count:count?>][<counter>]<group>(是|有)(哪个|哪些|哪几个|哪一个|什么|哪<counter:which?>)[<group:again?>]${ending}` as '<rows><count:count?><group><group:again?>',
          ({ rows, count: limit, group, again }) =>
            sameGroup(group, again)
              ? groupsDraft(group, counted(rows), { superlative: top(descending), count: limit, show })
              : null,
        );
      }
      grammar.rule(
        'ask',
        `<group-value:grouped><superlative>的[前][<count:count?>][<counter>]<group>(是|有)(哪个|哪些|哪几个|哪一个|什么|哪<counter:which?>)[<group:again?>]${ending}` as '<group-value:grouped><superlative><count:count?><group><group:again?>',
        ({ grouped, superlative, count: limit, group, again }) =>
          sameGroup(group, again)
            ? groupsDraft(group, grouped, { superlative: top(superlative.descending), count: limit, show })
            : null,
      );
    }
  // `员工人数最多的行业是哪个`: by the sum over each.
  for (const [words, descending] of [
    ['(最高|最大|最多)', true],
    ['(最低|最小|最少)', false],
  ] as const)
    grammar.rule(
      'ask',
      `<quantity>${words}的<group>(是|有)(哪个|哪一个|什么|哪<counter:which?>)[<group:again?>]` as const,
      ({ quantity, group, again }) => {
        const grouped =
          sameGroup(group, again) && quantity.type === 'number' && quantity.fraction !== true
            ? measuredGroup({ function: 'sum' }, quantity, allRows)
            : null;
        const draft =
          grouped === null
            ? null
            : groupsDraft(group, grouped, { superlative: top(descending), show: 'group' });
        return draft === null
          ? null
          : new Weighed([
              { value: draft, cost: 0.1, notes: [`各“${group.name}”按“${quantity.name}”的合计比较`] },
            ]);
      },
    );
  grammar.rule(
    'ask',
    '<group-value:grouped>(排名前|居前|位居前|位列前|前)<count>[位|名|大|个]的<group>(是|有)(哪些|哪几个|哪几<counter:which?>)[<group:again?>]',
    ({ grouped, count: limit, group }) =>
      groupsDraft(group, grouped, { superlative: top(true), count: limit, show: 'group' }),
  );
  const holds = (group: Group, having: Having, show: 'group' | 'number-of-groups'): Draft | null =>
    groupsDraft(
      group,
      { value: having.left, rows: allRows, percentage: false, unit: null },
      { having, show },
    );
  grammar.rule(
    'ask',
    '[有](哪些|哪几个|哪几<counter:some?>|哪个)<group>[中|里|的]<having>',
    ({ group, having }) => holds(group, having, 'group'),
  );
  grammar.rule('ask', '<having>的<group>(有|是)(哪些|哪几个)[<group:again?>]', ({ group, having }) =>
    holds(group, having, 'group'),
  );
  grammar.rule('ask', '(列出|找出|列举|给出)[所有|全部]<having>的<group>', ({ group, having }) =>
    holds(group, having, 'group'),
  );
  grammar.rule(
    'ask',
    '[一共|总共|共][有](多少|几)[<counter>]<group>[中|里|的]<having>',
    ({ group, having }) => holds(group, having, 'number-of-groups'),
  );
  // `至少承建三座桥的承建单位有几家`: what each did is the word that its own name begins with.
  for (const [asked, show] of [
    ['[一共|总共|共]有(多少|几)[<counter>]', 'number-of-groups'],
    ['(有|是)(哪些|哪几个|哪几<counter:which?>)', 'group'],
  ] as const)
    grammar.rule(
      'ask',
      `[有]<comparator:sign><column:deed>[了|过]<count:limit>[<counter>]<noun>的<group>${asked}` as '<comparator:sign><column:deed><count:limit><group>',
      ({ sign, deed, limit, group }, context) => {
        const isOwn = deed.columns.length === 1 && group.columns[0] === deed.columns[0];
        const literal = { value: limit, percent: false, unit: null };
        const having = isOwn
          ? havingOf(
              context,
              counted(allRows),
              { comparison: sign, operand: { kind: 'literal', literal } },
              null,
            )
          : null;
        return having === null ? null : holds(group, having, show);
      },
    );
  grammar.rule(
    'ask',
    '<having>的<group>[一共|总共|共]有(多少|几)[<counter>][<group:again?>]',
    ({ group, having }) => holds(group, having, 'number-of-groups'),
  );
}

const sameGroup = (group: Group, again: Group | undefined): boolean =>
  again === undefined || JSON.stringify(again.by) === JSON.stringify(group.by);

const asked =
  '[分别|各|各自](是多少|为多少|是什么|有多少|多少|如何|是几|分布如何|有多大|是多大|情况如何|是怎样的)' as const;

function addEachGroupQuestions(grammar: ChineseGrammar): void {
  const inner = '[中|里|内|的|下|里面|之中][,]' as const;
  const all = (group: Group, grouped: Grouped, more?: Grouped): Draft | null =>
    groupsDraft(group, grouped, { more, show: 'both' });
  const values = '<group-value:grouped>[(和|与|及|以及|、)<group-value:more?>]' as const;
  grammar.rule(
    'ask',
    `[对于|在]${every}<group>${inner}${values}${asked}` as const,
    ({ group, grouped, more }) => all(group, grouped, more),
  );
  grammar.rule(
    'ask',
    `(计算|统计|列出|求|给出|求出|算出|分析|汇总|比较|查询)${every}<group>${inner}${values}` as const,
    ({ group, grouped, more }) => all(group, grouped, more),
  );
  grammar.rule(
    'ask',
    `${every}<group>${inner}${values}` as const,
    ({ group, grouped, more }) => all(group, grouped, more),
    0.1,
  );
  grammar.rule(
    'ask',
    `${every}<group>${inner}[分别|各|各自](有多少|有几|多少|几|一共有多少)[<counter>]<rows>` as const,
    ({ group, rows }) => (rows.by === null && rows.count === null ? all(group, counted(rows)) : null),
  );
  grammar.rule(
    'ask',
    `(按|按照|依|以|根据)<group>(分组|分类|统计|划分|汇总|分|来看|计|分别统计)[后|计算|统计|,][,|计算|统计|求][各组|每组|各组的|每组的|各自|的]${values}[${asked}]` as const,
    ({ group, grouped, more }) => all(group, grouped, more),
  );
  grammar.rule(
    'ask',
    `(按|按照|依|以|根据)<group>(统计|汇总|计算|列出|求)<group-value:grouped>` as const,
    ({ group, grouped }) => all(group, grouped),
  );
  grammar.rule(
    'ask',
    `<group-value:grouped>(按|按照)<group>[的]分布[如何|情况|是怎样的|情况如何]` as const,
    ({ group, grouped }) => all(group, grouped),
  );
  grammar.rule(
    'ask',
    `<rows>(在|按|按照)${every}<group>[中|里|之间|的][的]分布[如何|情况|是怎样的|情况如何]` as const,
    ({ group, rows }) => all(group, counted(rows)),
  );
  grammar.rule(
    'ask',
    `[对于|在]${every}<group:outer>[和|与|、|及|以及|、]${every}<group>${inner}<group-value:grouped>${asked}` as '<group:outer><group><group-value:grouped>',
    ({ outer, group, grouped }) => withinGroups(outer, group, grouped, { show: 'both' }),
  );
  grammar.rule(
    'ask',
    `[在|对于]${every}<group:outer>${inner}(哪个|哪些|哪一个|哪<counter:which?>)<group>[的|中|里]<group-value:grouped>[值|是]<superlative>` as const,
    ({ outer, group, grouped, superlative }) =>
      withinGroups(outer, group, grouped, { superlative: top(superlative.descending), show: 'both' }),
  );
  for (const [words, descending] of [
    [most, true],
    [fewest, false],
  ] as const)
    grammar.rule(
      'ask',
      `[在|对于]${every}<group:outer>${inner}(哪个|哪些|哪一个|哪<counter:which?>)<group>[的|中|里|拥有的]<rows>[数量]${words}` as const,
      ({ outer, group, rows }) =>
        withinGroups(outer, group, counted(rows), { superlative: top(descending), show: 'both' }),
    );
}
