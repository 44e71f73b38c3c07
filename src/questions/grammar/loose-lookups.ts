import type { CatalogColumn } from '../../table/catalog.ts';
import type { Predicate } from '../plan.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { isNumeric } from './context.ts';
import { figureDraft, valuesDraft } from './drafts.ts';
import type { Parse } from './engine.ts';
import { measured } from './figures.ts';
import { columnsCalled } from './catalog-columns.ts';
import { quantitiesOf, range } from './loose-quantities.ts';
import { roleOf } from './loose-words.ts';
import type { Draft, Quantity, Wanted } from './meanings.ts';
import { numeric, plainColumn } from './quantity-values.ts';
import { allRows } from './row-sets.ts';
import { isCalendar } from './superlatives.ts';

const looseCost = 0.2;
const dearest = 1.1;

/** What the words of a question's opening ask for, and how a field of that is called. */
const openings: readonly {
  readonly words: string;
  readonly wanted: Wanted;
  readonly called?: readonly string[];
}[] = [
  { words: '(when|since when|by when|on (which|what) (date|day)|at (which|what) date)', wanted: 'date' },
  { words: '[in|since|during] (which|what) (year|month)', wanted: 'date' },
  {
    words: 'where',
    wanted: 'text',
    called: ['location', 'place', 'headquarters', 'head office', 'city', 'address', 'seat', 'site'],
  },
  { words: '[by|to|from|with|for|of] (who|whom|whose)', wanted: 'person' },
  { words: '(how many|how much|what number of|what amount of)', wanted: 'number' },
  { words: 'how (long|old|young)', wanted: 'measure', called: ['length', 'duration', 'age', 'time'] },
  { words: 'how (tall|high)', wanted: 'measure', called: ['height', 'elevation'] },
  { words: 'how (large|big)', wanted: 'measure', called: ['size', 'area'] },
  { words: 'how (heavy)', wanted: 'measure', called: ['weight'] },
  { words: 'how (far)', wanted: 'measure', called: ['distance', 'length'] },
  { words: 'how (fast)', wanted: 'measure', called: ['speed'] },
  { words: 'how (warm|hot|cold)', wanted: 'measure', called: ['temperature'] },
  { words: 'how (wide)', wanted: 'measure', called: ['width'] },
  { words: 'how (deep)', wanted: 'measure', called: ['depth'] },
  { words: 'how (expensive|costly|dear)', wanted: 'measure', called: ['price', 'cost'] },
  { words: '[in|on|at|of|for|from|to|by|with] (what|which)', wanted: 'any' },
  { words: '[please] (give|show|tell|state|find|report|get) [me]', wanted: 'any' },
];

/** What it costs to take the quantity for what is wanted; null where it cannot be that. */
function fitting(context: Context, quantity: Quantity, wanted: Wanted): number | null {
  const column = plainColumn(context, quantity);
  const isText = ['text', 'category', 'list'].includes(quantity.type);
  switch (wanted) {
    case 'date':
      return quantity.type === 'date' ? 0 : column !== null && isCalendar(quantity) ? 0.02 : null;
    case 'person':
      return !isText ? null : column === null || mayNamePersons(column) ? 0 : unlikelyPersonCost;
    case 'text':
      return isText ? 0 : null;
    case 'number':
      return quantity.type === 'number' || quantity.type === 'list' ? 0 : null;
    case 'measure':
      return isNumeric(quantity.type) && !isCalendar(quantity) ? 0 : null;
    case 'any':
      return 0;
    default:
      return wanted satisfies never;
  }
}

const unlikelyPersonCost = 0.15;

/** Whether the column's entries are of several capitalised words, as names of persons and firms are. */
const mayNamePersons = ({ examples }: CatalogColumn): boolean =>
  examples.length === 0 || examples.some((example) => /^\p{Lu}\S*(?:\s+\p{Lu}\S*)+/u.test(example));

const motions: ReadonlySet<string> = new Set('travel go run fly reach extend stretch'.split(' '));

/** The words that say of what a measure is; verbs that only ask for it aside: "how far did … travel". */
const spokenOf = (context: Context, positions: readonly number[]): readonly string[] =>
  positions.flatMap((at) => {
    const token = context.tokens[at];
    if (token === undefined || roleOf(token) === 'glue' || motions.has(token.lemma)) return [];
    return [token.lemma];
  });

/** The fields that the words name and that are of what is wanted. */
function wantedOf(
  context: Context,
  positions: readonly number[],
  asked: { readonly wanted: Wanted; readonly called: readonly string[] },
): Parse<Quantity>[] {
  const options = quantitiesOf(context, positions);
  const measures = asked.called.flatMap((name) =>
    columnsCalled(context, [...spokenOf(context, positions), name].join(' ')).map(({ quantity, cost }) => ({
      end: 0,
      cost: cost + 0.05,
      value: quantity,
      notes: [],
    })),
  );
  return [...options, ...measures]
    .flatMap((option) => {
      const extra = fitting(context, option.value, asked.wanted);
      return extra === null ? [] : [{ ...option, cost: option.cost + extra }];
    })
    .sort((left, right) => left.cost - right.cost)
    .slice(0, 4);
}

