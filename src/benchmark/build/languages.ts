import { NoWordingError, writeQuestion, type QueryPlan } from '../../questions/index.ts';
import type { Catalog } from '../../table/index.ts';
import { BenchmarkError } from '../benchmark-error.ts';
import { questionLanguages, type QuestionLanguage } from '../benchmark-format.ts';

/** A language that questions are written in; what is written is read back by `parseQuestion`. */
export interface Surface {
  readonly language: QuestionLanguage;
  /** Null where the language has no wording for the plan. Variants are other wordings. */
  write(plan: QueryPlan, catalog: Catalog, variant: number): string | null;
}

/** The languages there are. */
const surfaces = questionLanguages.map((language): Surface => ({
  language,
  write: (plan, catalog, variant) => orNull(() => writeQuestion({ plan, catalog, variant, language })),
}));

/** @throws {BenchmarkError} when there is no such language. */
export function surfaceOf(language: string): Surface {
  const surface = surfaces.find((each) => each.language === language);
  if (surface !== undefined) return surface;
  throw new BenchmarkError({
    message: `Questions cannot be written in "${language}".`,
    remedy: `The languages are: ${surfaces.map((each) => each.language).join(', ')}.`,
  });
}

function orNull(write: () => string): string | null {
  try {
    return write();
  } catch (error) {
    if (error instanceof NoWordingError) return null;
    throw error;
  }
}
