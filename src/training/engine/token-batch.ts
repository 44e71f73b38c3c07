import { hidden } from '../model/attention-patterns.ts';
import { bucketOf } from './length-buckets.ts';

/** A prompt and the responses that belong to it. */
export interface PromptGroup {
  readonly prompt: readonly number[];
  readonly responses: readonly (readonly number[])[];
}

/**
 * How prompts and responses lie in rows: `plain`, a row for each response with its prompt before it; or
 * `shared-prompt`, a row for each prompt with all its responses after it, so that a prompt is computed once.
 */
export type RowLayout = 'plain' | 'shared-prompt';

/** The shapes that a program is built for. */
export interface BatchShape {
  readonly layout: RowLayout;
  readonly rows: number;
  /** Tokens of a row in the plain layout, of the prompt in the other. */
  readonly promptLength: number;
  /** Responses in a row; 0 in the plain layout. */
  readonly responses: number;
  /** Tokens of a response; 0 in the plain layout. */
  readonly responseLength: number;
  /** How many tokens are predicted. */
  readonly targets: number;
}

/** Groups of prompts and responses as arrays of a fixed shape, padding included. */
export interface TokenBatch {
  readonly shape: BatchShape;
  /** `[rows · row length]` */
  readonly tokens: Int32Array;
  /** `[row length]` in the plain layout, `[rows · row length]` in the other. */
  readonly positions: Int32Array;
  /** `[rows · promptLength]`: what is added to the scores of the prompt's tokens in the shared layout. */
  readonly promptMask: Float32Array;
  /** `[taps · rows · row length]`: the token so many places before each, the nearest first. */
  readonly tokensBefore: Int32Array;
  /** 1 where there is such a token, else 0. */
  readonly tokensBeforeExist: Float32Array;
  /** `[targets]`: the place whose output predicts each target. */
  readonly targetPlaces: Int32Array;
  /** `[targets]` */
  readonly targets: Int32Array;
  /** Where the tokens of each response begin among the targets. */
  readonly responseOffsets: readonly number[];
  /** The number of tokens of each response. */
  readonly responseLengths: readonly number[];
}

/** Prompts or responses that no row can hold. */
export class TokenBatchError extends Error {
  override readonly name = 'TokenBatchError';
}

export function rowLength({ promptLength, responses, responseLength }: BatchShape): number {
  return promptLength + responses * responseLength;
}

/**
 * Lays out groups of prompts and responses. Responses keep their order: it is that of the offsets and lengths.
 *
 * @param options.convolutionTaps How many tokens before each the model's embedding sees.
 * @throws TokenBatchError A prompt or a response is empty.
 */
export function layOutBatch(
  groups: readonly PromptGroup[],
  options: { readonly layout: RowLayout; readonly convolutionTaps: number },
): TokenBatch {
  const rows = options.layout === 'plain' ? plainRows(groups) : groups;
  for (const { prompt, responses } of groups) {
    if (prompt.length > 0 && responses.every((response) => response.length > 0)) continue;
    throw new TokenBatchError('Prompts and responses must have at least one token each.');
  }
  const shape = shapeOf(rows, options.layout);
  const writer = new BatchWriter(shape, options.convolutionTaps);
  for (const [row, group] of rows.entries()) writer.write(row, group);
  return writer.batch;
}

function plainRows(groups: readonly PromptGroup[]): PromptGroup[] {
  return groups.flatMap(({ prompt, responses }) =>
    responses.map((response) => ({ prompt, responses: [response] })),
  );
}

