import { convertUnit } from '../../../table/values/units.ts';
import type { CatalogColumn } from '../../../table/catalog.ts';
import { columnsCalled, columnsInUnit } from '../../grammar/catalog-columns.ts';
import type { Context } from '../../grammar/context.ts';
import type { Quantity } from '../../grammar/meanings.ts';
import { onlyColumnIn } from '../../grammar/superlatives.ts';
import { isKeyColumn, quantityOf } from '../../grammar/terms.ts';
import { graded, scaleOf } from '../../language/adjectives.ts';
import type { Token } from '../../language/token.ts';
import { stemOf } from '../../language/lemma.ts';
import { areOneFamily } from '../../language/word-family.ts';
import { columnIndexOf } from '../../linking/column-links.ts';
import type { NameWord } from '../../linking/column-names.ts';
import { isMoney, mainMoneyOf } from '../../linking/money-fields.ts';
import type { Piece } from '../piece.ts';

const sumWords: ReadonlySet<string> = new Set(['overall', 'altogether', 'combined', 'together', 'total']);
const dearestName = 0.75;
const dearestVerb = 0.45;
const verbCost = 0.06;
const moneyCost = 0.2;
const asideCost = 0.3;
const unitCost = 0.18;
const nameCost = 0.02;

interface Named {
  readonly quantity: Quantity;
  readonly cost: number;
  readonly notes: readonly string[];
}

/** Words that speak of money and name no field. */
const moneyWords: ReadonlySet<string> = new Set(
  'money spend spent earn earned pay paid sum revenue cash worth value amount cost sales takings turnover income funding size'.split(
    ' ',
  ),
);
/** Words for one sort of money, which only the one amount of a table can be meant by. */
const sortsOfMoney: ReadonlySet<string> = new Set(
  'revenue cash sales takings turnover income funding'.split(' '),
);

/** Whether the word speaks of money, of which the table holds amounts. */
export const speaksOfMoney = ({ table }: Context, word: string): boolean =>
  moneyWords.has(word) && table.columns.some(isMoney);

/** Whether the name is of an amount for one of several things, or of a limit. */
export const namesRate = (name: string): boolean =>
  /\b(?:unit|per|rate|average|excess|deductible)\b/i.test(name);

/**
 * Amounts of money, where words speak of money without naming a field: the one that says what was paid in the end, then
 * the one with the shortest name.
 */
export function amountsOfMoney({ table }: Context, word = 'money'): readonly Named[] {
  if (sortsOfMoney.has(word) && table.columns.filter(isMoney).length > 1) return [];
  const words = ({ label }: CatalogColumn): number => label.split(/[\s_>]+/).length;
  const main = mainMoneyOf(table);
  const isAside = (column: CatalogColumn): boolean => main !== null && column !== main;
  return table.columns
    .filter((column) => isMoney(column) && !namesRate(column.label))
    .toSorted((one, other) => Number(isAside(one)) - Number(isAside(other)) || words(one) - words(other))
    .map((column, index) => ({
      quantity: quantityOf(column),
      cost: moneyCost + index * 0.12 + (isAside(column) ? asideCost : 0),
      notes: [`taken to be about "${column.label}"`],
    }));
}

/** The fields that measure what a quality is about: "tall" the height. */
export function measuredBy(
  context: Context,
  {
    measured,
    units,
  }: { readonly measured: readonly string[]; readonly units?: readonly string[] | undefined },
): readonly Named[] {
  const called = measured.flatMap((word, place) =>
    columnsCalled(context, word)
      .filter(({ quantity }) => quantity.type === 'number' || quantity.type === 'percentage')
      .slice(0, 3)
      .map(({ quantity, cost }) => ({
        quantity,
        cost: 0.1 + cost + place * 0.1,
        notes: [`measured by "${quantity.name}"`],
      })),
  );
  if (called.length > 0) return called;
  const only = onlyColumnIn(context, units ?? []);
  return only === null ? [] : [{ quantity: only, cost: 0.2, notes: [`measured by "${only.name}"`] }];
}

