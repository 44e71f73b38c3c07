import type { Catalog, CatalogTable } from '../../table/catalog.ts';
import type { Token } from '../language/token.ts';
import { nearestFields } from '../linking/nearest-fields.ts';
import type { Refusal } from '../refuse.ts';
import { chineseGrammar } from './chinese-grammar.ts';
import { restsOf, textBetween } from './context.ts';
import type { ChineseContext } from './context.ts';
import { foldName } from './han-tokens.ts';

interface Account {
  readonly table: CatalogTable;
  readonly understood: readonly string[];
  readonly notUnderstood: readonly string[];
}

/** The refusal of a Chinese question, by the table that accounts for most of its words. */
export function refuseChinese(options: {
  readonly reason: string;
  readonly tokens: readonly Token[];
  readonly question: string;
  readonly catalog: Catalog;
}): Refusal {
  const { reason, tokens, question, catalog } = options;
  const accounts = catalog.tables.map((table) => account(table, tokens, question));
  const [best] = accounts.sort(
    (left, right) => left.notUnderstood.join('').length - right.notUnderstood.join('').length,
  );
  if (best === undefined)
    return { status: 'refused', reason, understood: [], notUnderstood: [], nearestFields: [] };
  const unknown = best.notUnderstood;
  return {
    status: 'refused',
    reason:
      unknown.length > 0 ? `${reason}未理解：${unknown.map((words) => `“${words}”`).join('、')}。` : reason,
    understood: [...new Set(best.understood)],
    notUnderstood: unknown,
    nearestFields: nearestLabels(best.table, unknown.length > 0 ? unknown : [question], question),
  };
}

/** Goes through the question and says of every part whether it means something here. */
function account(table: CatalogTable, tokens: readonly Token[], question: string): Account {
  const grammar = chineseGrammar();
  const context: ChineseContext = {
    tokens,
    table,
    question,
    memo: new Map(),
    budget: 1_000_000,
    ...restsOf(tokens),
  };
  const understood: string[] = [];
  const notUnderstood: string[] = [];
  let unknown = 0;
  let at = 0;
  const flush = (end: number): void => {
    if (unknown > 0) notUnderstood.push(textBetween(context, end - unknown, end));
    unknown = 0;
  };
  while (at < tokens.length) {
    const known = [
      ...grammar
        .parse('column', context, at)
        .map((each) => ({ end: each.end, told: `字段“${each.value.name}”` })),
      ...grammar.parse('value', context, at).map((each) => ({ end: each.end, told: '取值' })),
      ...grammar.parse('entity', context, at).map((each) => ({ end: each.end, told: `名称“${each.value}”` })),
      ...grammar.parse('noun', context, at).map((each) => ({ end: each.end, told: null })),
      ...grammar.parse('literal', context, at).map((each) => ({ end: each.end, told: null })),
      ...grammar.parse('date', context, at).map((each) => ({ end: each.end, told: null })),
    ].sort((left, right) => right.end - left.end)[0];
    if (known !== undefined) {
      flush(at);
      if (known.told !== null) understood.push(`“${textBetween(context, at, known.end)}”＝${known.told}`);
      at = known.end;
      continue;
    }
    const token = tokens[at];
    const isKnown = token === undefined || token.kind === 'symbol' || grammar.vocabulary.has(token.word);
    if (isKnown) flush(at);
    else unknown += 1;
    at += 1;
  }
  flush(tokens.length);
  return { table, understood, notUnderstood };
}

const fieldsNamed = 3;

/** Labels of which the question names a part, and not the whole; where none is, as for an English question. */
function nearestLabels(table: CatalogTable, words: readonly string[], question: string): readonly string[] {
  const text = foldName(question);
  const scored = table.columns
    .map(({ label }) => ({ label, score: sharedPart(foldName(label), text) }))
    .filter(({ score }) => score >= lowestScore && score < 1)
    .sort((left, right) => right.score - left.score);
  return scored.length > 0
    ? scored.slice(0, fieldsNamed).map(({ label }) => label)
    : nearestFields(table, words);
}

const lowestScore = 0.4;

/** The share of the label that the longest run of its characters in the text makes up; runs of one do not count. */
function sharedPart(label: string, text: string): number {
  for (let size = label.length; size > 1; size -= 1)
    for (let from = 0; from + size <= label.length; from += 1)
      if (text.includes(label.slice(from, from + size))) return size / label.length;
  return 0;
}
