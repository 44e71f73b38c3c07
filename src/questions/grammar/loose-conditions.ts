import { stemOf } from '../language/lemma.ts';
import { unitWords } from '../language/number-words.ts';
import { tokenize } from '../language/token.ts';
import { measureSymbol } from '../../table/values/units.ts';
import type { CatalogColumn } from '../../table/catalog.ts';
import { columnsNamed } from '../plan-nodes.ts';
import type { Predicate } from '../plan.ts';
import { compare } from './compare.ts';
import { noneCondition, noneOrMissing, opposite, statedCondition, statedNone } from './conditions.ts';
import type { AnalystGrammar, Context, Tail } from './context.ts';
import { everyRow, isNumeric } from './context.ts';
import { Weighed } from './engine.ts';
import type { Outcome, Parse } from './engine.ts';
import { bagOf, columnsOf, emptyCost, isNamedSo } from './loose-bags.ts';
import type { Bag } from './loose-bags.ts';
import { mentionsAt } from './loose-mentions.ts';
import { roleOf, mayBeParticiple, isLinked } from './loose-words.ts';
import type { Comparing, Condition, Named, Quantity } from './meanings.ts';
import { measuredAlone, named } from './predicate-conditions.ts';
import { plainColumn } from './quantity-values.ts';
import { columnsCalled } from './catalog-columns.ts';
import { allRows } from './row-sets.ts';
import { rebase } from './scope.ts';
import { quantityOf } from './terms.ts';

/** What a loose reading costs beside what its parts do. */
const looseCost = 0.15;
const furthestBefore = 8;
const furthestAfter = 6;
const unknownVerbCost = 0.15;

interface Option {
  readonly value: Condition;
  readonly cost: number;
  readonly notes: readonly string[];
}

/** The tokens from `from` to `to` but for those of the core. */
const around = (
  from: number,
  core: { readonly start: number; readonly end: number },
  to: number,
): number[] => {
  const positions: number[] = [];
  for (let at = from; at < to; at += 1) if (at < core.start || at >= core.end) positions.push(at);
  return positions;
};

/** How far the words go that may belong to a loose phrase, from the position on. */
function reachOf(context: Context, at: number): number {
  let end = at;
  while (end < context.tokens.length && end - at < furthestAfter) {
    const token = context.tokens[end];
    if (token === undefined || roleOf(token) === 'barrier') break;
    end += 1;
  }
  return end;
}

/** Where loose phrases around a core may end: after each word that is more than glue, and at once. */
function* endsAfter(context: Context, coreEnd: number): Generator<number> {
  yield coreEnd;
  const reach = reachOf(context, coreEnd);
  for (let end = coreEnd + 1; end <= reach; end += 1) {
    const last = context.tokens[end - 1];
    if (last !== undefined && roleOf(last) !== 'glue') yield end;
  }
}

const withOption = (outcome: Outcome<Condition>, cost: number): Option[] => {
  if (outcome === null) return [];
  if (!(outcome instanceof Weighed)) return [{ value: outcome, cost, notes: [] }];
  return outcome.options.map((option) => ({
    value: option.value,
    cost: option.cost + cost,
    notes: option.notes ?? [],
  }));
};

const turned = (options: readonly Option[], negated: boolean): Option[] =>
  negated ? options.map((option) => ({ ...option, value: opposite(option.value) })) : [...options];

/** Adjectives with which a comparison says of what it is. */
const measuredBy: Readonly<Record<string, readonly string[]>> = {
  longer: ['length', 'duration'],
  shorter: ['length', 'duration'],
  taller: ['height'],
  higher: ['height'],
  heavier: ['weight'],
  lighter: ['weight'],
  wider: ['width'],
  narrower: ['width'],
  deeper: ['depth'],
  shallower: ['depth'],
  faster: ['speed'],
  slower: ['speed'],
  older: ['age'],
  younger: ['age'],
  larger: ['size', 'area', 'population'],
  bigger: ['size', 'area', 'population'],
  smaller: ['size', 'area', 'population'],
  cheaper: ['price', 'cost'],
};

