import type { CatalogColumn } from '../../../table/catalog.ts';
import type { Context } from '../../grammar/context.ts';
import { compare } from '../../grammar/compare.ts';
import type { Parse } from '../../grammar/engine.ts';
import type { Quantity, Superlative } from '../../grammar/meanings.ts';
import { isKeyColumn } from '../../grammar/terms.ts';
import { valueCondition } from '../../grammar/value-terms.ts';
import { graded, scaleOf } from '../../language/adjectives.ts';
import type { Token } from '../../language/token.ts';
import { functionWords } from '../../language/function-words.ts';
import { wordsKey } from '../../linking/value-links.ts';
import { columnsNamed } from '../../plan-nodes.ts';
import type { MeaningOf, Piece } from '../piece.ts';
import { columnPiecesAt } from './columns.ts';
import { comparingPiecesAt } from './comparisons.ts';
import { marksAt } from './marks.ts';
import { isRateOfRows, namesShareAt, ratedValuesAt, rateCost } from './rates.ts';
import { looseCostAt, phrasesAt } from './words.ts';

const keptPerKind = 10;
const dearestNoun = 0.6;
const partCost = 0.15;
const passedRateCost = 0.2;
const exactCost = 0.05;
const fieldNounCost = 0.16;
const rowNounCost = 0.2;
const unitCost = 0.03;
/** Words that go on to say which rows are meant. */
const relatives: ReadonlySet<string> = new Set(['whose', 'that', 'which', 'who', 'where', 'with', 'having']);

/** Everything that the words from a position on may mean by themselves. */
export function englishPiecesAt(context: Context, at: number): readonly Piece[] {
  const { tokens, grammar } = context;
  const token = tokens[at];
  if (token === undefined) return [];
  // "Heavier" of two says nothing else.
  const comparatives = comparativePiecesAt(context, at);
  if (comparatives.length > 0) return comparatives;
  const pieces: Piece[] = [
    ...marksAt(tokens, at).map(({ end, mark }): Piece => ({
      start: at,
      end,
      cost: 0,
      notes: [],
      meaning: { kind: 'mark', mark },
    })),
    ...phrasesAt(tokens, at).map((each): Piece => ({ start: at, notes: [], ...each })),
    ...cheapest(columnPiecesAt(context, at)),
    ...cheapest(comparingPiecesAt(context, at)),
    ...cheapest(conditionPiecesAt(context, at)),
    ...ratedValuesAt(context, at),
    ...superlativePiecesAt(context, at),
    ...orderedPiecesAt(context, at),
  ];
  for (const { end, cost, notes } of grammar.parse('noun', context, at)) {
    // What a field is called as well as the rows is rather the field, unless the field only names the rows.
    const isField = grammar
      .parse('column', context, at)
      .some((each) => each.end === end && each.cost <= exactCost && !namesRows(context, each.value));
    const isNamed =
      notes.length > 0 && pieces.some(({ meaning, cost: each }) => meaning.kind === 'column' && each < 0.3);
    const own = cost + (isField ? fieldNounCost : 0) + (isNamed ? fieldNounCost : 0);
    const isDescribed = relatives.has(tokens[end]?.word ?? '');
    if (own < dearestNoun)
      pieces.push({ start: at, end, cost: own, notes, meaning: { kind: 'noun', isDescribed } });
  }
  const isRate = isRateOfRows(context, at);
  if (isRate)
    pieces.push({
      start: at,
      end: at + 1,
      cost: rateCost,
      notes: [],
      meaning: { kind: 'mark', mark: 'share' },
    });
  pieces.push(...comparedFieldsAt(context, at));
  for (const end of perUnitEnds(context, at))
    pieces.push({ start: at, end, cost: 0.02, notes: [], meaning: { kind: 'loose' } });
  if (namesShareAt(context, at))
    pieces.push({ start: at, end: at + 2, cost: 0.02, notes: [], meaning: { kind: 'loose' } });
  const whole = wholeSpanEnd(context, at);
  if (whole !== null) pieces.push({ start: at, end: whole, cost: 0, notes: [], meaning: { kind: 'loose' } });
  for (const { end, value } of grammar.parse('measure', context, at))
    if (value.function !== 'minimum' && value.function !== 'maximum')
      pieces.push({ start: at, end, cost: 0, notes: [], meaning: { kind: 'measure', measure: value } });
  const isPronoun = token.word === 'one' && standsForNoun(tokens, at);
  if (isPronoun) pieces.push({ start: at, end: at + 1, cost: 0, notes: [], meaning: { kind: 'loose' } });
  for (const { end, value } of isPronoun ? [] : grammar.parse('count', context, at))
    if (value < 1000)
      pieces.push({ start: at, end, cost: 0.02, notes: [], meaning: { kind: 'count', count: value } });
  const loose = looseCostAt(context, at);
  if (loose !== null)
    pieces.push({
      start: at,
      end: at + 1,
      ...loose,
      cost: loose.cost + (isRate ? passedRateCost : 0),
      meaning: { kind: 'loose' },
    });
  if (token.word === ',' || token.word === 'in')
    for (const { end, value } of grammar.parse('unit', context, token.word === ',' ? at + 2 : at + 1))
      if (token.word === 'in' || tokens[at + 1]?.word === 'in')
        pieces.push({ start: at, end, cost: 0, notes: [], meaning: { kind: 'unit', unit: value } });
  pieces.push(...unitsOfAnswer(context, at));
  return pieces;
}

