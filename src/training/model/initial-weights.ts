import type { SeededRandom } from '../sampling/random.ts';
import type { ModelConfiguration } from './model-configuration.ts';
import { namedParameters } from './parameter-layout.ts';
import type { ParameterLayout } from './parameter-layout.ts';

/** Projections whose outputs are added to the residual stream. */
const residualProjections = /o_proj|down_proj|output\.dense/;

/**
 * Fills a memory with random weights: norms 1, biases 0, the rest normal with deviation `deviation`; projections
 * into the residual stream are smaller by √(2 · layers), so that its size does not grow with depth (GPT-2). The
 * convolution's vectors have deviation 0.5: tokens before must count from the first step.
 */
export function initialiseWeights(
  memory: Float32Array,
  options: {
    readonly configuration: ModelConfiguration;
    readonly layout: ParameterLayout;
    readonly random: SeededRandom;
    readonly deviation?: number;
  },
): void {
  const { configuration, layout, random, deviation = 0.02 } = options;
  for (const [name, { shape, data }] of namedParameters(layout, memory)) {
    if (name.endsWith('.bias')) data.fill(0);
    else if (shape.length === 1) data.fill(1);
    else if (name.includes('embed_convolution')) fillNormal(data, random, 0.5);
    else if (residualProjections.test(name)) {
      fillNormal(data, random, deviation / Math.sqrt(2 * configuration.layers));
    } else fillNormal(data, random, deviation);
  }
}

/** Box and Muller's method, one number of each pair. */
function fillNormal(data: Float32Array, random: SeededRandom, deviation: number): void {
  for (let index = 0; index < data.length; index++) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    data[index] = deviation * radius * Math.cos(2 * Math.PI * random.next());
  }
}
