import { recordFile, type RankedDocument } from './document-order.ts';
import { FileFamilies } from './file-families.ts';
import { fillerWords } from './generic-words.ts';
import type { LabelPath } from './label-paths.ts';
import { areSynonyms, stemOf } from './label-words.ts';
import type { PeriodicDocument } from './periodic-documents.ts';

/** Documents with like labels: what becomes one table. Ranks ascending. */
export interface DocumentKind {
  readonly documents: Int32Array;
  /** Rows of one record file (or several with the same header), as opposed to documents of their own. */
  readonly records: boolean;
}

/** A document, or a record file's rows together. */
interface Unit {
  readonly documents: number[];
  /** Those of its labels that other documents state as well. */
  readonly labels: Int32Array;
  /** How many labels it states. */
  readonly stated: number;
}

interface Cluster {
  readonly units: Unit[];
  documents: number;
  /** How many documents state each label. */
  readonly counts: Float32Array;
  /** Sum of `counts`; divided by `documents` it is the number of labels a document is expected to have. */
  total: number;
}

/** Fewer labels than this say nothing about what a document is. */
const fewestLabels = 3;
const joinSimilarity = 0.35;
/** Clusters of one folder whose labels share this part of their words are layouts of one kind. */
const sameWordsSimilarity = 0.4;
/** The same where the files are called alike, which says already that they are of one sort. */
const sameWordsOfFamily = 0.2;
/** The same where the files' names have a word in common, which says what they are: `the-letter-review`. */
const sameWordsOfNamesakes = 0.15;
/** A word is a cluster's when this share of its documents state it in a label. */
const recurringShare = 0.2;
/** Fewer words than this say nothing about what a document is. */
const fewestWords = 6;
const fewestWordsOfHeader = 4;
const mergeSimilarity = 0.3;
const sameHeaderSimilarity = 0.6;
/** The same for files that are called alike: last year's export had some columns more and some fewer. */
const sameHeaderOfFamily = 0.25;
const mostLeaders = 48;
/** A label is of a kind's core when this share of its documents state it … */
const coreShare = 0.5;
/** … and marks the kind off from another when at most this share of the other's documents do. */
const foreignShare = 0.1;
const fewestCoreLabels = 3;
/** An odd document stands apart only in a corpus of some size, and only when nearly nothing fits. */
const fewestDocumentsForOdd = 10;
const oddSimilarity = 0.1;
const aboutCorpus =
  /^(?:readme|licen[cs]e|notice|copying|changelog|contributing|authors|contents|toc|sources|credits)\b/i;

/**
 * Groups documents into kinds by the labels they state. Rows of record files go by file (files with the same
 * header together). All others are one kind unless the evidence for several is strong: clusters of documents
 * that share few labels and each have a core of labels of their own. The largest kind comes first.
 */
export function findDocumentKinds(
  documents: readonly RankedDocument[],
  paths: readonly LabelPath[],
  {
    periodic = new Map(),
    totals = new Set(),
  }: {
    periodic?: ReadonlyMap<number, PeriodicDocument>;
    /** Ranks of the rows that sum up others, which are of no kind. */
    totals?: ReadonlySet<number>;
  } = {},
): DocumentKind[] {
  const { labelsOf, labels } = documentLabels(documents.length, paths);
  const records = new Map<string, number[]>();
  const subjects = new Map<number, number[]>();
  for (const [rank, document] of documents.entries()) {
    if (totals.has(rank)) continue;
    const file = recordFile(document);
    if (file === null) addTo(subjects, document.subject, rank);
    else addTo(records, file, rank);
  }
  const singles = [...subjects.values()].map((ranks): Unit => {
    const stated = ranks.reduce((sum, rank) => sum + (documents[rank]?.labels ?? 0), 0);
    return { documents: ranks, labels: unionOf(ranks, labelsOf), stated };
  });
  const families = new FileFamilies(documents);
  const words = new KindWords({ labels, documents, families, periodic });
  const kinds = [
    ...clusterRecords({ files: records, labelsOf, words, families }).map((ranks) => ({
      documents: ranks,
      records: true,
    })),
    ...clusterSingles(singles, words).map((ranks) => ({
      documents: ranks,
      records: false,
    })),
  ];
  return kinds
    .map(({ documents: ranks, records: isRecords }) => ({
      documents: Int32Array.from(ranks).sort(),
      records: isRecords,
    }))
    .sort((a, b) => b.documents.length - a.documents.length || (a.documents[0] ?? 0) - (b.documents[0] ?? 0));
}

