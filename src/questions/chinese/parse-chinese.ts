import type { Catalog, CatalogTable } from '../../table/catalog.ts';
import { chooseReading } from '../choose-reading.ts';
import { isContradictory } from '../contradiction.ts';
import { inPeriod } from '../form/question-period.ts';
import { TooManyReadingsError } from '../grammar/engine.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Draft } from '../grammar/meanings.ts';
import { rebase, tidied } from '../grammar/scope.ts';
import type { Token } from '../language/token.ts';
import type { ParsedQuestion } from '../parsed-question.ts';
import { planKey } from '../plan-key.ts';
import type { QueryPlan } from '../plan.ts';
import { alsoAsked, withoutAlsoAsked } from './also-asked.ts';
import { askedUnit, inAskedUnit } from './answer-unit.ts';
import { inAskedYear } from './asked-year.ts';
import { chineseGrammar } from './chinese-grammar.ts';
import { composedChinese } from './compose-chinese.ts';
import { restsOf } from './context.ts';
import type { ChineseContext, ChineseMeanings } from './context.ts';
import { withShown } from './frames.ts';
import { hanSentences, hanTokens } from './han-tokens.ts';
import { eachOfSeveral } from './each-of-several.ts';
import { sayInChinese } from './say-in-chinese.ts';
import { refuseChinese } from './refuse-chinese.ts';

const longestQuestion = 400;
const contradictionCost = 0.4;
/** A reading word by word that costs more is held against those put together out of parts. */
const plainCost = 0.3;
const takenOutCost = 0.05;
const ruleBudget = 3_000_000;

interface Reading {
  readonly table: CatalogTable;
  readonly draft: Draft;
  readonly cost: number;
  readonly notes: readonly string[];
}

/**
 * Turns a Chinese question into a plan over the catalog, by a grammar whose phrases mean what those of the English
 * one mean. What is not understood with confidence is refused, in Chinese.
 */
export function parseChinese(options: {
  readonly question: string;
  readonly catalog: Catalog;
}): ParsedQuestion {
  const { question, catalog } = options;
  const sentences = chineseSentences(question);
  const tokens = sentences.flat();
  const refusal = (reason: string): ParsedQuestion => refuseChinese({ reason, tokens, question, catalog });
  if (catalog.tables.length === 0) return refusal('语料中没有可以查询的表。');
  if (tokens.length === 0) return refusal('问题是空的。');
  if (tokens.length > longestQuestion) return refusal(`问题超过${longestQuestion}个字，请分开提问。`);
  let readings: Reading[];
  try {
    readings = catalog.tables
      .flatMap((table) => readingsOver(table, sentences, question))
      .sort((left, right) => left.cost - right.cost);
  } catch (error) {
    if (error instanceof TooManyReadingsError) return refusal('问题太长或太复杂，请分成短句提问。');
    throw error;
  }
  const [best] = readings;
  if (best === undefined) return refusal('没有完整理解这个问题。');
  const rival = readings.find((other) => planKey(planOf(other)) !== planKey(planOf(best)));
  const choice = chooseReading(best, rival);
  if (choice.kind === 'ambiguous') return refusal(ambiguity(best, choice.rival));
  if (choice.kind === 'doubtful') return refusal(doubt(best));
  return {
    status: 'understood',
    plan: planOf(best),
    confidence: choice.confidence,
    notes: [...new Set(best.notes)],
  };
}

const planOf = ({ table, draft }: Reading): QueryPlan => ({ table: table.name, ...draft });

const openings =
  /^(?:请问一?下?|请告诉我|告诉我|我想(?:要)?(?:知道|了解)|想(?:知道|了解)|我要(?:知道|查询?)|请?帮我?(?:看一?下?|查一?下?|算一?下?|统计一?下?)?|麻烦(?:你|您)?|能否告诉我|能不能告诉我|能否|可否|那么|试问|看一?下|查一下|其中|另外|然后|接着|最后|首先|再|,|、|:|请(?![计列找给说写返展显挑选查指求输统]))/;
const endings = /(?:呢|啊|呀|吧|哦|哩|,|、|:|谢谢)$/;
/** What only says how the answer is to be written. */
const form =
  /[,，(（]?(?:结果|答案|数值)?(?:请)?(?:均|都)?(?:保留|精确到|四舍五入到|四舍五入保留)[^,，。.;；?？]{0,8}?(?:小数|整数|个位)[^,，。.;；?？)）]{0,6}[)）]?/g;

