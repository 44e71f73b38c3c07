import type { DecoderConfiguration } from '../model/model-configuration.ts';
import { DecodingError } from './decoding-error.ts';
import type { SamplingSettings } from './sample-token.ts';

export interface GenerationRequest extends SamplingSettings {
  readonly prompts: readonly (readonly number[])[];
  /** Responses to each prompt. */
  readonly samples: number;
  /** The greatest length of a response, in tokens. */
  readonly maximumTokens: number;
  /** A response ends with one of these, which belongs to it. */
  readonly endTokenIds: readonly number[];
  /** The same seed gives the same responses, however they are batched, up to rounding in the logits. */
  readonly seed: number;
  readonly signal?: AbortSignal;
  /** Called with each token as it is drawn. */
  readonly onToken?: (drawn: DrawnToken) => void;
}

export interface DrawnToken {
  /** The index of the prompt. */
  readonly prompt: number;
  readonly sample: number;
  readonly token: number;
}

export interface GeneratedResponse {
  readonly tokens: readonly number[];
  /** Of each token, before top-p: see `SampledToken`. */
  readonly logProbabilities: readonly number[];
  /** Of the distribution each token was drawn from, before top-p, in nats. */
  readonly entropies: readonly number[];
  /** `end`: with an end token; `length`: it reached the greatest length. */
  readonly finishReason: 'end' | 'length';
}

/** @throws DecodingError */
export function checkRequest(request: GenerationRequest, configuration: DecoderConfiguration): void {
  const { temperature, topP, samples, maximumTokens, prompts } = request;
  const rules: readonly (readonly [boolean, string])[] = [
    [temperature >= 0 && Number.isFinite(temperature), `temperature is ${temperature}; it must be 0 or more`],
    [topP > 0 && topP <= 1, `topP is ${topP}; it must be above 0 and at most 1`],
    [Number.isInteger(samples) && samples >= 1, `samples is ${samples}; it must be 1 or more`],
    [
      Number.isInteger(maximumTokens) && maximumTokens >= 1,
      `maximumTokens is ${maximumTokens}; it must be 1 or more`,
    ],
  ];
  for (const [holds, problem] of rules) if (!holds) throw new DecodingError(`${problem}.`);
  for (const prompt of prompts) {
    if (prompt.length === 0) throw new DecodingError('A prompt is empty: it needs at least one token.');
    const unknown = prompt.find((token) => !(token >= 0 && token < configuration.vocabularySize));
    if (unknown !== undefined) {
      throw new DecodingError(
        `A prompt holds token ${unknown}, and the model knows ${configuration.vocabularySize}: use its own tokenizer.`,
      );
    }
    if (prompt.length + maximumTokens > configuration.maximumPositions) {
      throw new DecodingError(
        `A prompt of ${prompt.length} tokens and ${maximumTokens} more do not fit the model's ` +
          `${configuration.maximumPositions} positions: shorten the prompt or lower maximumTokens.`,
      );
    }
  }
}