/** Numbers the labels of documents, and lists those of each, ascending. */
function documentLabels(
  documentCount: number,
  paths: readonly LabelPath[],
): { labelsOf: (rank: number) => Int32Array; labels: readonly string[] } {
  const numbers = new Map<string, number>();
  const labelled = paths.filter(
    ({ sentence, modelled, rowTable }) => !sentence && !modelled && rowTable === null,
  );
  const starts = new Int32Array(documentCount + 1);
  for (const { documents } of labelled)
    for (const rank of documents) starts[rank + 1] = (starts[rank + 1] ?? 0) + 1;
  for (let rank = 0; rank < documentCount; rank += 1)
    starts[rank + 1] = (starts[rank + 1] ?? 0) + (starts[rank] ?? 0);
  // One list for all documents: a set for each would take many times the memory.
  const labels = new Int32Array(starts[documentCount] ?? 0);
  const ends = starts.slice(0, documentCount);
  for (const { parts, labelLength, documents } of labelled) {
    const label = parts.slice(-labelLength).join(' > ');
    const number = numbers.get(label) ?? numbers.size;
    numbers.set(label, number);
    for (const rank of documents) {
      const end = ends[rank] ?? 0;
      labels[end] = number;
      ends[rank] = end + 1;
    }
  }
  const labelsOf = (rank: number): Int32Array => {
    const own = labels.slice(starts[rank], starts[rank + 1]).sort();
    return own.filter((label, index) => label !== own[index - 1]);
  };
  return { labelsOf, labels: [...numbers.keys()] };
}

function addTo<Key>(groups: Map<Key, number[]>, key: Key, rank: number): void {
  const ranks = groups.get(key);
  if (ranks === undefined) groups.set(key, [rank]);
  else ranks.push(rank);
}

function unionOf(ranks: readonly number[], labelsOf: (rank: number) => Int32Array): Int32Array {
  const [only] = ranks;
  if (ranks.length === 1 && only !== undefined) return labelsOf(only);
  return Int32Array.from(new Set(ranks.flatMap((rank) => [...labelsOf(rank)]))).sort();
}

function clusterRecords({
  files,
  labelsOf,
  words,
  families,
}: {
  files: ReadonlyMap<string, readonly number[]>;
  labelsOf: (rank: number) => Int32Array;
  words: KindWords;
  families: FileFamilies;
}): number[][] {
  const clusters: Cluster[] = [];
  for (const ranks of files.values()) {
    const labels = unionOf(ranks, labelsOf);
    const unit = { documents: [...ranks], labels, stated: labels.length };
    const same = clusters.find((cluster) => {
      const similar = headerSimilarity(unit, cluster);
      if (similar >= sameHeaderSimilarity) return true;
      const isLayout = similar >= sameHeaderOfFamily || words.haveLikeHeaders(unit, cluster);
      return isLayout && families.areOne(ranks, documentsOf(cluster));
    });
    if (same === undefined) clusters.push(newCluster(unit, words.labelCount));
    else addUnit(same, unit);
  }
  return clusters.map(documentsOf);
}

function headerSimilarity(unit: Unit, cluster: Cluster): number {
  const header = cluster.units[0]?.labels ?? new Int32Array();
  const known = new Set(header);
  const shared = unit.labels.filter((label) => known.has(label)).length;
  return shared / Math.max(1, header.length + unit.labels.length - shared);
}

function clusterSingles(units: readonly Unit[], words: KindWords): number[][] {
  if (units.length === 0) return [];
  const telling = units.filter(({ labels }) => labels.length >= fewestLabels);
  const clusters = mergeAlike(leaderClusters(telling, words.labelCount), words);
  const main = clusters[0];
  if (main === undefined) return [units.flatMap(({ documents }) => documents)];
  const fewest = units.length < 20 ? 2 : Math.max(3, Math.ceil(units.length * 0.01));
  const kinds = [main];
  const leftOver: Unit[] = units.filter(({ labels }) => labels.length < fewestLabels);
  for (const cluster of clusters.slice(1)) {
    const apart = cluster.documents >= fewest && kinds.every((kind) => standsApart(cluster, kind));
    if (apart) kinds.push(cluster);
    else leftOver.push(...cluster.units);
  }
  const odd: number[] = [];
  const cohesive = coreLabels(main, null) >= fewestCoreLabels && units.length >= fewestDocumentsForOdd;
  for (const unit of leftOver) {
    const best = mostSimilar(unit, kinds);
    const isOdd =
      unit.stated >= fewestLabels ? similarity(unit, best) < oddSimilarity : words.speakOfOthers(unit);
    if (cohesive && isOdd) odd.push(...unit.documents);
    else addUnit(best, unit);
  }
  // Many odd documents are no exceptions: then the labels vary by nature.
  if (odd.length > units.length * 0.1) {
    const [first = [], ...others] = kinds.map(documentsOf);
    return [[...first, ...odd], ...others];
  }
  return [...kinds.map(documentsOf), odd].filter((ranks) => ranks.length > 0);
}

