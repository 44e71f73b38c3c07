import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { DecoderConfiguration } from '../model/model-configuration.ts';

/** What one run of an exported decoder gives. */
export interface OnnxDecoderStep {
  /** `[sequence · vocabularySize]` of each row of the batch. */
  readonly logits: readonly Float32Array[];
  /** To be given to the next run. */
  readonly past: Readonly<Record<string, Tensor>>;
}

/** Runs an exported decoder in ONNX Runtime, as a program that serves it would: for checks and measurements. */
export class OnnxDecoder {
  readonly #session: InferenceSession;
  readonly #configuration: DecoderConfiguration;

  private constructor(session: InferenceSession, configuration: DecoderConfiguration) {
    this.#session = session;
    this.#configuration = configuration;
  }

  static async open(path: string, configuration: DecoderConfiguration): Promise<OnnxDecoder> {
    return new OnnxDecoder(await InferenceSession.create(path, { logSeverityLevel: 3 }), configuration);
  }

  /** The most probable continuation of a prompt, an end token or not. */
  async continueGreedily(prompt: readonly number[], count: number): Promise<number[]> {
    const tokens: number[] = [];
    let step = await this.run([prompt], { positions: [prompt.map((_, index) => index)] });
    for (;;) {
      const { vocabularySize } = this.#configuration;
      const last = step.logits[0]?.subarray(-vocabularySize) ?? new Float32Array();
      tokens.push(last.reduce((best, value, token) => (value > (last[best] ?? -Infinity) ? token : best), 0));
      if (tokens.length === count) return tokens;
      const position = prompt.length + tokens.length - 1;
      step = await this.run([tokens.slice(-1)], { positions: [[position]], past: step.past });
    }
  }

  /**
   * Runs the graph once.
   *
   * @param tokens Rows of equal length.
   * @param context.mask 1, or 0 at padding, for all tokens up to now; all 1 unless told.
   */
  async run(
    tokens: readonly (readonly number[])[],
    context: {
      readonly positions: readonly (readonly number[])[];
      readonly past?: Readonly<Record<string, Tensor>>;
      readonly mask?: readonly (readonly number[])[];
    },
  ): Promise<OnnxDecoderStep> {
    const past = context.past ?? this.#empty(tokens.length);
    const pastLength = past['past_key_values.0.key']?.dims[2] ?? 0;
    const mask =
      context.mask ?? tokens.map((row) => Array.from({ length: pastLength + row.length }, () => 1));
    const outputs = await this.#session.run({
      input_ids: integers(tokens),
      position_ids: integers(context.positions),
      attention_mask: integers(mask),
      ...past,
    });
    const { logits, ...present } = outputs;
    const numbers = logits?.data instanceof Float32Array ? logits.data : new Float32Array();
    const rowLength = numbers.length / tokens.length;
    return {
      logits: tokens.map((_, row) => numbers.subarray(row * rowLength, (row + 1) * rowLength)),
      past: Object.fromEntries(Object.entries(present).map(([name, value]) => [pastName(name), value])),
    };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }

  #empty(rows: number): Record<string, Tensor> {
    const { layers, keyValueHeads, headSize, convolutionTaps } = this.#configuration;
    const past: Record<string, Tensor> = {};
    for (let layer = 0; layer < layers; layer++) {
      for (const kind of ['key', 'value']) {
        past[`past_key_values.${layer}.${kind}`] = new Tensor('float32', new Float32Array(), [
          rows,
          keyValueHeads,
          0,
          headSize,
        ]);
      }
    }
    if (convolutionTaps > 0) {
      const none = new BigInt64Array(rows * convolutionTaps).fill(-1n);
      past['past_conv_ids'] = new Tensor('int64', none, [rows, convolutionTaps]);
    }
    return past;
  }
}

/** The input that takes an output in the next run. */
function pastName(present: string): string {
  return present === 'present_conv_ids' ? 'past_conv_ids' : present.replace('present.', 'past_key_values.');
}

function integers(rows: readonly (readonly number[])[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), [rows.length, rows[0]?.length ?? 0]);
}