/** The same in brackets: "（两位小数）", "（%）". */
const bracketedForm = /[（(](?:保留)?(?:[一二两三四]|\d)位小数[)）]|[（(]\s*[%％]\s*[)）]/g;

/** That a share is wanted in percent, which it is anyway. */
const inPercent =
  /[,，(（。？?]\s*(?:请)?(?:结果)?(?:均)?(?:用|以|按)?(?:百分比|百分数)(?:来)?(?:的?形式)?(?:表示|计|作答|回答|给出)?(?=[,，)）。？?\s]|$)/g;
/** A sentence that only says in what order the answer is listed belongs to the one before. */
const orderSentence =
  /[。？?!！]\s*(?=(?:请)?(?:并)?(?:按[^,，。？?]{0,8})?(?:从|由)[大小高低多少早晚长短](?:到|至)[大小高低多少早晚长短](?:的顺序|顺序)?(?:依次)?(?:排列|排序|列出|排名|给出)?[。.]?\s*$)/u;

/** The sentences of a question in tokens, without words that ask for nothing. */
export function chineseSentences(question: string): Token[][] {
  const text = withoutAlsoAsked(question)
    .replaceAll(form, (match) => ' '.repeat(match.length))
    .replaceAll(bracketedForm, (match) => ' '.repeat(match.length))
    .replaceAll(inPercent, (match) => ' '.repeat(match.length))
    .replace(orderSentence, (match) => ','.padEnd(match.length));
  return hanSentences(hanTokens(text))
    .map(trimmed)
    .filter((sentence) => sentence.length > 0);
}

function trimmed(sentence: readonly Token[]): Token[] {
  let tokens = [...sentence];
  for (;;) {
    const text = tokens
      .map(({ kind, word }) => (kind === 'quote' ? '\uFFFC' : word.length > 1 ? `${word} ` : word))
      .join('');
    const opening = openings.exec(text)?.[0].length ?? 0;
    const ending = endings.exec(text)?.[0].length ?? 0;
    if (opening === 0 && ending === 0) return tokens;
    tokens = tokens.slice(opening, tokens.length - ending);
  }
}

/** All ways to understand the question over the table, also as asked of the one period that it opens with. */
function readingsOver(
  table: CatalogTable,
  sentences: readonly (readonly Token[])[],
  question: string,
): readonly Reading[] {
  const plain = readSentences(table, sentences, { question, read: readSentence });
  if (plain.some(({ cost }) => cost < 0.5)) return plain;
  const [first, ...others] = sentences;
  const opened = first === undefined ? [] : periodsBefore(contextOf(table, first, question));
  const inOrder = [
    ...plain,
    ...opened.flatMap(({ period, end }) =>
      readSentences(table, [first?.slice(end) ?? [], ...others], { question, read: readSentence }).flatMap(
        (reading): Reading[] => {
          const draft = inPeriod(reading.draft, period, table);
          return draft === null ? [] : [{ ...reading, draft, cost: reading.cost + takenOutCost }];
        },
      ),
    ),
  ];
  if (inOrder.some(({ cost }) => cost <= plainCost)) return inOrder;
  return [...inOrder, ...readSentences(table, sentences, { question, read: composeSentence })];
}

function contextOf(table: CatalogTable, tokens: readonly Token[], question: string): ChineseContext {
  return { tokens, table, question, memo: new Map(), budget: ruleBudget, ...restsOf(tokens) };
}

/** Periods that open the sentence: `2023年，…`, `在2023年哪家公司…`. */
function periodsBefore(
  context: ChineseContext,
): readonly { readonly period: string; readonly end: number }[] {
  const { tokens } = context;
  const start = tokens[0]?.word === '在' || tokens[0]?.word === '以' ? 1 : 0;
  return chineseGrammar()
    .parse('period', context, start)
    .map(({ end, value }) => {
      const more = ['度', '底', '末', '中', '里', '内', '的', ','].includes(tokens[end]?.word ?? '') ? 1 : 0;
      return { period: value, end: end + more };
    });
}