function shapeOf(rows: readonly PromptGroup[], layout: RowLayout): BatchShape {
  const longest = (lengths: readonly number[]) => lengths.reduce((most, length) => Math.max(most, length), 1);
  const responses = rows.flatMap((row) => row.responses);
  // The last token of a response is predicted, and predicts nothing.
  const inputs = (response: readonly number[]) => response.length - 1;
  const common = {
    layout,
    rows: bucketOf(rows.length),
    targets: bucketOf(responses.reduce((sum, response) => sum + response.length, 0)),
  };
  if (layout === 'plain') {
    const lengths = rows.map((row) => row.prompt.length + inputs(row.responses[0] ?? []));
    return { ...common, promptLength: bucketOf(longest(lengths)), responses: 0, responseLength: 0 };
  }
  return {
    ...common,
    promptLength: bucketOf(longest(rows.map((row) => row.prompt.length))),
    responses: bucketOf(longest(rows.map((row) => row.responses.length))),
    responseLength: bucketOf(longest(responses.map(inputs))),
  };
}

class BatchWriter {
  readonly batch: TokenBatch;
  readonly #taps: number;
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  #targets = 0;

  constructor(shape: BatchShape, taps: number) {
    const length = rowLength(shape);
    const places = shape.rows * length;
    const shared = shape.layout === 'shared-prompt';
    this.#taps = taps;
    this.batch = {
      shape,
      tokens: new Int32Array(places),
      positions: shared ? new Int32Array(places) : Int32Array.from({ length }, (_, index) => index),
      promptMask: new Float32Array(shared ? shape.rows * shape.promptLength : 0),
      tokensBefore: new Int32Array(taps * places),
      tokensBeforeExist: new Float32Array(taps * places),
      targetPlaces: new Int32Array(shape.targets),
      targets: new Int32Array(shape.targets),
      responseOffsets: this.#offsets,
      responseLengths: this.#lengths,
    };
  }

  write(row: number, { prompt, responses }: PromptGroup): void {
    const { shape } = this.batch;
    const start = row * rowLength(shape);
    if (shape.layout === 'plain') {
      const [response = []] = responses;
      const sequence = [...prompt, ...response];
      this.#writeTokens(sequence, { from: 0, to: sequence.length - 1, place: start });
      this.#writeTargets(response, { first: start + prompt.length - 1, next: start + prompt.length });
      return;
    }
    this.#writeTokens(prompt, { from: 0, to: prompt.length, place: start });
    const end = start + shape.promptLength;
    this.batch.promptMask.fill(
      hidden,
      row * shape.promptLength + prompt.length,
      (row + 1) * shape.promptLength,
    );
    for (const [index, response] of responses.entries()) {
      const place = end + index * shape.responseLength;
      const sequence = [...prompt, ...response];
      this.#writeTokens(sequence, { from: prompt.length, to: sequence.length - 1, place });
      this.#writeTargets(response, { first: start + prompt.length - 1, next: place });
    }
  }

  /** Writes the tokens `from` to before `to` of a sequence, with what stands before each. */
  #writeTokens(
    sequence: readonly number[],
    { from, to, place }: { readonly from: number; readonly to: number; readonly place: number },
  ): void {
    const { tokens, positions, tokensBefore, tokensBeforeExist, shape } = this.batch;
    for (let index = from; index < to; index++) {
      const at = place + index - from;
      tokens[at] = sequence[index] ?? 0;
      if (shape.layout === 'shared-prompt') positions[at] = index;
      for (let tap = 1; tap <= Math.min(this.#taps, index); tap++) {
        const slot = (tap - 1) * tokens.length + at;
        tokensBefore[slot] = sequence[index - tap] ?? 0;
        tokensBeforeExist[slot] = 1;
      }
    }
  }

  /** The first token of a response is predicted at the end of its prompt, the others at those before them. */
  #writeTargets(
    response: readonly number[],
    { first, next }: { readonly first: number; readonly next: number },
  ): void {
    this.#offsets.push(this.#targets);
    this.#lengths.push(response.length);
    for (const [index, token] of response.entries()) {
      this.batch.targetPlaces[this.#targets] = index === 0 ? first : next + index - 1;
      this.batch.targets[this.#targets] = token;
      this.#targets++;
    }
  }
}