/** The row that is named at the position, or the rows that state the name in some field. */
const namedRows = (context: Context, at: number): Parse<Predicate>[] => [
  ...context.grammar
    .parse('entity', context, at)
    .map((parse) => ({ ...parse, value: { kind: 'entity', names: [parse.value] } as const })),
  ...context.grammar
    .parse('mention', context, at)
    .map((parse) => ({ ...parse, value: parse.value.predicate })),
];

/** "When was … built?": the value of one named row, asked for in whatever words. */
function lookupsAt(context: Context, at: number): Parse<Draft>[] {
  if (!context.loose || at !== 0) return [];
  const results: Parse<Draft>[] = [];
  const { length } = context.tokens;
  const { grammar } = context;
  for (const opening of grammar.parse('opening', context, at))
    for (let start = opening.end; start < length; start += 1)
      for (const entity of namedRows(context, start)) {
        const owner = context.tokens[entity.end]?.word === "'s" ? entity.end + 1 : entity.end;
        const positions = [...range(opening.end, start), ...range(owner, length)];
        for (const { value, cost, notes } of wantedOf(context, positions, opening.value)) {
          const rows = { ...allRows, where: entity.value, singular: true };
          const sum =
            entity.value.kind !== 'entity' && opening.value.wanted === 'number'
              ? measured({ function: 'sum' }, value, { ...rows, singular: false })
              : null;
          // "How many" asks for the number of what a list holds.
          const shown = opening.value.wanted === 'number' ? (numeric(value) ?? value) : value;
          const draft = sum === null ? valuesDraft(rows, [shown]) : figureDraft(sum);
          const whole = looseCost + cost + entity.cost + opening.cost;
          if (draft !== null && whole < dearest)
            results.push({ end: length, cost: whole, value: draft, notes: [...entity.notes, ...notes] });
        }
      }
  return results;
}

/** "How many customers were affected by incidents on …?": the sum over rows of what is counted in whatever words. */
function sumsAt(context: Context, at: number): Parse<Draft>[] {
  if (!context.loose || at !== 0) return [];
  const results: Parse<Draft>[] = [];
  const { length } = context.tokens;
  const { grammar } = context;
  for (const opening of grammar.parse('opening', context, at)) {
    if (!['number', 'measure', 'any'].includes(opening.value.wanted)) continue;
    for (let start = opening.end + 1; start < length; start += 1)
      for (const rows of grammar.parse('rows', context, start)) {
        const { noun, count, by } = rows.value;
        const isNamed = noun !== null || rows.value.where !== null;
        if (!isNamed || count !== null || by !== null || rows.cost > 0.8) continue;
        const around = [...range(opening.end, start), ...range(rows.end, length)];
        // "The average hospital" and "on average" ask for an average, all else for a sum.
        const positions = around.filter((each) => !isOnAverage(context, each));
        const how = positions.length < around.length ? 'average' : 'sum';
        if (how === 'sum' && opening.value.wanted !== 'number') continue;
        for (const { value, cost, notes } of wantedOf(context, positions, opening.value)) {
          const figure = measured({ function: how }, value, { ...rows.value, singular: false });
          const draft = figure === null ? null : figureDraft(figure);
          const whole = looseCost + cost + rows.cost;
          if (draft !== null && whole < dearest)
            results.push({ end: length, cost: whole, value: draft, notes: [...rows.notes, ...notes] });
        }
      }
  }
  return results;
}

/** "Average", and the "on" before it. */
const isOnAverage = ({ tokens }: Context, at: number): boolean =>
  tokens[at]?.word === 'average' || (tokens[at]?.word === 'on' && tokens[at + 1]?.word === 'average');

/** A field whose values tell rows apart rather than put them in groups. */
export const namesThings = (column: CatalogColumn): boolean =>
  column.type === 'text' && column.values.length === 0;

/** Adds questions for values whose field is named by words that stand apart. */
export function addLooseLookups(grammar: AnalystGrammar): void {
  for (const { words, wanted, called } of openings)
    grammar.rule('opening', words, () => ({ wanted, called: called ?? [] }));
  grammar.primitive('loose-lookup', (context, at) => [...lookupsAt(context, at), ...sumsAt(context, at)]);
  grammar.rule('ask', '<loose-lookup:lookup>', ({ lookup }) => lookup);
  grammar.rule(
    'ask',
    '(which|what|who) [<count:count?>] <column:target> <loose-ranking:ranking>',
    ({ count, target, ranking }, context) => {
      const column = plainColumn(context, target);
      if (column === null || !namesThings(column)) return null;
      if (count !== undefined && ranking.limit !== null && ranking.limit !== count) return null;
      const by = { ...ranking, limit: ranking.limit ?? count ?? 1 };
      return valuesDraft({ ...allRows, by }, [target]);
    },
    0.05,
  );
}
