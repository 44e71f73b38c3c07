import type { Cost } from '../../models/index.ts';
import { outputRequirements } from '../../models/prompts/index.ts';
import { answerText, type Answer, type TraceStep } from '../../strategies/index.ts';
import type { RunLine } from '../run-line.ts';
import type { CorpusOfQuestions, RunQuestion } from './question-group.ts';

/** What a line tells of the way to its answer at most, so that files of results stay small. */
const longestTracedText = 600;
const mostTracedSteps = 12;
const mostItems = 20;
const longestQuote = 200;
const longestWarning = 400;

/** A line of results for an answer: in the published fields what the published evaluation reads, and beside them the rest. */
export function resultLine({
  question,
  answer,
  strategy,
  model,
  usesOwnReading,
  took,
  trace,
  documents,
}: {
  question: RunQuestion;
  answer: Answer;
  strategy: string;
  model: string;
  /** Whether the strategy or its model reads with the pattern reader or understands by the grammar. */
  usesOwnReading: boolean;
  took: Cost;
  trace: readonly TraceStep[];
  /** Where the answer comes from; null where a prompt was sent as it stands. */
  documents: Omit<CorpusOfQuestions, 'corpus' | 'close'> | null;
}): RunLine {
  const { isOwnTruth, evidence, instructions: asked, messages: _, ...published } = question;
  const cited = answer.evidence.slice(0, mostItems).map(({ document, field, quote, start, end }) => ({
    document: documents?.documentId(document) ?? document,
    field,
    quote: shortened(quote, longestQuote),
    start,
    end,
  }));
  const steps = firstAndLast(trace);
  return {
    ...published,
    response: answerText(answer, documents?.instructions ?? asked ?? outputRequirements),
    model,
    strategy,
    status: answer.status,
    self_graded: isOwnTruth && usesOwnReading,
    tokens: { input: took.inputTokens, output: took.outputTokens },
    calls: took.calls,
    cost_usd: Number(took.usd.toFixed(6)),
    seconds: Number(answer.seconds.toFixed(3)),
    ...(evidence !== undefined && evidence.length > 0 && { evidence: quoted(evidence, documents) }),
    ...(cited.length > 0 && { cited }),
    ...(answer.warnings.length > 0 && {
      warnings: answer.warnings.slice(0, mostItems).map((warning) => shortened(warning, longestWarning)),
    }),
    ...(steps.length > 0 && { trace: steps }),
  };
}

function quoted(
  evidence: NonNullable<RunLine['evidence']>,
  documents: Pick<CorpusOfQuestions, 'quote'> | null,
): NonNullable<RunLine['evidence']> {
  return evidence.slice(0, mostItems).map((place) => {
    const { document, start, end } = place;
    const words =
      start === undefined || end === undefined ? undefined : documents?.quote({ document, start, end });
    return { ...place, ...(words !== undefined && { quote: shortened(words, longestQuote) }) };
  });
}

/** The first steps and the last, with how many were left out between them. */
function firstAndLast(trace: readonly TraceStep[]): NonNullable<RunLine['trace']> {
  if (trace.length <= mostTracedSteps) return [...trace];
  const half = mostTracedSteps / 2;
  const omitted = { step: 'left-out', detail: { steps: trace.length - mostTracedSteps } };
  return [...trace.slice(0, half), omitted, ...trace.slice(-half)];
}

/** A step as a line keeps it. */
export function shortenedStep({ step, detail }: TraceStep): TraceStep {
  const kept = Object.entries(detail)
    // Whether a call was sent now or its answer was kept says nothing of the answer.
    .filter(([name]) => name !== 'fromLedger')
    .map(([name, value]) => [name, shortenedValue(value)]);
  return { step, detail: Object.fromEntries(kept) };
}

function shortenedValue(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value, longestTracedText);
  if (Array.isArray(value)) return value.slice(0, mostItems).map((item: unknown) => shortenedValue(item));
  return value;
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length).toWellFormed()} …`;
}