/** A comparison of which only its adjective or its unit says what is compared: "longer than the average". */
function comparedAlone(
  context: Context,
  comparing: Comparing,
  core: { start: number; end: number },
): Option[] {
  const options = withOption(measuredAlone(context, comparing), 0);
  for (let at = core.start; at < core.end; at += 1)
    for (const word of measuredBy[context.tokens[at]?.word ?? ''] ?? [])
      for (const { quantity, cost } of columnsCalled(context, word).slice(0, 2)) {
        const result = compare(context, quantity, comparing);
        if (result === null) continue;
        const notes = [
          ...result.notes,
          `"${context.tokens[at]?.text ?? ''}" is taken to be of "${quantity.name}"`,
        ];
        options.push({ value: result.value, cost: result.cost + cost + 0.15, notes });
      }
  return options;
}

const lasting: ReadonlySet<string> = new Set('last lasted lasting take took taken run ran'.split(' '));

/** "Lasted more than three hours": the verb says that a length of time is compared. */
function lastingAlone(context: Context, bag: Bag, comparing: Comparing): Option[] {
  if (!bag.light.some(({ word, lemma }) => lasting.has(word) || lasting.has(lemma))) return [];
  return columnsCalled(context, 'duration')
    .slice(0, 1)
    .flatMap(({ quantity, cost }) => {
      const result = compare(context, quantity, comparing);
      return result === null ? [] : [{ ...result, cost: result.cost + cost + 0.05 }];
    });
}

/** A date as a number for a column of years; null for other dates. */
function inYears(column: CatalogColumn, comparing: Comparing): Comparing | null {
  if (column.type !== 'number' || column.unit !== null) return null;
  const year = (operand: Comparing['operand']): Comparing['operand'] | null =>
    operand.kind === 'date' && /^\d{4}$/.test(operand.date)
      ? { kind: 'literal', literal: { value: Number(operand.date), percent: false, unit: null } }
      : null;
  const operand = year(comparing.operand);
  const high = comparing.high === undefined ? undefined : year(comparing.high);
  if (operand === null || high === null) return null;
  const { high: _, ...rest } = comparing;
  return { ...rest, operand, ...(high === undefined ? {} : { high }) };
}

const isCalendarName = (column: CatalogColumn): boolean =>
  /\b(?:year|founded|established|built|opened|inaugurated|launched|incorporated|rehabilitat\w*|renovat\w*|since|construct\w*)\b/i.test(
    [column.label, ...column.aliases].join(' '),
  );

/** The comparison of the column that the other words name. */
function comparedColumn(context: Context, bag: Bag, comparing: Comparing): Option[] {
  return columnsOf(context, bag).flatMap(({ linkable: { column }, cost }) => {
    const isDate = comparing.operand.kind === 'date';
    const asYears = isDate && isCalendarName(column) ? inYears(column, comparing) : null;
    const result = compare(context, quantityOf(column), asYears ?? comparing);
    if (result === null) return [];
    const kin = kinship(context, column, comparing);
    const notes = cost < 0.2 ? result.notes : [...result.notes, taken(bag, column)];
    return [{ value: result.value, cost: result.cost + cost + kin, notes }];
  });
}

/** A comparison of two fields of one kind is the likelier: "response rate > control" with "response rate > drug". */
function kinship(context: Context, column: CatalogColumn, { operand }: Comparing): number {
  const other = operand.kind === 'quantity' ? plainColumn(context, operand.quantity) : null;
  if (other === null || other === column) return 0;
  const [own, foreign] = [column, other].map(({ label }) => label.split(' > ')[0]);
  return own === foreign || column.unit !== other.unit ? 0 : 0.08;
}

