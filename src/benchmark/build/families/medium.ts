import type { Comparison, Expression, GroupValue, Measure, Predicate } from '../../../questions/index.ts';
import type { Draw } from '../draw.ts';
import type { TruthField } from '../truth-table.ts';
import { beyondThreshold, many, simpleMeasure, type DrawPlan } from './easy.ts';
import {
  arithmetic,
  calculated,
  compare,
  count,
  entities,
  figure,
  groups,
  measured,
  named,
  number,
  percent,
  top,
  unitOf,
  valueOf,
} from './parts.ts';

const ratio = (draw: Draw): Expression => {
  const [one, other] = draw.two(draw.amounts);
  return arithmetic(valueOf(one), '/', valueOf(other));
};

const change = (draw: Draw): Expression => {
  const { later, earlier } = draw.one(draw.pairs);
  return { kind: 'change', of: valueOf(later), before: valueOf(earlier) };
};

const averageOf = (field: TruthField, where: Predicate, measure: Measure['function']): Expression =>
  figure({ function: measure, of: valueOf(field) }, { where });

/** What groups are told apart by: how many they are, or an average. */
function groupMeasure(draw: Draw): GroupValue {
  if (draw.random() < 0.35) return { kind: 'measure', measure: { function: 'count' } };
  const isSum = draw.sums.length > 0 && draw.random() < 0.4;
  const field = draw.one(isSum ? draw.sums : draw.numbers);
  const measure = isSum ? 'sum' : draw.one(['average', 'median'] as const);
  return { kind: 'measure', measure: { function: measure, of: valueOf(field) } };
}

/** Arithmetic, several conditions, groups. */
export const mediumFamilies = {
  M1: (draw) =>
    draw.plan(top(ratio(draw), draw.random() < 0.3 ? 1 : draw.cut(), draw.random() < 0.65), entities),
  M2: (draw) => {
    const [one, other] = draw.partOfWhole();
    return draw.plan(named(draw.entity()), {
      kind: 'values',
      show: [{ value: percent(valueOf(one), valueOf(other)), name: 'share', unit: '%' }],
    });
  },
  M3: (draw) => {
    const half = Math.floor(draw.rows.length / 2);
    const isList = draw.random() < 0.5;
    const wide = { fewest: 2, most: half };
    const operands = [draw.condition(wide), draw.condition(isList ? wide : many(draw))];
    const kind = draw.random() < 0.7 ? 'and' : 'or';
    return draw.plan({ where: { kind, operands } }, isList ? entities : count);
  },
  M4: (draw) => draw.plan({ where: draw.condition(many(draw)) }, simpleMeasure(draw)),
  M5: (draw) => {
    const kind = draw.random();
    if (kind < 0.35) return draw.plan({ where: draw.condition(many(draw)) }, { kind: 'share' });
    const weight = valueOf(draw.one(draw.sums));
    return kind < 0.7
      ? draw.plan(top(weight, draw.cut()), { kind: 'share', weight })
      : draw.plan({ where: draw.condition(many(draw)) }, { kind: 'share', weight });
  },
  M6: (draw) => {
    const group = { kind: 'column', column: draw.grouping().column.name } as const;
    const least = draw.random() < 0.4 ? draw.whole(2, 4) : null;
    const having =
      least === null
        ? []
        : [
            {
              left: { kind: 'measure', measure: { function: 'count' } } as const,
              comparison: '>=' as const,
              right: { kind: 'number', value: least } as const,
            },
          ];
    const order = draw.random() < 0.7 ? 'descending' : 'ascending';
    return draw.plan({}, groups({ group, values: [groupMeasure(draw)], having, order, limit: 1 }));
  },
  M7: (draw) => {
    const field = draw.one(draw.numbers);
    const measure = draw.random() < 0.75 ? 'average' : 'median';
    if (draw.random() < 0.4) {
      const [one, other] = draw.twoCategories(2);
      const value = arithmetic(averageOf(field, one, measure), '-', averageOf(field, other, measure));
      return draw.plan({}, calculated(value, field));
    }
    const by = valueOf(draw.one(draw.numbers.filter(({ column }) => column !== field.column)));
    const limit = draw.threshold(by, { side: 'above', ...many(draw) });
    const part = (sign: Comparison): Expression =>
      averageOf(field, compare(by, sign, number(limit)), measure);
    return draw.plan({}, calculated(arithmetic(part('>='), '-', part('<')), field));
  },
  M8: (draw) => {
    const value = change(draw);
    if (draw.random() < 0.5) return draw.plan(top(value, draw.cut(), draw.random() < 0.65), entities);
    return beyondThreshold(draw, value, 0.65);
  },
  M9: (draw) => {
    const value = valueOf(draw.one(draw.numbers));
    const sign = draw.random() < 0.6 ? '>' : '<';
    const where = compare(value, sign, figure({ function: 'average', of: value }));
    return draw.plan({ where }, draw.random() < 0.4 ? entities : count);
  },
  M10: (draw) => {
    const field = draw.one(draw.numbers);
    const of = valueOf(field);
    const kind = draw.random();
    if (kind < 0.15) {
      const [one, other] = draw.two(draw.rows).map((row) => String(row[draw.key]));
      const value = (entity: string | undefined): Expression => ({
        kind: 'entity-value',
        entity: entity ?? '',
        of,
      });
      return draw.plan({}, calculated(arithmetic(value(one), '-', value(other)), field));
    }
    const low =
      kind < 0.5
        ? figure({ function: 'minimum', of })
        : figure({ function: draw.random() < 0.5 ? 'average' : 'median', of });
    return draw.plan({}, calculated(arithmetic(figure({ function: 'maximum', of }), '-', low), field));
  },
  M11: (draw) => {
    const field = draw.one(draw.numbers);
    const percentile = draw.one([10, 25, 75, 90]);
    return draw.plan(
      {},
      measured({ function: 'percentile', of: valueOf(field), percentile }, unitOf(field.column)),
    );
  },
} satisfies Record<string, DrawPlan>;
