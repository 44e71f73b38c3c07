import type { Predicate } from '../plan.ts';
import { changed } from './changes.ts';
import type { AnalystGrammar, Context } from './context.ts';
import { aggregateFigure, figureArithmetic, figureDraft, figurePercent } from './drafts.ts';
import type { Parse } from './engine.ts';
import { entityFigure, measured } from './figures.ts';
import { quantitiesOf } from './loose-quantities.ts';
import type { Draft, Figure, Quantity, Rows } from './meanings.ts';
import { eventDate } from './predicate-conditions.ts';
import { atPeriod, periodsOf, plainColumn } from './quantity-values.ts';
import { totalWords } from '../linking/synonyms.ts';
import { allRows, restrict } from './row-sets.ts';
import { Weighed } from './engine.ts';

const looseCost = 0.2;
const dearest = 1;

const changeVerbs: ReadonlySet<string> = new Set(
  'change increase rise rose risen grow grew grown growth gain gained raise climb climbed improve improved decrease fall fell fallen drop dropped decline declined shrink shrank shrunk lose lost reduce reduced expand expanded go went up down'.split(
    ' ',
  ),
);
/** Verbs after which a positive number says how much less it is. */
const falling: ReadonlySet<string> = new Set(
  'decrease decreased fall fell fallen drop dropped decline declined shrink shrank shrunk lose lost reduce reduced down'.split(
    ' ',
  ),
);

interface Span {
  readonly from?: string;
  readonly to?: string;
}

/** The words of a question for a change, taken apart. */
interface ChangeQuestion {
  readonly relative: boolean;
  readonly span: Span;
  readonly positions: readonly number[];
  readonly sign: 1 | -1;
}

/** Takes the verb and the span out of the words from the position on; null where either is lacking. */
function takenApart(context: Context, from: number, relative: boolean): ChangeQuestion | null {
  const { tokens, grammar } = context;
  let span: Span | null = null;
  const positions: number[] = [];
  const verbs: string[] = [];
  for (let at = from; at < tokens.length; at += 1) {
    const found: Parse<Span> | undefined =
      span === null
        ? grammar.parse('span', context, at).toSorted((one, other) => other.end - one.end)[0]
        : undefined;
    const token = tokens[at];
    if (found !== undefined) {
      span = found.value;
      at = found.end - 1;
    } else if (token !== undefined && (changeVerbs.has(token.lemma) || changeVerbs.has(token.word)))
      verbs.push(token.word);
    else if (!(token?.word === 'or' && verbs.length > 0)) positions.push(at);
  }
  if (span === null || verbs.length === 0) return null;
  const falls = verbs.filter((verb) => falling.has(verb)).length;
  // "Grow or shrink" leaves the sign to the number.
  return { relative, span, positions, sign: falls === verbs.length ? -1 : 1 };
}

const signed = (figure: Figure | null, sign: 1 | -1): Figure | null =>
  figure === null || sign === 1
    ? figure
    : {
        ...figure,
        expression: {
          kind: 'arithmetic',
          operator: '*',
          left: { kind: 'number', value: -1 },
          right: figure.expression,
        },
      };

/** "By what percentage did revenue grow from 2022 to 2023 at …?": of one named row, or of the sum over rows. */
function changesAt(context: Context, at: number): Parse<Draft>[] {
  if (!context.loose || at !== 0) return [];
  const results: Parse<Draft>[] = [];
  for (const opening of context.grammar.parse('change-opening', context, at)) {
    const question = takenApart(context, opening.end, opening.value);
    if (question === null) continue;
    results.push(
      ...ofEntity(context, question),
      ...ofRows(context, question),
      ...ofAllRows(context, question),
    );
  }
  return results.filter(({ cost }) => cost < dearest);
}

function ofEntity(context: Context, question: ChangeQuestion): Parse<Draft>[] {
  const { positions, relative, span, sign } = question;
  const results: Parse<Draft>[] = [];
  for (const at of positions)
    for (const entity of context.grammar.parse('entity', context, at)) {
      const rest = positions.filter((each) => each < at || each >= entity.end);
      for (const quantity of quantitiesOf(context, rest)) {
        const outcome = changed(context, quantity.value, { from: span.from, to: span.to, relative });
        for (const option of outcome?.options ?? []) {
          const draft = figureDraft(signedLookup(entityFigure(option.value, entity.value), sign));
          if (draft !== null)
            results.push({
              end: context.tokens.length,
              cost: looseCost + entity.cost + quantity.cost + option.cost,
              value: draft,
              notes: [...quantity.notes, ...(option.notes ?? [])],
            });
        }
      }
    }
  return results;
}