const namesRows = ({ table }: Context, { columns: [name] }: Quantity): boolean =>
  table.columns.some((column) => column.name === name && isKeyColumn({ table }, column));

/** "Than one in Rome": the word stands for a noun that was said before. */
const standsForNoun = (tokens: readonly Token[], at: number): boolean =>
  ['than', 'that', 'and'].includes(tokens[at - 1]?.word ?? '') &&
  ['in', 'of', 'with', 'from', 'at', 'by', 'for', 'that', 'whose', 'without'].includes(
    tokens[at + 1]?.word ?? '',
  );

/** "How many more milligrams of salt", "by how many metres": the unit of a field that is named besides. */
function unitsOfAnswer({ namedColumns, ...context }: Context, at: number): Piece[] {
  const { tokens, grammar } = context;
  const before = tokens.slice(Math.max(0, at - 3), at).map(({ word }) => word);
  const isAsked =
    before.join(' ').endsWith('by how many') || /how many (?:more|fewer|less)$/.test(before.join(' '));
  const isCounted = before.at(-1) === 'many';
  const points = pointsEnd(tokens, at);
  if (points !== null && (isAsked || isCounted || before.at(-1) === 'in'))
    return [{ start: at, end: points, cost: unitCost, notes: [], meaning: { kind: 'loose' } }];
  if (!isAsked && !isCounted) return [];
  return grammar.parse('unit', { namedColumns, ...context }, at).flatMap(({ end, value }): Piece[] => {
    const isOf = tokens[end]?.word === 'of';
    const isNamed = [...namedColumns].some(({ unit }) => unit === value);
    if (!isNamed || !(isAsked || isOf)) return [];
    return [
      {
        start: at,
        end: isOf ? end + 1 : end,
        cost: unitCost,
        notes: [],
        meaning: { kind: 'unit', unit: value },
      },
    ];
  });
}

/** "Percentage points", in which percentages differ. */
const pointsEnd = (tokens: readonly Token[], at: number): number | null =>
  ['percentage', 'percent', '%'].includes(tokens[at]?.word ?? '') && tokens[at + 1]?.lemma === 'point'
    ? at + 2
    : null;

/** "More pupils than places": one field compared with another. */
function comparedFieldsAt(context: Context, at: number): Piece[] {
  const { tokens, grammar } = context;
  const sign = ['more', 'higher', 'greater', 'larger'].includes(tokens[at]?.word ?? '')
    ? '>'
    : ['fewer', 'less', 'lower', 'smaller'].includes(tokens[at]?.word ?? '')
      ? '<'
      : null;
  if (sign === null) return [];
  return grammar.parse('column', context, at + 1).flatMap((left): Piece[] => {
    if (tokens[left.end]?.word !== 'than' || left.cost > 0.5) return [];
    return grammar.parse('column', context, left.end + 1).flatMap((right): Piece[] => {
      const compared = compare(context, left.value, {
        comparison: sign,
        operand: { kind: 'quantity', quantity: right.value },
      });
      if (compared === null || right.cost > 0.5 || right.value.columns[0] === left.value.columns[0])
        return [];
      const { predicate } = compared.value;
      return [
        {
          start: at,
          end: right.end,
          cost: left.cost + right.cost,
          notes: [...left.notes, ...right.notes],
          meaning: { kind: 'condition', predicate, column: null, entity: null },
        },
      ];
    });
  });
}

/** "Per kilogram", where a field's amounts are for one kilogram each. */
function perUnitEnds(context: Context, at: number): readonly number[] {
  const { tokens, grammar, table } = context;
  if (!['per', 'a', 'each'].includes(tokens[at]?.word ?? '')) return [];
  return grammar
    .parse('unit', context, at + 1)
    .filter(({ value }) => table.columns.some(({ unit }) => unit?.endsWith(`/${value}`) === true))
    .map(({ end }) => end);
}

const spanNouns: ReadonlySet<string> = new Set(
  'season year month week quarter period edition day time'.split(' '),
);

