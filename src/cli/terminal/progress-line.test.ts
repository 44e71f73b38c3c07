import { describe, expect, it } from 'vitest';
import { describeProgress } from './progress-line.ts';

describe('describeProgress', () => {
  const progress = {
    phase: 'reading',
    filesDone: 50,
    filesTotal: 200,
    documents: 60,
    tokens: 400_000,
  } as const;

  it('tells files, documents, speed and the time left', () => {
    expect(describeProgress(progress, 4)).toBe(
      'Reading █████░░░░░░░░░░░░░░░ 50/200 files  60 documents  400k tokens  100k tokens/s  12 s left',
    );
  });

  it('makes no forecast at the start', () => {
    expect(describeProgress(progress, 0.2)).not.toContain('left');
  });
});
