import type { Random } from '../random.ts';
import { fillContext, type SentenceCounts } from './fill-context.ts';
import { digits, distinct, pick, shuffle, type Needle, type RulerLanguage } from './ruler-language.ts';
import type { RulerTask } from './ruler-tasks.ts';

/** A question with its text and the strings that an answer must hold. */
export interface RulerItem {
  readonly query: string;
  readonly context: string;
  readonly outputs: readonly string[];
}

export interface RulerRequest {
  readonly task: RulerTask;
  readonly language: RulerLanguage;
  /** The tokens of text and question together. */
  readonly tokens: number;
  readonly counts: SentenceCounts;
  readonly random: Random;
}

const sizes = {
  distractors: 3,
  values: 4,
  queried: 4,
  hops: 4,
  otherChains: 2,
  valueDigits: 7,
  variableDigits: 5,
  common: 10,
  commonTimes: 30,
  uncommonTimes: 3,
  frequent: 3,
} as const;
/** The exponent of the frequencies of words in `fwe`; RULER's. */
const zipfExponent = 2;
/** What the question and the layout take beside the text. */
const layoutTokens = 8;

/** Makes one question of a task, of a given length, by what `random` gives. */
export function makeRulerItem(request: RulerRequest): RulerItem {
  switch (request.task) {
    case 'niah_single':
      return needles(request, { keys: 1, values: 1, others: 0 });
    case 'niah_multikey':
      return needles(request, { keys: 1, values: 1, others: sizes.distractors });
    case 'niah_multivalue':
      return needles(request, { keys: 1, values: sizes.values, others: 0 });
    case 'niah_multiquery':
      return needles(request, { keys: sizes.queried, values: 1, others: 0 });
    case 'vt':
      return variables(request);
    case 'cwe':
      return commonWords(request);
    case 'fwe':
      return frequentWords(request);
    case 'qa':
      return question(request);
  }
}

function roomFor({ tokens, counts }: RulerRequest, query: string): number {
  return tokens - counts.of(query) - layoutTokens;
}

function inNoise(request: RulerRequest, query: string, statements: readonly string[]): string {
  const { language, counts, random } = request;
  return fillContext({
    statements,
    noise: () => language.noise(random),
    separator: language.space,
    tokens: roomFor(request, query),
    counts,
    random,
  });
}

function needles(
  request: RulerRequest,
  { keys: asked, values, others }: { keys: number; values: number; others: number },
): RulerItem {
  const { language, random } = request;
  const keys = distinct(asked + others, () => language.key(random));
  const numbers = distinct(asked * values + others, () => digits(random, sizes.valueDigits));
  const wanted: Needle[] = keys
    .slice(0, asked)
    .flatMap((key, index) =>
      numbers.slice(index * values, (index + 1) * values).map((value) => ({ key, value })),
    );
  const other = keys
    .slice(asked)
    .map((key, index): Needle => ({ key, value: numbers[asked * values + index] ?? '' }));
  const query = language.queries.needles(keys.slice(0, asked));
  const statements = shuffle(random, [...wanted, ...other]).map((needle) => language.needle(needle));
  return { query, context: inNoise(request, query, statements), outputs: wanted.map(({ value }) => value) };
}

function variables(request: RulerRequest): RulerItem {
  const { language, random } = request;
  const length = sizes.hops + 1;
  const chains = 1 + sizes.otherChains;
  const names = distinct(length * chains, () =>
    Array.from({ length: 5 }, () => String.fromCharCode(65 + Math.floor(random() * 26))).join(''),
  );
  const values = distinct(chains, () => digits(random, sizes.variableDigits));
  const assignments = values.map((value, chain) =>
    names
      .slice(chain * length, (chain + 1) * length)
      .map((name, index, own) => language.assignment(name, index === 0 ? value : `VAR ${own[index - 1]}`)),
  );
  const [value = ''] = values;
  const query = language.queries.variables(value);
  return {
    query,
    context: inNoise(request, query, interleave(random, assignments)),
    outputs: names.slice(0, length),
  };
}

