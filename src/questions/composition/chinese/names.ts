import { chineseGrammar } from '../../chinese/chinese-grammar.ts';
import { eventOfDate } from '../../chinese/column-names.ts';
import { endOfName, textBetween } from '../../chinese/context.ts';
import type { ChineseContext } from '../../chinese/context.ts';
import type { Quantity } from '../../grammar/meanings.ts';
import { quantityOf } from '../../grammar/terms.ts';
import { measureSymbol } from '../../../table/values/units.ts';
import type { Piece } from '../piece.ts';
import { found } from './found.ts';
import { isLightWord, typesAt } from './words.ts';

const dearestNoun = 0.6;
/** A noun that costs so much is one for rows of any table. */
const generalNoun = 0.2;
/** A noun is said again and again; beside all other parts it decides less than in an order of words. */
const nounShare = 0.6;
const dearestColumn = 0.6;
/** A verb may name a field by a part of its name, and say no more than that something is so. */
const verbCost = 0.1;

/** Fields, and what is calculated of them for a row. */
export const columnsAt = (context: ChineseContext, at: number): Piece[] => [
  ...doersAt(context, at),
  ...measuredInAt(context, at),
  ...datedAt(context, at),
  ...chineseGrammar()
    .parse('quantity', context, at)
    .filter(({ value, cost }) => value.columns.length > 0 && cost < dearestColumn)
    .filter(({ value, end }) => !isRowNoun(context, value, textBetween(context, at, end)))
    .map((each) => {
      const text = textBetween(context, at, each.end);
      const isVerb = (each.cost > verbCost && isLightWord(text)) || isEvent(context, each.value, text);
      return found(
        at,
        { ...each, cost: each.cost + (isVerb ? verbCost : 0) },
        { kind: 'column', quantity: each.value, isVerb },
      );
    }),
  ...typesAt(context, at).map(({ end, quantity, cost }): Piece => ({
    start: at,
    end,
    cost,
    notes: [],
    meaning: { kind: 'column', quantity, isVerb: false },
  })),
];

/** "抽检" of 抽检日期: what happened on the day. */
const isEvent = ({ table }: ChineseContext, { columns: [name] }: Quantity, text: string): boolean =>
  table.columns.some((column) => column.name === name && eventOfDate(column) === text);

/** Whether the field's name is what the rows are called, since it names them. */
const isRowNoun = ({ table }: ChineseContext, { columns: [name] }: Quantity, text: string): boolean =>
  table.columns.some(
    (column) =>
      column.name === name && column.type === 'text' && column.label === text && table.nouns[0] === text,
  );

const actCost = 0.12;

/** "什么时候装的" of 安装日期: one character says what happened, where no other date has it. */
function datedAt(context: ChineseContext, at: number): Piece[] {
  const { tokens, table } = context;
  const verb = tokens[at]?.word ?? '';
  const asked = tokens
    .slice(0, at)
    .map(({ word }) => word)
    .join('');
  if (!/^\p{Script=Han}$/u.test(verb) || !/(?:何时|什么时候|什么时间|哪[一]?[年天日]|哪个月)$/u.test(asked))
    return [];
  const [column, ...others] = table.columns.filter((each) => eventOfDate(each)?.includes(verb) === true);
  return column === undefined || others.length > 0 || !/^[的了]?$/.test(tokens[at + 1]?.word ?? '')
    ? []
    : [
        found(
          at,
          { end: at + 1, cost: actCost, notes: [], value: null },
          { kind: 'column', quantity: quantityOf(column), isVerb: false },
        ),
      ];
}

const unitCost = 0.1;

/** "全程多少公里": the only field in the unit that is asked for. */
function measuredInAt(context: ChineseContext, at: number): Piece[] {
  const before = context.tokens
    .slice(Math.max(0, at - 2), at)
    .map(({ word }) => word)
    .join('');
  if (!/多少$|几$/.test(before)) return [];
  return chineseGrammar()
    .parse('unit', context, at)
    .flatMap((unit): Piece[] => {
      const [column, ...others] = context.table.columns.filter((each) => each.unit === unit.value);
      return column === undefined || others.length > 0 || measureSymbol(unit.value) === null
        ? []
        : [
            found(
              at,
              { ...unit, cost: unitCost, notes: [] },
              { kind: 'column', quantity: quantityOf(column), isVerb: false },
            ),
          ];
    });
}

