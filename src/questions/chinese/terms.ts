import { columnIndexOf, columnLinks } from '../linking/column-links.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Named, Quantity } from '../grammar/meanings.ts';
import { quantityOf } from '../grammar/terms.ts';
import { anyOf, valueCondition } from '../grammar/value-terms.ts';
import { abbreviationLength, columnNames } from './column-names.ts';
import { endOfName, longestName, textBetween } from './context.ts';
import type { ChineseContext, ChineseGrammar } from './context.ts';
import { foldName } from './han-tokens.ts';
import { anyRowNouns, counters, nounsInChinese } from './vocabulary.ts';

const found = <T>(end: number, value: T, cost = 0, notes: readonly string[] = []): Parse<T> => ({
  end,
  value,
  cost,
  notes,
});

const notedCost = 0.15;
const abbreviatedCost = 0.3;
const sharedPartCost = 0.3;
const partOfNameCost = 0.18;
const han = /\p{Script=Han}/u;

/** The columns that the tokens name: in Chinese by any part of the name, in English as in English questions. */
function columnsAt(context: ChineseContext, at: number): Parse<Quantity>[] {
  const { tokens, table, rest, ends } = context;
  const first = tokens[at];
  if (first === undefined || first.kind === 'symbol') return [];
  const text = rest[at] ?? '';
  const known = columnNames(table);
  const results: Parse<Quantity>[] = [];
  for (const [length, end] of ends[at] ?? []) {
    const name = text.slice(0, length);
    for (const { column, cost } of known.get(name) ?? [])
      results.push(found(end, quantityOf(column), cost, notesOf(context, [at, end], { column, cost })));
  }
  for (const column of table.columns) {
    const label = foldName(column.label.replaceAll(/[(（].*?[)）]/g, ''));
    const end = ends[at]?.get(abbreviationLength(label, text));
    if (end === undefined || results.some((each) => each.end === end)) continue;
    const cost = abbreviatedCost;
    results.push(found(end, quantityOf(column), cost, notesOf(context, [at, end], { column, cost })));
  }
  if (!han.test(first.word))
    for (const link of columnLinks(columnIndexOf(table), tokens, at))
      results.push(
        found(link.end, quantityOf(link.column), link.cost, notesOf(context, [at, link.end], link)),
      );
  return results;
}

function notesOf(
  context: ChineseContext,
  [from, to]: readonly [number, number],
  { column, cost }: { readonly column: { readonly label: string }; readonly cost: number },
): readonly string[] {
  return cost < notedCost ? [] : [`“${textBetween(context, from, to)}”按字段“${column.label}”理解`];
}

/** Values of categories that the tokens state. */
function valuesAt(context: ChineseContext, at: number): Parse<Named>[] {
  const results: Parse<Named>[] = [];
  const text = context.rest[at] ?? '';
  for (const column of context.table.columns) {
    const rareness = (1 - column.coverage) * 0.15;
    for (const value of statedValues(column)) {
      const folded = foldName(value);
      const end = endOfName(context, at, folded);
      if (end !== null) results.push(found(end, valueCondition(column, value), rareness));
      // `医药` for 医药制造业, where no other value begins so.
      for (let length = 2; length < folded.length && han.test(folded.charAt(0)); length += 1) {
        const part = folded.slice(0, length);
        if (!text.startsWith(part)) break;
        const partEnd = context.ends[at]?.get(length);
        if (partEnd === undefined) continue;
        const alike = statedValues(column).filter((each) => foldName(each).startsWith(part));
        if (
          alike.length > 1 &&
          column.type === 'category' &&
          alike.length < column.values.length &&
          length >= 2
        ) {
          const note = `“${textBetween(context, at, partEnd)}”按${alike.map((each) => `“${each}”`).join('、')}理解`;
          const predicate = { kind: 'is', column: column.name, values: alike } as const;
          results.push(found(partEnd, { predicate, column: column.name }, sharedPartCost + rareness, [note]));
        }
        if (alike.length > 1 || !mayAbbreviate(part)) continue;
        const note = `“${textBetween(context, at, partEnd)}”按“${value}”理解`;
        results.push(found(partEnd, valueCondition(column, value), 0.35 + rareness, [note]));
      }
    }
  }
  return results;
}

const mayAbbreviate = (part: string): boolean => !/[的是为在和与或]|公司|企业/.test(part);

const statedValues = (column: ChineseContext['table']['columns'][number]): readonly string[] =>
  column.type === 'category'
    ? column.values.map(({ value }) => value)
    : column.type === 'list'
      ? column.examples.flatMap((example) => example.split(/[,;、，；]\s*/)).filter((item) => item.length > 1)
      : [];

function entitiesAt(context: ChineseContext, at: number): Parse<string>[] {
  const { tokens, table } = context;
  const first = tokens[at];
  if (first === undefined || (first.kind === 'symbol' && first.word !== '(')) return [];
  const results: Parse<string>[] = [];
  for (let end = at + 1; end <= Math.min(tokens.length, at + longestName); end += 1) {
    const last = tokens[end - 1];
    if (last === undefined || (last.kind === 'symbol' && /[?!;:]/.test(last.word))) break;
    const text = textBetween(context, at, end);
    const name = table.findEntity(text);
    if (name === null) continue;
    const [own, said] = [foldName(name), foldName(text)];
    results.push(found(end, name, own === said ? 0 : own.startsWith(said) ? 0.1 : partOfNameCost));
  }
  return results;
}

