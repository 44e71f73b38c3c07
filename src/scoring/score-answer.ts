import { finalAnswer, publishedAnswer, type FinalAnswer } from './answers/final-answer.ts';
import { readGold, type GoldAnswer } from './answers/gold-answer.ts';
import { ungraded, wrong, type AnswerType, type Grade } from './answers/grade.ts';
import { scoreDate } from './answers/score-date.ts';
import { scoreList } from './answers/score-list.ts';
import { scoreNumber } from './answers/score-number.ts';
import { scoreRows } from './answers/score-rows.ts';
import { scoreString } from './answers/score-string.ts';

export { answerTypes, type AnswerType, type Grade, type Verdict } from './answers/grade.ts';

export interface ScoredResponse {
  /** The whole response of a model, reasoning included. */
  readonly response: string;
  /** The right answer: a JSON value, or text in the published notation (`["A", "B"]`, `12.34%`, `1234.5`). */
  readonly answer: unknown;
  /** Absent: inferred from the answer. */
  readonly answerType?: AnswerType | undefined;
  /** By how much a number may differ, in the unit of the right one (points for a percentage). Absent: by rounding alone. */
  readonly tolerance?: number | undefined;
  /** Whether the order of a list or of rows counts; it does not unless told. */
  readonly ordered?: boolean | undefined;
  /** The unit of the right number (`million USD`, `%`): for answers that state one. */
  readonly unit?: string | undefined;
  /** Numbers and names that the question itself holds are not taken for the answer. */
  readonly question?: string | undefined;
  /** Other right answers: names of the same thing. */
  readonly aliases?: readonly string[] | undefined;
  /** `final` (default): the last "The answer is:"; `published`: CorpusQA's rule, the first. */
  readonly extraction?: 'final' | 'published' | undefined;
}

export interface Score extends Grade {
  /** What was taken for the answer; null where there is none. */
  readonly extracted: string | null;
}

/**
 * Says whether a response is right, by rules of the answer's type alone: nothing is sampled, no model is asked.
 *
 * A missing response and a refusal are wrong. Ungraded is only what cannot be read with certainty, such as prose with
 * several numbers of which one is right: for a judge, or a person. `docs/scoring.md` has the rules of each type.
 */
export function scoreAnswer(input: ScoredResponse): Score {
  const answer =
    input.extraction === 'published' ? publishedAnswer(input.response) : finalAnswer(input.response);
  const extracted = answer.line === '' ? null : answer.line;
  const gold = readGold(input.answer, input.answerType);
  if (gold === null) return { ...ungraded('the right answer is not known'), extracted };
  if (extracted === null) return { ...wrong('there is no answer'), extracted };
  const grades = [gold, ...otherGolds(input, gold)].map((one) => gradeBy(one, answer, input));
  const best =
    grades.find(({ verdict }) => verdict === 'right') ?? grades.find(({ verdict }) => verdict === 'ungraded');
  return { ...(best ?? grades[0] ?? ungraded('the right answer is not known')), extracted };
}

/** Aliases of a string belong to it; those of other types are right answers of their own. */
function otherGolds({ aliases = [], answerType }: ScoredResponse, gold: GoldAnswer): GoldAnswer[] {
  if (gold.type === 'string') return [];
  return aliases.map((alias) => readGold(alias, answerType)).filter((other) => other !== null);
}

function gradeBy(gold: GoldAnswer, answer: FinalAnswer, input: ScoredResponse): Grade {
  const { tolerance = null, ordered: isOrdered = false, unit = null, question = null, aliases = [] } = input;
  switch (gold.type) {
    case 'number':
    case 'percentage':
      return scoreNumber(answer, {
        value: gold.value,
        isPercentage: gold.type === 'percentage',
        tolerance,
        unit,
        question,
      });
    case 'date':
      return scoreDate(answer, gold.date, question);
    case 'string':
      return scoreString(answer, { names: [gold.text, ...aliases], question });
    case 'list':
      return scoreList(answer, { items: gold.items, isOrdered, tolerance, question });
    case 'rows':
      return scoreRows(answer, { rows: gold.rows, isOrdered, tolerance, question });
  }
}
