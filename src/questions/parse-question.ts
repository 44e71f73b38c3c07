import type { Catalog } from '../table/catalog.ts';
import { isChinese } from './chinese/is-chinese.ts';
import { parseChinese } from './chinese/parse-chinese.ts';
import { partedAtCommands } from './language/parted-sentences.ts';
import { articles, isArticle, splitSentences, tokenize } from './language/token.ts';
import type { Token } from './language/token.ts';
import { withoutForm } from './form/answer-form.ts';
import { withoutFormSentences } from './form/form-sentences.ts';
import type { AnswerForm } from './form/answer-form.ts';
import { inForm } from './form/in-form.ts';
import { withNamesAsked } from './form/name-rows.ts';
import { unsignedDifference } from './form/unsigned-difference.ts';
import { inPeriod, withoutPeriod } from './form/question-period.ts';
import { TooManyReadingsError } from './grammar/engine.ts';
import { askedTables, type AskedTable } from './assumed-rows.ts';
import { looksElsewhere, withoutIdleOrder } from './asked-forms.ts';
import { chooseReading } from './choose-reading.ts';
import { isContradictory, isPointless } from './contradiction.ts';
import { isMisread } from './is-misread.ts';
import type { ParsedQuestion } from './parsed-question.ts';
import type { QueryPlan } from './plan.ts';
import { composeSentence, readSentences } from './read-sentences.ts';
import type { Understanding } from './read-sentences.ts';
import { answerKey } from './same-answer.ts';
import { refuse } from './refuse.ts';
import type { Refusal } from './refuse.ts';
import { readNested } from './nesting/read-nested.ts';
import { asAsked } from './as-asked.ts';
import { explained } from './language/explanations.ts';
import { withoutRestatement } from './language/restatements.ts';
import { withoutRounding } from './language/rounding.ts';
import { withoutFillers, withoutIdleWords, withoutLooseWords } from './language/fillers.ts';

const longestQuestion = 400;
/** A reading that costs more is held against looser ones. */
const plainCost = 0.3;
/** A reading put together out of parts that costs more is held against loose ones. */
const composedCost = 0.8;
/** What it costs a reading to ask for rows that cannot exist. */
const contradictionCost = 0.4;

const tinyShare = 10;

/** The tokens of a question, a list a sentence, without articles and words that ask for nothing. */
export function sentencesOf(question: string): Token[][] {
  const tokens = tokenize(question).filter((token, index) =>
    index === 0 ? !articles.has(token.word) : !isArticle(token),
  );
  return splitSentences(withoutFillers(withoutRestatement(withoutRounding(tokens)))).map(withoutOpening);
}

const openings: ReadonlySet<string> = new Set([
  'then',
  'next',
  'finally',
  'now',
  'also',
  'and',
  'so',
  'first',
  'secondly',
  'lastly',
  ',',
]);

/** The sentence without words such as "then" that only tie it to the one before. */
function withoutOpening(sentence: readonly Token[]): Token[] {
  const start = sentence.findIndex((token) => !openings.has(token.word));
  return start < 0 ? [] : sentence.slice(start);
}

interface Candidate extends Understanding, AskedTable {}

/**
 * Turns a question, in English or Chinese, into a plan over the catalog. Every word of the question must be accounted for by
 * the plan; a question of which that is not so, or that can be read in several ways, is refused with what was and
 * was not understood.
 */
