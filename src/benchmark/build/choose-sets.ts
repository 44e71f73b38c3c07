import { BenchmarkError } from '../benchmark-error.ts';
import { createRandom } from '../random.ts';
import type { TruthEntity } from './truth-table.ts';

/** A document as far as sets are concerned. */
export interface SetDocument {
  readonly id: string;
  /** Its tokens in the prompt, the heading among them. */
  readonly tokens: number;
  readonly counterfactual: boolean;
}

export interface ChosenSet {
  readonly name: string;
  readonly length: number;
  /** The first so many of the documents in order. */
  readonly documents: number;
}

export interface ChosenSets {
  /** The ids of the documents, in order. */
  readonly order: readonly string[];
  readonly sets: readonly ChosenSet[];
}

/** What question and answer rules take of a prompt. */
export const templateTokens = 400;
/** A set this far below its length for want of documents is refused. */
const fullEnough = 0.9;
/** BM25's first ten documents must be few of them. */
export const fewestDocuments = 12;

/**
 * Chooses the documents of nested sets, each just below its length: documents are shuffled by seed, counterfactual ones
 * after all real ones, and taken as long as they fit. All documents of an entity are taken together. Within what a
 * length adds to the shorter one, documents are shuffled again.
 *
 * @throws {BenchmarkError} when there are too few documents for a length, or a length holds too few.
 */
export function chooseSets({
  entities,
  documents,
  lengths,
  seed,
}: {
  entities: readonly TruthEntity[];
  documents: ReadonlyMap<string, SetDocument>;
  lengths: readonly number[];
  seed: string;
}): ChosenSets {
  const random = createRandom(`${seed}/documents`);
  const shuffle = <Item>(items: readonly Item[]): Item[] =>
    items
      .map((item) => ({ item, place: random() }))
      .toSorted((one, other) => one.place - other.place)
      .map(({ item }) => item);
  const units = shuffle(together(entities, documents)).toSorted(
    (one, other) => Number(one.counterfactual) - Number(other.counterfactual),
  );
  let left: readonly Unit[] = units;
  let tokens = 0;
  const order: string[] = [];
  const sets = lengths
    .toSorted((one, other) => one - other)
    .map((length): ChosenSet => {
      const added: string[] = [];
      const room = length - templateTokens;
      left = left.filter((unit) => {
        if (tokens + unit.tokens > room) return true;
        tokens += unit.tokens;
        added.push(...unit.documents);
        return false;
      });
      order.push(...shuffle(added));
      const name = lengthName(length);
      if (left.length === 0 && tokens < length * fullEnough) throw tooShort({ name, tokens, units });
      if (order.length < fewestDocuments) throw tooFew({ name, documents: order.length });
      return { name, length, documents: order.length };
    });
  return { order, sets };
}

/** Documents that are in a set together or not at all. */
interface Unit {
  readonly documents: readonly string[];
  readonly tokens: number;
  readonly counterfactual: boolean;
}

function together(
  entities: readonly TruthEntity[],
  documents: ReadonlyMap<string, SetDocument>,
): readonly Unit[] {
  const unitOf = new Map<string, Set<string>>();
  for (const entity of entities) {
    const joined = new Set(entity.documents);
    for (const id of entity.documents) for (const other of unitOf.get(id) ?? []) joined.add(other);
    for (const id of joined) unitOf.set(id, joined);
  }
  return [...new Set(unitOf.values())].flatMap((ids) => {
    const found = [...ids].map((id) => documents.get(id)).filter((each) => each !== undefined);
    if (found.length < ids.size) return [];
    return [
      {
        documents: [...ids],
        tokens: found.reduce((sum, each) => sum + each.tokens, 0),
        counterfactual: found.some((each) => each.counterfactual),
      },
    ];
  });
}

function tooShort({
  name,
  tokens,
  units,
}: {
  name: string;
  tokens: number;
  units: readonly Unit[];
}): BenchmarkError {
  const documents = units.reduce((sum, each) => sum + each.documents.length, 0);
  const held = `${documents.toLocaleString('en-US')} documents of ${tokens.toLocaleString('en-US')} tokens`;
  return new BenchmarkError({
    message: `There are too few documents for a set of ${name}: ${held} have certain values in all fields.`,
    remedy:
      'Give a shorter --length, more documents, or --counterfactual, which fills up with copies whose names and numbers are invented.',
  });
}

function tooFew({ name, documents }: { name: string; documents: number }): BenchmarkError {
  return new BenchmarkError({
    message: `A set of ${name} holds only ${documents} documents; fewer than ${fewestDocuments} can be looked through one by one.`,
    remedy: 'Give a longer --length, or a corpus of shorter documents.',
  });
}

/** `128K` for 128,000, `1M` for 1,000,000. */
export function lengthName(length: number): string {
  if (length % 1_000_000 === 0) return `${length / 1_000_000}M`;
  return length % 1000 === 0 ? `${length / 1000}K` : String(length);
}

/**
 * The number of tokens that `128K`, `1M`, `1.5M` or `40000` stand for.
 *
 * @returns null for anything else.
 */
export function parseLength(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([KM]?)$/i.exec(text.trim());
  if (match === null) return null;
  const [, digits = '', unit = ''] = match;
  const factor = { '': 1, k: 1000, m: 1_000_000 }[unit.toLowerCase()] ?? 1;
  const length = Number(digits) * factor;
  return Number.isInteger(length) && length > 0 ? length : null;
}
