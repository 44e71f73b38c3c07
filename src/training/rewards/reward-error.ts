/** A reward cannot be computed of what was given. */
export class RewardError extends Error {
  override readonly name = 'RewardError';
}
