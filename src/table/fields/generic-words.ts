/**
 * Words that say nothing about what is measured or named: a label made of them alone is understood only with
 * the heading above it.
 */
const genericWords: ReadonlySet<string> = new Set(
  (
    'total overall subtotal sum all number no count amount value rate ratio share percent percentage level index ' +
    'average mean median minimum maximum min max low high name type kind class category code id identifier title ' +
    'date time year month day period status state note remark comment description detail other general main male ' +
    'female men women boy girl urban rural per of the and in by for to from at on reference ref current previous ' +
    'change start end begin first last annual gesamt insgesamt summe anzahl betrag wert datum art anmerkung ' +
    'männlich weiblich nombre montant valeur taux autre homme femme remarque número importe valor otro hombre ' +
    'mujer nota'
  ).split(' '),
);

/** Row labels that sum up the other rows. */
const totalRow =
  '^((grand|sub|overall|column|row|net)?[ -]?(total|totals|sum|subtotal|average|mean|median)|all|overall|total (of )?all.{0,20}|' +
  'gesamt|insgesamt|summe|zwischensumme|durchschnitt|somme|ensemble|totale?s?|totaal|suma|合计|总计|小计|总和|平均|計)$';

/** The SQL condition that a row label is that of a total, which is no entity. */
export function isTotalRowSql(column: string): string {
  return `regexp_matches(lower(trim(${column}, ' *:_()')), '${totalRow}')`;
}

/** Whether a folded label is made of generic words alone. */
export function isGeneric(folded: string): boolean {
  return meansWhole(folded) || folded.split(' ').every((word) => genericWords.has(word));
}

/** Whether a folded label begins as any measure of anything may: "percent of population", "total emissions". */
export function startsGeneric(folded: string): boolean {
  return genericWords.has(folded.split(' ')[0] ?? '');
}

const overview =
  /^(?:(?:key|quick|basic|fast|general|main)? ?(?:facts?(?: sheet)?|figures|facts and figures|info|information|data|details|metadata|overview)|overview|summary|profile|at a glance|highlights|infobox|fact box|übersicht|überblick|steckbrief|en bref|resumen|ficha|概况|概要|基本信息)$/;

/** Whether a folded heading stands above facts of all sorts, and so says nothing about them. */
export function isOverview(folded: string): boolean {
  return overview.test(folded);
}

const wholeWords: ReadonlySet<string> = new Set([
  'total',
  'overall',
  'all',
  'total population',
  'whole',
  'sum',
  'gesamt',
  'insgesamt',
  'totale',
  'ensemble',
  'overall total',
  'grand total',
]);

/** Whether a folded sub-label says that it is about the whole: the total of an attribute is the attribute. */
export function meansWhole(folded: string): boolean {
  return wholeWords.has(folded);
}

/** Words that labels may differ in and still say the same. */
export const fillerWords: ReadonlySet<string> = new Set(
  'a an and as at by for from in is of on or per the to with der die das und von für in de la le les du des et el los y del'.split(
    ' ',
  ),
);
