/** Arithmetic over memories of parameters; they must lie in shared memory, since threads share the work. */
export type Operation =
  /** `total = total + parts[0] + parts[1] + …`; without the first term where `isFresh`. */
  | {
      readonly kind: 'sum';
      readonly total: Float32Array;
      readonly parts: readonly Float32Array[];
      readonly isFresh: boolean;
    }
  /** The sum of the squares of each chunk. */
  | { readonly kind: 'squares'; readonly values: Float32Array; readonly sums: Float64Array }
  | AdamWOperation;

/** The formula stands in `trainer/adamw.ts`. */
export interface AdamWOperation {
  readonly kind: 'adamw';
  readonly weights: Float32Array;
  readonly gradients: Float32Array;
  readonly firstMoments: Float32Array;
  readonly secondMoments: Float32Array;
  /** In order; what lies between them is left as it is. */
  readonly ranges: readonly (Share & {
    /** What the weights are multiplied by: 1 less their decay. */
    readonly kept: number;
  })[];
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** What the gradients are multiplied by. */
  readonly clip: number;
  readonly stepSize: number;
  /** What the second moments are multiplied by. */
  readonly correction: number;
}

/** The numbers from `start` to before `end`. */
export interface Share {
  readonly start: number;
  readonly end: number;
}

/** Shares begin and end at multiples of so many numbers; sums are those of chunks, whoever computes them. */
export const chunkLength = 65_536;

/** Does an operation for a share of the numbers. */
export function runOperation(operation: Operation, share: Share): void {
  switch (operation.kind) {
    case 'sum':
      return forChunks(share, (chunk) => sumChunk(operation, chunk));
    case 'squares':
      return forChunks(share, (chunk) => {
        operation.sums[chunk.start / chunkLength] = squaresOf(operation.values, chunk);
      });
    case 'adamw':
      for (const range of operation.ranges) {
        const start = Math.max(range.start, share.start);
        const end = Math.min(range.end, share.end);
        if (start < end) updateRange(operation, { start, end, kept: range.kept });
      }
  }
}

function forChunks({ start, end }: Share, run: (chunk: Share) => void): void {
  for (let from = start; from < end; from += chunkLength)
    run({ start: from, end: Math.min(from + chunkLength, end) });
}

function sumChunk(
  { total, parts, isFresh }: Operation & { readonly kind: 'sum' },
  { start, end }: Share,
): void {
  const [first, second] = parts;
  let summed = 0;
  if (isFresh && first !== undefined) {
    if (second === undefined) total.set(first.subarray(start, end), start);
    else addChunk(total, [first, second], { start, end });
    summed = 2;
  }
  for (const part of parts.slice(summed)) addChunk(total, [total, part], { start, end });
}

/** `total = one + other` */
function addChunk(
  total: Float32Array,
  [one, other]: readonly [Float32Array, Float32Array],
  { start, end }: Share,
): void {
  for (let index = start; index < end; index++) total[index] = (one[index] ?? 0) + (other[index] ?? 0);
}

function squaresOf(values: Float32Array, { start, end }: Share): number {
  let squares = 0;
  for (let index = start; index < end; index++) {
    const value = values[index] ?? 0;
    squares += value * value;
  }
  return squares;
}

function updateRange(
  operation: AdamWOperation,
  { start, end, kept }: Share & { readonly kept: number },
): void {
  const { weights, gradients, firstMoments: first, secondMoments: second } = operation;
  const { beta1, beta2, epsilon, clip, stepSize, correction } = operation;
  for (let index = start; index < end; index++) {
    const gradient = (gradients[index] ?? 0) * clip;
    const mean = beta1 * (first[index] ?? 0) + (1 - beta1) * gradient;
    const square = beta2 * (second[index] ?? 0) + (1 - beta2) * gradient * gradient;
    first[index] = mean;
    second[index] = square;
    weights[index] =
      kept * (weights[index] ?? 0) - (stepSize * mean) / (Math.sqrt(square * correction) + epsilon);
  }
}
