import type { RunPython } from './python.ts';

/** Something that was computed twice. */
export interface Comparison {
  readonly what: string;
  readonly difference: number;
  /** Up to this difference the two count as equal. */
  readonly limit: number;
}

/** Compares one part of the project with its reference, with files in a folder of its own. */
export type Check = (context: {
  readonly python: RunPython;
  readonly folder: string;
}) => Promise<Comparison[]>;

/** The greatest difference of two lists of numbers; infinite where their lengths differ or a number is missing. */
export function absoluteDifference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  if (ours.length !== theirs.length) return Infinity;
  let greatest = 0;
  for (let index = 0; index < ours.length; index++) {
    const difference = Math.abs((ours[index] ?? NaN) - (theirs[index] ?? NaN));
    greatest = Math.max(greatest, Number.isNaN(difference) ? Infinity : difference);
  }
  return greatest;
}

/** The greatest difference, as a share of the greatest number among theirs. */
export function relativeDifference(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  let size = 0;
  for (let index = 0; index < theirs.length; index++) size = Math.max(size, Math.abs(theirs[index] ?? 0));
  const difference = absoluteDifference(ours, theirs);
  return difference === 0 ? 0 : difference / size;
}

/** For what is equal or not: 0 or infinite. */
export function equality(what: string, isEqual: boolean): Comparison {
  return { what, difference: isEqual ? 0 : Infinity, limit: 0 };
}