/** Assigns each unit to the most similar cluster so far, the richest units first, or lets it found one. */
function leaderClusters(units: readonly Unit[], labelCount: number): Cluster[] {
  const clusters: Cluster[] = [];
  const richestFirst = units.toSorted((a, b) => b.labels.length - a.labels.length);
  for (const unit of richestFirst) {
    const best = clusters.length === 0 ? null : mostSimilar(unit, clusters);
    const joins =
      best !== null && (clusters.length >= mostLeaders || similarity(unit, best) >= joinSimilarity);
    if (joins) addUnit(best, unit);
    else clusters.push(newCluster(unit, labelCount));
  }
  return clusters;
}

function mergeAlike(clusters: readonly Cluster[], words: KindWords): Cluster[] {
  let current = [...clusters].sort((a, b) => b.documents - a.documents);
  for (;;) {
    const merged: Cluster[] = [];
    for (const cluster of current) {
      const like = merged.find(
        (other) => profileSimilarity(cluster, other) >= mergeSimilarity || words.areLayouts(cluster, other),
      );
      if (like === undefined) merged.push(cluster);
      else for (const unit of cluster.units) addUnit(like, unit);
    }
    if (merged.length === current.length) return merged.sort((a, b) => b.documents - a.documents);
    current = merged;
  }
}

/** The share of the labels that the two have in common, of those the poorer one is expected to have. */
function similarity(unit: Unit, cluster: Cluster): number {
  let shared = 0;
  for (const label of unit.labels) shared += cluster.counts[label] ?? 0;
  const expected = cluster.total / cluster.documents;
  return shared / cluster.documents / Math.max(1, Math.min(unit.stated, expected));
}

function profileSimilarity(a: Cluster, b: Cluster): number {
  let shared = 0;
  for (const [label, count] of a.counts.entries()) {
    shared += Math.min(count / a.documents, (b.counts[label] ?? 0) / b.documents);
  }
  return shared / Math.max(1, Math.min(a.total / a.documents, b.total / b.documents));
}

/**
 * Tells layouts of one kind, which state the same under other labels ("Graduation rate (6-year)", "Six-year
 * graduation rate"), from kinds of documents.
 */
class KindWords {
  readonly labelCount: number;
  readonly #words: readonly (readonly string[])[];
  readonly #documents: readonly RankedDocument[];
  readonly #families: FileFamilies;
  readonly #periodic: ReadonlyMap<number, PeriodicDocument>;

  constructor({
    labels,
    documents,
    families,
    periodic,
  }: {
    labels: readonly string[];
    documents: readonly RankedDocument[];
    families: FileFamilies;
    periodic: ReadonlyMap<number, PeriodicDocument>;
  }) {
    this.#families = families;
    this.#periodic = periodic;
    this.labelCount = labels.length;
    this.#words = labels.map((label) => wordsOf(label));
    this.#documents = documents;
  }

