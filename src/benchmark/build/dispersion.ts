import type { QueryPlan, Row, Value } from '../../questions/index.ts';
import type { CompiledQuery } from '../../questions/index.ts';
import type { Random } from '../random.ts';
import { sameAnswer, type FinalAnswer } from './final-answer.ts';
import type { SetTable } from './set-table.ts';
import type { TruthEntity } from './truth-table.ts';

/** How widely the evidence of a question is spread over the documents of its set. */
export interface Dispersion {
  readonly read: number;
  readonly decisive: number;
}

/** A document with the row it is about. */
interface HeldDocument {
  readonly id: string;
  readonly index: number;
  /** The answer or the question names what it is about. */
  readonly isNamed: boolean;
  /** The answer names what this document alone is about, and could not without it. */
  readonly isAnswer: boolean;
}

/** Rows evaluated for the others and for those named, each; more only for the fewest that are tried. */
const mostEvaluated = 50_000;
const fewestTried = 6;

/**
 * Measures dispersion. `read` is the share of documents that hold a cell the query reads: of all rows, or for a
 * look-up of those it names. `decisive` is the share whose removal alone changes the answer: exact where there are few
 * rows; else exact for documents whose entity the answer or the question names, and estimated for the others from a
 * sample drawn by seed.
 */
export function measureDispersion({
  plan,
  query,
  answer,
  table,
  entities,
  random,
}: {
  plan: QueryPlan;
  query: CompiledQuery;
  answer: FinalAnswer;
  table: SetTable;
  /** In the order of the table's rows. */
  entities: readonly TruthEntity[];
  random: Random;
}): Dispersion {
  const columns = query.columnsRead;
  const answered = new Set([answer.value].flat(2).filter((item) => typeof item === 'string'));
  const asked = namesIn(plan);
  const lookUp = lookedUp(plan);
  const total = entities.reduce((sum, { documents }) => sum + documents.length, 0);
  const held = entities.flatMap(({ key, documents, row }, index): HeldDocument[] => {
    if (lookUp !== null && !lookUp.has(key)) return [];
    if (!columns.some((column) => (row[column] ?? null) !== null)) return [];
    const isAnswer = answered.has(key) && documents.length === 1;
    const isNamed = answered.has(key) || asked.has(key);
    return documents.map((id) => ({ id, index, isNamed, isAnswer }));
  });
  const isDecisive = ({ id, index, isAnswer }: HeldDocument): boolean => {
    const entity = entities[index];
    if (isAnswer) return true;
    if (entity === undefined) return false;
    const without = removeDocument(table.rows, { entity, index, document: id, columns });
    return without !== null && !sameAnswer(answer, table.answerByEvaluation(plan, query, without));
  };
  const tried = Math.max(fewestTried, Math.floor(mostEvaluated / table.rows.length));
  const named = held.filter((each) => each.isNamed);
  const others = held.filter((each) => !each.isNamed);
  const exact =
    named.slice(0, tried).filter(isDecisive).length * (named.length / Math.min(tried, named.length || 1));
  const sample = sampleOf(others, tried, random);
  const estimated =
    sample.length === 0 ? 0 : (sample.filter(isDecisive).length / sample.length) * others.length;
  return { read: rounded(held.length / total), decisive: rounded((exact + estimated) / total) };
}

/** The rows without what one document states; null where that takes nothing away. */
function removeDocument(
  rows: readonly Row[],
  {
    entity,
    index,
    document,
    columns,
  }: { entity: TruthEntity; index: number; document: string; columns: readonly string[] },
): readonly Row[] | null {
  if (entity.documents.length === 1) return rows.toSpliced(index, 1);
  const lost = columns.filter((column) => entity.sources.get(column)?.document === document);
  if (lost.length === 0) return null;
  const row: Record<string, Value> = { ...entity.row };
  for (const column of lost) row[column] = null;
  return rows.with(index, row);
}

/** The entities that a question looks up, where it reads no others; null where it ranges over the table. */
export function lookedUp(plan: QueryPlan): ReadonlySet<string> | null {
  const { selection, output } = plan;
  const text = JSON.stringify(output);
  if (/"kind":"(?:aggregate|rank|tier|z-score|groups|best-per-group|share|cumulative)"/.test(text))
    return null;
  if (output.kind === 'calculation') return new Set(entityValues(text));
  const { where } = selection;
  if (where?.kind !== 'entity' || where.negated === true) return null;
  return new Set([...where.names, ...entityValues(text)]);
}

function entityValues(text: string): string[] {
  return [...text.matchAll(/"entity":("(?:[^"\\]|\\.)*")/g)].map(([, name = '""']) =>
    String(JSON.parse(name)),
  );
}

/** The names that the question asks about. */
function namesIn(plan: QueryPlan): ReadonlySet<string> {
  const { where } = plan.selection;
  const asked = where?.kind === 'entity' ? where.names : [];
  return new Set([...asked, ...entityValues(JSON.stringify(plan))]);
}

function sampleOf<Item>(items: readonly Item[], most: number, random: Random): readonly Item[] {
  if (items.length <= most) return items;
  const left = [...items];
  for (let place = 0; place < most; place += 1) {
    const other = place + Math.floor(random() * (left.length - place));
    [left[place], left[other]] = [left[other] as Item, left[place] as Item];
  }
  return left.slice(0, most);
}

function rounded(share: number): number {
  return Math.min(1, Number(share.toFixed(4)));
}
