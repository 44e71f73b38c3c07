import { isCapital, numberKey, type ProseToken } from './prose-tokens.ts';
import { clusterSentences, type SampleSentence, type SentenceCluster } from './sentence-clusters.ts';
import { isNoun, nameSlot, wordsAround, wordsBefore } from './slot-names.ts';
import { matchTemplate, unnamed, type Slot, type Template } from './template.ts';
import { afterTurn, isDirection } from './turns.ts';
import { determiners, prepositions } from '../../reader/sentences/words.ts';

/** What of a cluster's sentences may differ where the template has a constant word. */
const mostUnlike = 0.05;
const fewestWords = 2;
const enoughWords = 4;
/** Sentences that differ from the rest of their cluster in one place show that it is a slot. */
const fewestUnlike = 2;
const mostOtherwiseUnlike = 0.1;
const fewestFilled = 0.5;
const mostOfOneValue = 0.98;
const longestValue = 8;
const deepest = 2;
/** Slots of more words may hold clauses with values of their own. */
const fewestWordsOfClauses = 2.5;
const fewestCovered = 0.3;
const fewestInClause = 3;
const mostInTitle = 0.6;
const fewestCapitals = 0.6;
/** Slots of single words. */
const fewestSingle = 0.8;
const mostAdverbial = 0.5;

export interface InductionOptions {
  /** Documents in which a template comes back. */
  readonly fewest: number;
  /** Titles of the documents, by their number: what is in them is no attribute. */
  readonly titles: ReadonlyMap<number, string>;
}

interface Surroundings {
  readonly left: readonly (string | null)[];
  readonly right: readonly (string | null)[];
  readonly depth: number;
}

/** What stands in a slot of a sentence. */
type Filled = SampleSentence;

/**
 * Finds the patterns to which sentences are made: words that come back in many documents, in one order, with slots
 * between them whose words vary. What stands in a slot over many documents are the values of an attribute.
 */
export function induceTemplates(
  sentences: readonly SampleSentence[],
  options: InductionOptions,
  around: Surroundings = { left: [], right: [], depth: 0 },
): Template[] {
  const gram = around.depth === 0 ? 3 : 2;
  return clusterSentences(sentences, { gram, fewest: options.fewest })
    .filter(({ members }) => countDocuments(members.map(({ sentence }) => sentence)) >= options.fewest)
    .flatMap((cluster) => templateOf(cluster, options, around) ?? [])
    .toSorted((a, b) => countWords(b) - countWords(a));
}

const countDocuments = (sentences: readonly { readonly document: number }[]): number =>
  new Set(sentences.map(({ document }) => document)).size;

const countWords = ({ phrases }: Template): number =>
  phrases.flat().filter((key) => /^\p{L}/u.test(key)).length;

function templateOf(
  cluster: SentenceCluster,
  options: InductionOptions,
  around: Surroundings,
): Template | null {
  const found = frameOf(cluster);
  if (found === null || !isTelling(found)) return null;
  const frame = withHeads(found, columnsOf(found, cluster));
  const columns = columnsOf(frame, cluster);
  if (countDocuments(columns[0] ?? []) < options.fewest) return null;
  // What most sentences lack does not part the words round it.
  const stands = columns.map(
    (column) => column.filter(({ tokens }) => tokens.length > 0).length >= column.length * fewestFilled,
  );
  const taken = new Set<string>();
  const turn = columns.findIndex(isDirection);
  const slots = frame.slots.map((slot, index): Slot | null => {
    if (slot === null) return null;
    if (index === turn) return { label: null, children: [], role: 'direction' };
    const left = [...around.left, ...keysBefore(frame, index, stands)];
    const right = [...keysAfter(frame, index, stands), ...around.right];
    const read = readSlot(columns[index] ?? [], options, { left, right, depth: around.depth });
    const changed = turn < 0 || index < turn ? null : wordsBefore(keysBefore(frame, turn, stands));
    const named = changed === null ? read : afterTurn(read, changed, frame.phrases[index - 1] ?? []);
    // Two slots of one name leave open what either is.
    if (named.label === null || named.label === unnamed || !taken.has(named.label)) {
      if (named.label !== null) taken.add(named.label);
      return named;
    }
    return { ...named, label: unnamed };
  });
  const isRead = slots.some((slot) => slot !== null && (slot.label !== null || slot.children.length > 0));
  return isRead ? { phrases: frame.phrases, slots } : null;
}

/** What the sentences of a cluster that follow the frame have in each of its slots. */
function columnsOf(frame: Template, { members }: SentenceCluster): Filled[][] {
  const columns: Filled[][] = frame.slots.map(() => []);
  for (const { sentence } of members) {
    const { document, tokens } = sentence;
    matchTemplate(frame, tokens)?.forEach(({ from, to }, index) =>
      columns[index]?.push({ document, tokens: tokens.slice(from, to) }),
    );
  }
  return columns;
}

