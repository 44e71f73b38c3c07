import { isNumeric } from '../../grammar/context.ts';
import { figureDraft } from '../../grammar/drafts.ts';
import type { Draft, Figure, Quantity } from '../../grammar/meanings.ts';
import { arithmetic, ratioOf } from '../../grammar/quantity-values.ts';
import { quantityOf } from '../../grammar/terms.ts';
import { lemmaOf } from '../../language/lemma.ts';
import { isParticiple } from '../../language/verb-forms.ts';
import type { Free, Parts } from '../parts.ts';
import type { Mark, MeaningOf } from '../piece.ts';
import { durationOf } from '../durations.ts';

/** A draft with what it costs beside the pieces. */
export interface Framed {
  readonly draft: Draft;
  readonly cost: number;
  readonly notes: readonly string[];
}

/** A way in which what is left of a question's parts may be asked. */
export type Frame = (parts: Parts) => readonly Framed[];

export const framed = (draft: Draft | null, cost = 0, notes: readonly string[] = []): readonly Framed[] =>
  draft === null ? [] : [{ draft, cost, notes }];

export const framedFigure = (
  figure: Figure | null,
  cost = 0,
  notes: readonly string[] = [],
): readonly Framed[] => framed(figure === null ? null : figureDraft(figure), cost, notes);

/** What may be calculated of a field. */
export type Calculation = MeaningOf<'measure'>['measure'];

/** What the question says is to be calculated: of "the average total", the average. */
export const statedCalculation = ({ measures }: Parts): Calculation | null =>
  (measures.find(({ value }) => value.function !== 'sum') ?? measures[0])?.value ?? null;

/** Whether the question has no more marks than these, each as often as it likes. */
export const marksAre = ({ marks }: Parts, ...allowed: readonly Mark[]): boolean =>
  marks.every(({ value }) => allowed.includes(value) || value === 'among' || value === 'whole');

type Counted =
  | 'superlatives'
  | 'comparatives'
  | 'measures'
  | 'groups'
  | 'havings'
  | 'counts'
  | 'ordered'
  | 'operators'
  | 'dateParts';

const countedParts: readonly Counted[] = [
  'superlatives',
  'comparatives',
  'measures',
  'groups',
  'havings',
  'counts',
  'ordered',
  'operators',
  'dateParts',
];

/** Whether the parts hold no more of each kind than so many. */
export const holdsAtMost = (parts: Parts, most: Partial<Record<Counted, number>>): boolean =>
  countedParts.every((kind) => parts[kind].length <= (most[kind] ?? 0));

/** A quantity that fields of the question name, and the fields it leaves free. */
export interface Meant {
  readonly quantity: Quantity;
  readonly rest: readonly Free[];
  readonly start: number;
  readonly end: number;
  readonly cost: number;
  readonly notes: readonly string[];
}

/** A verb such as "taught" speaks of names of who teaches, and asks for none. */
export const isVerbOfNames = ({ context }: Parts, { start, end, value }: Free): boolean =>
  end === start + 1 &&
  ['text', 'category', 'list'].includes(value.type) &&
  isParticiple(context.tokens[start]?.word ?? '');

const isMeasurable = (quantity: Quantity): boolean =>
  isNumeric(quantity.type) || quantity.type === 'list' || quantity.type === 'date';

/** Whether a number is named by the word for the rows and may only name them: the line of lines. */
export const isCalledAsRows = ({ context }: Parts, { value, start, end }: Free): boolean => {
  const name = lemmaOf(value.name.toLowerCase());
  return (
    value.type === 'number' &&
    context.table.nouns.includes(name) &&
    // The money that was granted is the grant of a grant.
    context.tokens.slice(start, end).some(({ word, lemma }) => lemma === name || word === name)
  );
};

const countedVerbCost = 0.15;

/** The numbers that a question's fields name: each by itself, two joined by an operator, the time between dates. */
export function quantitiesIn(parts: Parts, free: readonly Free[] = parts.free): readonly Meant[] {
  const { operators } = parts;
  // Who teaches is no number of anything: "what share is taught in English".
  const numbers = free.filter(
    (each) => isMeasurable(each.value) && !isCalledAsRows(parts, each) && !isVerbOfNames(parts, each),
  );
  if (operators.length === 0) {
    const single = numbers.map((each): Meant => ({
      quantity: each.value,
      rest: free.filter((other) => other !== each),
      start: each.start,
      end: each.end,
      // A verb counts no list of those who do it.
      cost: each.isVerb && each.value.type === 'list' ? countedVerbCost : 0,
      notes: [],
    }));
    return [...single, ...durationOf(parts, free)];
  }
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) return [];
  const left = numbers.findLast(({ end }) => end <= operator.start);
  const right = numbers.find(({ start }) => start >= operator.end);
  if (left === undefined || right === undefined) return [];
  const quantity = joined(operator.value, left.value, right.value);
  return quantity === null
    ? []
    : [
        {
          quantity,
          rest: free.filter((each) => each !== left && each !== right),
          start: left.start,
          end: right.end,
          cost: 0.02,
          notes: [],
        },
      ];
}

function joined(operator: '+' | '-' | '*' | '/', left: Quantity, right: Quantity): Quantity | null {
  return operator === '/'
    ? (ratioOf(left, right)?.options[0]?.value ?? null)
    : arithmetic(operator, left, right);
}

/** Whether amounts of it add up to an amount of it. */
export const isAdditive = (quantity: Quantity): boolean =>
  quantity.type !== 'percentage' &&
  quantity.type !== 'date' &&
  quantity.fraction !== true &&
  !/°|\/|\bper\b|%/.test(quantity.unit ?? '') &&
  !/\b(?:per|average|mean|median|rate|ratio|score|rating|index|level|age|price|year|percent\w*|share|height|depth|temperature|speed|density|rank|position|grade|latitude|longitude)\b|率|(?<![日月年周季])均|评分|得分|单价|比例|年份|年龄/i.test(
    quantity.name,
  );

/** Fields that say how many of a thing a row is about: its quantity, its pieces. */
export const amountsOfThings = ({ context }: Parts): readonly Quantity[] =>
  context.table.columns
    .filter(
      ({ type, unit, label }) =>
        type === 'number' &&
        unit === null &&
        /^(?:quantity|units?|pieces|copies|items|number of (?:units|items|pieces)|qty)\b/i.test(label),
    )
    .map((column) => quantityOf(column));
