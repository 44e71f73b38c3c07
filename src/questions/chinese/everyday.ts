import { convertUnit } from '../../table/values/units.ts';
import { changed } from '../grammar/changes.ts';
import { comparison, plain } from '../grammar/conditions.ts';
import { countDraft, figureDraft, figuresDraft, listDraft, valuesDraft } from '../grammar/drafts.ts';
import { Weighed } from '../grammar/engine.ts';
import type { Outcome } from '../grammar/engine.ts';
import { measured } from '../grammar/figures.ts';
import { dated } from '../grammar/group-values.ts';
import { groupsDraft } from '../grammar/ask-groups.ts';
import { supposedTo } from '../grammar/hypotheticals.ts';
import type { Condition } from '../grammar/meanings.ts';
import { arithmetic, constant, inUnit, isConstant, ratioOf } from '../grammar/quantity-values.ts';
import { allRows, ranked, restrict } from '../grammar/row-sets.ts';
import { quantityOf } from '../grammar/terms.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';
import { apartFrom } from './figures.ts';
import { counted } from './groups.ts';
import { columnCalled } from './known-ratios.ts';
import { rankingOf } from './rank-clauses.ts';
import { which } from './ask-rows.ts';

/** Adds what analysts say in fewer words: 亏损, 人均, 如果…增长, 平均值和中位数. */
export function addEverydayPhrases(grammar: ChineseGrammar): void {
  addResults(grammar);
  addHeads(grammar);
  addGlosses(grammar);
  addSuppositions(grammar);
  addSeveralFigures(grammar);
  addShortQuestions(grammar);
}

/** What the result of a business, and its number of people, may be called. */
const resultNames = ['净利润', '净利', '利润', '盈利', 'netincome', 'netprofit', 'profit'];
const peopleNames = [
  '人口',
  '员工人数',
  '员工数',
  '职工人数',
  '人数',
  'population',
  'employees',
  'headcount',
];

function addResults(grammar: ChineseGrammar): void {
  for (const [words, sign] of [
    ['(亏损|亏钱|入不敷出)', '<'],
    ['(盈利|赚钱|获利)', '>'],
  ] as const)
    grammar.rule(
      'clause',
      `[处于|出现|发生|存在|实现|是|有|出现了|已|都|均]${words}[了|状态|的]` as const,
      (_, context) => resultCondition(context, sign),
    );
}

function resultCondition(context: ChineseContext, sign: '<' | '>'): Outcome<Condition> {
  const quantity = columnCalled(context, resultNames);
  const outcome =
    quantity === null
      ? null
      : comparison(context, quantity, { comparison: sign, operand: { kind: 'literal', literal: plain(0) } });
  if (quantity === null || !(outcome instanceof Weighed)) return null;
  const note = `按“${quantity.name}”${sign === '<' ? '小于' : '大于'}0理解`;
  return new Weighed(
    outcome.options.map((option) => ({ ...option, cost: option.cost + 0.05, notes: [note] })),
  );
}

function addHeads(grammar: ChineseGrammar): void {
  grammar.rule('term', '每<unit>[的]<atom:part>', ({ unit, part }, { table }) => {
    const fitting = table.columns.filter(
      (column) => column.unit !== null && convertUnit({ number: 1, from: column.unit, to: unit }) !== null,
    );
    const [only] = fitting;
    const whole =
      only === undefined || fitting.length > 1 ? null : inUnit(quantityOf(only), unit)?.options[0];
    const outcome = whole == null ? null : ratioOf(part, whole.value);
    return whole == null || outcome === null
      ? null
      : new Weighed(
          outcome.options.map((option) => ({
            ...option,
            cost: option.cost + 0.15,
            notes: [`“每${unit}”按“${whole.value.name}”理解`],
          })),
        );
  });
  grammar.rule('term', '人均<atom:part>', ({ part }, context) => {
    const people = columnCalled(context, peopleNames);
    const outcome = people === null ? null : ratioOf(part, people);
    return people === null || outcome === null
      ? null
      : new Weighed(
          outcome.options.map((option) => ({
            ...option,
            cost: option.cost + 0.1,
            notes: [`“人均”按除以“${people.name}”理解`],
          })),
        );
  });
}

/** A name of the question's own, with its formula in brackets: `净利率（净利润/营业收入）`. */
function addGlosses(grammar: ChineseGrammar): void {
  grammar.rule('term', '<text>lparen [即|为|等于|=|指|也就是]<quantity> rparen', ({ quantity }) =>
    quantity.expression.kind === 'arithmetic' && !isConstant(quantity)
      ? new Weighed([{ value: quantity, cost: -0.4 }])
      : null,
  );
}

function addSuppositions(grammar: ChineseGrammar): void {
  const suppose =
    '(如果|假设|假如|若|倘若|要是|假定|设)[所有<noun>的|每家<noun>的|各<noun>的|全部<noun>的|<noun>的]' as const;
  for (const [words, up] of [
    ['(增长|提高|上升|增加|上涨|提升|多|高)', true],
    ['(下降|减少|降低|下跌|下滑|少|低)', false],
  ] as const)
    grammar.rule(
      'question',
      `${suppose}<column>[都|均|再]${words}[了|出]<literal>[,][那么|则]<ask>` as const,
      ({ column, literal, ask }) => supposedTo(column, literal, up)?.(ask) ?? null,
    );
}