const doers = ['单位', '机构', '公司', '企业', '部门', '人', '厂家', '厂商', '厂', '院', ''];
const doer = /(?:单位|机构|公司|企业|部门|商|人|院|方|者|厂家|局)$/;
const doerCost = 0.1;
const sameDeeds: readonly (readonly string[])[] = [
  ['制造', '生产', '出品', '造'],
  ['承建', '施工', '建设', '修建', '承包'],
  ['运营', '经营', '营运'],
  ['维保', '维护', '保养'],
  ['供应', '供货', '供'],
  ['安装', '装'],
  ['出版', '发行'],
];

/** The verb of a field's name and those that mean the same: what a 制造单位 makes, it 生产. */
const verbsLike = (verb: string): readonly string[] =>
  sameDeeds.find((group) => group.includes(verb)) ?? [verb];

/** "哪家单位设计": the field of who does it, 设计单位. */
function doersAt(context: ChineseContext, at: number): Piece[] {
  const asked = context.tokens
    .slice(Math.max(0, at - 2), at)
    .map(({ word }) => word)
    .join('');
  if (!/哪.?$|^哪/.test(asked)) return [];
  return doers.flatMap((word) => {
    const from = word === '' ? at : endOfName(context, at, word);
    if (from === null) return [];
    return context.table.columns.flatMap((column): Piece[] => {
      const verb = column.label.replace(doer, '');
      const isDoer = verb !== column.label && verb.length >= 2;
      const ends = (isDoer ? verbsLike(verb) : []).map((each) => endOfName(context, from, each));
      const end = ends.find((each) => each !== null) ?? null;
      return end === null || (column.type !== 'category' && column.type !== 'text')
        ? []
        : [
            {
              start: at,
              end,
              cost: doerCost,
              notes: [],
              meaning: { kind: 'column', quantity: quantityOf(column), isVerb: false },
            },
          ];
    });
  });
}

/**
 * What the rows may be called. Words for rows of any table are so only where the question has no other word for
 * them: a province is no company.
 */
export function nounsAt(context: ChineseContext, at: number): Piece[] {
  const nouns = chineseGrammar()
    .parse('noun', context, at)
    .filter(({ cost }) => cost < dearestNoun);
  if (typesAt(context, at).length > 0) return [];
  if (nouns.length === 0) return counterNounsAt(context, at);
  const all = context.tokens.flatMap((_, from) => chineseGrammar().parse('noun', context, from));
  const general = new Set(all.filter(({ cost }) => cost >= generalNoun).map(({ value }) => value));
  const isOne = general.size <= 1 && all.every(({ cost }) => cost >= generalNoun);
  return nouns
    .filter(({ cost }) => cost < generalNoun || isOne)
    .map((each) => found(at, { ...each, cost: each.cost * nounShare }, { kind: 'noun', isDescribed: false }));
}

const rowCounters = /^[家座所起艘部款辆项条份名位]$/;
const counterCost = 0.05;

/** "哪座", "有多少家": the counter stands for the rows where no noun follows it. */
export function counterNounsAt(context: ChineseContext, at: number): Piece[] {
  const { tokens } = context;
  const before = tokens[at - 1]?.word ?? '';
  const isAsked = /[哪少几]/.test(before) || (before === '一' && tokens[at - 2]?.word === '哪');
  if (!isAsked || !rowCounters.test(tokens[at]?.word ?? '')) return [];
  const grammar = chineseGrammar();
  const isFollowed =
    doersAt(context, at + 1).length > 0 ||
    (['noun', 'column', 'value'] as const).some((kind) => grammar.parse(kind, context, at + 1).length > 0);
  return isFollowed
    ? []
    : [
        {
          start: at,
          end: at + 1,
          cost: counterCost,
          notes: [],
          meaning: { kind: 'noun', isDescribed: false },
        },
      ];
}

/** Whether a noun for the rows ends there. */
export function endsInNoun(context: ChineseContext, start: number, end: number): boolean {
  const grammar = chineseGrammar();
  for (let at = start; at < end; at += 1)
    if (grammar.parse('noun', context, at).some((noun) => noun.end === end && noun.cost < dearestNoun))
      return true;
  return false;
}
