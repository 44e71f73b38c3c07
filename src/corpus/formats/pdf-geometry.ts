/** An affine transformation as PDF writes it: `[a, b, c, d, e, f]`. */
export type Matrix = readonly [number, number, number, number, number, number];

export const identity: Matrix = [1, 0, 0, 1, 0, 0];

/** First `inner`, then `outer`. */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

export function transformX(matrix: Matrix, x: number, y: number): number {
  return matrix[0] * x + matrix[2] * y + matrix[4];
}

export function transformY(matrix: Matrix, x: number, y: number): number {
  return matrix[1] * x + matrix[3] * y + matrix[5];
}

/** A matrix out of an operator's arguments, or null where they are not one. */
export function toMatrix(value: unknown): Matrix | null {
  const numbers = toNumbers(value);
  const [a, b, c, d, e, f] = numbers;
  if (a === undefined || b === undefined || c === undefined || d === undefined) return null;
  return e === undefined || f === undefined ? null : [a, b, c, d, e, f];
}

/** The numbers of an array or typed array; empty for anything else. */
export function toNumbers(value: unknown): readonly number[] {
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return value instanceof Float32Array || value instanceof Float64Array ? Array.from(value) : [];
  }
  return Array.isArray(value) && value.every((item) => typeof item === 'number') ? value : [];
}

/**
 * A piece of text that was set in one go: at least a word, at most what is written without a jump. Coordinates
 * are in points from the page's upper left corner as it is read, `y` downwards to the base line.
 */
export interface Chunk {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Where the first word ends. */
  readonly firstWordRight: number;
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
}

/** A straight line that is drawn on a page, along one axis. */
export interface Ruling {
  /** The coordinate across the line: `y` of a horizontal one, `x` of a vertical one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** What a page shows, as far as reading needs it. */
export interface PageContent {
  /** Counted from 1. */
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly chunks: readonly Chunk[];
  readonly horizontal: readonly Ruling[];
  readonly vertical: readonly Ruling[];
}
