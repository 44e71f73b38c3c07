// Speed of batched decoding with cached keys and values, sampling included: responses of one prompt of 32 tokens.
//
//   node benchmarks/training/decoding.ts
//   node benchmarks/training/decoding.ts --sizes 3.3M,20M --responses 1,32 --tokens 256
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { Decoder } from '../../src/training/decoding/decoder.ts';
import { decoderOfSize, type ModelSize } from '../../src/training/model/model-sizes.ts';
import { least, median, openRandomTraining, randomTokens } from './random-training.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '0.9M,3.3M,5M,20M' },
    responses: { type: 'string', default: '1,8,32' },
    tokens: { type: 'string', default: '128' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
  },
});
const [tokens, rounds, threads] = [values.tokens, values.rounds, values.threads].map(Number) as [
  number,
  number,
  number,
];
const vocabularySize = 1024;

for (const size of values.sizes.split(',') as ModelSize[]) {
  const { engine, compute } = openRandomTraining(decoderOfSize(size, { vocabularySize }), { threads });
  const decoder = new Decoder({ ...engine, ...compute });
  for (const samples of values.responses.split(',').map(Number)) {
    const seconds: number[] = [];
    for (let round = 0; round <= rounds; round++) {
      const started = performance.now();
      await decoder.generate({
        prompts: [randomTokens(32, { vocabularySize, seed: round })],
        samples,
        maximumTokens: tokens,
        temperature: 1,
        topP: 1,
        endTokenIds: [],
        seed: round,
      });
      seconds.push((performance.now() - started) / 1000);
    }
    // The first round builds the programs.
    const [middle, best] = [median, least].map((of) =>
      ((samples * tokens) / of(seconds.slice(1))).toFixed(0),
    );
    console.log(
      `${size}: ${samples} responses of ${tokens} tokens: median ${middle}, best ${best} tokens/s ` +
        `(${rounds} rounds, ${threads} threads, load ${loadavg()[0]?.toFixed(1)})`,
    );
  }
  await decoder.release();
  await compute.close();
}