export function parseQuestion(options: {
  readonly question: string;
  readonly catalog: Catalog;
}): ParsedQuestion {
  const { question, catalog } = options;
  if (isChinese(question)) return parseChinese(options);
  const sentences = withoutFormSentences(sentencesOf(question));
  const length = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  const asked = askedTables(sentences, catalog);
  const tables = asked.map(({ table }) => table);
  const refusal = (reason: string): Refusal => refuse({ reason, sentences, catalog: { tables } });
  if (catalog.tables.length === 0) return refusal('The corpus holds no table to ask.');
  if (length === 0) return refusal('The question is empty.');
  if (length > longestQuestion)
    return refusal(`The question has more than ${longestQuestion} words; ask it in parts.`);
  let candidates: Candidate[] = [];
  try {
    for (const attempts of attemptsOf(sentences)) {
      const found = attempts.flatMap((attempt) => readingsOf({ ...attempt, question, asked }));
      candidates = [...candidates, ...found].sort((left, right) => left.cost - right.cost);
      const isComposed = attempts.some(({ composed }) => composed);
      const isNested = attempts.some(({ nested }) => nested);
      const cost = lowestCost(isNested ? found : candidates);
      if (cost <= (isComposed ? composedCost : plainCost)) break;
    }
  } catch (error) {
    if (error instanceof TooManyReadingsError) return refusal(error.message);
    throw error;
  }
  const [best] = candidates;
  if (best === undefined) return refusal('The question was not understood as a whole.');
  const asks = ({ draft, table }: Candidate): string =>
    `${table.name} ${answerKey(asAsked(draft, table), table)}`;
  const rival = candidates.find((other) => asks(other) !== asks(best) && !isTinyBeside(other, best));
  const choice = chooseReading(best, rival);
  if (choice.kind === 'ambiguous') return refusal(ambiguity(best, choice.rival));
  if (choice.kind === 'doubtful') return refusal(doubt(best));
  return {
    status: 'understood',
    plan: planOf({ ...best, draft: withNamesAsked(best.draft, sentences, best.table) }),
    confidence: choice.confidence,
    notes: [...new Set(best.notes)],
  };
}

const lowestCost = (found: readonly Candidate[]): number => Math.min(...found.map(({ cost }) => cost));

/** One way to go about a question. */
interface Attempt {
  readonly sentences: readonly (readonly Token[])[];
  /** What was taken out of the sentences that speaks of the answer's form. */
  readonly form: AnswerForm | null;
  /** The year that was taken out of the sentences, of which all figures are meant. */
  readonly period: string | null;
  /** Whether words may be left out and conditions be made out of loose words. */
  readonly loose: boolean;
  /** Whether the question is put together out of its parts, in whatever order they stand. */
  readonly composed: boolean;
  /** Whether the question is taken as one that is asked of what a phrase of its own chooses. */
  readonly nested: boolean;
  /** What was taken out costs. */
  readonly cost: number;
}

/** What it costs to take the year, or the demands on the answer's form, out of a question. */
const takenOutCost = 0.03;

/**
 * The ways to go about a question, strictest first: word by word; without what it demands of the answer's form, and
 * the one year it speaks of; and loosely. Further ones are gone only where those before give no plain reading.
 */
function* attemptsOf(sentences: readonly (readonly Token[])[]): Generator<readonly Attempt[]> {
  const plain: Attempt = {
    sentences,
    form: null,
    period: null,
    loose: false,
    composed: false,
    nested: false,
    cost: 0,
  };
  yield [plain];
  yield* partedAtCommands(sentences).map((parted) => [{ ...plain, sentences: parted }]);
  const variants = [plain, ...formTakenOut(plain)].flatMap((attempt) => [
    attempt,
    ...periodTakenOut(attempt),
  ]);
  yield variants.slice(1);
  const idle = variants.map((variant) => ({
    ...variant,
    sentences: variant.sentences.map(withoutIdleWords),
    loose: true,
    composed: true,
  }));
  yield idle.map((variant) => ({ ...variant, nested: true }));
  yield idle;
  yield* explanationsTaken(plain);
  yield variants.map((variant) => ({
    ...variant,
    sentences: variant.sentences.map(withoutLooseWords),
    loose: true,
  }));
}

/** What it costs to put an explanation in place of what it explains. */
const explainedCost = 0.1;

/** The attempt with an explanation in place of what it explains, the fewest words first. */
function explanationsTaken(attempt: Attempt): (readonly Attempt[])[] {
  const [sentence, ...others] = attempt.sentences.filter(({ length }) => length > 0);
  if (sentence === undefined || others.length > 0) return [];
  return explained(sentence).map((tokens) => {
    const variant = { ...attempt, sentences: [tokens], cost: attempt.cost + explainedCost };
    return [variant, { ...variant, sentences: [withoutIdleWords(tokens)], loose: true, composed: true }];
  });
}

