import { z } from 'zod';
import { addCosts, noCost } from '../cost.ts';
import type { ModelMemory, ModelReply, ObjectReply, ObjectRequest } from '../model-client.ts';
import { ModelError } from '../model-error.ts';
import { demonstrationsRung } from './demonstrations-rung.ts';
import { jsonSchemaRung, promptedJsonRung, toolCallRung } from './json-rungs.ts';
import { linesRung } from './lines-rung.ts';
import { LearntRungs } from './learnt-rungs.ts';
import { rungNames, type RungName } from './rung-names.ts';
import type { LadderModel, Rung, RungOutcome, RungTask } from './rung.ts';

const rungs: Readonly<Record<RungName, Rung>> = {
  'json-schema': jsonSchemaRung,
  'tool-call': toolCallRung,
  'prompted-json': promptedJsonRung,
  lines: linesRung,
  demonstrations: demonstrationsRung,
};

/** A rung that did not give the value. */
interface Failure {
  readonly rung: Rung;
  readonly reason: string;
  /** The error that the server answered with, where it did not answer the task. */
  readonly error: ModelError | null;
}

/**
 * Asks a model for a value, climbing down the ladder of ways until one gives a value of the shape. What a server
 * refuses, and what never works, is remembered and not tried again.
 *
 * @throws {ModelError} `unusable-reply` when no way gave a value; `rejected` or `unreachable` when the server does
 *   not even answer a plain prompt; other kinds as they come.
 */
export async function generateObject<Value>({
  client,
  memory,
  request,
}: {
  client: LadderModel;
  memory: ModelMemory;
  request: ObjectRequest<Value>;
}): Promise<ObjectReply<Value>> {
  const task = createTask(client, request);
  const learnt = new LearntRungs({ memory, model: client.id });
  const failures: Failure[] = [];
  const replies: ModelReply[] = [];
  for (const rung of rungsFor(task, learnt)) {
    if (isPointless(rung, failures)) continue;
    const outcome = await askOn(rung, task);
    if ('error' in outcome) {
      const { error } = outcome;
      if (isUnreachable(rung, error)) throw error;
      failures.push({ rung, reason: error.message, error });
      continue;
    }
    replies.push(...outcome.replies);
    if (outcome.read.status === 'value') {
      noteOutcome({ learnt, rung, failures });
      return toObjectReply(outcome.read.value, replies);
    }
    failures.push({ rung, reason: outcome.read.reason, error: null });
  }
  throw givenUp(client.id, failures);
}

/** The task as the rungs see it. */
export function createTask<Value>(client: LadderModel, request: ObjectRequest<Value>): RungTask<Value> {
  const { $schema: _, ...jsonSchema } = z.toJSONSchema(request.schema, { target: 'draft-7' });
  return { client, request, shape: { schema: request.schema, jsonSchema } };
}

/** The rungs that a task can be put on, best first. What was never taught to chat is not asked by chat. */
export function rungsFor<Value>(task: RungTask<Value>, learnt: LearntRungs): readonly Rung[] {
  const fitting = (names: readonly RungName[]): Rung[] =>
    names.map((name) => rungs[name]).filter((rung) => rung.fits(task));
  if (task.client.completesOnly) return fitting(['demonstrations']);
  const left = fitting(learnt.left());
  // A task that cannot be put in the ways that are left may still go well in another.
  return left.length > 0 ? left : fitting(rungNames);
}

/** Asks on one rung; troubles that another rung may not have are returned. */
export async function askOn<Value>(
  rung: Rung,
  task: RungTask<Value>,
): Promise<RungOutcome<Value> | { readonly error: ModelError }> {
  try {
    return await rung.ask(task);
  } catch (error) {
    if (error instanceof ModelError && passesOn.has(error.kind)) return { error };
    throw error;
  }
}

/**
 * A refusal may be of the form alone; some servers fail where they should refuse; a model may have chat or
 * completion only; and of a call that is replayed another form may be in the ledger.
 */
const passesOn: ReadonlySet<string> = new Set(['rejected', 'unreachable', 'unavailable', 'not-in-ledger']);

/** Whether the server does not even answer a plain prompt, so that asking in other ways would only take time. */
export function isUnreachable({ name }: Rung, { kind }: ModelError): boolean {
  return kind === 'unreachable' && name !== 'json-schema' && name !== 'tool-call';
}

/** Whether what was seen already tells that the server will not answer on this rung. */
function isPointless({ name }: Rung, failures: readonly Failure[]): boolean {
  // A server that fails on one form of structured output may answer a plain prompt; another form is not tried.
  if (name === 'tool-call') return failures.some(({ error }) => error?.kind === 'unreachable');
  // Lines are a plain prompt as well.
  return (
    name === 'lines' && failures.some(({ rung, error }) => rung.name === 'prompted-json' && error !== null)
  );
}

function noteOutcome({
  learnt,
  rung,
  failures,
}: {
  learnt: LearntRungs;
  rung: Rung;
  failures: readonly Failure[];
}): void {
  for (const { rung: failed, reason, error } of failures) {
    if (error === null || error.kind === 'unreachable') learnt.noteUnusable(failed.name, reason);
    else if (error.kind !== 'not-in-ledger') learnt.noteRefused(failed.name, reason);
  }
  learnt.noteWorks(rung.name);
}

function toObjectReply<Value>(value: Value, replies: readonly ModelReply[]): ObjectReply<Value> {
  const last = replies.at(-1);
  return {
    value,
    text: last?.text ?? '',
    reasoning: last?.reasoning ?? null,
    finishReason: last?.finishReason ?? 'other',
    cost: replies.reduce((sum, { cost }) => addCosts(sum, cost), noCost),
    took: replies.reduce((sum, { took }) => addCosts(sum, { calls: 1, ...took }), noCost),
    fromLedger: replies.every(({ fromLedger }) => fromLedger),
  };
}

function givenUp(model: string, failures: readonly Failure[]): ModelError {
  const errors = failures.flatMap(({ error }) => error ?? []);
  const last = errors.at(-1);
  // No reply at all: what the server said last, to the plainest request, is the cause.
  if (last !== undefined && errors.length === failures.length) {
    return errors.find(({ kind }) => kind === 'not-in-ledger') ?? last;
  }
  const reasons = failures.map(({ rung, reason }) => `${rung.name}: ${reason}`);
  return new ModelError({
    kind: 'unusable-reply',
    message: `${model} gave no value of the shape that was asked for (${reasons.join('; ') || 'it cannot be asked'}).`,
    remedy:
      failures.length === 0
        ? 'The model only goes on with texts: give it examples.'
        : 'Try a more capable model, or give examples of the task.',
    cause: last,
  });
}

/** How many calls one value takes at the most: two on each way by chat, one a property by examples. */
export function mostCallsForObject({ completions }: { completions: number }): number {
  return 2 * (rungNames.length - 1) + completions;
}