/** What the sentences ask: one asks, those before say of which rows, those after ask for more of the answer. */
function readSentences(
  table: CatalogTable,
  sentences: readonly (readonly Token[])[],
  how: { readonly question: string; readonly read: SentenceReader },
): readonly Reading[] {
  const { question, read } = how;
  const [first, ...others] = sentences;
  if (first === undefined) return [];
  const context = contextOf(table, first, question);
  const readings = [...read(context), ...inOtherUnits(context, read)];
  if (others.length === 0) return readings;
  const further = others.map((tokens) => wholeOf('afterthought', contextOf(table, tokens, question)));
  const based = wholeOf('base', context).flatMap((base) =>
    readSentences(table, others, how).map((reading) => ({
      ...reading,
      draft: rebase(reading.draft, base.value),
      cost: reading.cost + base.cost,
      notes: [...base.notes.map(sayInChinese), ...reading.notes],
    })),
  );
  const extended = further.reduce<readonly Reading[]>(
    (before, parses) =>
      before.flatMap((reading) =>
        parses.flatMap(({ value, cost, notes }): Reading[] => {
          const draft = withShown(reading.draft, value);
          const said = [...reading.notes, ...notes.map(sayInChinese)];
          return draft === null ? [] : [{ ...reading, draft, cost: reading.cost + cost, notes: said }];
        }),
      ),
    readings,
  );
  return [...based, ...extended];
}

/** The readings of a kind of phrase that take the whole sentence. */
const wholeOf = <Name extends 'afterthought' | 'base' | 'question'>(
  name: Name,
  context: ChineseContext,
): readonly Parse<ChineseMeanings[Name]>[] =>
  chineseGrammar()
    .parse(name, context, 0)
    .filter(({ end }) => end === context.tokens.length);

/** Readings of a sentence that names the unit of the answer. */
function inOtherUnits(context: ChineseContext, read: SentenceReader): readonly Reading[] {
  const asked = askedUnit(context);
  if (asked === null) return [];
  return read(contextOf(context.table, asked.tokens, context.question)).flatMap((reading) => {
    const draft = inAskedUnit(reading.draft, asked);
    return draft === null ? [] : [{ ...reading, draft, cost: reading.cost + takenOutCost }];
  });
}

/** A way to read one sentence. */
type SentenceReader = (context: ChineseContext) => readonly Reading[];

/** The sentence read word by word. */
const readSentence: SentenceReader = (context) =>
  wholeOf('question', context).map((parse) => readingOf(context, parse));

/** The sentence put together out of its parts, in whatever order they stand. */
const composeSentence: SentenceReader = (context) => {
  try {
    return composedChinese(context).map((parse) => readingOf(context, parse));
  } catch (error) {
    // What can be cut in too many ways is left to the readings that were found before.
    if (error instanceof TooManyReadingsError) return [];
    throw error;
  }
};

function readingOf({ table, question }: ChineseContext, { value, cost, notes }: Parse<Draft>): Reading {
  const draft = alsoAsked(inAskedYear(eachOfSeveral(tidied(value), question), table, question), question);
  return {
    table,
    draft,
    notes: notes.map(sayInChinese),
    cost: cost + (isContradictory(draft) ? contradictionCost : 0),
  };
}

/** Says what would have to be assumed. */
const doubt = ({ notes }: Reading): string =>
  notes.length === 0
    ? '没有把握理解这个问题，请换一种说法。'
    : `只有在以下假设下才能理解这个问题：${[...new Set(notes)].join('；')}。`;

/** Says in what the two readings differ. */
function ambiguity(best: Reading, rival: Reading): string {
  if (best.table !== rival.table)
    return `问题可能是关于“${best.table.name}”，也可能是关于“${rival.table.name}”；请说明是哪一个。`;
  const labels = ({ table, draft }: Reading): readonly string[] =>
    table.columns.filter(({ name }) => JSON.stringify(draft).includes(`"${name}"`)).map(({ label }) => label);
  const [mine, theirs] = [labels(best), labels(rival)];
  const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join('、');
  const onlyMine = mine.filter((label) => !theirs.includes(label));
  const onlyTheirs = theirs.filter((label) => !mine.includes(label));
  const isRelative = ({ draft }: Reading): boolean => JSON.stringify(draft).includes('"kind":"change"');
  if (isRelative(best) !== isRelative(rival)) return '“增长”可以指增长率，也可以指增长额；请写明是哪一个。';
  return onlyMine.length > 0 || onlyTheirs.length > 0
    ? `问题有两种理解：${quoted(onlyMine) || quoted(mine)}，或${quoted(onlyTheirs) || quoted(theirs)}。请写出字段的全名。`
    : '问题有两种理解，请分成短句提问。';
}
