import type { Parse } from '../../grammar/engine.ts';
import type { Piece } from '../piece.ts';

/** A piece of what the grammar found at a position. */
export const found = (
  at: number,
  { end, cost, notes }: Parse<unknown>,
  meaning: Piece['meaning'],
): Piece => ({
  start: at,
  end,
  cost,
  notes,
  meaning,
});
