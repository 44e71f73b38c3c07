import { listDraft, valuesDraft } from '../grammar/drafts.ts';
import type { Draft, Quantity, Rows } from '../grammar/meanings.ts';
import { numeric } from '../grammar/quantity-values.ts';
import { allRows, ranked, restrict, selectionOf } from '../grammar/row-sets.ts';
import type { Expression } from '../plan.ts';
import { rankingOf } from './rank-clauses.ts';
import type { ChineseGrammar } from './context.ts';

export const which =
  '(哪些|哪几个|哪几家|哪几座|哪几所|哪几<counter:which?>|哪个|哪家|哪一家|哪一个|哪座|哪所|哪<counter:which?>|哪一<counter:which?>|什么|谁|哪)' as const;
export const tell =
  '[请|请帮我|帮我|请你](列出|列举|列举出|找出|给出|查找|查询|筛选|筛选出|说出|写出|返回|展示|显示|挑出|选出|查出|指出|求出|求|输出|罗列|请问有)' as const;
const are = '[都|分别|一共|总共](是|有|为|包括|包含)[分别]' as const;

/** Adds questions for rows by name, and for values of them. */
export function addRowQuestions(grammar: ChineseGrammar): void {
  addFilterQuestions(grammar);
  addRankingQuestions(grammar);
  addOrderQuestions(grammar);
  addValueQuestions(grammar);
}

const listed = (rows: Rows, show: readonly Quantity[] = []): Draft | null =>
  listDraft(
    rows.by !== null && rows.by.limit === null ? { ...rows, by: { ...rows.by, limit: 1 } } : rows,
    show,
  );

function addFilterQuestions(grammar: ChineseGrammar): void {
  grammar.rule(
    'ask',
    `[有](哪些|哪几<counter:which?>|哪个|哪家|哪<counter:which?>)[的|,]<clauses>` as const,
    ({ clauses }) => listed(restrict(allRows, clauses.predicate)),
    0.06,
  );
  grammar.rule('ask', `[有]${which}<noun>[的|是|,|在|中]<clauses>` as const, ({ clauses }) =>
    listed(restrict(allRows, clauses.predicate)),
  );
  grammar.rule(
    'ask',
    `[有]${which}<attributes:some>[的]<noun>[的|是|,]<clauses>` as const,
    ({ some, clauses }) => listed(restrict(restrict(allRows, some.predicate), clauses.predicate)),
  );
  grammar.rule(
    'ask',
    `<noun>(中|里|当中|之中)[,][有]${which}[<noun:again?>][的]<clauses>` as const,
    ({ clauses }) => listed(restrict(allRows, clauses.predicate)),
  );
  grammar.rule('ask', `<rows>[,]${are}${which}[<noun>|的]` as const, ({ rows }) => listed(rows));
  grammar.rule(
    'ask',
    `(有)${which}<rows>` as const,
    ({ rows }) => (rows.where === null && rows.by === null ? null : listed(rows)),
    0.03,
  );
  grammar.rule(
    'ask',
    `${which}[<noun>](是|为)<rows>` as const,
    ({ rows }) => (rows.where === null && rows.by === null ? null : listed(rows)),
    0.03,
  );
  grammar.rule(
    'ask',
    `${tell}[出|所有|全部|满足条件的|符合条件的][下列][:]<rows>[的(名称|名单|名字|列表|清单)]` as const,
    ({ rows }) => listed(rows),
  );
  grammar.rule(
    'ask',
    '<rows>',
    ({ rows }) => (rows.where === null && rows.by === null ? null : listed(rows)),
    0.1,
  );
  grammar.rule('ask', `<rows>[的]名单` as const, ({ rows }) => listed(rows), 0.05);
  grammar.rule(
    'ask',
    `${tell}[所有|全部]<rows>(及其|以及其|和它们的|及它们的|与其|和其|,并给出其|以及它们的|,以及它们的|,并列出其|并给出|,给出)[的|各自的|对应的]<quantities>` as const,
    ({ rows, quantities }) => listed(rows, quantities),
  );
  grammar.rule('ask', `${tell}<rows>的名称(和|及|与|以及)<quantities>` as const, ({ rows, quantities }) =>
    listed(rows, quantities),
  );
  grammar.rule(
    'ask',
    `<rows>[,]${are}${which}[<noun>][,|?](它们的|其|各自的|他们的|分别的)<quantities>[分别|各](是多少|为多少|是什么|有多少)` as const,
    ({ rows, quantities }) => listed(rows, quantities),
  );
}

