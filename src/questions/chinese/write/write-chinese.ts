import type { CatalogTable } from '../../../table/catalog.ts';
import type { QueryPlan } from '../../plan.ts';
import { chooser, NoWordingError } from '../../write/wording.ts';
import { nounsInChinese } from '../vocabulary.ts';
import { askBestPerGroup, askCumulative, askGroups } from './ask-groups.ts';
import { askAggregate, askCalculation, askShare, askYesNo } from './ask-numbers.ts';
import { askEntities, askValues } from './ask-rows.ts';
import { clausesPhrase } from './conditions.ts';
import { quantityPhrase } from './quantities.ts';
import { figurePhrase, measurePhrase, rankingPhrase, rowsPhrase } from './rows.ts';
import type { ChineseWording } from './wording.ts';

/**
 * A plan over the table as a Chinese question; see `writeQuestion`. Fields and values stay in the documents' words.
 *
 * @throws {NoWordingError} when there is no natural wording that the parser would read alike.
 */
export function writeChinese(plan: QueryPlan, table: CatalogTable, variant: number): string {
  return ask(plan, createWording(table, variant));
}

const anyCounter = '个';
/** Rows that a field 公司名称 names are companies. */
const nameWord = /(?<=.)(?:名称|名字|简称|全称)$/u;

function createWording(table: CatalogTable, variant: number): ChineseWording {
  const own = table.nouns.find((noun) => /\p{Script=Han}/u.test(noun))?.replace(nameWord, '');
  const translated = table.nouns.map((noun) => nounsInChinese.get(noun)).find((each) => each !== undefined);
  const counter =
    own === undefined
      ? translated?.counter
      : [...nounsInChinese.values()].find(({ noun, also }) => noun === own || also.includes(own))?.counter;
  const wording: ChineseWording = {
    table,
    noun: own ?? translated?.noun ?? table.nouns[0] ?? '条目',
    counter: counter ?? anyCounter,
    choose: chooser(variant),
    column: (name) => table.columns.find((column) => column.name === name) ?? null,
    quantity: (expression) => quantityPhrase(expression, wording),
    clauses: (predicate) => clausesPhrase(predicate, wording),
    rows: (selection) => rowsPhrase(selection, wording),
    figure: (aggregate) => figurePhrase(aggregate, wording),
    measure: (measure) => measurePhrase(measure, wording),
    ranking: (order, offset) => rankingPhrase(order, offset, wording),
  };
  return wording;
}

function ask({ output, selection }: QueryPlan, wording: ChineseWording): string {
  if (selection.limit === undefined && (selection.offset ?? 0) > 0)
    throw new NoWordingError('rows from some place on');
  switch (output.kind) {
    case 'entities':
      return askEntities(output, selection, wording);
    case 'values':
      return askValues(output, selection, wording);
    case 'aggregate':
      return askAggregate(output, selection, wording);
    case 'calculation':
      return askCalculation(output, wording);
    case 'yes-no':
      return askYesNo(output, wording);
    case 'share':
      return askShare(output, selection, wording);
    case 'groups':
      return askGroups(output, selection, wording);
    case 'best-per-group':
      return askBestPerGroup(output, selection, wording);
    case 'cumulative':
      return askCumulative(output, selection, wording);
  }
}