/** A noun that all values qualify belongs to them: "in a rift | subduction | collision zone" has zones as its values. */
function withHeads(frame: Template, columns: readonly Filled[][]): Template {
  const phrases: (readonly string[])[] = [];
  const slots: (Slot | null)[] = [];
  for (const [index, phrase] of frame.phrases.entries()) {
    slots.push(frame.slots[index] ?? null);
    const before = frame.phrases[index - 1]?.at(-1) ?? '';
    const isHead =
      frame.slots[index] !== null &&
      (determiners.has(before) || prepositions.has(before)) &&
      isNoun(phrase[0] ?? '') &&
      isOfQualifiers(columns[index] ?? []);
    if (!isHead) phrases.push(phrase);
    else if (phrase.length > 1) phrases.push(phrase.slice(1));
    // What may follow the noun is of the value as well: "crust of unknown thickness".
    else if (frame.slots[index + 1] === null) phrases.push(phrase);
    else slots.pop();
  }
  slots.push(frame.slots.at(-1) ?? null);
  return { phrases, slots };
}

function isOfQualifiers(column: readonly Filled[]): boolean {
  const filled = column.filter(({ tokens }) => tokens.length > 0);
  const single = filled.filter(({ tokens: [first, second] }) => second === undefined && isPlain(first));
  return single.length > 0 && single.length >= filled.length * fewestSingle;
}

const isPlain = (token: ProseToken | undefined): boolean =>
  token !== undefined && /^\p{Ll}[\p{Ll}-]*$/u.test(token.text);

/** A template of few words has one among them that says something. */
function isTelling(frame: Template): boolean {
  const words = countWords(frame);
  if (words >= enoughWords) return true;
  return words >= fewestWords && frame.phrases.flat().some((key) => /^\p{L}{4,}$/u.test(key));
}

function keysBefore(
  { phrases, slots }: Template,
  slot: number,
  stands: readonly boolean[],
): (string | null)[] {
  return phrases
    .slice(0, slot)
    .flatMap((phrase, index) => [
      ...(slots[index] === null || stands[index] !== true ? [] : [null]),
      ...phrase,
    ]);
}

function keysAfter(
  { phrases, slots }: Template,
  slot: number,
  stands: readonly boolean[],
): (string | null)[] {
  return phrases.slice(slot).flatMap((phrase, offset) => {
    const next = slot + offset + 1;
    return [...phrase, ...(slots[next] === null || stands[next] !== true ? [] : [null])];
  });
}

/** The constant phrases of a cluster, with open slots. */
function frameOf({ model, members }: SentenceCluster): Template | null {
  const most = Math.floor(members.length * mostUnlike);
  const kept = model.map(
    (_, index) => members.filter(({ places }) => (places[index] ?? -1) < 0).length <= most,
  );
  freeVariants(members, kept);
  freeNames(model, members, kept);
  const positions = [...kept.keys()].filter((index) => kept[index] === true);
  const full = members.filter(({ places }) => positions.every((index) => (places[index] ?? -1) >= 0));
  if (positions.length === 0 || full.length === 0) return null;
  const isJoined = (test: (member: SentenceCluster['members'][number]) => boolean): boolean =>
    full.filter((member) => !test(member)).length <= Math.floor(full.length * mostUnlike);
  const phrases: string[][] = [];
  const slots: (Slot | null)[] = [];
  const open: Slot = { label: null, children: [] };
  let before = -1;
  let isOpen = false;
  let phrase: string[] | null = null;
  for (const position of positions) {
    const adjacent = isJoined(
      ({ places }) => (places[position] ?? 0) === (before < 0 ? 0 : (places[before] ?? 0) + 1),
    );
    if (!adjacent) isOpen = true;
    before = position;
    const key = model[position]?.key ?? '';
    if (key === numberKey) {
      isOpen = true;
      continue;
    }
    if (isOpen || phrase === null) {
      phrase = [];
      phrases.push(phrase);
      slots.push(isOpen ? open : null);
      isOpen = false;
    }
    phrase.push(key);
  }
  if (phrases.length === 0) return null;
  const closes = isJoined(({ sentence, places }) => (places[before] ?? 0) === sentence.tokens.length - 1);
  slots.push(isOpen || !closes ? open : null);
  return { phrases, slots };
}

/** Frees a place in which some sentences differ that are otherwise like all others: there is another value. */
function freeVariants(members: SentenceCluster['members'], kept: boolean[]): void {
  const positions = [...kept.keys()].filter((index) => kept[index] === true);
  const unlike = new Map<number, number>();
  for (const { places } of members) {
    const missing = positions.filter((index) => (places[index] ?? -1) < 0);
    if (missing.length > positions.length * mostOtherwiseUnlike) continue;
    for (const index of missing) unlike.set(index, (unlike.get(index) ?? 0) + 1);
  }
  for (const [index, count] of unlike) if (count >= fewestUnlike) kept[index] = false;
}

