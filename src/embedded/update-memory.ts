import type { Tokenizer } from '../corpus/index.ts';
import { writeUpdatedMemory, type MemoryUpdate, type Passage } from '../models/prompts/index.ts';
import type { Reading } from '../table/index.ts';
import { foldLabel } from '../table/values/labels.ts';
import { mentionedFields } from './mentioned-fields.ts';
import { LimitedMemory, type KeepRule } from './limited-memory.ts';
import { readMemoryLines, type MemoryLine } from './memory-lines.ts';
import { nameReadings, type NamedReading } from './named-readings.ts';
import { promptDocument } from './prompt-documents.ts';
import type { RememberedReadings } from './remembered-readings.ts';
import { toRememberedValue } from './remembered-value.ts';

/**
 * Goes on with a memory by one chunk: reads its documents and adds, a line a document, the values of the fields that
 * the question mentions. The plan lists the fields found so far, which later chunks are searched for as well.
 */
export function updateMemory({
  update,
  tokenizer,
  keep,
  readings: rememberedReadings,
  signal,
}: {
  update: MemoryUpdate;
  tokenizer: Tokenizer;
  keep: KeepRule;
  readings: RememberedReadings;
  signal?: AbortSignal | undefined;
}): string {
  const { question, previous, passages, memoryTokens } = update;
  const read = passages.map((passage, index) => {
    signal?.throwIfAborted();
    return { passage, readings: rememberedReadings.of(promptDocument({ ...passage, number: index + 1 })) };
  });
  const known = readPlan(previous?.plan ?? '');
  const readings = nameReadings(
    read.flatMap(({ readings }) => readings),
    known,
  );
  const mentioned = new Set([...known, ...mentionedFields({ question, readings, known })]);
  const asked = readings.flatMap((reading): AskedReading[] => {
    const field = reading.names.find((name) => mentioned.has(name));
    return field === undefined ? [] : [{ ...reading, field }];
  });
  const askedOf = Map.groupBy(asked, ({ reading }) => reading);
  // A cell that may be about its row or about the document is about the row where the question names its column.
  const meant = (reading: Reading): AskedReading[] => {
    const either = askedOf.get(reading) ?? [];
    const ofRow = either.filter(({ row }) => row !== null);
    return ofRow.length > 0 ? ofRow : either;
  };
  const memory = new LimitedMemory({
    remembered: readMemoryLines(previous?.memory ?? ''),
    tokenizer,
    maximumTokens: memoryTokens,
    keep,
  });
  for (const { passage, readings: own } of read) {
    for (const line of linesOf(passage, own.flatMap(meant)))
      memory.add(line, { isNewer: passage.continued !== true });
  }
  return writeUpdatedMemory({
    memory: memory.text(),
    plan: writePlan(new Set([...known, ...asked.map(({ field }) => field)])),
  });
}

interface AskedReading extends NamedReading {
  readonly field: string;
}

/** A line for each row that is a thing of its own, else one for the document, even where it states nothing asked for. */
function linesOf({ title, text }: Passage, readings: readonly AskedReading[]): MemoryLine[] {
  const byRow = Map.groupBy(readings, ({ row }) => row ?? title);
  if (byRow.size === 0) byRow.set(title, []);
  return [...byRow].map(([row, own]) => ({
    title: row,
    values: [...Map.groupBy(own, fieldAndPeriod).values()].flatMap((same) => {
      const chosen = mostStated(same);
      if (chosen === undefined) return [];
      const value = toRememberedValue({ field: chosen.field, reading: chosen.reading, text });
      return value.value === row ? [] : [value];
    }),
  }));
}

function fieldAndPeriod({ field, reading }: AskedReading): string {
  return `${foldLabel(field)}\n${reading.period ?? ''}`;
}

/**
 * Within a document the value that most readings state counts, of several the first; what a label states, sentences
 * need not tell again.
 */
function mostStated(readings: readonly AskedReading[]): AskedReading | undefined {
  const labelled = readings.filter(({ isSentence }) => !isSentence);
  const byValue = Map.groupBy(labelled.length > 0 ? labelled : readings, ({ reading }) =>
    JSON.stringify(reading.value),
  );
  return [...byValue.values()].reduce<readonly AskedReading[]>(
    (best, same) => (same.length > best.length ? same : best),
    [],
  )[0];
}

const planStart = 'Look for:';

function writePlan(fields: Iterable<string>): string {
  return [planStart, ...fields].join('\n- ');
}

function readPlan(plan: string): string[] {
  return plan.startsWith(planStart) ? plan.split('\n- ').slice(1) : [];
}