function addRankingQuestions(grammar: ChineseGrammar): void {
  const first = (
    rows: Rows,
    quantity: Quantity,
    how: { descending: boolean; limit: number },
  ): Draft | null => {
    const by = rankingOf(quantity, how);
    const top = by === null ? null : ranked(rows, by);
    return top === null ? null : listDraft(top);
  };
  const asked =
    '(哪[<count:count?>][<counter:counted?>]|哪些|哪几<counter:some?>|哪几个|哪一<counter:one?>|谁|什么)' as const;
  const fitsDate = (quantity: Quantity, calendar: boolean): boolean =>
    (quantity.type === 'date') === calendar;
  for (const [noun, whose] of [
    ['<noun>', false],
    ['<attributes:some>[的]<noun>', true],
    ['', false],
  ] as const) {
    grammar.rule(
      'ask',
      `[有|是]${asked}${noun}[的|,]<quantity>[值|是|都|为]<superlative>` as '<count:count?><attributes:some?><quantity><superlative>',
      ({ count, some, quantity, superlative }) =>
        whose === (some !== undefined) && fitsDate(quantity, superlative.calendar)
          ? first(some === undefined ? allRows : restrict(allRows, some.predicate), quantity, {
              descending: superlative.descending,
              limit: count ?? 1,
            })
          : null,
      noun === '' ? 0.1 : 0,
    );
    grammar.rule(
      'ask',
      `[有|是]${asked}${noun}[的|,]<quantity>[上]<place>` as '<attributes:some?><quantity><place>',
      ({ some, quantity, place }) => {
        const by = rankingOf(quantity, { descending: place.descending, limit: 1, offset: place.offset });
        const rows =
          by === null ? null : ranked(some === undefined ? allRows : restrict(allRows, some.predicate), by);
        return rows === null ? null : listDraft(rows);
      },
      noun === '' ? 0.1 : 0,
    );
  }
  // `营业收入最高的是哪家公司`
  grammar.rule('ask', `<ranking>的${are}(谁|什么|${which}[<noun>])` as const, ({ ranking }) => {
    const rows = ranked({ ...allRows, singular: true }, { ...ranking, limit: ranking.limit ?? 1 });
    return rows === null ? null : listDraft(rows);
  });
  grammar.rule(
    'ask',
    `<ranking>的[前]<count>[<counter>]${are}${which}[<noun>]` as const,
    ({ ranking, count }) => {
      const rows = ranking.limit === null ? ranked(allRows, { ...ranking, limit: count }) : null;
      return rows === null ? null : listDraft(rows);
    },
  );
  // `最早成立的是哪家公司`, `哪家公司最早成立`, `哪家公司成立最早`
  grammar.rule(
    'ask',
    `[是]${asked}<noun>[的]<superlative><column>` as const,
    ({ column, superlative, count }) =>
      fitsDate(column, superlative.calendar)
        ? first(allRows, column, { descending: superlative.descending, limit: count ?? 1 })
        : null,
    0.05,
  );
}

function addOrderQuestions(grammar: ChineseGrammar): void {
  const ordered = (rows: Rows, quantity: Quantity, descending: boolean): Draft | null => {
    const by = rankingOf(quantity, { descending, limit: null });
    if (by === null || rows.by !== null || rows.count !== null) return null;
    return { selection: selectionOf({ ...rows, by }), output: { kind: 'entities', show: [] } };
  };
  const by = '(按|按照|依|依照|根据|以)' as const;
  const sorted = '(排列|排序|列出|排名|排|进行排序|进行排列|排个序)' as const;
  grammar.rule(
    'ask',
    `(将|把|对|给|请将|请把)<rows>${by}[其]<quantity>[的]<direction>[依次|地|进行]${sorted}` as const,
    ({ rows, quantity, direction }) => ordered(rows, quantity, direction),
  );
  grammar.rule(
    'ask',
    `${by}<quantity>[的]<direction>[排列|排序|依次|地][,][依次](列出|列举|给出|排列|展示)<rows>` as const,
    ({ rows, quantity, direction }) => ordered(rows, quantity, direction),
  );
  grammar.rule(
    'ask',
    `${tell}<rows>[,]${by}[其]<quantity>[的]<direction>[${sorted}]` as const,
    ({ rows, quantity, direction }) => ordered(rows, quantity, direction),
  );
}

