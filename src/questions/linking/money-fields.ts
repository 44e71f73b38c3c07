import type { CatalogColumn, CatalogTable } from '../../table/catalog.ts';
import { isCurrencyCode } from '../../table/values/currencies.ts';
import { lemmaOf } from '../language/lemma.ts';

/** Whether the field holds amounts of money. */
export const isMoney = ({ type, unit }: CatalogColumn): boolean =>
  type === 'number' && unit !== null && isCurrencyCode(unit.split('/')[0] ?? '');

/** Words of a name that say that this was the price in the end, or the amount of which the row tells. */
const final = /\b(?:prices?|amounts?|awards?|awarded|grant(?:ed)?|sold|paid|total|donat\w+)\b/i;
/** Words that say that it was only thought of. */
const guessed = /\b(?:estimat\w*|expect\w*|guide|reserve|asking|list(?:ed|ing)?|request\w*|applied)\b/i;
/** Words that say that it was a limit, a part, a price for one, or an amount of someone else's. */
const partial =
  /\b(?:budget\w*|match\w*|minimum|maximum|lowest|highest|low|high|limit|unit|per|rate|average|excess|deductible|deposit|tax\w*|vat|discount\w*|previous|last|former|original|costs?|fees?)\b/i;

/** Whether one of the field's names says that it was paid, or awarded, in the end. */
export const namesFinalAmount = ({ label, aliases }: CatalogColumn): boolean =>
  [label, ...aliases]
    .map((name) => name.replaceAll('_', ' '))
    .some((name) => final.test(name) && !guessed.test(name) && !partial.test(name));

/** Whether the field holds what was only thought of where another says what was paid. */
export function isGuessOfMoney(column: CatalogColumn, table: CatalogTable): boolean {
  const main = mainMoneyOf(table);
  return (
    main !== null &&
    main !== column &&
    namesFinalAmount(main) &&
    guessed.test(column.label.replaceAll('_', ' '))
  );
}

/**
 * The field that money is where no more is said of it: the only one, or the only one whose name says that it was paid
 * in the end or is called as the rows are, the grant of a grant. None where several do.
 */
export function mainMoneyOf({ columns, nouns }: CatalogTable): CatalogColumn | null {
  const amounts = columns.filter(isMoney);
  const finals = amounts.filter(
    (column) => namesFinalAmount(column) || nouns.includes(lemmaOf(column.label.toLowerCase())),
  );
  const [only, ...others] = amounts.length === 1 ? amounts : finals;
  return others.length > 0 ? null : (only ?? null);
}