/** A word with a capital that all values have in common is part of their names: "… Volcanic Arc", "… County". */
function freeNames(model: readonly ProseToken[], members: SentenceCluster['members'], kept: boolean[]): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const [index, token] of model.entries()) {
      if (kept[index] !== true || index === 0 || !isCapital(token)) continue;
      const touches = [-1, 1].some((side) => {
        if (kept[index + side] !== false) return false;
        const beside = members.flatMap(({ sentence, places }) => {
          const place = places[index] ?? -1;
          const next = sentence.tokens[place + side];
          return place < 0 || next === undefined ? [] : [next];
        });
        return beside.filter(isCapital).length >= beside.length * fewestCapitals;
      });
      if (!touches) continue;
      kept[index] = false;
      changed = true;
    }
  }
}

const adverbial = /^(?:according|\p{L}{3,}ing)$/u;
const none: Slot = { label: null, children: [] };

function readSlot(fillers: readonly Filled[], options: InductionOptions, around: Surroundings): Slot {
  const filled = fillers.filter(({ tokens }) => tokens.length > 0);
  const documents = countDocuments(filled);
  if (documents < options.fewest || filled.length < fillers.length * fewestFilled) return none;
  const texts = filled.map(({ tokens }) => textOf(tokens));
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text.toLowerCase(), (counts.get(text.toLowerCase()) ?? 0) + 1);
  const isNumber = filled.filter(({ tokens }) => tokens[0]?.key === numberKey).length > filled.length / 2;
  if (counts.size < (around.depth === 0 ? 2 : fewestInClause)) return none;
  if (Math.max(...counts.values()) > filled.length * mostOfOneValue) return none;
  // "In the register, …" goes before what is said.
  const first = filled.filter(
    ({ tokens: [word] }) => prepositions.has(word?.key ?? '') || adverbial.test(word?.key ?? ''),
  ).length;
  if (around.left.length === 0 && first > filled.length * mostAdverbial) return none;
  const length = filled.reduce((sum, { tokens }) => sum + tokens.length, 0) / filled.length;
  if (length > fewestWordsOfClauses && around.depth < deepest) {
    const children = induceTemplates(filled, options, { ...around, depth: around.depth + 1 }).filter(
      (child) => isClause(child) || countsThings(child, filled),
    );
    const covered = filled.filter(({ tokens }) =>
      children.some((child) => matchTemplate(child, tokens) !== null),
    );
    if (covered.length >= filled.length * fewestCovered) {
      // Where the clause is but a figure: "had 12 rooms and 3 halls", beside "had 12 rooms".
      const label = isNumber ? nameSlot({ ...around, values: texts, isNumber }) : null;
      return { label, children, words: wordsAround(around) };
    }
  }
  if (length > longestValue || isInTitles(filled, options.titles)) return none;
  const label = nameSlot({ ...around, values: texts, isNumber }) ?? unnamed;
  return { label, children: [], words: wordsAround(around) };
}

/** Whether a template is of a clause, and not of names that share words. */
function isClause({ phrases }: Template): boolean {
  return phrases.some((phrase) => phrase.length > 1 && phrase.some((key) => prepositions.has(key)));
}

/** Whether a template leads to figures with words, as "⟨12⟩ rooms and ⟨3⟩ halls" does. */
function countsThings(template: Template, filled: readonly Filled[]): boolean {
  const own = filled.flatMap(({ tokens }) => {
    const fillers = matchTemplate(template, tokens);
    return fillers === null ? [] : [fillers.filter(({ from }) => tokens[from]?.key === numberKey).length];
  });
  const words = template.phrases.flat().filter((key) => /^\p{L}{2}/u.test(key)).length;
  return words >= fewestWords && own.length > 0 && own.every((figures) => figures > 0);
}

function isInTitles(filled: readonly Filled[], titles: ReadonlyMap<number, string>): boolean {
  const inTitle = filled.filter(({ document, tokens }) => {
    const title = (titles.get(document) ?? '').toLowerCase();
    // A code that stands in a title among words is stated of what the title names.
    const isCode = tokens.length === 1 && code.test(tokens[0]?.text ?? '') && title.includes(' ');
    return !isCode && title.includes(textOf(tokens).toLowerCase());
  });
  return inTitle.length >= filled.length * mostInTitle;
}

const code = /^(?=.*\d)\p{Lu}[\p{L}\d/-]*[/-][\p{L}\d/-]*$/u;

function textOf(tokens: readonly ProseToken[]): string {
  return tokens.map(({ text }) => text).join(' ');
}
