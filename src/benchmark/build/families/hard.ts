import type { Expression, Measure } from '../../../questions/index.ts';
import { NothingToDraw, type Draw } from '../draw.ts';
import { columnName, type TruthField } from '../truth-table.ts';
import { beyondThreshold, listed, many, type DrawPlan } from './easy.ts';
import {
  and,
  arithmetic,
  calculated,
  compare,
  count,
  entities,
  figure,
  measured,
  number,
  top,
  unitOf,
  valueOf,
} from './parts.ts';

/** A sum of three amounts (two, where there are no more) with weights, brought to a like size so that each of them matters. */
function weightedSum(draw: Draw): Expression {
  const [first, ...others] = draw.several(draw.amounts, Math.min(3, Math.max(2, draw.amounts.length)));
  if (first === undefined) throw new NothingToDraw('fewer than two amounts');
  const size = (field: TruthField): number => {
    const sum = draw.values(valueOf(field)).reduce<number>((total, value) => total + Math.abs(value ?? 0), 0);
    return 10 ** Math.round(Math.log10(sum || 1));
  };
  const base = size(first);
  return others
    .map((field) => {
      const weight = (draw.one([0.5, 1.2, 1.4, 2, 3]) * base) / size(field);
      return arithmetic(number(Number(weight.toPrecision(4))), '*', valueOf(field));
    })
    .reduce((sum, part) => arithmetic(sum, '+', part), arithmetic(number(1.5), '*', valueOf(first)));
}

const rank = (field: TruthField): Expression => ({ kind: 'rank', of: valueOf(field), descending: true });

/** What of a field's rows is asked for. */
const addable = (draw: Draw, field: TruthField): Measure['function'] =>
  draw.sums.includes(field) && draw.random() < 0.5 ? 'sum' : 'average';

