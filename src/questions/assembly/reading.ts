import { isCurrencyCode } from '../../table/values/currencies.ts';
import { isEveryRow } from '../grammar/context.ts';
import type { Context } from '../grammar/context.ts';
import type { Parse } from '../grammar/engine.ts';
import { quantitiesOf } from '../grammar/loose-quantities.ts';
import { isLinked, mayBeParticiple, mayBeVerb, roleOf } from '../grammar/loose-words.ts';
import type { Draft, Quantity, Rows } from '../grammar/meanings.ts';
import { allRows, both } from '../grammar/row-sets.ts';
import { isCalendar } from '../grammar/superlatives.ts';
import { quantityOf } from '../grammar/terms.ts';
import { columnsNamed } from '../plan-nodes.ts';
import type { Predicate } from '../plan.ts';
import { isTile } from './tile.ts';
import type { Mark, Tile, TileOf } from './tile.ts';
import type { Tiling } from './tilings.ts';

/** A question cut into tiles, sorted by what they are. */
export interface Reading {
  readonly context: Context;
  readonly tiles: readonly Tile[];
  readonly marks: readonly Mark[];
  readonly rows: readonly TileOf<'rows'>[];
  readonly conditions: readonly TileOf<'condition'>[];
  readonly entities: readonly TileOf<'entity'>[];
  readonly superlatives: readonly TileOf<'superlative'>[];
  readonly measures: readonly TileOf<'measure'>[];
  readonly groupings: readonly TileOf<'grouping'>[];
  readonly comparings: readonly TileOf<'comparing'>[];
  readonly counts: readonly number[];
  readonly targets: readonly TileOf<'target'>[];
  readonly ordered: readonly TileOf<'ordered'>[];
  readonly times: readonly TileOf<'times'>[];
  /** Positions of the words that are no more than words. */
  readonly loose: readonly number[];
}

/** A draft with what it costs beside the tiles. */
export interface Assembled {
  readonly draft: Draft;
  readonly cost: number;
  readonly notes: readonly string[];
}

export function readingOf(context: Context, { tiles }: Tiling): Reading {
  return {
    context,
    tiles,
    marks: tiles.filter(isTile('mark')).map((tile) => tile.meaning.mark),
    rows: tiles.filter(isTile('rows')),
    conditions: tiles.filter(isTile('condition')),
    entities: tiles.filter(isTile('entity')),
    superlatives: tiles.filter(isTile('superlative')),
    measures: tiles.filter(isTile('measure')),
    groupings: tiles.filter(isTile('grouping')),
    comparings: tiles.filter(isTile('comparing')),
    targets: tiles.filter(isTile('target')),
    ordered: tiles.filter(isTile('ordered')),
    times: tiles.filter(isTile('times')),
    counts: [
      ...tiles.filter(isTile('count')).map((tile) => tile.meaning.count),
      ...tiles.filter(isTile('rows')).flatMap((tile) => tile.meaning.rows.count ?? []),
    ],
    loose: tiles.filter(isTile('loose')).map((tile) => tile.start),
  };
}

/** The condition that a tile puts on rows; null where it puts none. */
export function conditionIn(tile: Tile): Predicate | null {
  switch (tile.meaning.kind) {
    case 'rows':
      return tile.meaning.rows.where;
    case 'condition':
      return tile.meaning.condition.predicate;
    case 'entity':
      return { kind: 'entity', names: [tile.meaning.name] };
    default:
      return null;
  }
}

/** All rows that fulfil what the tiles say. */
export function rowsIn(tiles: readonly Tile[]): Rows {
  let where: Predicate | null = null;
  for (const tile of tiles) {
    const condition = conditionIn(tile);
    if (condition !== null && !isEveryRow(condition)) where = both(where, condition);
  }
  return { ...allRows, where };
}

/** Whether a tile calls the rows by a noun and says no more of them. */
export const isPlainNoun = ({ meaning }: Tile): boolean =>
  meaning.kind === 'rows' &&
  meaning.rows.noun !== null &&
  meaning.rows.count === null &&
  (meaning.rows.where === null || isEveryRow(meaning.rows.where));

const unknownVerbCost = 0.25;
const adverbCost = 0.04;
const lightCost = 0.02;