/** The attempt without what it demands of the answer's form, where it demands something. */
function formTakenOut(attempt: Attempt): Attempt[] {
  let form: AnswerForm | null = null;
  const sentences = attempt.sentences.map((sentence) => {
    const formed = withoutForm(sentence);
    if (formed === null) return sentence;
    ({ form } = formed);
    return formed.tokens;
  });
  return form === null ? [] : [{ ...attempt, sentences, form, cost: attempt.cost + takenOutCost }];
}

/** The attempt without the year of which it speaks, where it speaks of one. */
function periodTakenOut(attempt: Attempt): Attempt[] {
  const taken = withoutPeriod(attempt.sentences);
  return taken === null ? [] : [{ ...attempt, ...taken, cost: attempt.cost + takenOutCost }];
}

/** All readings over all tables, cheapest first. */
function readingsOf(
  options: Attempt & {
    readonly question: string;
    readonly asked: readonly AskedTable[];
  },
): Candidate[] {
  const { question, sentences, asked, form, period, loose, composed, nested } = options;
  const candidates = asked.flatMap(({ table, assumedNoun }) =>
    (nested
      ? readNested({ question, sentences, table, assumedNoun })
      : composed
        ? composeSentence({ question, sentences, table, assumedNoun })
        : readSentences({ question, sentences, table, assumedNoun, loose })
    ).flatMap((understanding): Candidate[] => {
      const dated = period === null ? understanding.draft : inPeriod(understanding.draft, period, table);
      const signless = dated === null ? null : unsignedDifference(withoutIdleOrder(dated), sentences);
      const draft = signless === null || form === null ? signless : inForm(signless, form, table);
      const { notes } = understanding;
      if (draft === null || isMisread(draft, { sentences, table, notes, assumedNoun, loose })) return [];
      const isUnlikely = isContradictory(draft) || isPointless(draft) || looksElsewhere(draft, table);
      const extra = options.cost + (isUnlikely ? contradictionCost : 0);
      return [{ ...understanding, draft, cost: understanding.cost + extra, table, assumedNoun }];
    }),
  );
  return candidates.sort((left, right) => left.cost - right.cost);
}

/** A table of a few rows is seldom meant where a large one fits as well; what a noun is assumed to be says no size. */
const isTinyBeside = ({ table, assumedNoun }: Candidate, other: Candidate): boolean =>
  assumedNoun === null && table.rows * tinyShare < other.table.rows;

const planOf = ({ table, draft }: Candidate): QueryPlan => ({ table: table.name, ...draft });

/** Says what would have to be assumed. */
const doubt = ({ notes }: Candidate): string =>
  notes.length === 0
    ? 'The question was not understood with confidence; put it in other words.'
    : `The question could be understood only if ${[...new Set(notes)].join(', and ')}.`;

/** Says in what the two readings differ. */
function ambiguity(best: Candidate, rival: Candidate): string {
  if (best.table !== rival.table)
    return `The question may be about "${best.table.name}" or about "${rival.table.name}"; name the one you mean.`;
  const columns = (candidate: Candidate): string[] =>
    candidate.table.columns
      .filter((column) => JSON.stringify(candidate.draft).includes(`"${column.name}"`))
      .map((column) => column.label);
  const mine = columns(best);
  const theirs = columns(rival);
  const onlyMine = mine.filter((label) => !theirs.includes(label));
  const onlyTheirs = theirs.filter((label) => !mine.includes(label));
  if (onlyMine.length > 0 || onlyTheirs.length > 0)
    return `The question can be read in two ways: with ${quoted(onlyMine) || quoted(mine)} or with ${quoted(onlyTheirs) || quoted(theirs)}. Name the field in full.`;
  return 'The question can be read in two ways; put it in shorter clauses.';
}

const quoted = (labels: readonly string[]): string => labels.map((label) => `"${label}"`).join(', ');
