export interface LearningRateSchedule {
  readonly learningRate: number;
  readonly schedule: 'constant' | 'linear' | 'cosine';
  readonly warmUpUpdates: number;
}

/**
 * The learning rate of an update: it rises over the warm-up, then stays, or falls to 0 at the end of the stage
 * linearly or along half a cosine.
 *
 * @param update From 0.
 * @param updates How many there are in the stage.
 */
export function learningRateAt(update: number, updates: number, schedule: LearningRateSchedule): number {
  const { learningRate, warmUpUpdates } = schedule;
  if (update < warmUpUpdates) return (learningRate * (update + 1)) / warmUpUpdates;
  const progress = (update - warmUpUpdates) / Math.max(1, updates - warmUpUpdates);
  switch (schedule.schedule) {
    case 'constant':
      return learningRate;
    case 'linear':
      return learningRate * (1 - progress);
    case 'cosine':
      return (learningRate * (1 + Math.cos(Math.PI * progress))) / 2;
  }
}