function addValueQuestions(grammar: ChineseGrammar): void {
  const asking =
    '[分别|各|一共|总共|大约|约|究竟](是多少|为多少|是什么|有多少|多少|是哪个|是哪家|是哪些|有哪些|是几|是多大|是多高|是何时|是什么时候|是哪天|是哪一天|是哪年|是哪一年|是谁|在哪里|在哪|是哪里|几何|是哪种|如何|怎么样|是否有)' as const;
  const entityRows = (entities: readonly string[]): Rows => ({
    ...allRows,
    where: { kind: 'entity', names: entities },
  });
  const looked = (entities: readonly string[], quantities: readonly Quantity[]): Draft | null =>
    entities.length === 1
      ? valuesDraft(entityRows(entities), quantities)
      : listDraft(entityRows(entities), quantities);
  grammar.rule(
    'ask',
    `<entities>[各自|分别]的[<noun:noun?>]<quantities>${asking}` as const,
    ({ entities, quantities }) => looked(entities, quantities),
  );
  grammar.rule(
    'ask',
    `<entities><quantities>${asking}` as const,
    ({ entities, quantities }) => looked(entities, quantities),
    0.02,
  );
  grammar.rule(
    'ask',
    `(查询|查找|给出|列出|求|查一下|告诉我|请给出|请问|说出)<entities>的<quantities>` as const,
    ({ entities, quantities }) => looked(entities, quantities),
  );
  grammar.rule(
    'ask',
    '<entities>的<quantities>',
    ({ entities, quantities }) => looked(entities, quantities),
    0.1,
  );
  grammar.rule(
    'ask',
    '<entity>[是](何时|什么时候|哪年|哪一年|哪天|在哪一年|在哪年|在何时)<column>[的]',
    ({ entity, column }) => (column.type === 'date' ? looked([entity], [column]) : null),
  );
  grammar.rule(
    'ask',
    '<entity>(属于|位于|在|是|来自|处于|从事|地处|隶属于)(什么|哪个|哪一个|哪种|何种|哪类|哪里)[<column:column?>]',
    ({ entity, column }) => (column === undefined ? null : looked([entity], [column])),
  );
  // `由哪家公司承建`: who did it is named, and no amount of the same word is.
  grammar.rule(
    'ask',
    `<entity>[是](由|被)(谁|${which}[<noun>|单位|机构|公司|企业|人])[负责]<column>[的|了]` as '<entity><column>',
    ({ entity, column }) =>
      column.type === 'text' || column.type === 'category' ? looked([entity], [column]) : null,
  );
  grammar.rule(
    'ask',
    '<entity>[是]<column>(于|在)(何时|什么时候|哪年|哪一年|哪天|哪里|哪儿)',
    ({ entity, column }) => looked([entity], [column]),
  );
  grammar.rule(
    'ask',
    '<entity>有多少[<counter>]<column>',
    ({ entity, column }) => {
      const quantity = numeric(column);
      return quantity === null ? null : looked([entity], [quantity]);
    },
    0.05,
  );
  grammar.rule(
    'ask',
    `<ranked-rows:rows>[的|所在的|所属的|所处的]<quantities>${asking}` as const,
    ({ rows, quantities }) => valuesDraft(rows, quantities),
    0.02,
  );
  addRankQuestions(grammar);
  const occur = '(出现过|出现|存在|有)' as const;
  const distinct = (quantity: Quantity, rows: Rows): Draft | null =>
    rows.by !== null ||
    rows.count !== null ||
    quantity.expression.kind !== 'column' ||
    quantity.type === 'number'
      ? null
      : {
          selection: selectionOf(rows),
          output: {
            kind: 'values',
            show: [{ value: quantity.expression, name: quantity.name, unit: null }],
            distinct: true,
          },
        };
  grammar.rule(
    'ask',
    `(${occur}哪些|有哪些|有哪几种|有几种|${tell}[所有|全部|各])不同的<column>` as const,
    ({ column }) => distinct(column, allRows),
  );
  grammar.rule(
    'ask',
    `<rows>(中|里|当中|之中)[,](有|出现了|出现)(哪些|哪几种|哪几个)[不同的]<column>` as const,
    ({ rows, column }) => distinct(column, rows),
  );
  grammar.rule(
    'ask',
    `<rows>[的|分布在|涉及|来自|涵盖][有]哪些[不同的]<column>` as const,
    ({ rows, column }) => distinct(column, rows),
    0.05,
  );
  grammar.rule(
    'ask',
    `[<rows:rows?>的][不同的]<column>(有哪些|都有哪些|分别有哪些|包括哪些|有哪几种|有哪几个)` as const,
    ({ rows, column }) => distinct(column, rows ?? allRows),
    0.02,
  );
}