const signedLookup = (figure: Figure, sign: 1 | -1): Figure => {
  if (sign === 1 || figure.expression.kind !== 'entity-value') return figure;
  const of = {
    kind: 'arithmetic',
    operator: '*',
    left: { kind: 'number', value: -1 },
    right: figure.expression.of,
  } as const;
  return { ...figure, expression: { ...figure.expression, of } };
};

/** The change of a sum over rows. */
function ofRows(context: Context, question: ChangeQuestion): Parse<Draft>[] {
  const { positions, span } = question;
  const results: Parse<Draft>[] = [];
  const { from, to } = span;
  if (from === undefined) return results;
  for (const at of positions)
    for (const rows of context.grammar.parse('rows', context, at)) {
      const { noun, by, count } = rows.value;
      const isWithin = positions.includes(rows.end - 1);
      if (noun === null || by !== null || count !== null || !isWithin || rows.cost > 0.7) continue;
      const rest = positions.filter((each) => each < at || each >= rows.end);
      for (const quantity of quantitiesOf(context, rest)) {
        const figure = changeOfSums(context, quantity.value, { rows: rows.value, from, to, question });
        const draft = figure === null ? null : figureDraft(figure);
        if (draft !== null)
          results.push({
            end: context.tokens.length,
            cost: looseCost + rows.cost + quantity.cost,
            value: draft,
            notes: [...rows.notes, ...quantity.notes],
          });
      }
    }
  return results;
}

/** The change of a total over all rows, where none are named: "by how much did the total output grow …". */
function ofAllRows(context: Context, question: ChangeQuestion): Parse<Draft>[] {
  const { positions, span } = question;
  const { from, to } = span;
  const isTotal = positions.some((at) => totalWords.has(context.tokens[at]?.lemma ?? ''));
  if (!isTotal || from === undefined) return [];
  return quantitiesOf(context, positions).flatMap((quantity) => {
    const figure = changeOfSums(context, quantity.value, { rows: allRows, from, to, question });
    const draft = figure === null ? null : figureDraft(figure);
    return draft === null
      ? []
      : [
          {
            end: context.tokens.length,
            cost: looseCost + quantity.cost,
            value: draft,
            notes: quantity.notes,
          },
        ];
  });
}

function changeOfSums(
  context: Context,
  quantity: Quantity,
  how: {
    readonly rows: Rows;
    readonly from: string;
    readonly to: string | undefined;
    readonly question: ChangeQuestion;
  },
): Figure | null {
  const { rows, from, to, question } = how;
  const column = plainColumn(context, quantity);
  const latest = column === null ? undefined : (to ?? periodsOf(column)[0]);
  if (column === null || latest === undefined) return null;
  const sumAt = (period: string): Figure | null => {
    const at = atPeriod(context, quantity, period)?.options[0];
    return at === undefined ? null : measured({ function: 'sum' }, at.value, { ...rows, singular: false });
  };
  const now = sumAt(latest);
  const before = sumAt(from);
  const difference = now === null || before === null ? null : figureArithmetic('-', now, before);
  if (difference === null || before === null) return null;
  return signed(question.relative ? figurePercent(difference, before) : difference, question.sign);
}

/** How many more rows one year has than another. */
function countChange(context: Context, rows: Rows, span: Span): Draft | null {
  const { from, to } = span;
  if (from === undefined || to === undefined || rows.count !== null || rows.by !== null) return null;
  const countIn = (date: string): Figure | null => {
    const predicate = datedIn(context, date);
    return predicate === null
      ? null
      : aggregateFigure({ function: 'count' }, null, restrict({ ...rows, singular: false }, predicate));
  };
  const now = countIn(to);
  const before = countIn(from);
  const difference = now === null || before === null ? null : figureArithmetic('-', now, before);
  return difference === null ? null : figureDraft(difference);
}

/** The condition that what a row tells of happened then. */
export function datedIn(context: Context, date: string): Predicate | null {
  const outcome = eventDate(context, { comparison: '=', operand: { kind: 'date', date } });
  if (outcome === null) return null;
  return outcome instanceof Weighed ? (outcome.options[0]?.value.predicate ?? null) : outcome.predicate;
}

/** Adds questions for changes whose words stand in any order. */
export function addLooseChanges(grammar: AnalystGrammar): void {
  grammar.rule(
    'change-opening',
    '[by] (what percentage|which percentage|what percent|how many percent|how much percent|what share) [do|have]',
    () => true,
  );
  grammar.rule('change-opening', '(by how much|by how many|how much|how many) [do|have]', () => false);
  grammar.primitive('loose-change', changesAt);
  grammar.rule('ask', '<loose-change:change>', ({ change }) => change);
  const change = '(change|increase|grow|rise|fall|decrease|decline|shrink|drop|go up|go down)';
  grammar.rule(
    'ask',
    `(by how many|by how much|how much) do (number|count) of <rows> ${change} <span>` as const,
    ({ rows, span }, context) => countChange(context, rows, span),
  );
}
