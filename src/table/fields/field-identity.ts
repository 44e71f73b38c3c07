import { isGeneric, isOverview, startsGeneric } from './generic-words.ts';
import type { LabelPath } from './label-paths.ts';

/** Label paths that state one and the same attribute. */
export interface FieldGroup {
  /** The path that most documents use comes first. */
  readonly paths: readonly LabelPath[];
  /** How many of the last parts of its paths tell it from other fields. */
  readonly depth: number;
  /** Only what qualifies its label, such as a unit, tells it from another field. */
  readonly qualified?: boolean;
  /** Ranks of the documents that state it, ascending. */
  readonly documents: Int32Array;
}

/** Two paths that both occur in more than this share of the rarer one's documents are two attributes. */
const overlapShare = 0.1;
/** A label is unclear when more than this share of its occurrences stand beside another of the same document. */
const unclearShare = 0.05;
const mostLabelsOfTopic = 12;
const largestTopicShare = 0.25;
const labelsOfSmallTopic = 2;
/**
 * In documents of many labels, one of a single word, or that begins with a generic one, takes its heading along
 * where so many stand below that.
 */
const labelsOfLongDocument = 30;
const fewestForWeakLabel = 1.5;
const mostForWeakLabel = 8;
/** A heading that is to name a field stands in at least this share of the label's documents. */
const recurringShare = 0.3;

/**
 * Decides which label paths are the same field. The last label alone makes a field where a document states it
 * about once; where documents state it under several headings ("total", "male"), those headings are part of
 * the field, as many as it takes. Paths that exclude each other are one field: a heading that was renamed or
 * moved in some documents. Generic labels ("name", "amount") always take their heading along when it is a topic
 * of its own.
 *
 * @param documentCount the number of documents of the corpus; ranks are below it.
 */
export function identifyFields(paths: readonly LabelPath[], documentCount: number): FieldGroup[] {
  const topics = new Topics(paths, documentCount);
  const overlap = new Overlap(documentCount);
  const groups: FieldGroup[] = [];
  const byLeaf = Map.groupBy(paths, (path) => path.parts.at(-1) ?? '');
  for (const sameLeaf of byLeaf.values()) {
    const places = gatherPlaces(sameLeaf, overlap);
    const qualify = needsTopic(places, topics) && !isRenamedHeading(places, overlap);
    groups.push(...divide({ places, depth: 1, qualify, overlap }));
  }
  return groups;
}

/** Paths that differ in nothing that is compared. */
interface Place {
  readonly paths: readonly LabelPath[];
  readonly parts: readonly string[];
  readonly fullLeaf: string;
  readonly documents: Int32Array;
}

function gatherPlaces(paths: readonly LabelPath[], overlap: Overlap): Place[] {
  const byWords = Map.groupBy(paths, ({ parts, fullLeaf }) => `${parts.join('\n')}\n\n${fullLeaf}`);
  const places = [...byWords.values()].map((same): Place => {
    const sorted = same.toSorted((a, b) => b.documents.length - a.documents.length || a.path - b.path);
    const [first] = same;
    return {
      paths: sorted,
      parts: first?.parts ?? [],
      fullLeaf: first?.fullLeaf ?? '',
      documents: overlap.union(sorted),
    };
  });
  return places.sort((a, b) => b.documents.length - a.documents.length || firstPath(a) - firstPath(b));
}

const firstPath = (place: Place): number => place.paths[0]?.path ?? 0;

function divide({
  places,
  depth,
  qualify,
  overlap,
}: {
  places: readonly Place[];
  depth: number;
  qualify: boolean;
  overlap: Overlap;
}): FieldGroup[] {
  const [main] = places;
  if (main === undefined) return [];
  if (places.length === 1 && !qualify) return [toGroup(places, depth, overlap)];
  if (!qualify) {
    const { together, apart } = overlap.separate(places);
    const occurrences = sum(places);
    if (sum(apart) <= occurrences * unclearShare) {
      return [toGroup(together, depth, overlap), ...divideFurther(apart, depth, overlap)];
    }
  }
  return divideFurther(places, depth, overlap);
}

/** Tells places apart by one more part, or by their qualifiers where there are no more parts. */
function divideFurther(places: readonly Place[], depth: number, overlap: Overlap): FieldGroup[] {
  const byParent = Map.groupBy(places, ({ parts }) => parts.at(-depth - 1) ?? '');
  const exhausted = byParent.get('') ?? [];
  const byVariant = Map.groupBy(exhausted, ({ fullLeaf }) => fullLeaf);
  const qualified = byVariant.size > 1;
  const groups = [...byVariant.values()].map((same): FieldGroup => ({
    ...toGroup(same, depth, overlap),
    qualified,
  }));
  for (const [parent, same] of byParent) {
    if (parent !== '') groups.push(...divide({ places: same, depth: depth + 1, qualify: false, overlap }));
  }
  return groups;
}

function toGroup(places: readonly Place[], depth: number, overlap: Overlap): FieldGroup {
  const paths = places.flatMap((place) => place.paths);
  return { paths, depth, documents: overlap.union(paths) };
}

function sum(places: readonly Place[]): number {
  return places.reduce((total, { documents }) => total + documents.length, 0);
}

