import type { Difficulty, QuestionFamily } from '../../benchmark-format.ts';
import { easyFamilies, type DrawPlan } from './easy.ts';
import { hardFamilies } from './hard.ts';
import { mediumFamilies } from './medium.ts';

/** How the plans of each family of questions are drawn. */
export const families: Readonly<Record<QuestionFamily, DrawPlan>> = {
  ...easyFamilies,
  ...mediumFamilies,
  ...hardFamilies,
};

export function difficultyOf(family: QuestionFamily): Difficulty {
  if (family.startsWith('E')) return 'easy';
  return family.startsWith('M') ? 'medium' : 'hard';
}