  /** Whether two clusters of one folder, and one format unless the files are called alike, speak of the same things. */
  areLayouts(a: Cluster, b: Cluster): boolean {
    const places = this.#places(a);
    const family = this.#families.areOne(documentsOf(a), documentsOf(b));
    if (!family && ![...this.#places(b)].some((place) => places.has(place))) return false;
    // Of some things and periods the documents have one layout, of others another.
    const series = new Set(
      [...documentsOf(a), ...documentsOf(b)].map((rank) => this.#periodic.get(rank)?.series),
    );
    if (series.size === 1 && !series.has(undefined)) return true;
    const [wordsA, wordsB] = [this.#recurring(a), this.#recurring(b)];
    const fewer = Math.min(wordsA.size, wordsB.size);
    // Prose has hardly a label; then the files' names decide.
    if (fewer < fewestWords) return family;
    const named = family && this.#families.shareWord(documentsOf(a), documentsOf(b));
    const needed = named ? sameWordsOfNamesakes : family ? sameWordsOfFamily : sameWordsSimilarity;
    return sharedWords(wordsA, wordsB) / fewer >= needed;
  }

  /** Whether the columns of two record files are called alike, though hardly one is called the same. */
  haveLikeHeaders({ labels }: Unit, { units: [first] }: Cluster): boolean {
    const wordsOfLabels = (own: Int32Array): Set<string> =>
      new Set([...own].flatMap((label) => this.#words[label] ?? []));
    const [wordsA, wordsB] = [wordsOfLabels(labels), wordsOfLabels(first?.labels ?? new Int32Array())];
    const fewer = Math.min(wordsA.size, wordsB.size);
    return fewer >= fewestWordsOfHeader && sharedWords(wordsA, wordsB) / fewer >= sameWordsSimilarity;
  }

  /** Whether documents speak of the others, as a README or a licence does. */
  speakOfOthers({ documents }: Unit): boolean {
    return documents.some((rank) => {
      const path = this.#documents[rank]?.path ?? '';
      return aboutCorpus.test(path.slice(path.lastIndexOf('/') + 1));
    });
  }

  #places({ units }: Cluster): Set<string> {
    const ranks = units.flatMap(({ documents }) => documents);
    return new Set(
      ranks.map((rank) => {
        const { path = '', format = '' } = this.#documents[rank] ?? {};
        return `${format} ${path.slice(0, path.lastIndexOf('/') + 1)}`;
      }),
    );
  }

  #recurring({ counts, documents }: Cluster): Set<string> {
    const words = new Map<string, number>();
    for (const [label, count] of counts.entries()) {
      if (count > 0)
        for (const word of this.#words[label] ?? []) words.set(word, (words.get(word) ?? 0) + count);
    }
    return new Set(
      [...words].filter(([, count]) => count >= documents * recurringShare).map(([word]) => word),
    );
  }
}

/** How many words of one set the other has too, or a synonym of them. */
function sharedWords(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [smaller, larger] = a.size <= b.size ? [a, b] : [b, a];
  const others = [...larger].filter((word) => !smaller.has(word));
  return [...smaller].filter((word) => larger.has(word) || others.some((other) => areSynonyms(word, other)))
    .length;
}

function wordsOf(label: string): string[] {
  const words = label.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !fillerWords.has(word));
  return [...new Set(words.map(stemOf))];
}

function mostSimilar(unit: Unit, clusters: readonly Cluster[]): Cluster {
  let [best] = clusters;
  if (best === undefined) throw new RangeError('There is no cluster to choose from.');
  let most = similarity(unit, best);
  for (const cluster of clusters.slice(1)) {
    const value = similarity(unit, cluster);
    if (value > most) [best, most] = [cluster, value];
  }
  return best;
}

function standsApart(a: Cluster, b: Cluster): boolean {
  return coreLabels(a, b) >= fewestCoreLabels && coreLabels(b, a) >= fewestCoreLabels;
}

/** How many labels most documents of the cluster state and (almost) none of the other's. */
function coreLabels(cluster: Cluster, other: Cluster | null): number {
  let labels = 0;
  for (const [label, count] of cluster.counts.entries()) {
    const foreign = other === null ? 0 : (other.counts[label] ?? 0) / other.documents;
    if (count / cluster.documents >= coreShare && foreign <= foreignShare) labels += 1;
  }
  return labels;
}

function newCluster(unit: Unit, labelCount: number): Cluster {
  const cluster: Cluster = { units: [], documents: 0, counts: new Float32Array(labelCount), total: 0 };
  addUnit(cluster, unit);
  return cluster;
}

function addUnit(cluster: Cluster, unit: Unit): void {
  cluster.units.push(unit);
  cluster.documents += unit.documents.length;
  cluster.total += unit.labels.length * unit.documents.length;
  for (const label of unit.labels)
    cluster.counts[label] = (cluster.counts[label] ?? 0) + unit.documents.length;
}

function documentsOf(cluster: Cluster): number[] {
  return cluster.units.flatMap(({ documents }) => documents);
}