/** What a positive adjective after "how" asks for: "how tall", "how old". */
export function askedByAdjective(context: Context, adjective: string): readonly Named[] {
  if (adjective === 'old') return measuredBy(context, { measured: ['age'] });
  if (adjective === 'high') return measuredBy(context, { measured: ['height', 'elevation'] });
  if (adjective === 'far') return measuredBy(context, { measured: ['distance'], units: ['m'] });
  if (adjective === 'expensive' || adjective === 'costly')
    return [...measuredBy(context, { measured: ['price', 'cost'] }), ...amountsOfMoney(context)];
  if (adjective === 'populous') return measuredBy(context, { measured: ['population'] });
  const scale = scaleOf(graded(adjective, 'er'));
  return scale === null ? [] : measuredBy(context, scale);
}

/** Fields that the words from a position on name, or speak of without naming them. */
export function columnPiecesAt(context: Context, at: number): Piece[] {
  const { tokens, grammar } = context;
  const token = tokens[at];
  if (token === undefined) return [];
  const piece = (end: number, { quantity, cost, notes }: Named, isVerb: boolean): Piece => ({
    start: at,
    end,
    cost,
    notes,
    meaning: { kind: 'column', quantity, isVerb },
  });
  const parses = grammar.parse('column', context, at);
  // "Donations overall" are donations, added up.
  const links = parses.filter(
    ({ end, value }) =>
      !(
        sumWords.has(tokens[end - 1]?.word ?? '') &&
        parses.some((each) => each.end === end - 1 && each.value.columns[0] === value.columns[0])
      ),
  );
  const named = links
    .map(({ end, value, cost, notes }) => ({
      end,
      named: { quantity: value, cost: Math.min(cost, completedCost(context, value, at, end)), notes },
    }))
    .filter((each) => each.named.cost < dearestName)
    .map((each) =>
      piece(each.end, each.named, each.end === at + 1 && each.named.cost >= verbalCost && isPastForm(token)),
    );
  const verbs = grammar
    .parse('verb-column', context, at)
    .filter(({ cost }) => cost < dearestVerb)
    .filter(
      ({ value }) => !links.some((each) => each.end === at + 1 && each.value.columns[0] === value.columns[0]),
    )
    .flatMap(({ end, value, cost, notes }) => {
      const verb = piece(end, { quantity: value, cost: cost + verbCost, notes }, true);
      const longer = nameEnd(context, value, at);
      return longer === null
        ? [verb]
        : [verb, piece(longer, { quantity: value, cost: verbCost, notes }, false)];
    });
  const money =
    named.length + verbs.length === 0 && (moneyWords.has(token.word) || moneyWords.has(token.lemma))
      ? amountsOfMoney(context, sortsOfMoney.has(token.word) ? token.word : token.lemma).map((each) =>
          piece(at + 1, each, token.word !== 'money'),
        )
      : [];
  const asked = tokens[at - 1]?.word === 'how' ? askedByAdjective(context, token.word) : [];
  return [
    ...named,
    ...verbs,
    ...money,
    ...asked.map((each) => piece(at + 1, each, false)),
    ...unitsAt(context, at).map(({ end, ...each }) => piece(end, each, false)),
    ...keyAt(context, at).map(({ end, ...each }) => piece(end, each, false)),
  ];
}

/** From this cost on, a form of a verb names a field by what it is about and not by its name: "taught" the teachers. */
const verbalCost = 0.1;
const pastForms: ReadonlySet<string> = new Set(
  'taught built sold made held kept bought won led run grown spoken written driven drawn known lent paid sent'.split(
    ' ',
  ),
);
const isPastForm = ({ word }: Token): boolean => pastForms.has(word) || /.{2}ed$/.test(word);

/** Where the rest of the name ends of which the word is a form: "abundant in sea water" of the abundance in sea water. */
function nameEnd({ table, tokens }: Context, quantity: Quantity, at: number): number | null {
  const linkable = columnIndexOf(table).columns.find(({ column }) => column.name === quantity.columns[0]);
  const words = linkable?.variants[0]?.segments.flat() ?? [];
  const word = tokens[at]?.word ?? '';
  const left = words.filter(({ lemma, stem }) => !areOneFamily(word, lemma) && stemOf(word) !== stem);
  let end = at + 1;
  let met = 0;
  for (let next = at + 1; next < tokens.length && met < left.length; next += 1) {
    const token = tokens[next];
    if (token !== undefined && left.some(({ lemma }) => lemma === token.lemma)) {
      met += 1;
      end = next + 1;
    } else if (!nameJoints.has(token?.word ?? '')) break;
  }
  return met > 0 && met === left.length && left.length < words.length ? end : null;
}