/** What it costs that the words are left out; null where one of them says something. */
export function emptyCost(
  reading: Reading,
  positions: readonly number[],
): Pick<Assembled, 'cost' | 'notes'> | null {
  let cost = 0;
  let unknown = 0;
  const notes: string[] = [];
  const used = new Set(columnsNamed(reading.tiles.map(conditionIn)));
  const { context } = reading;
  for (const at of positions) {
    const token = context.tokens[at];
    if (token === undefined) return null;
    const role = roleOf(token);
    if (token.kind === 'symbol' || role === 'glue' || neutral.has(token.word)) continue;
    // A verb that a field is called after says something, where no condition speaks of that field.
    if (namesUnused(reading, at, used)) return null;
    if (role === 'light') cost += lightCost;
    else if (/.{3}ly$/.test(token.word)) cost += adverbCost;
    else if (mayBeVerbAt(reading, at) && !isLinked(context, at) && unknown === 0) {
      unknown += 1;
      cost += unknownVerbCost;
      notes.push(`taken without "${token.text}"`);
    } else return null;
  }
  return { cost, notes };
}

/** Whether a word that nothing here knows may be a verb: a participle, or a form in -s after what does it. */
function mayBeVerbAt({ context, tiles }: Reading, at: number): boolean {
  const token = context.tokens[at];
  if (token === undefined) return false;
  if (mayBeParticiple(token)) return true;
  const before = tiles.find(({ end }) => end === at)?.meaning;
  const isSubject =
    before?.kind === 'rows' ||
    before?.kind === 'entity' ||
    (before?.kind === 'mark' && before.mark === 'who');
  return isSubject && mayBeVerb(token);
}

/** Words that only point at all rows, or hold a sentence together. */
const neutral: ReadonlySet<string> = new Set('and but all any every both what which who how'.split(' '));

/** Whether the word names a number, or a yes or no, of which no condition speaks; that a thing has a date says little. */
function namesUnused({ context, marks }: Reading, at: number, used: ReadonlySet<string>): boolean {
  // "Who manages …" asks for the manager.
  const types = new Set([
    'number',
    'percentage',
    'boolean',
    ...(marks[0] === 'who' ? ['text', 'category'] : []),
  ]);
  const named = context.grammar
    .parse('verb-column', context, at)
    .filter(({ cost, value }) => cost < 0.4 && !isCalendar(value))
    .filter(({ value }) => types.has(value.type));
  return named.length > 0 && !named.some(({ value }) => value.columns.some((column) => used.has(column)));
}

/** The quantities that the words at the positions name together, light words and nouns for rows among them. */
export function quantitiesAt(reading: Reading, given: readonly number[]): readonly Parse<Quantity>[] {
  const { context } = reading;
  const positions = given.filter((at) => !isAbsorbed(reading, at));
  if (positions.length === 0) return [];
  const named = quantitiesOf(context, positions).filter(({ value }) => !overlooks(reading, positions, value));
  if (named.length > 0) return named;
  const known = positions.filter((at) => {
    const token = context.tokens[at];
    return (
      token !== undefined &&
      !(mayBeVerbAt(reading, at) && !isLinked(context, at) && roleOf(token) === 'content')
    );
  });
  const dropped = positions.length - known.length;
  const words = positions.filter((at) => !known.includes(at)).map((at) => context.tokens[at]?.text ?? '');
  const without = dropped === 1 ? quantitiesOf(context, known) : [];
  if (without.length > 0)
    return without.map((parse) => ({
      ...parse,
      cost: parse.cost + unknownVerbCost,
      notes: [...parse.notes, `taken without "${words.join(' ')}"`],
    }));
  return [...ofVerb(reading, positions), ...ofMoney(reading, positions)];
}