const taken = (bag: Bag, column: CatalogColumn): string =>
  `"${[...bag.nouns, ...bag.words, ...bag.light].map(({ word }) => word).join(' ')}" is taken as the field "${column.label}"`;

/** What it costs that these words stand beside a value, and what is left out; null where they speak of something else. */
function besideValue(
  context: Context,
  bag: Bag,
  value: Named,
  positions: readonly number[],
): Pick<Option, 'cost' | 'notes'> | null {
  if (positions.some((at) => countsOther(context, at, value))) return null;
  const empty = emptyCost(bag);
  if (empty !== null) return { cost: empty, notes: [] };
  const columns = value.column === null ? columnsNamed(value.predicate) : [value.column];
  const link = columnsOf(context, bag).find(({ linkable }) => columns.includes(linkable.column.name));
  if (link !== undefined) return { cost: link.cost * 0.3, notes: [] };
  const unknown = positions.filter((at) => {
    const token = context.tokens[at];
    return (
      token !== undefined && roleOf(token) === 'content' && bag.words.some(({ word }) => word === token.word)
    );
  });
  const areVerbs = unknown.every((at) => {
    const token = context.tokens[at];
    return token !== undefined && mayBeParticiple(token) && !isLinked(context, at);
  });
  if (!areVerbs) return null;
  const words = unknown.map((at) => context.tokens[at]?.text ?? '').join(' ');
  return { cost: unknown.length * unknownVerbCost, notes: [`taken without "${words}"`] };
}

/** A name that several fields may state, in the one that the words beside it name: "the defendant". */
function narrowed(context: Context, bag: Bag, value: Named): Named {
  const { predicate } = value;
  if (value.column !== null || predicate.kind !== 'or' || emptyCost(bag) !== null) return value;
  const links = columnsOf(context, bag).map(({ linkable }) => linkable.column.name);
  const own = predicate.operands.find((each) => each.kind === 'is' && each.column === links[0]);
  return own?.kind === 'is' ? { predicate: own, column: own.column } : value;
}

/** Whether a verb of little meaning names a field of numbers here: "won the division" where a field counts wins. */
function countsOther(context: Context, at: number, { column }: Named): boolean {
  const token = context.tokens[at];
  if (token === undefined || roleOf(token) !== 'light') return false;
  const named = context.grammar.parse('verb-column', context, at).filter(({ cost }) => cost < 0.25);
  return named.length > 0 && named.every(({ value }) => isNumeric(value.type) && value.columns[0] !== column);
}

/** Verbs with which a row is said to have something, or something to be known of it. */
const having: ReadonlySet<string> = new Set(
  'be have with report state disclose publish give list name record show receive get pay grant award carry find include contain offer hold suffer experience specify provide declare issue earn win obtain incur note post make undergo see'.split(
    ' ',
  ),
);

/** Whether the words, taken together, say that a row has something. */
function saysHaving(context: Context, from: number, to: number): boolean {
  const tokens = context.tokens.slice(from, to);
  const [first] = tokens;
  if (first === undefined || roleOf(first) === 'content' || first.word === 'of') return false;
  return tokens.some(
    ({ lemma, word }) => having.has(lemma) || having.has(word) || havingStems.has(stemOf(word)),
  );
}

const havingStems: ReadonlySet<string> = new Set([...having].map(stemOf).filter((stem) => stem.length > 3));