/** Where a row stands in an order. */
function addRankQuestions(grammar: ChineseGrammar): void {
  const rank = (
    entity: string,
    given: Quantity,
    { descending, over }: { readonly descending: boolean; readonly over: Rows | null },
  ): Draft | null => {
    const quantity = numeric(given);
    if (quantity === null || (over !== null && (over.by !== null || over.count !== null))) return null;
    const value: Expression = {
      kind: 'rank',
      of: quantity.expression,
      descending,
      ...(over?.where == null ? {} : { over: { where: over.where } }),
    };
    return valuesDraft({ ...allRows, where: { kind: 'entity', names: [entity] } }, [
      { expression: value, type: 'number', unit: null, name: 'rank', columns: quantity.columns },
    ]);
  };
  const placed =
    '(排名第几|排第几|排在第几|位列第几|位居第几|是第几|居第几|第几|排名是多少|的排名是多少|排名多少|排名如何|排多少|排第多少|排名第多少|的名次是多少|是第几名|的排名是第几|排名为多少|的排名)[位|名|高]' as const;
  const among = '[在]<rows:over>(中|里|之中|当中|内)[,]' as const;
  for (const [span, descending] of [
    ['', true],
    ['[按]<direction:way>[排列|排序|顺序]', null],
  ] as const) {
    grammar.rule(
      'ask',
      `<entity>的<quantity>${span}[在|上]${placed}` as '<entity><quantity><direction:way?>',
      ({ entity, quantity, way }) =>
        rank(entity, quantity, { descending: descending ?? way ?? true, over: null }),
    );
    grammar.rule(
      'ask',
      `<entity>的<quantity>${among}${span}${placed}` as '<entity><quantity><direction:way?><rows:over>',
      ({ entity, quantity, way, over }) =>
        rank(entity, quantity, { descending: descending ?? way ?? true, over }),
    );
    grammar.rule(
      'ask',
      `<entity>[在]${among}[的|按]<quantity>${span}[上]${placed}` as '<entity><quantity><direction:way?><rows:over>',
      ({ entity, quantity, way, over }) =>
        rank(entity, quantity, { descending: descending ?? way ?? true, over }),
    );
    grammar.rule(
      'ask',
      `(按|按照|以|依|就)<quantity>${span}[而言|来说|计|排列|排序|排名|来看|排|衡量][,|来看,]<entity>${placed}` as '<entity><quantity><direction:way?>',
      ({ entity, quantity, way }) =>
        rank(entity, quantity, { descending: descending ?? way ?? true, over: null }),
    );
    grammar.rule(
      'ask',
      `<entity>(在|按|按照|以)<quantity>${span}[上|方面|排名中|排名|中|排行中|排行榜中|这一指标上][,]${placed}` as '<entity><quantity><direction:way?>',
      ({ entity, quantity, way }) =>
        rank(entity, quantity, { descending: descending ?? way ?? true, over: null }),
    );
  }
}