function addSeveralFigures(grammar: ChineseGrammar): void {
  grammar.rule(
    'ask',
    '[<rows:rows?>(的|,)]<quantity>[的|值的]<measure-behind:one>(和|与|及|以及|、)<measure-behind:other>[分别|各](是多少|为多少|是什么)',
    ({ rows, quantity, one, other }) => {
      const figures = [one, other].map((measure) => measured(measure, quantity, rows ?? allRows));
      return quantity.type === 'date' || figures.includes(null)
        ? null
        : figuresDraft(figures.flatMap((figure) => figure ?? []));
    },
  );
  grammar.rule(
    'ask',
    '<value:first>(和|与|同|跟)<value:second>[的|这两类|两类|两地的]<noun>[的|在]<measure-before:measure>[的]<quantity>[之间|上](相差|差距是|差距为|之差是|差)(多少|多大)',
    ({ first, second, measure, quantity }) => {
      const figure =
        first.column === second.column
          ? apartFrom(measure, quantity, [
              restrict(allRows, first.predicate),
              restrict(allRows, second.predicate),
            ])
          : null;
      return figure === null ? null : figureDraft(figure);
    },
  );
  grammar.rule(
    'ask',
    '(最大|最高|最大的|最高的)(和|与)(最小|最低|最小的|最低的)[的]<quantity>[之间|的]相差[了]多少',
    ({ quantity }) => {
      const [high, low] = (['maximum', 'minimum'] as const).map((name) =>
        measured({ function: name }, quantity, allRows),
      );
      if (high == null || low == null) return null;
      const expression = {
        kind: 'arithmetic',
        operator: '-',
        left: high.expression,
        right: low.expression,
      } as const;
      const { over: _, ...rest } = high;
      return figureDraft({ ...rest, expression });
    },
  );
}

function addShortQuestions(grammar: ChineseGrammar): void {
  // `甲是公办还是民办`
  grammar.rule(
    'ask',
    '<entity>[是|属于|到底是]<value:first>还是<value:second>',
    ({ entity, first, second }, { table }) => {
      const column = table.columns.find(({ name }) => name === first.column);
      return column === undefined || first.column !== second.column
        ? null
        : valuesDraft({ ...allRows, where: { kind: 'entity', names: [entity] }, singular: true }, [
            quantityOf(column),
          ]);
    },
  );
  // `医药行业有哪些公司`, `广东有多少家公司`
  grammar.rule('ask', `<attributes:some>[中|里|内]有${which}<noun>` as const, ({ some }) =>
    listDraft(restrict(allRows, some.predicate)),
  );
  grammar.rule('ask', '<attributes:some>[中|里|内][一共|总共|共]有(多少|几)[<counter>]<noun>', ({ some }) =>
    countDraft(restrict(allRows, some.predicate)),
  );
  // `甲和乙哪个营业收入更高`
  for (const [words, descending] of [
    ['(更大|更高|更多|较大|较高|较多|更长|更贵|大|高|多|最高|最大|最多)', true],
    ['(更小|更低|更少|较小|较低|较少|更短|更便宜|小|低|少|最低|最小|最少)', false],
  ] as const)
    grammar.rule(
      'ask',
      `<entities>[中|里|之间|相比|两者][,](哪个|哪家|哪所|哪座|谁|哪一个|哪一家|哪<counter:which?>)[<noun:noun?>][的]<quantity>${words}` as const,
      ({ entities, quantity }) => {
        const by = rankingOf(quantity, { descending, limit: 1 });
        const rows =
          by === null ? null : ranked({ ...allRows, where: { kind: 'entity', names: entities } }, by);
        return rows === null || entities.length < 2 ? null : listDraft(rows);
      },
    );
  // `学费最高的两所大学分别在哪个城市`
  grammar.rule(
    'ask',
    '<ranked-rows:rows>[分别|各](在|位于|属于|来自|是)(哪个|哪些|什么|哪一个|哪几个)<column>',
    ({ rows, column }) => listDraft(rows, [column]),
  );
  // `乙的净利润同比下降了百分之多少`
  for (const [verb, sign] of [
    ['(增长|上升|增加|提高|上涨|增)', 1],
    ['(下降|减少|降低|下滑|下跌|减)', -1],
  ] as const)
    grammar.rule(
      'ask',
      `<entity>[的][<period:to?>][的]<column>[同比|较上年|比上年|(较|比|相比)<period:from?>[年]]${verb}[了|幅度为|率为](百分之多少|百分之几|多少个百分点|多少百分点|多大比例)` as const,
      ({ entity, column, from, to }, context) => {
        const outcome = changed(context, column, { from, to, relative: true })?.options[0];
        const value =
          outcome === undefined || sign === 1 ? outcome?.value : arithmetic('*', constant(-1), outcome.value);
        return value == null
          ? null
          : valuesDraft({ ...allRows, where: { kind: 'entity', names: [entity] } }, [
              { ...value, type: 'percentage' },
            ]);
      },
    );
  // `每年成立了多少家公司`
  grammar.rule(
    'ask',
    '(每|每个|各)<date-part:part>[份][新|都]<column>[了|的](多少|几)[<counter>]<noun>',
    ({ part, column }) => {
      const group = dated(part, column);
      return group === null ? null : groupsDraft(group, counted(allRows), { show: 'both' });
    },
  );
  grammar.rule(
    'ask',
    '(每|每个|各)<date-part:part>[份][新]<column>的<noun>(数量|数|家数|个数)[是多少|为多少|分别是多少]',
    ({ part, column }) => {
      const group = dated(part, column);
      return group === null ? null : groupsDraft(group, counted(allRows), { show: 'both' });
    },
  );
}
