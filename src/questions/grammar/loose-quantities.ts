import type { Token } from '../language/token.ts';
import { columnsInUnit } from './catalog-columns.ts';
import type { Context } from './context.ts';
import type { Parse } from './engine.ts';
import { bagOf, columnsOf, emptyCost, isNamedSo } from './loose-bags.ts';
import { roleOf } from './loose-words.ts';
import type { Quantity } from './meanings.ts';
import { arithmetic, percentOf, ratioOf } from './quantity-values.ts';
import { quantityOf } from './terms.ts';

const keptReadings = 4;
const noteCost = 0.2;

type Join = (left: Quantity, right: Quantity) => Quantity | null;

const ratio: Join = (left, right) => ratioOf(left, right)?.options[0]?.value ?? null;

/** Words that join two quantities, those that bind least first. */
const joints: readonly (readonly { readonly words: string; readonly join: Join }[])[] = [
  [
    { words: 'minus', join: (left, right) => arithmetic('-', left, right) },
    { words: 'less', join: (left, right) => arithmetic('-', left, right) },
    { words: 'plus', join: (left, right) => arithmetic('+', left, right) },
    { words: '-', join: (left, right) => arithmetic('-', left, right) },
    { words: '+', join: (left, right) => arithmetic('+', left, right) },
  ],
  [
    { words: 'as share of', join: percentOf },
    { words: 'as percentage of', join: percentOf },
    { words: 'as percent of', join: percentOf },
    { words: 'as proportion of', join: percentOf },
    { words: 'as fraction of', join: percentOf },
    { words: 'divided by', join: ratio },
    { words: 'relative to', join: ratio },
    { words: 'compared to', join: ratio },
    { words: 'over', join: ratio },
    { words: '/', join: ratio },
    { words: 'multiplied by', join: (left, right) => arithmetic('*', left, right) },
    { words: 'times', join: (left, right) => arithmetic('*', left, right) },
    { words: '*', join: (left, right) => arithmetic('*', left, right) },
    { words: 'per', join: ratio },
    { words: 'for each', join: ratio },
    { words: 'for every', join: ratio },
  ],
];

/** The tokens without glue at their ends and without verbs of little meaning at their beginning. */
function telling(context: Context, positions: readonly number[]): readonly Token[] {
  const tokens = positions.flatMap((at) => context.tokens[at] ?? []);
  const namesField = (index: number): boolean => {
    const at = positions[index];
    return at !== undefined && isNamedSo(context, at);
  };
  const plays = (token: Token | undefined, ...roles: readonly string[]): boolean =>
    token !== undefined && roles.includes(roleOf(token));
  let start = 0;
  while (plays(tokens[start], 'glue', 'light') && !namesField(start)) start += 1;
  let end = tokens.length;
  while (end > start && plays(tokens[end - 1], 'glue')) end -= 1;
  return tokens.slice(start, end);
}

/** What the words between two positions name together. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

/**
 * What the words at the positions name together, though others stood between them, cheapest first: "spend … on
 * education per inhabitant".
 */
export function quantitiesOf(context: Context, positions: readonly number[]): Parse<Quantity>[] {
  const tokens = positions.flatMap((at) => context.tokens[at] ?? []);
  const results = [
    ...namedTogether(context, positions, tokens),
    ...namedInOrder(context, positions, tokens),
    ...joined(context, positions, tokens),
  ];
  return results.sort((left, right) => left.cost - right.cost).slice(0, keptReadings);
}

/** A field whose name is made of the words. */
function namedTogether(
  context: Context,
  positions: readonly number[],
  tokens: readonly Token[],
): Parse<Quantity>[] {
  const bag = bagOf(context, positions);
  if (bag === null || bag.negated || emptyCost(bag) !== null) return [];
  const text = tokens.map((token) => token.text).join(' ');
  return columnsOf(context, bag).map(({ linkable: { column }, cost }) => ({
    end: 0,
    cost,
    value: quantityOf(column),
    notes: cost < noteCost ? [] : [`"${text}" is taken as the field "${column.label}"`],
  }));
}

/** What the grammar makes of the words that are left when those between them are gone. */
function namedInOrder(
  context: Context,
  positions: readonly number[],
  tokens: readonly Token[],
): Parse<Quantity>[] {
  const core = telling(context, positions);
  if (core.length === 0) return [];
  const inner: Context = { ...context, tokens: core, memo: new Map() };
  const parses = context.grammar.parse('quantity', inner, 0);
  context.budget = inner.budget;
  return parses
    .filter((parse) => parse.end === core.length)
    .map((parse) => ({ ...parse, cost: parse.cost + 0.02 * (tokens.length - core.length) }));
}

/** Two quantities joined by words: the last joint that binds least parts them. */
function joined(context: Context, positions: readonly number[], tokens: readonly Token[]): Parse<Quantity>[] {
  if (isMixed(tokens)) return [];
  for (const level of joints)
    for (let at = tokens.length - 2; at > 0; at -= 1)
      for (const { words, join } of level) {
        const joint = words.split(' ');
        if (!joint.every((word, index) => isAt(tokens, at + index, word))) continue;
        const lefts = quantitiesOf(context, positions.slice(0, at));
        const rest = positions.slice(at + joint.length);
        const rights = [...quantitiesOf(context, rest), ...(words === 'per' ? inUnitOf(context, rest) : [])];
        return lefts.flatMap((left) =>
          rights.flatMap((right) => {
            const value = join(left.value, right.value);
            const cost = left.cost + right.cost + 0.03;
            return value === null ? [] : [{ end: 0, cost, value, notes: [...left.notes, ...right.notes] }];
          }),
        );
      }
  return [];
}

/** "A plus B divided by C" leaves open what is divided. */
const isMixed = (tokens: readonly Token[]): boolean =>
  joints.every((level) =>
    level.some(
      ({ words }) =>
        /[a-z]{2}/.test(words) &&
        words !== 'per' &&
        tokens.some((_, at) => words.split(' ').every((word, index) => isAt(tokens, at + index, word))),
    ),
  );

const isAt = (tokens: readonly Token[], at: number, word: string): boolean => {
  const token = tokens[at];
  return token !== undefined && token.kind !== 'quote' && token.word === word;
};

/** "Per metre": by the field that is in metres; per head by the inhabitants. */
function inUnitOf(context: Context, positions: readonly number[]): Parse<Quantity>[] {
  const [at] = positions;
  if (at === undefined) return [];
  return context.grammar
    .parse('unit', context, at)
    .filter((unit) => unit.end === (positions.at(-1) ?? at) + 1)
    .flatMap((unit) =>
      columnsInUnit(context, unit.value).map((value, index) => ({
        end: 0,
        cost: 0.2 + index * 0.15,
        value,
        notes: [`"per ${unit.value}" is taken as per ${value.name}`],
      })),
    );
}