/** Words of a bag as a column that is said to be so, to be there, or not to be. */
function statedColumn(context: Context, bag: Bag, says: boolean): Option[] {
  return columnsOf(context, bag).flatMap(({ linkable: { column }, cost, isShortened }): Option[] => {
    const quantity = quantityOf(column);
    // "Of purple colour" does not ask whether there is a colour.
    if (isShortened === true && !isNumeric(column.type)) return [];
    // "Not shipped": a verb of little meaning says something where a date or a yes or no is called after it.
    if (bag.words.length === 0 && column.type !== 'date' && column.type !== 'boolean') return [];
    if (column.type === 'boolean') {
      const predicate: Predicate = { kind: 'boolean', column: column.name, value: !bag.negated };
      return [{ value: { predicate, quantity }, cost, notes: [] }];
    }
    // "Not written in English" leaves no author out.
    const isVerb = context.tokens.some(({ word }) => word === 'not' || word === 'never');
    if (bag.negated && isVerb && ['text', 'category', 'list'].includes(column.type)) return [];
    if (bag.negated) return withOption(noneOf(context, quantity, column), cost + 0.05);
    // Of a grade everything has some: "in poor condition" asks which.
    if (column.type === 'number' && column.unit === null && !countsThings(column)) return [];
    return says ? withOption(hasSome(context, quantity, column), cost + 0.15) : [];
  });
}

/** Whether the column counts things: "action items", "number of deficiencies"; no matter what its section is headed. */
export const countsThings = ({ type, unit, label }: CatalogColumn): boolean =>
  type === 'list' ||
  (type === 'number' &&
    unit === null &&
    tokenize((label.split('>').at(-1) ?? label).replaceAll('_', ' ')).some(
      ({ kind, word, lemma }) =>
        kind === 'word' &&
        ((word !== lemma && word.endsWith('s') && measureSymbol(word) === null) ||
          word === 'number' ||
          word === 'count'),
    ));

/** Nothing of the column: nought of what is counted, no entry of what is told, either of a sum. */
export function noneOf(context: Context, quantity: Quantity, column: CatalogColumn): Outcome<Condition> {
  if (countsThings(column) && !isCalendarName(column)) return noneCondition(context, quantity);
  const missing = statedCondition(context, quantity, true);
  const none = statedNone(column);
  if (none !== null) return noneOrMissing({ predicate: none, quantity }, column, missing);
  if (missing === null || !isNumeric(column.type) || column.unit === null) return missing;
  const nought = compare(context, quantity, {
    comparison: '=',
    operand: { kind: 'literal', literal: { value: 0, percent: column.type === 'percentage', unit: null } },
  });
  if (nought === null) return missing;
  const predicate: Predicate = { kind: 'or', operands: [missing.predicate, nought.value.predicate] };
  return new Weighed([
    {
      value: { predicate, quantity },
      cost: 0,
      notes: [`"no ${column.label}" is taken as none stated, or 0`],
    },
  ]);
}

/** Some of the column: a number above nought, any entry of what is told. */
export function hasSome(context: Context, quantity: Quantity, column: CatalogColumn): Outcome<Condition> {
  if (!isNumeric(column.type) && column.type !== 'list') return statedCondition(context, quantity, false);
  const above = compare(context, quantity, {
    comparison: '>',
    operand: { kind: 'literal', literal: { value: 0, percent: column.type === 'percentage', unit: null } },
  });
  return above === null ? null : new Weighed([above]);
}

/** Whether the token asks for what comes next: "which", "how many", "which five". */
export function isAsking({ tokens }: Context, at: number): boolean {
  const token = tokens[at];
  if (token === undefined) return false;
  if (['which', 'what', 'many', 'much'].includes(token.word)) return true;
  return (
    (token.number !== null || unitWords.has(token.word)) &&
    ['which', 'what'].includes(tokens[at - 1]?.word ?? '')
  );
}

const partWords: ReadonlySet<string> = new Set(
  'share percentage percent proportion fraction part portion'.split(' '),
);