/** "Over all three seasons", "across both years": the whole of what the table tells of. */
function wholeSpanEnd({ tokens, grammar, ...context }: Context, at: number): number | null {
  if (!['over', 'across', 'in', 'of', 'for', 'during', 'throughout'].includes(tokens[at]?.word ?? ''))
    return null;
  let end = at + 1;
  if (!['all', 'both', 'entire', 'whole'].includes(tokens[end]?.word ?? '')) return null;
  end += 1;
  const [count] = grammar.parse('count', { tokens, grammar, ...context }, end);
  if (count !== undefined) end = count.end;
  return spanNouns.has(tokens[end]?.lemma ?? '') ? end + 1 : null;
}

const cheapest = (pieces: readonly Piece[]): readonly Piece[] =>
  pieces.toSorted((one, other) => one.cost - other.cost).slice(0, keptPerKind);

/** Values of fields, rows by their names, and names that some field may hold. */
function conditionPiecesAt(context: Context, at: number): Piece[] {
  const { grammar } = context;
  const piece = (
    { end, cost, notes }: Parse<unknown>,
    condition: Omit<MeaningOf<'condition'>, 'kind'>,
  ): Piece => ({ start: at, end, cost, notes, meaning: { kind: 'condition', ...condition } });
  // What the rows are called by as well as some of them is rather all rows.
  const nounEnds = new Set(
    grammar.parse('noun', context, at).flatMap(({ end, notes }) => (notes.length === 0 ? [end] : [])),
  );
  const values = grammar.parse('value', context, at).map((each) =>
    piece(
      { ...each, cost: each.cost + (nounEnds.has(each.end) ? rowNounCost : 0) },
      {
        predicate: each.value.predicate,
        column: each.value.column,
        entity: null,
      },
    ),
  );
  const entities = grammar.parse('entity', context, at).map((each) =>
    piece(each, {
      predicate: { kind: 'entity', names: [each.value] },
      column: null,
      entity: each.value,
    }),
  );
  const undone = grammar.parse('undone', context, at).map((each) =>
    piece(each, {
      predicate: each.value.predicate,
      column: each.value.quantity?.columns[0] ?? null,
      entity: null,
    }),
  );
  values.push(...undone);
  if (values.length + entities.length === 0) values.push(...explainedValues(context, at));
  const parts = values.length + entities.length > 0 ? [] : partsOfValues(context, at);
  const mentions = grammar.parse('mention', context, at).map((each) =>
    piece(each, {
      predicate: each.value.predicate,
      column: each.value.column ?? columnsNamed(each.value.predicate)[0] ?? null,
      entity: null,
    }),
  );
  return [...values, ...entities, ...parts, ...(parts.length > 0 ? [] : mentions)];
}

const longestExplained = 3;
const explainedCost = 0.08;

/** "Primary (PRI)": a name that nothing here knows, with the value it means in brackets. */
function explainedValues(context: Context, at: number): Piece[] {
  const { tokens, grammar } = context;
  const opening = tokens.findIndex(
    ({ kind, word }, index) =>
      index > at && index <= at + longestExplained && kind === 'symbol' && word === '(',
  );
  const isName = tokens
    .slice(at, opening)
    .every(({ kind, capital }) => kind === 'number' || (kind === 'word' && capital));
  if (opening < 0 || !isName) return [];
  return grammar
    .parse('value', context, opening + 1)
    .filter(({ end }) => tokens[end]?.word === ')')
    .map(({ end, value, cost, notes }) => ({
      start: at,
      end: end + 1,
      cost: cost + explainedCost,
      notes,
      meaning: { kind: 'condition', predicate: value.predicate, column: value.column, entity: null },
    }));
}

/** A part of a value that no other value of any field has: "Okonkwo" of "S. Okonkwo". */
function partsOfValues(context: Context, at: number): Piece[] {
  const { tokens, table } = context;
  const found: Piece[] = [];
  for (let end = Math.min(tokens.length, at + 4); end > at && found.length === 0; end -= 1) {
    const words = tokens.slice(at, end);
    if (words.some(({ kind, word }) => kind === 'symbol' || functionWords.has(word) || word.length < 3))
      continue;
    const key = words.map(({ word }) => word).join(' ');
    for (const column of table.columns) {
      const fitting = valuesWith(column, key);
      const [only] = fitting;
      if (only === undefined || fitting.length > 1) continue;
      const { predicate } = valueCondition(column, only);
      const isName = words.some(({ capital }) => capital);
      found.push({
        start: at,
        end,
        cost: partCost + (isName ? 0 : 0.12),
        notes: [`"${key}" is taken as "${only}"`],
        meaning: { kind: 'condition', predicate, column: column.name, entity: null },
      });
    }
  }
  return found;
}

const valuesWith = ({ values }: CatalogColumn, key: string): readonly string[] =>
  values
    .map(({ value }) => value)
    .filter((value) => ` ${wordsKey(value)} `.includes(` ${key} `) && !isOpposite(wordsKey(value), key));

