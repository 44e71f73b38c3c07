import type { Catalog, CatalogTable } from '../../table/catalog.ts';
import { writeChinese } from '../chinese/write/write-chinese.ts';
import type { QueryPlan } from '../plan.ts';
import { PlanError } from '../plan-error.ts';
import { askBestPerGroup, askCumulative, askGroups } from './ask-groups.ts';
import { askAggregate, askCalculation, askShare, askYesNo } from './ask-numbers.ts';
import { askEntities, askValues } from './ask-rows.ts';
import { restrictorPhrase, verbPhrase } from './condition-phrase.ts';
import { plural } from './nouns.ts';
import { quantityPhrase } from './quantity-phrase.ts';
import { figurePhrase, measurePhrase, rankingPhrase, rowsPhrase } from './rows-phrase.ts';
import { chooser, type Wording } from './wording.ts';

/** The languages that questions are written in; those of `parseQuestion` are the same. */
export type QuestionLanguage = 'en' | 'zh';

/**
 * A plan as a question, in English unless Chinese is asked for. Variants are other wordings of the same question; the same variant is always
 * the same wording, and variant 0 the plainest.
 *
 * @throws {NoWordingError} when the language has no natural wording for the plan that the parser would read alike.
 * @throws {PlanError} when the catalog has no such table.
 */
export function writeQuestion({
  plan,
  catalog,
  variant = 0,
  language = 'en',
}: {
  plan: QueryPlan;
  catalog: Catalog;
  variant?: number;
  language?: QuestionLanguage;
}): string {
  const table = catalog.tables.find(({ name }) => name === plan.table);
  if (table === undefined) throw new PlanError(`There is no table ${plan.table}.`);
  return language === 'zh' ? writeChinese(plan, table, variant) : ask(plan, createWording(table, variant));
}

function createWording(table: CatalogTable, variant: number): Wording {
  const noun = table.nouns[0] ?? 'entry';
  const wording: Wording = {
    table,
    noun,
    nouns: plural(noun),
    choose: chooser(variant),
    column: (name) => table.columns.find((column) => column.name === name) ?? null,
    quantity: (expression) => quantityPhrase(expression, wording),
    restrictor: (predicate) => restrictorPhrase(predicate, wording),
    verb: (predicate) => verbPhrase(predicate, wording),
    rows: (selection) => rowsPhrase(selection, wording),
    figure: (aggregate) => figurePhrase(aggregate, wording),
    measure: (measure) => measurePhrase(measure, wording),
    ranking: (order, offset) => rankingPhrase(order, offset, wording),
  };
  return wording;
}

function ask({ output, selection }: QueryPlan, wording: Wording): string {
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
