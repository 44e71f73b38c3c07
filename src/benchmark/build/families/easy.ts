import type { Expression, Output, QueryPlan } from '../../../questions/index.ts';
import type { Draw } from '../draw.ts';
import { compare, count, entities, measured, named, number, top, unitOf, valueOf } from './parts.ts';

/** Draws the plan of one question. */
export type DrawPlan = (draw: Draw) => QueryPlan;

/** How many rows a list may hold: what can be written down, and not nearly all. */
export const longestList = 15;

export const listed = (draw: Draw): { fewest: number; most: number } => ({
  fewest: 1,
  most: Math.max(1, Math.min(longestList, Math.floor(draw.rows.length * 0.6))),
});

/** So many rows that counting or adding them up needs many documents. */
export const many = (draw: Draw): { fewest: number; most: number } => ({
  fewest: Math.max(2, Math.floor(draw.rows.length * 0.15)),
  most: Math.max(2, Math.ceil(draw.rows.length * 0.85)),
});

/** A sum of amounts that add up, or an average. */
export function simpleMeasure(draw: Draw): Output {
  if (draw.sums.length > 0 && draw.random() < 0.35) {
    const field = draw.one(draw.sums);
    return measured({ function: 'sum', of: valueOf(field) }, unitOf(field.column));
  }
  const field = draw.one(draw.numbers);
  const measure = draw.random() < 0.7 ? 'average' : 'median';
  return measured({ function: measure, of: valueOf(field) }, unitOf(field.column));
}

/** The rows above a drawn value of a number (by so large a chance, else below it): their list, or how many they are. */
export function beyondThreshold(draw: Draw, value: Expression, chanceOfAbove: number): QueryPlan {
  const isList = draw.random() < 0.5;
  const side = draw.random() < chanceOfAbove ? 'above' : 'below';
  const limit = draw.threshold(value, { side, ...(isList ? listed(draw) : many(draw)) });
  const where = compare(value, side === 'above' ? '>' : '<', number(limit));
  return draw.plan({ where }, isList ? entities : count);
}

/** A little more than the change that must not move a rank. */
const apart = 0.011;

/** One dimension, no arithmetic. */
export const easyFamilies = {
  E1: (draw) => draw.plan(top(valueOf(draw.one(draw.numbers)), draw.cut(), draw.random() < 0.65), entities),
  E2: (draw) => {
    const selection = top(valueOf(draw.one(draw.numbers)), 1, draw.random() < 0.65);
    return draw.plan(draw.random() < 0.3 ? { ...selection, offset: 1 } : selection, entities);
  },
  E3: (draw) => {
    const field = draw.one(draw.numbers);
    const where =
      draw.random() < 0.25 ? draw.range(field, listed(draw)) : draw.comparison(field, listed(draw));
    return draw.plan({ where }, entities);
  },
  E4: (draw) => {
    const field = draw.one(draw.numbers);
    const where = draw.random() < 0.25 ? draw.range(field, many(draw)) : draw.comparison(field, many(draw));
    return draw.plan({ where }, count);
  },
  E5: (draw) => draw.plan({}, simpleMeasure(draw)),
  E6: (draw) => {
    const isList = draw.random() < 0.6;
    const where = draw.category(isList ? listed(draw) : { fewest: 2, most: draw.rows.length - 1 });
    return draw.plan({ where }, isList ? entities : count);
  },
  E7: (draw) => {
    const field = draw.one(draw.numbers);
    const value = { kind: 'rank', of: valueOf(field), descending: true } as const;
    return draw.plan(named(draw.entityApart(field, apart)), {
      kind: 'values',
      show: [{ value, name: 'rank', unit: null }],
    });
  },
  E8: (draw) =>
    draw.plan(
      {},
      measured(
        { function: draw.random() < 0.5 ? 'maximum' : 'minimum', of: valueOf(draw.one(draw.dates)) },
        null,
      ),
    ),
  E9: (draw) => {
    const [one, other] = draw.comparable();
    const where = compare(valueOf(one), draw.random() < 0.5 ? '>' : '<', valueOf(other));
    return draw.plan({ where }, draw.random() < 0.4 ? entities : count);
  },
} satisfies Record<string, DrawPlan>;
