import type { RunComparison } from '../compare-runs.ts';
import { questionKey, type Outcome, type ResultRun } from '../load-results.ts';
import type { ScoreLine } from '../../run-line.ts';

/** What the page's script shows of a question in one run. */
export interface PageResult {
  readonly outcome: Outcome;
  readonly response: string;
  readonly reason: string;
  readonly selfGraded: boolean;
  readonly effort: readonly string[];
  readonly warnings: readonly string[];
  readonly cited: readonly PagePlace[];
  readonly trace: readonly {
    readonly step: string;
    readonly detail: readonly (readonly [string, string])[];
  }[];
}

export interface PagePlace {
  readonly document: string;
  readonly field: string;
  readonly quote: string;
}

export interface PageQuestion {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  /** By the names of the filters; empty where nothing is known. */
  readonly tags: Readonly<Record<string, string>>;
  readonly evidence: readonly PagePlace[];
  /** One a run, in their order; null where it was not asked. */
  readonly results: readonly (PageResult | null)[];
}

export interface PageData {
  readonly runs: readonly string[];
  readonly filters: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly questions: readonly PageQuestion[];
  readonly comparisons: readonly RunComparison[];
}

/** Longer responses are cut on the page; the file of results has them whole. */
const longestResponse = 6_000;

const filters: readonly { readonly name: string; readonly of: (line: ScoreLine) => string | undefined }[] = [
  { name: 'set', of: ({ set }) => set },
  { name: 'domain', of: ({ domain }) => domain },
  { name: 'difficulty', of: ({ difficulty }) => difficulty },
  { name: 'family', of: ({ family }) => family },
  { name: 'answer', of: (line) => line.answer_type },
  { name: 'language', of: ({ language }) => language },
];

/** All questions with what every run made of them, for the part of the page that is searched and filtered. */
export function pageData({
  runs,
  comparisons,
}: {
  runs: readonly ResultRun[];
  comparisons: readonly RunComparison[];
}): PageData {
  const lines = new Map<string, (ScoreLine | null)[]>();
  const outcomes = new Map<ScoreLine, Outcome>();
  for (const [index, { results }] of runs.entries()) {
    for (const { line, outcome } of results) {
      const key = questionKey(line);
      const ofQuestion = lines.get(key) ?? runs.map(() => null);
      ofQuestion[index] = line;
      lines.set(key, ofQuestion);
      outcomes.set(line, outcome);
    }
  }
  const questions = [...lines.values()].flatMap((ofQuestion): PageQuestion[] => {
    const line = ofQuestion.find((each) => each !== null);
    if (line === undefined || line === null) return [];
    return [
      {
        id: line.id,
        question: line.question,
        answer: typeof line.answer === 'string' ? line.answer : JSON.stringify(line.answer),
        tags: Object.fromEntries(filters.map(({ name, of }) => [name, of(line) ?? ''])),
        evidence: (line.evidence ?? []).map(toPlace),
        results: ofQuestion.map((each) =>
          each === null ? null : toResult(each, outcomes.get(each) ?? 'ungraded'),
        ),
      },
    ];
  });
  const told = filters
    .map(({ name }) => ({
      name,
      values: [...new Set(questions.map(({ tags }) => tags[name] ?? ''))].filter((value) => value !== ''),
    }))
    .filter(({ values }) => values.length > 1);
  return { runs: runs.map(({ label }) => label), filters: told, questions, comparisons };
}

function toResult(line: ScoreLine, outcome: Outcome): PageResult {
  const { response, tokens, calls, seconds } = line;
  return {
    outcome,
    response: response.length <= longestResponse ? response : `${response.slice(0, longestResponse)} …`,
    reason: line.reason,
    selfGraded: line.self_graded ?? false,
    effort: [
      ...(calls === undefined ? [] : [`${calls.toLocaleString('en-US')} ${calls === 1 ? 'call' : 'calls'}`]),
      ...(tokens === undefined
        ? []
        : [
            `${tokens.input.toLocaleString('en-US')} tokens in, ${tokens.output.toLocaleString('en-US')} out`,
          ]),
      ...(line.cost_usd === undefined || line.cost_usd === 0 ? [] : [`${line.cost_usd} USD`]),
      ...(seconds === undefined ? [] : [`${seconds.toFixed(1)} s`]),
    ],
    warnings: line.warnings ?? [],
    cited: (line.cited ?? []).map(toPlace),
    trace: (line.trace ?? []).map(({ step, detail }) => ({
      step,
      detail: Object.entries(detail).map(([name, value]): [string, string] => [name, valueText(value)]),
    })),
  };
}

function toPlace({
  document,
  field = '',
  quote = '',
}: NonNullable<ScoreLine['evidence']>[number]): PagePlace {
  return { document, field, quote };
}

function valueText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