/** Nouns of one character that stand by themselves. */
const shortNouns: ReadonlySet<string> = new Set(
  '桥店矿校馆站港湖河山岛村镇县厂楼塔寺园船车书药案井'.split(''),
);
const shortNounCost = 0.03;
const businesses: ReadonlySet<string> = new Set(['公司', '企业', '集团', '上市公司', '股份公司', '有限公司']);

/** What the rows may be called: the table's own nouns, these in Chinese, and general ones. */
function nounsAt(context: ChineseContext, at: number): Parse<string>[] {
  const { table } = context;
  const results: Parse<string>[] = [];
  const add = (name: string, cost: number): void => {
    const end = endOfName(context, at, foldName(name));
    if (end !== null) results.push(found(end, name, cost));
  };
  const own = new Set([
    ...table.nouns.map((noun) => noun.replace(/(?<=\p{Script=Han})(?:名称|名字|简称|全称)$/u, '')),
    ...table.nouns,
    table.name.replaceAll('_', ' '),
    table.key.replaceAll('_', ' '),
  ]);
  for (const noun of own) {
    add(noun, 0);
    if (!han.test(noun)) for (const plural of [`${noun}s`, noun.replace(/y$/, 'ies')]) add(plural, 0.01);
  }
  // What is filed by numbers is called what the name beside them is of: 样品 of 样品名称.
  const thing = filedThing(table);
  if (thing !== null) add(thing, filedCost);
  // 大桥 may be called 桥.
  for (const noun of own)
    if (noun.length > 1 && shortNouns.has(noun.slice(-1))) add(noun.slice(-1), shortNounCost);
  const known = new Set<string>();
  // A table of 集团 and 银行 is one of 公司 and 企业 as well.
  if ([...own].some((noun) => businesses.has(noun)))
    for (const noun of businesses) {
      known.add(noun);
      if (!own.has(noun)) add(noun, 0.02);
    }
  for (const noun of own) {
    const chinese = nounsInChinese.get(noun);
    for (const each of chinese === undefined ? [] : [chinese.noun, ...chinese.also]) {
      known.add(each);
      add(each, 0.01);
    }
  }
  for (const noun of anyRowNouns) if (!known.has(noun)) add(noun, 0.1);
  for (const { noun, also } of nounsInChinese.values())
    for (const each of [noun, ...also]) {
      if (known.has(each)) continue;
      known.add(each);
      if (each.length > 1) add(each, 0.25);
    }
  // What a field is called after, such as 城市 of 所在城市, is no other name for the rows.
  const columns = columnsAt(context, at).filter(({ cost }) => cost < 0.35);
  return results.map((noun) => {
    const isColumn = columns.some(
      ({
        end,
        cost,
        value: {
          columns: [name],
        },
      }) => end === noun.end && (noun.cost >= 0.1 || cost < 0.05) && !namesRows(context, name),
    );
    return isColumn ? { ...noun, cost: noun.cost + 0.4 } : noun;
  });
}

const filedCost = 0.08;
const filedBy = /(?:编号|代码|号码|单号|案号|文号|证号)$/u;

/** What the first field that is a name is of, where the rows go by numbers; null where they do not. */
function filedThing({ nouns: [key], columns }: ChineseContext['table']): string | null {
  if (key === undefined || !filedBy.test(key)) return null;
  const [, thing] =
    /^(\p{Script=Han}{2,6})名称$/u.exec(columns.find(({ label }) => label.endsWith('名称'))?.label ?? '') ??
    [];
  return thing ?? null;
}

/** Whether the field is what the rows are named by: of 线路 beside 里程, each row is one. */
const namesRows = ({ table }: ChineseContext, name: string | undefined): boolean =>
  table.columns.some(
    (column) =>
      column.name === name &&
      ((column.type === 'text' && column.label === table.nouns[0]) ||
        column.label === `${filedThing(table) ?? ''}名称`),
  );

/** Words taken as they are: in quotation marks, or up to the next sign. */
function textsAt(context: ChineseContext, at: number): Parse<string>[] {
  const first = context.tokens[at];
  if (first?.kind === 'quote') return [found(at + 1, first.text)];
  const results: Parse<string>[] = [];
  for (let end = at + 1; end <= Math.min(context.tokens.length, at + 12); end += 1) {
    const last = context.tokens[end - 1];
    if (
      last === undefined ||
      last.kind === 'symbol' ||
      last.kind === 'quote' ||
      /^[的或和、且]$/.test(last.word)
    )
      break;
    results.push(found(end, textBetween(context, at, end), 0.5 + 0.03 * (end - at)));
  }
  return results;
}

/** Adds what the catalog knows: columns, values, entities, and the nouns for a row. */
export function addTerms(grammar: ChineseGrammar): void {
  grammar.primitive('column', columnsAt);
  grammar.primitive('value', valuesAt);
  grammar.primitive('entity', entitiesAt);
  grammar.primitive('noun', nounsAt);
  grammar.primitive('text', textsAt);
  grammar.rule('texts', '<text>', ({ text }) => [text]);
  grammar.rule('texts', '<text>(或|或者|和|、|,)<texts:rest>', ({ text, rest }) => [text, ...rest]);
  grammar.rule('counter', `(${counters})`, () => true);
  grammar.rule('value-list', '<value>', ({ value }) => value);
  grammar.rule('value-list', '<value>(或者|或是|或|和|与|及|以及|、|,)<value-list:rest>', ({ value, rest }) =>
    anyOf(value, rest),
  );
  grammar.rule('entities', '<entity>', ({ entity }) => [entity]);
  grammar.rule('entities', '<entity>(和|与|及|以及|或|或者|、|,)<entities:rest>', ({ entity, rest }) => [
    entity,
    ...rest,
  ]);
}