const nameJoints: ReadonlySet<string> = new Set(['in', 'of', 'on', 'at', 'by', 'to', "'s"]);

const completionCost = 0.12;

/** What a field costs of whose name other words stand elsewhere: "scored the most goals" of the goals scored. */
function completedCost(context: Context, quantity: Quantity, from: number, to: number): number {
  const linkable = columnIndexOf(context.table).columns.find(
    ({ column }) => column.name === quantity.columns[0],
  );
  const [variant] = linkable?.variants ?? [];
  if (variant === undefined || quantity.columns.length !== 1) return Infinity;
  const isSaid = (word: NameWord, tokens: readonly Token[]): boolean =>
    tokens.some(
      (token) =>
        token.kind === 'word' && (token.lemma === word.lemma || areOneFamily(token.word, word.lemma)),
    );
  const own = context.tokens.slice(from, to);
  const others = [...context.tokens.slice(Math.max(0, from - 6), from), ...context.tokens.slice(to, to + 6)];
  const words = variant.segments.flat();
  const missing = words.filter((word) => !isSaid(word, own));
  const isComplete =
    missing.length > 0 && missing.length < words.length && missing.every((word) => isSaid(word, others));
  return isComplete ? completionCost + 0.02 * missing.length : Infinity;
}

/** What things are measured in, where a question speaks of the thing and not of a field. */
const stuffs: ReadonlyMap<string, readonly string[]> = new Map([
  ['water', ['m3']],
  ['electricity', ['MW', 'MWh']],
  ['power', ['MW']],
  ['energy', ['MWh', 'MW']],
  ['land', ['ha']],
  ['distance', ['km']],
  ['rain', ['mm']],
]);

function columnsOfStuff(context: Context, units: readonly string[]): readonly Named[] {
  const fitting = context.table.columns.filter(({ unit }) =>
    units.some((sample) => unit !== null && convertUnit({ number: 1, from: unit, to: sample }) !== null),
  );
  return fitting.length > 2
    ? []
    : fitting.map((column, index) => ({
        quantity: quantityOf(column),
        cost: unitCost + index * 0.12,
        notes: [`taken to be about "${column.label}"`],
      }));
}

/** Words after which a unit may stand for the field whose numbers are in it: "the average horsepower". */
const beforeUnits: ReadonlySet<string> = new Set(
  'many much of most fewest average mean median total per'.split(' '),
);

/** "How many megawatts", "how many euros": the field whose numbers are in that unit. */
function unitsAt(context: Context, at: number): (Named & { readonly end: number })[] {
  const { tokens, grammar } = context;
  const stuff = stuffs.get(tokens[at]?.word ?? '');
  if (stuff !== undefined) return columnsOfStuff(context, stuff).map((each) => ({ end: at + 1, ...each }));
  if (!beforeUnits.has(tokens[at - 1]?.word ?? '')) return [];
  return grammar.parse('unit', context, at).flatMap(({ end, value }) =>
    columnsInUnit(context, value).map((quantity, index) => ({
      end,
      quantity,
      // A field in days may tell of anything that takes time.
      cost:
        unitCost + index * 0.08 + (convertUnit({ number: 1, from: value, to: 'days' }) === null ? 0 : 0.15),
      notes: [`"${value}" is taken as the field "${quantity.name}"`],
    })),
  );
}

/** "Reference", "claim number": the names of the rows themselves. */
function keyAt(context: Context, at: number): (Named & { readonly end: number })[] {
  const { tokens, table } = context;
  const words = table.key.replaceAll('_', ' ').split(' ');
  const isHere = words.every(
    (word, index) => tokens[at + index]?.lemma === word || tokens[at + index]?.word === word,
  );
  const column = table.columns.find((each) => isKeyColumn(context, each));
  if (!isHere || column === undefined) return [];
  return [{ end: at + words.length, quantity: quantityOf(column), cost: nameCost, notes: [] }];
}