/** Several steps, metrics of one's own, business logic. */
export const hardFamilies = {
  H1: (draw) => {
    const field = draw.one(draw.numbers);
    const where = draw.condition(many(draw));
    const mean = figure({ function: 'average', of: valueOf(field) }, { where });
    const above = arithmetic(valueOf(field), '-', mean);
    const more = draw.threshold(above, { side: 'above', fewest: 1, most: Math.max(2, listed(draw).most) });
    if (more <= 0) throw new NothingToDraw('nothing above the average');
    const far = compare(valueOf(field), '>', arithmetic(mean, '+', number(more)));
    return draw.plan({ where: and(where, far) }, draw.random() < 0.6 ? entities : count);
  },
  H2: (draw) => {
    const [one, other] = draw.alike();
    const margin = arithmetic(valueOf(one), '-', valueOf(other));
    const limit = draw.threshold(margin, { side: 'above', ...many(draw) });
    const second = draw.condition(many(draw));
    return draw.plan(
      { where: and(compare(margin, '>', number(limit)), second) },
      draw.random() < 0.5 ? entities : count,
    );
  },
  H3: (draw) => beyondThreshold(draw, weightedSum(draw), 0.5),
  H4: (draw) => {
    const [one, other] = draw.two(draw.numbers);
    const isRatio = draw.random() < 0.5 && draw.amounts.length > 2;
    const [part, whole] = isRatio ? draw.two(draw.amounts) : [one, one];
    const by = isRatio ? arithmetic(valueOf(part), '/', valueOf(whole)) : valueOf(one);
    const measure = { function: addable(draw, other), of: valueOf(other) };
    return draw.plan(top(by, draw.cut(), draw.random() < 0.7), measured(measure, unitOf(other.column)));
  },
  H5: (draw) => {
    const [one, other] = draw.two(draw.numbers);
    const limit = Math.max(3, draw.cut());
    const isNegated = draw.random() < 0.4;
    const where = and(
      { kind: 'among', selection: top(valueOf(one), limit) },
      { kind: 'among', selection: top(valueOf(other), limit), ...(isNegated ? { negated: true } : {}) },
    );
    return draw.plan({ where }, entities);
  },
  H6: (draw) =>
    draw.plan(
      {},
      {
        kind: 'best-per-group',
        group: { kind: 'column', column: draw.grouping().column.name },
        by: valueOf(draw.one(draw.numbers)),
        descending: draw.random() < 0.65,
        limit: 1,
      },
    ),
  H7: (draw) => {
    const of = valueOf(draw.one(draw.numbers));
    const deviation = draw.random() < 0.7 ? 'population' : 'sample';
    const score: Expression = { kind: 'z-score', of, deviation };
    const isAbsolute = draw.random() < 0.6;
    const where = compare(
      isAbsolute ? { kind: 'absolute', of: score } : score,
      '>',
      number(draw.one([1, 1.5, 2])),
    );
    return draw.plan({ where }, draw.random() < 0.6 ? entities : count);
  },
  H8: (draw) => {
    const [one, other] = draw.two(draw.numbers);
    const tier = (place: number): Expression =>
      figure(
        { function: 'average', of: valueOf(other) },
        { where: compare({ kind: 'tier', of: valueOf(one), tiers: 4 }, '=', number(place)) },
      );
    if (draw.random() < 0.5) return draw.plan({}, calculated(arithmetic(tier(4), '-', tier(1)), other));
    return draw.plan(
      { where: compare({ kind: 'tier', of: valueOf(one), tiers: 4 }, '=', number(draw.one([1, 2, 4]))) },
      measured({ function: addable(draw, other), of: valueOf(other) }, unitOf(other.column)),
    );
  },
  H9: (draw) =>
    draw.plan(
      {},
      {
        kind: 'cumulative',
        of: valueOf(draw.one(draw.sums)),
        descending: true,
        share: draw.one([50, 75, 80, 90]),
        list: draw.random() < 0.3,
      },
    ),
  H10: (draw) => {
    const [one, other] = draw.two(draw.amounts);
    const factor = draw.one([1.1, 1.2, 1.25, 1.5]);
    const asIs = arithmetic(valueOf(one), '/', valueOf(other));
    const raised = arithmetic(arithmetic(number(factor), '*', valueOf(one)), '/', valueOf(other));
    const limit = draw.threshold(raised, { side: 'above', ...many(draw) });
    const where = and(compare(raised, '>', number(limit)), compare(asIs, '<=', number(limit)));
    return draw.plan({ where }, draw.random() < 0.6 ? entities : count);
  },
  H11: (draw) => {
    const streaks = draw.pairs.flatMap((recent) =>
      draw.pairs
        .filter((before) => before.later === recent.earlier)
        .map((before) => [recent.later, recent.earlier, before.earlier] as const),
    );
    const isRise = draw.random() < 0.6;
    const sign = isRise ? '>' : '<';
    if (streaks.length > 0) {
      const [now, then, once] = draw.one(streaks);
      const reversal = draw.random() < 0.5 ? sign : isRise ? '<' : '>';
      const where = and(
        compare(valueOf(now), sign, valueOf(then)),
        compare(valueOf(then), reversal, valueOf(once)),
      );
      return draw.plan({ where }, draw.random() < 0.4 ? entities : count);
    }
    const [one, other] = draw.two(draw.pairs);
    if (columnName(one.field) === columnName(other.field)) throw new NothingToDraw('one field only');
    const where = and(
      compare(valueOf(one.later), sign, valueOf(one.earlier)),
      compare(valueOf(other.later), draw.random() < 0.5 ? '>' : '<', valueOf(other.earlier)),
    );
    return draw.plan({ where }, draw.random() < 0.4 ? entities : count);
  },
  H12: (draw) => {
    const [one, other] = draw.two(draw.numbers);
    if (draw.random() < 0.5) {
      const measure = { function: 'correlation', of: valueOf(one), with: valueOf(other) } as const;
      return draw.plan({}, measured(measure, null));
    }
    const apart: Expression = { kind: 'absolute', of: arithmetic(rank(one), '-', rank(other)) };
    const values = draw
      .values(apart)
      .filter((value) => value !== null)
      .toSorted((a, b) => b - a);
    const least = values[draw.whole(0, listed(draw).most - 1)] ?? 0;
    if (least < 3) throw new NothingToDraw('the ranks hardly differ');
    return draw.plan({ where: compare(apart, '>=', number(least)) }, draw.random() < 0.6 ? entities : count);
  },
} satisfies Record<string, DrawPlan>;
