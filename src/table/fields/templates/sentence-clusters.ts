import { isCapital, type ProseToken } from './prose-tokens.ts';

/** A sentence, or a part of one, of a document. */
export interface SampleSentence {
  /** Any number that is the document's own; sentences of one document follow one another. */
  readonly document: number;
  readonly tokens: readonly ProseToken[];
}

/** Sentences that are made to one pattern. */
export interface SentenceCluster {
  /** The one that the others are laid beside. */
  readonly model: readonly ProseToken[];
  readonly members: readonly { readonly sentence: SampleSentence; readonly places: Int16Array }[];
}

interface Leader {
  readonly model: readonly ProseToken[];
  readonly priors: Float64Array;
  readonly matched: Float64Array;
  readonly members: { readonly sentence: SampleSentence; readonly places: Int16Array }[];
}

const mostLeaders = 3000;
const mostCompared = 4;
const fewestGrams = 2;
/** The share of what stays the same in a cluster that a sentence must have, and of its own words. */
const fewestOfModel = 0.7;
const fewestOfSentence = 0.35;
/** How much a word counts before anything is known of it: names vary most. */
const priorOfWord = 1;
const priorOfName = 0.3;
const priorOfMark = 0.5;
const priorMembers = 2;
const longestSentence = 120;

/**
 * Gathers sentences that say the same of different things: each is laid beside the first of its cluster, and the words
 * that both have in one order count by how often they have come back so far.
 *
 * @param gram how many words in a row must come back for two sentences to be compared.
 * @param fewest documents in which such words come back.
 */
export function clusterSentences(
  sentences: readonly SampleSentence[],
  { gram, fewest }: { gram: number; fewest: number },
): SentenceCluster[] {
  const frequency = countGrams(sentences, gram);
  const leaders: Leader[] = [];
  const byGram = new Map<string, number[]>();
  for (const sentence of sentences) {
    if (sentence.tokens.length > longestSentence) continue;
    const grams = new Set(
      gramsOf(sentence.tokens, gram).filter((each) => (frequency.get(each) ?? 0) >= fewest),
    );
    if (grams.size < Math.min(fewestGrams, sentence.tokens.length - gram + 1)) continue;
    const best = bestLeader(sentence, grams, leaders, byGram);
    if (best !== null) {
      best.places.forEach((place, index) => {
        if (place >= 0) best.leader.matched[index] = (best.leader.matched[index] ?? 0) + 1;
      });
      best.leader.members.push({ sentence, places: best.places });
    } else if (leaders.length < mostLeaders) {
      for (const each of grams) byGram.set(each, [...(byGram.get(each) ?? []), leaders.length]);
      leaders.push(newLeader(sentence));
    }
  }
  return leaders.map(({ model, members }) => ({ model, members }));
}

function newLeader(sentence: SampleSentence): Leader {
  const { tokens } = sentence;
  const priors = Float64Array.from(tokens, (token, index) => {
    if (token.kind === 'mark') return priorOfMark;
    return index > 0 && isCapital(token) ? priorOfName : priorOfWord;
  });
  const places = Int16Array.from(tokens, (_, index) => index);
  return {
    model: tokens,
    priors,
    matched: new Float64Array(tokens.length).fill(1),
    members: [{ sentence, places }],
  };
}

function bestLeader(
  sentence: SampleSentence,
  grams: ReadonlySet<string>,
  leaders: readonly Leader[],
  byGram: ReadonlyMap<string, readonly number[]>,
): { leader: Leader; places: Int16Array } | null {
  const shared = new Map<number, number>();
  for (const gram of grams)
    for (const index of byGram.get(gram) ?? []) shared.set(index, (shared.get(index) ?? 0) + 1);
  const likely = [...shared].toSorted(([, a], [, b]) => b - a).slice(0, mostCompared);
  let best: { leader: Leader; places: Int16Array } | null = null;
  let most = fewestOfModel;
  for (const [index] of likely) {
    const leader = leaders[index];
    if (leader === undefined) continue;
    const { places, score, count } = align(leader, sentence.tokens);
    if (score < most || count < sentence.tokens.length * fewestOfSentence) continue;
    most = score;
    best = { leader, places };
  }
  return best;
}