/** Whether the heading above belongs to the label: it is a topic, recurs, and the label alone says little. */
function needsTopic(places: readonly Place[], topics: Topics): boolean {
  const leaf = places[0]?.parts.at(-1) ?? '';
  const generic = isGeneric(leaf);
  const weak = !leaf.includes(' ') || startsGeneric(leaf);
  if (!generic && !(weak && topics.labelsPerDocument >= labelsOfLongDocument)) return false;
  const occurrences = sum(places);
  let qualified = 0;
  for (const [heading, topic] of Map.groupBy(places, ({ parts }) => parts.at(-2) ?? '')) {
    if (isOverview(heading)) continue;
    const labels = Math.min(...topic.map((place) => labelsBeside(place, topics)));
    const recurs = sum(topic) >= occurrences * recurringShare;
    const tells = generic
      ? labels <= mostLabelsOfTopic
      : labels >= fewestForWeakLabel && labels <= mostForWeakLabel;
    if (recurs && tells) qualified += sum(topic);
  }
  return qualified >= occurrences * recurringShare;
}

/**
 * Whether a label that says something ("total assets") stands under headings that exclude each other: then layouts
 * only call the heading differently ("Balance sheet", "Statement of financial position").
 */
function isRenamedHeading(places: readonly Place[], overlap: Overlap): boolean {
  const leaf = places[0]?.parts.at(-1) ?? '';
  const headings = new Set(places.map(({ parts }) => parts.at(-2) ?? ''));
  if (isGeneric(leaf) || !leaf.includes(' ') || headings.size < 2) return false;
  return overlap.separate(places).apart.length === 0;
}

/** How many labels stand under the same heading or label. */
function labelsBeside({ parts, paths: [path] }: Place, topics: Topics): number {
  if (parts.length < 2) return Infinity;
  // A sub-label is nothing without its label.
  return (path?.labelLength ?? 1) > 1 ? fewestForWeakLabel : topics.labels(parts.slice(0, -1));
}

/**
 * How many labels stand below each heading, at any depth, in the documents that have it. A heading above a few is
 * a topic, which says what they are about; one above many only orders the document.
 */
export class Topics {
  readonly #labels = new Map<string, number>();
  /** How many labels a document states on average. */
  readonly labelsPerDocument: number;

  constructor(paths: readonly LabelPath[], documentCount: number) {
    const labelsOfDocument = new Int32Array(documentCount);
    const below = new Map<string, LabelPath[]>();
    for (const path of paths) {
      for (const rank of path.documents) labelsOfDocument[rank] = (labelsOfDocument[rank] ?? 0) + 1;
      for (let length = path.parts.length - path.labelLength; length > 0; length -= 1) {
        const heading = keyOf(path.parts.slice(0, length));
        const known = below.get(heading);
        if (known === undefined) below.set(heading, [path]);
        else known.push(path);
      }
    }
    const overlap = new Overlap(documentCount);
    const stated = labelsOfDocument.reduce((sum, labels) => sum + labels, 0);
    const average = stated / Math.max(1, labelsOfDocument.filter((labels) => labels > 0).length);
    this.labelsPerDocument = average;
    for (const [heading, inside] of below) {
      const labels = inside.reduce((total, { documents }) => total + documents.length, 0);
      const perDocument = labels / Math.max(1, overlap.count(inside));
      const small = perDocument <= Math.max(labelsOfSmallTopic, average * largestTopicShare);
      this.#labels.set(heading, small ? perDocument : Infinity);
    }
  }

  /**
   * The average number of labels below a heading, given with all headings above it; infinite where it holds a
   * large part of the document, or is no heading.
   */
  labels(heading: readonly string[]): number {
    return this.#labels.get(keyOf(heading)) ?? Infinity;
  }

  isTopic(heading: readonly string[]): boolean {
    return this.labels(heading) <= mostLabelsOfTopic;
  }
}

const keyOf = (parts: readonly string[]): string => parts.join('\n');

/** Counts the documents that sets of paths share. */
class Overlap {
  readonly #stamps: Int32Array;
  #stamp = 0;

  constructor(documentCount: number) {
    this.#stamps = new Int32Array(documentCount);
  }

  /** The ranks of all documents of the paths, ascending. */
  union(paths: readonly LabelPath[]): Int32Array {
    const [first] = paths;
    if (paths.length === 1 && first !== undefined) return first.documents;
    this.#stamp += 1;
    const ranks: number[] = [];
    for (const path of paths) this.#mark(path.documents, ranks);
    return Int32Array.from(ranks).sort();
  }

  /** The number of documents that have any of the paths. */
  count(paths: readonly LabelPath[]): number {
    return this.union(paths).length;
  }

  /** Those that exclude each other, beginning with the most frequent one, and the others. */
  separate(places: readonly Place[]): { together: Place[]; apart: Place[] } {
    this.#stamp += 1;
    const together: Place[] = [];
    const apart: Place[] = [];
    for (const place of places) {
      const shared = place.documents.reduce(
        (count, rank) => count + (this.#stamps[rank] === this.#stamp ? 1 : 0),
        0,
      );
      if (shared > place.documents.length * overlapShare) {
        apart.push(place);
      } else {
        together.push(place);
        this.#mark(place.documents);
      }
    }
    return { together, apart };
  }

  #mark(documents: Int32Array, added: number[] = []): void {
    for (const rank of documents) {
      if (this.#stamps[rank] === this.#stamp) continue;
      this.#stamps[rank] = this.#stamp;
      added.push(rank);
    }
  }
}