/** Whether a verb only says again of which field a condition speaks: "acquired as gifts". */
function isAbsorbed(reading: Reading, at: number): boolean {
  const { context } = reading;
  const token = context.tokens[at];
  if (token === undefined || !/(?:ed|ing)$/.test(token.word)) return false;
  const used = new Set(columnsNamed(reading.tiles.map(conditionIn)));
  const named = context.grammar.parse('verb-column', context, at).filter(({ cost }) => cost < 0.4);
  // That something was done is no news where a field says when.
  const [first] = named;
  const next = reading.tiles.find(({ start }) => start === at + 1);
  const isSaidOfRows = reading.entities.length > 0 || next?.meaning.kind === 'condition';
  const isDated = isSaidOfRows && first !== undefined && isCalendar(first.value);
  return (
    named.length > 0 &&
    (isDated || named.some(({ value }) => value.columns.some((column) => used.has(column))))
  );
}

/** Whether a verb of little meaning names another field here: "won" where a field counts wins. */
function overlooks(reading: Reading, positions: readonly number[], { columns }: Quantity): boolean {
  const used = new Set([...columnsNamed(reading.tiles.map(conditionIn)), ...columns]);
  return positions.some((at) => {
    const token = reading.context.tokens[at];
    return token !== undefined && roleOf(token) === 'light' && namesUnused(reading, at, used);
  });
}

/** What a verb alone names, where nothing else does: "earns", "weighs". */
function ofVerb(reading: Reading, positions: readonly number[]): Parse<Quantity>[] {
  const { context } = reading;
  return positions.flatMap((at) => {
    const rest = positions.filter((each) => each !== at);
    const empty = emptyCost(reading, rest);
    return empty === null
      ? []
      : context.grammar.parse('verb-column', context, at).map((parse) => ({
          ...parse,
          cost: parse.cost + empty.cost + 0.1,
          notes: [
            ...parse.notes,
            `"${context.tokens[at]?.text ?? ''}" is taken as the field "${parse.value.name}"`,
          ],
        }));
  });
}

const moneyWords: ReadonlySet<string> = new Set(
  'spend spent money worth value cost revenue sale sales turnover income earn earned pay paid bring brought'.split(
    ' ',
  ),
);

/** The only amounts of money that add up, where the words speak of money without naming a field. */
function ofMoney(reading: Reading, positions: readonly number[]): Parse<Quantity>[] {
  const { context } = reading;
  const speaks = positions.filter((at) => moneyWords.has(context.tokens[at]?.word ?? ''));
  if (speaks.length === 0) return [];
  const empty = emptyCost(
    reading,
    positions.filter((at) => !speaks.includes(at) && !isNounAt(reading, at)),
  );
  const amounts = context.table.columns.filter(
    ({ type, unit, label }) =>
      type === 'number' &&
      unit !== null &&
      isCurrencyCode(unit) &&
      !/\b(?:unit|price|per|rate|average)\b/i.test(label),
  );
  const [only] = amounts;
  if (empty === null || only === undefined || amounts.length !== 1) return [];
  const words = speaks.map((at) => context.tokens[at]?.text ?? '').join(' ');
  const notes = [...empty.notes, `"${words}" is taken as the field "${only.label}"`];
  return [{ end: 0, value: quantityOf(only), cost: 0.2 + empty.cost, notes }];
}

const isNounAt = ({ rows }: Reading, at: number): boolean =>
  rows.some((tile) => isPlainNoun(tile) && tile.start <= at && at < tile.end);

/** Whether the rows are what the question asks for: its first words of weight, but for those of the order. */
export function isAboutRows({ tiles, context }: Reading): boolean {
  const subject = tiles.find(({ meaning, start }) => {
    if (['mark', 'superlative', 'measure', 'count'].includes(meaning.kind)) return false;
    const token = context.tokens[start];
    return meaning.kind !== 'loose' || (token !== undefined && roleOf(token) !== 'glue');
  });
  return subject?.meaning.kind === 'rows';
}

/** The words of a reading that may name a field: loose ones, and nouns for rows that say no more. */
export function namingPositions(reading: Reading): number[] {
  const { context, loose } = reading;
  const says = loose.some((at) => {
    const token = context.tokens[at];
    return token !== undefined && ['content', 'light'].includes(roleOf(token));
  });
  if (!says) return [...loose];
  return reading.tiles
    .filter((tile) => tile.meaning.kind === 'loose' || isPlainNoun(tile))
    .flatMap((tile) => Array.from({ length: tile.end - tile.start }, (_, index) => tile.start + index));
}

export const noCost = { cost: 0, notes: [] } as const;