/** The heaviest common subsequence of a leader and a sentence. */
function align(
  leader: Leader,
  tokens: readonly ProseToken[],
): { places: Int16Array; score: number; count: number } {
  const { model, priors, matched, members } = leader;
  const weights = Float64Array.from(
    priors,
    (prior, index) => ((matched[index] ?? 0) + prior * priorMembers) / (members.length + priorMembers),
  );
  const gains = gainsOf(model, tokens, weights);
  const [rows, columns] = [model.length + 1, tokens.length + 1];
  const table = new Float64Array(rows * columns);
  for (let i = rows - 2; i >= 0; i -= 1)
    for (let j = columns - 2; j >= 0; j -= 1) {
      const at = i * columns + j;
      const gain = gains[at] ?? 0;
      const both = gain === 0 ? 0 : (table[at + columns + 1] ?? 0) + gain;
      table[at] = Math.max(table[at + columns] ?? 0, table[at + 1] ?? 0, both);
    }
  const places = new Int16Array(model.length).fill(-1);
  let [i, j, count, weight] = [0, 0, 0, 0];
  while (i < rows - 1 && j < columns - 1) {
    const at = i * columns + j;
    const gain = gains[at] ?? 0;
    if (gain > 0 && table[at] === (table[at + columns + 1] ?? 0) + gain) {
      places[i] = j;
      count += 1;
      weight += weights[i] ?? 0;
      i += 1;
      j += 1;
    } else if (table[at] === table[at + columns]) i += 1;
    else j += 1;
  }
  const total = weights.reduce((sum, each) => sum + each, 0);
  return { places, score: total === 0 ? 0 : weight / total, count };
}

/** Words beside the same word go together: of two "of" the one is meant that stands in the phrase. */
const besideTheSame = 0.05;

/** What it brings to lay each word of the model beside each of the sentence; 0 where they differ. */
function gainsOf(
  model: readonly ProseToken[],
  tokens: readonly ProseToken[],
  weights: Float64Array,
): Float64Array {
  const columns = tokens.length + 1;
  const gains = new Float64Array((model.length + 1) * columns);
  const placesOf = new Map<string, number[]>();
  for (const [j, { key }] of tokens.entries()) placesOf.set(key, [...(placesOf.get(key) ?? []), j]);
  for (const [i, { key }] of model.entries())
    for (const j of placesOf.get(key) ?? []) {
      const follows = model[i + 1] !== undefined && model[i + 1]?.key === tokens[j + 1]?.key;
      const precedes = i > 0 && model[i - 1]?.key === tokens[j - 1]?.key;
      gains[i * columns + j] = (weights[i] ?? 0) + besideTheSame * (Number(follows) + Number(precedes));
    }
  return gains;
}

function gramsOf(tokens: readonly ProseToken[], gram: number): string[] {
  const grams: string[] = [];
  for (let at = 0; at + gram <= tokens.length; at += 1) {
    const part = tokens.slice(at, at + gram);
    if (part.some(({ kind }) => kind === 'word')) grams.push(part.map(({ key }) => key).join(' '));
  }
  return grams;
}

/** In how many documents each gram stands. */
function countGrams(sentences: readonly SampleSentence[], gram: number): Map<string, number> {
  const counts = new Map<string, number>();
  const last = new Map<string, number>();
  for (const { document, tokens } of sentences)
    for (const each of gramsOf(tokens, gram)) {
      if (last.get(each) === document) continue;
      last.set(each, document);
      counts.set(each, (counts.get(each) ?? 0) + 1);
    }
  return counts;
}