/** "Not rated" is not what is rated. */
const isOpposite = (whole: string, key: string): boolean =>
  whole !== key && /^(?:not|no|non|un|without)\b/.test(whole) && whole.endsWith(` ${key}`);

const amounts: ReadonlySet<string> = new Set(['most', 'least', 'fewest']);

function superlativePiecesAt(context: Context, at: number): Piece[] {
  const { tokens, grammar } = context;
  // "At least", "at most".
  if (tokens[at - 1]?.word === 'at' && amounts.has(tokens[at]?.word ?? '')) return [];
  return grammar
    .parse('superlative', context, at)
    .filter(({ end }) => tokens[end]?.word !== 'first')
    .map(({ end, value, cost, notes }): Piece => {
      const words = tokens.slice(at, end).map(({ word }) => word);
      return {
        start: at,
        end,
        cost,
        notes,
        meaning: {
          kind: 'superlative',
          superlative: value,
          isAmount: value.measured.length === 0 && words.some((word) => amounts.has(word)),
          isOften: false,
        },
      };
    });
}

const moreWords: ReadonlySet<string> = new Set(
  'more higher greater larger bigger better longer older'.split(' '),
);
const lessWords: ReadonlySet<string> = new Set('less fewer lower smaller worse shorter younger'.split(' '));

/** "Heavier", "more expensive", where the sentence has two to choose from and no "than". */
function comparativePiecesAt(context: Context, at: number): Piece[] {
  const { tokens } = context;
  const word = tokens[at]?.word ?? '';
  const isChoice =
    tokens.some((token) => token.word === 'or') && !tokens.some((token) => token.word === 'than');
  if (!isChoice || tokens[at - 1]?.word === 'or') return [];
  const isMore = word === 'more' || word === 'less';
  const next = isMore ? scaleOf(graded(tokens[at + 1]?.word ?? '', 'er')) : null;
  const isExpensive = isMore && tokens[at + 1]?.word === 'expensive';
  const scale = next ?? scaleOf(word);
  const isPlain = moreWords.has(word) || lessWords.has(word);
  if (scale === null && !isPlain) return [];
  const isTwo = next !== null || isExpensive;
  const measured = isExpensive ? ['price', 'cost'] : (scale?.measured ?? []);
  const descending =
    next !== null && word === 'less' ? !next.descending : (scale?.descending ?? moreWords.has(word));
  const piece = (of: readonly string[], units: readonly string[] | undefined, cost: number): Piece => ({
    start: at,
    end: isTwo ? at + 2 : at + 1,
    cost,
    notes: [],
    meaning: {
      kind: 'comparative',
      superlative: { descending, measured: of, units, limit: null, offset: 0 },
      isAmount: !isTwo && (isMore || word === 'fewer'),
    },
  });
  // "The longer duration" says itself what is meant.
  return [
    piece(measured, scale?.units, 0),
    ...(isPlain && scale !== null ? [piece([], undefined, 0.01)] : []),
  ];
}

/** ", longest first", "in descending order", "starting with the oldest": how the answer is listed. */
function orderedPiecesAt(context: Context, at: number): Piece[] {
  const { tokens, grammar } = context;
  let start = tokens[at]?.word === ',' ? at + 1 : at;
  if (['in', 'sorted', 'ordered', 'ranked', 'from', 'arranged'].includes(tokens[start]?.word ?? ''))
    start += 1;
  if (tokens[start]?.word === 'in' || tokens[start]?.word === 'from') start += 1;
  const opens = ['starting', 'beginning', 'start', 'begin'].includes(tokens[start]?.word ?? '');
  const piece = (end: number, superlative: MeaningOfOrder): Piece => ({
    start: at,
    end,
    cost: 0,
    notes: [],
    meaning: { kind: 'ordered', ...superlative },
  });
  const from = opens && ['with', 'from', 'at'].includes(tokens[start + 1]?.word ?? '') ? start + 2 : start;
  const named = grammar.parse('superlative', context, from).flatMap(({ end, value }): Piece[] => {
    // "From the strongest down".
    const isDown =
      tokens[from - 1]?.word === 'from' && ['down', 'downwards'].includes(tokens[end]?.word ?? '');
    const isFirst = tokens[end]?.word === 'first' || isDown;
    const isWhole = value.limit === null && value.offset === 0 && (isFirst || opens);
    return isWhole
      ? [piece(isFirst ? end + 1 : end, { superlative: value, descending: value.descending })]
      : [];
  });
  const directed = grammar
    .parse('direction', context, from)
    .map(({ end, value }) =>
      piece(tokens[end]?.word === 'order' ? end + 1 : end, { superlative: null, descending: value }),
    );
  return [...named, ...directed];
}

type MeaningOfOrder = {
  readonly superlative: Superlative | null;
  readonly descending: boolean;
};
