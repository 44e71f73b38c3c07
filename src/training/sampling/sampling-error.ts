/** A sampler was given what it cannot draw from, or found too little to learn from. */
export class SamplingError extends Error {
  override readonly name = 'SamplingError';
}