/** Joins lists at random; the order within each is kept. */
function interleave(random: Random, lists: readonly (readonly string[])[]): string[] {
  const turns = shuffle(
    random,
    lists.flatMap((list, index) => list.map(() => index)),
  );
  const rests = lists.map((list) => [...list]);
  return turns.map((list) => rests[list]?.shift() ?? '');
}

function commonWords(request: RulerRequest): RulerItem {
  const { language, random, counts } = request;
  const query = language.queries.commonWords(sizes.common);
  const drawn = new Set<string>();
  const fresh = (): string => {
    let word = language.word(random);
    while (drawn.has(word)) word = language.word(random);
    drawn.add(word);
    return word;
  };
  // The list is numbered: "12. word"
  let left = roomFor(request, query);
  let entries = 0;
  const cost = (word: string, times: number): number => {
    const number = counts.of(`${entries + times}. `);
    return times * (counts.of(language.listSpace + word) + number);
  };
  const list: string[] = [];
  const add = (word: string, times: number): void => {
    left -= cost(word, times);
    entries += times;
    for (let time = 0; time < times; time++) list.push(word);
  };
  const common = Array.from({ length: sizes.common }, fresh);
  const full = common.reduce((sum, word) => sum + cost(word, sizes.commonTimes), 0);
  // Short texts have no room for thirty times; the common words stay twice as frequent as the others at least.
  const times = Math.max(
    2 * sizes.uncommonTimes,
    Math.min(sizes.commonTimes, Math.floor((sizes.commonTimes * left * 0.7) / full)),
  );
  for (const word of common) add(word, times);
  for (let word = fresh(); cost(word, sizes.uncommonTimes) <= left; word = fresh())
    add(word, sizes.uncommonTimes);
  const context = shuffle(random, list)
    .map((word, index) => `${index + 1}. ${word}`)
    .join(language.listSpace);
  return { query, context, outputs: common };
}

function frequentWords(request: RulerRequest): RulerItem {
  const { language, random, counts } = request;
  const query = language.queries.frequentWords(sizes.frequent);
  const room = roomFor(request, query);
  const sample = Array.from({ length: 20 }, () => counts.of(language.listSpace + language.word(random)));
  const perWord = sample.reduce((sum, count) => sum + count, 0) / sample.length;
  const total = Math.floor(room / perWord);
  const shareOfFirst = 6 / Math.PI ** 2;
  const list: string[] = [];
  const outputs: string[] = [];
  let left = room;
  const drawn = new Set<string>();
  for (let rank = 1; ; rank++) {
    let word = language.word(random);
    while (drawn.has(word)) word = language.word(random);
    drawn.add(word);
    const cost = counts.of(language.listSpace + word);
    const wanted = Math.max(1, Math.floor((total * shareOfFirst) / rank ** zipfExponent));
    const times = Math.min(wanted, Math.floor(left / cost));
    if (times < 1 || (rank <= sizes.frequent + 1 && times < wanted)) break;
    left -= times * cost;
    for (let time = 0; time < times; time++) list.push(word);
    if (rank <= sizes.frequent) outputs.push(word);
  }
  return { query, context: shuffle(random, list).join(language.listSpace), outputs };
}

function question(request: RulerRequest): RulerItem {
  const { language, random } = request;
  const person = language.person(random);
  const asked = pick(random, ['town', 'trade', 'year'] as const);
  const query = language.queries.person(person, asked);
  const names = new Set([person.name]);
  const other = (): string => {
    let another = language.person(random);
    while (names.has(another.name)) another = language.person(random);
    names.add(another.name);
    return language.portrait(another);
  };
  const context = fillContext({
    statements: [language.portrait(person)],
    noise: other,
    separator: '\n\n',
    tokens: roomFor(request, query),
    counts: request.counts,
    random,
  });
  return { query, context, outputs: [String(person[asked])] };
}
