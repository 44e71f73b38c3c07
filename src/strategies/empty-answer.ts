import { noCost } from '../models/index.ts';

/** What an answer holds as long as there is none: spread it and say question, status, reason and coverage. */
export const emptyAnswer = {
  type: null,
  value: null,
  sql: null,
  rows: [],
  evidence: [],
  evidenceTotal: 0,
  warnings: [],
  cost: noCost,
  seconds: 0,
} as const;