function conditionsAt(context: Context, at: number): Parse<Condition>[] {
  if (!context.loose) return [];
  const first = context.tokens[at];
  if (first === undefined || first.kind === 'symbol') return [];
  // "The average Italian restaurant" is no restriction of what is compared with it.
  if (['average', 'mean', 'median'].includes(context.tokens[at - 1]?.word ?? '')) return [];
  // "The share of smokers" says of whom a share is asked, and not which part of all it is.
  if (first.word === 'of' && partWords.has(context.tokens[at - 1]?.lemma ?? '')) return [];
  // After "which" and "how many" comes what the rows are called, and no condition.
  const isName = roleOf(first) === 'content' || isNamedSo(context, at);
  if (isName && isAsking(context, at - 1)) return [];
  const results: Parse<Condition>[] = [];
  const add = (end: number, options: readonly Option[], negated: boolean): void => {
    for (const { value, cost, notes } of turned(options, negated))
      results.push({ end, value, cost: looseCost + cost, notes });
  };
  const { grammar } = context;
  for (let start = at; start - at <= furthestBefore; start += 1) {
    for (const comparing of grammar.parse('comparing', context, start))
      for (const end of endsAfter(context, comparing.end)) {
        const bag = bagOf(context, around(at, { start, end: comparing.end }, end));
        if (bag === null) continue;
        const core = { start, end: comparing.end };
        const options = [
          ...comparedColumn(context, bag, comparing.value),
          ...(emptyCost(bag) === null ? [] : comparedAlone(context, comparing.value, core)),
          ...(emptyCost(bag) === null ? [] : lastingAlone(context, bag, comparing.value)),
        ];
        const cost = comparing.cost + (bag.words.length === 0 ? (emptyCost(bag) ?? 0) : 0);
        add(
          end,
          options.map((option) => ({
            ...option,
            cost: option.cost + cost,
            notes: [...comparing.notes, ...option.notes],
          })),
          bag.negated,
        );
      }
    for (const value of [
      ...grammar.parse('value-list', context, start),
      ...grammar.parse('mention', context, start),
    ])
      for (const end of endsAfter(context, value.end)) {
        const positions = around(at, { start, end: value.end }, end);
        const bag = bagOf(context, positions);
        const beside = bag === null ? null : besideValue(context, bag, value.value, positions);
        if (bag === null || beside === null) continue;
        const condition = named(narrowed(context, bag, value.value));
        add(
          end,
          [{ value: condition, cost: value.cost + beside.cost, notes: [...value.notes, ...beside.notes] }],
          bag.negated,
        );
      }
    const token = context.tokens[start];
    if (token === undefined || roleOf(token) === 'barrier') break;
    if (roleOf(token) === 'glue') continue;
    const bag = bagOf(context, around(at, { start: at, end: at }, start + 1));
    if (bag !== null && (emptyCost(bag) === null || bag.negated))
      add(start + 1, statedColumn(context, bag, saysHaving(context, at, start + 1)), false);
  }
  return results;
}

/** The condition on all rows of the draft; of a calculation with sides of its own it is not known which are meant. */
const tailOf =
  ({ predicate }: Condition): Tail =>
  (draft) => {
    const { kind } = draft.output;
    if (kind === 'calculation' || kind === 'yes-no') return null;
    return rebase(draft, { ...allRows, where: predicate });
  };

/** Adds conditions that are made out of loose words: see `loose-words.ts`. */
export function addLooseConditions(grammar: AnalystGrammar): void {
  grammar.primitive('mention', mentionsAt);
  grammar.primitive('loose-condition', conditionsAt);
  grammar.rule('predicate', '<loose-condition:condition>', ({ condition }) => condition);
  grammar.rule('inverted', '<loose-condition:condition>', ({ condition }) => condition);
  grammar.rule(
    'restrictor',
    '<loose-condition:condition>',
    ({ condition }) => ({ kind: 'condition', condition }),
    0.05,
  );
  // "Those that paid one" speaks of the value asked for; rows without it take no part in any case.
  grammar.rule('restrictor', '(that|which|who) <light> (one|it|them|any|some|such)', () => ({
    kind: 'condition',
    condition: { predicate: everyRow, quantity: null },
  }));
  grammar.rule('tail', '<loose-condition:condition>', ({ condition }) => tailOf(condition), 0.15);
}
