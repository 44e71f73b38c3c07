import type { Context } from '../../grammar/context.ts';
import { isLinked, mayBeParticiple, mayBeVerb, roleOf } from '../../grammar/loose-words.ts';
import { isMeasuredIn, isMeasureNoun } from '../../language/measure-nouns.ts';
import { isPlainModifier } from '../../grammar/plain-modifiers.ts';
import { unitWords } from '../../language/number-words.ts';
import type { Token } from '../../language/token.ts';
import { leastFrequent, mostFrequent } from '../frequent.ts';
import type { Meaning } from '../piece.ts';
import { isTime } from '../times.ts';
import { speaksOfMoney } from './columns.ts';

interface Phrase {
  readonly words: readonly string[];
  readonly cost: number;
  readonly meaning: Meaning;
}

const phrase = (text: string, meaning: Meaning, cost = 0): Phrase[] =>
  text.split('|').map((each) => ({ words: each.split(' '), cost, meaning }));

const sum: Meaning = { kind: 'measure', measure: { function: 'sum' } };
const average: Meaning = { kind: 'measure', measure: { function: 'average' } };
/** Phrases that mean the same in every question. */
const phrases: readonly Phrase[] = [
  ...phrase(
    'for each|for every|in each|in every|of each|of every|at each|at every|each of|on each|from each|to each|under each|with each|within each|each|every|per|for each of|each individual|grouped by|broken down by|split by|split up by|separately for|separately by|group by',
    { kind: 'each', isSure: true },
  ),
  ...phrase(
    'by|going by|judging by|judged by|going only by|across|according to|based on|in terms of|for all|across all|down by',
    { kind: 'each', isSure: false },
    0.03,
  ),
  ...phrase(
    'in total|in all|altogether|all together|taken together|all taken together|put together|together|combined|overall|all told|in aggregate|summed|as a whole|in sum|added up|added together|total|totals|combined total',
    sum,
  ),
  ...phrase(
    'on average|in average|average|mean|typically|on mean|averaged|per head|per capita|apiece',
    average,
  ),
  ...phrase('typical', { kind: 'measure', measure: { function: 'median' } }, 0.1),
  ...phrase('median|on median', { kind: 'measure', measure: { function: 'median' } }),
  ...phrase(
    'most often|most frequently|most commonly|most frequent|most common|commonest|most popular|most usual|most widespread',
    mostFrequent,
  ),
  ...phrase('least often|least frequently|least common|rarest|least popular|least frequent', leastFrequent),
  ...phrase(
    "not|no|non|never|without|none|neither|nor|n't|have not|have no|no longer|lack|lacks|lacking|lacked|not yet|never yet|did not|other than|leaving aside|setting aside|leaving out|not counting|disregarding|except|except for|excluding|excl|apart from|but not|not in|outside|outside of|besides|aside from|everyone but|everything but|all but|missing|unless",
    { kind: 'not' },
  ),
  ...phrase(
    'with|have|having|has been|have been|get|got|offer|offering|include|including|feature|possess|own|been|be|carry|contain',
    {
      kind: 'having',
    },
    0.01,
  ),
  ...phrase('and|both|as well as|along with|together with|and also|, and', {
    kind: 'joint',
    joint: 'and',
  }),
  ...phrase('or|either', { kind: 'joint', joint: 'or' }),
  ...phrase('to make|to produce|to build', { kind: 'loose' }, 0.08),
  ...phrase('different|distinct|unique|various|separate', { kind: 'different' }),
  ...phrase('minus|less|-', { kind: 'operator', operator: '-' }, 0.02),
  ...phrase('plus|+', { kind: 'operator', operator: '+' }, 0.02),
  ...phrase(
    'divided by|over|/|relative to|in relation to|to|as share of|as percentage of|compared to|compared with|for every|per|for each',
    {
      kind: 'operator',
      operator: '/',
    },
    0.02,
  ),
  ...phrase('times|multiplied by|*', { kind: 'operator', operator: '*' }, 0.02),
  ...phrase('year|years', { kind: 'date-part', part: 'year' }, 0.02),
  ...phrase('quarter|quarters', { kind: 'date-part', part: 'quarter' }, 0.02),
  ...phrase('month|months', { kind: 'date-part', part: 'month' }, 0.02),
];

const byFirst = Map.groupBy(phrases, ({ words }) => words[0] ?? '');

/** Phrases that mean the same in every question, from the position on. */
export function phrasesAt(
  tokens: readonly Token[],
  at: number,
): { readonly end: number; readonly cost: number; readonly meaning: Meaning }[] {
  const token = tokens[at];
  if (token === undefined || token.kind === 'quote') return [];
  const candidates = [
    ...(byFirst.get(token.word) ?? []),
    ...(token.lemma === token.word ? [] : (byFirst.get(token.lemma) ?? [])),
  ];
  if (saysWhich(tokens, at)) return [];
  const found = [...new Set(candidates)].flatMap(({ words, cost, meaning }) =>
    words.every((word, index) => {
      const each = tokens[at + index];
      return each !== undefined && each.kind !== 'quote' && (each.word === word || each.lemma === word);
    })
      ? [{ end: at + words.length, cost, meaning }]
      : [],
  );
  return leavesAside(tokens, at) ? [...found, { end: at + 1, cost: 0, meaning: { kind: 'not' } }] : found;
}

const persons: ReadonlySet<string> = new Set(['we', 'they', 'you', 'i', 'he', 'she']);

/** "The barges we own, …": a verb without an object says which rows are meant. */
const saysWhich = (tokens: readonly Token[], at: number): boolean =>
  persons.has(tokens[at - 1]?.word ?? '') &&
  /^(?:own|sold|sell|bought|lost|lease|rent|use|run|operate|manage|keep|kept)$/.test(
    tokens[at]?.word ?? '',
  ) &&
  (tokens[at + 1] === undefined || tokens[at + 1]?.word === ',') &&
  tokens.slice(0, at).every(({ lemma }) => lemma !== 'do');

const furthestAside = 5;

/** "Leaving the imports aside": what stands in between is left out. */
const leavesAside = (tokens: readonly Token[], at: number): boolean =>
  ['leaving', 'setting'].includes(tokens[at]?.word ?? '') &&
  tokens.slice(at + 2, at + furthestAside).some(({ word }) => word === 'aside');

const lightCost = 0.02;
const nounCost = 0.3;
const adverbCost = 0.05;
const linkedCost = 0.22;
const unknownVerbCost = 0.26;
const countedCost = 0.4;
const partOfNameCost = 0.3;

/** Words that only hold a sentence together, beside those that do so elsewhere. */
const joints: ReadonlySet<string> = new Set(
  'aside among amongst throughout and but all any every both between some one ones only just also then there here so such thing something anything exactly precisely actually currently still ever yet already too please if whether while as well down up out away back ago i.e. e.g. namely say regardless different respective either whatever whichever including'.split(
    ' ',
  ),
);

/** Verbs, and nouns of no more content, with which anything is said of anything. */
const lightVerbs: ReadonlySet<string> = new Set(
  'go went gone come came do did done get got give gave given take took taken make made put bring brought see saw seen show look turn become became place place collect collected gather achieve perform end ended rank ranked stand stood sit lie lay belong fall appear account charge fit count handle deal cover play work need use occur happen record report publish serve use host manage run operate provide carry hold keep offer own house boast enjoy draw attract gain earn win won lose lost score finish finished pass passed spend spent cost go award awarded grant granted sign signed tell list name call called cite mention state describe identify fall feature exist remain build built open opened start begin began close closed complete completed set create found lead led hit reach reached people person one everyone everybody anybody anyone somebody someone taught sold bought held kept sent spoken written driven drawn grown shown known lent shot paid assigned allocated thing team time times'.split(
    ' ',
  ),
);

/**
 * What it costs that a word is left out; null where it says something that cannot be left out. A name says
 * something, and a number.
 */
export function looseCostAt(context: Context, at: number): { cost: number; notes: readonly string[] } | null {
  const { tokens } = context;
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === 'symbol') return /^[,/'":;()]$|^'s$/.test(token.word) ? { cost: 0, notes: [] } : null;
  if (saysWhich(tokens, at)) return null;
  const isOne = token.word === 'one' && tokens[at - 1]?.lemma === 'do';
  if (token.kind !== 'word' || (unitWords.has(token.word) && !isOne)) return null;
  const role = roleOf(token);
  if (role === 'negation') return null;
  if (pronouns.has(token.word)) return isRelative(context, at) ? { cost: 0.01, notes: [] } : null;
  if (askingWords.has(token.word) || token.word === 'first') return null;
  if (at === 0 && ['count', 'number'].includes(token.word)) return null;
  if (isMeasureOfOther(context, at)) return { cost: measureNounCost, notes: [] };
  // "Which was bought first", "the last contract": one of them is asked for.
  const isOfRows = context.grammar.parse('noun', context, at + 1).some((noun) => noun.cost < 0.2);
  if (['first', 'last'].includes(token.word) && (at === tokens.length - 1 || isOfRows)) return null;
  // What is asked for by its name, or by a verb after "who", is no mere word.
  const isAsked = ['which', 'what', 'many', 'whose', 'who'].includes(tokens[at - 1]?.word ?? '');
  if (isAsked && isNamed(context, at)) return null;
  // What something is compared with is no mere word either: "than lead".
  if (tokens[at - 1]?.word === 'than' && isCompared(context, at)) return null;
  const isName = token.capital && at > 0;
  const isNoun = context.grammar.parse('noun', context, at).some((noun) => noun.cost < 0.2);
  const linked = isNoun ? nounCost : isLinked(context, at) ? linkedCost : 0;
  if (isName && (role === 'content' || isLetter(token))) return null;
  // "Last year" is a time of which nothing here knows when it was.
  if (calendarNouns.has(token.lemma) && deictic.has(tokens[at - 1]?.word ?? '')) return null;
  if (role === 'glue' || joints.has(token.word)) return { cost: 0, notes: [] };
  // What is counted by a field is no mere verb: "affected" where a field says how many are.
  const counted = countsSomething(context, at) ? countedCost : 0;
  if (lightVerbs.has(token.word) || lightVerbs.has(token.lemma) || role === 'light')
    return {
      cost:
        lightCost +
        (opensName(context, at) ? partOfNameCost : 0) +
        linked * 0.5 +
        (speaksOfMoney(context, token.word) ? linkedCost * 0.6 : 0) +
        counted * 0.25,
      notes: [],
    };
  // "Since 1990" is not in 1990.
  if (['after', 'before', 'since', 'until'].includes(token.word))
    return context.grammar.parse('date', context, at + 1).length > 0 ? null : { cost: 0.06, notes: [] };
  if (role === 'barrier') return null;
  // "Most heavily used", where the use is told: the adverb says what the degree says.
  if (intensive.has(token.word) && degrees.has(tokens[at - 1]?.word ?? '') && mayName(context, at + 1))
    return { cost: adverbCost, notes: [] };
  // "Most densely populated" says more than that something is populated.
  if (/.{3}ly$/.test(token.word) && degrees.has(tokens[at - 1]?.word ?? '')) return null;
  if (/.{3}ly$/.test(token.word)) return { cost: adverbCost + linked, notes: [] };
  if (
    linked === linkedCost &&
    token.word !== token.lemma &&
    token.word.endsWith('s') &&
    !isNamed(context, at)
  )
    return { cost: partOfNameCost, notes: [`"${token.text}" is taken as what the table's rows are`] };
  // "Unfilled places" are not places, "expired licences" no licences.
  if (qualifiesNumber(context, at) && !isPlainModifier(token.word)) return null;
  if (mayBeParticiple(token) || followsSubject(context, at))
    return { cost: unknownVerbCost + linked + counted, notes: [`taken without "${token.text}"`] };
  return null;
}

/** A capital alone is a name and no article: "class A". */
const isLetter = ({ text }: Token): boolean => /^[A-Z]$/.test(text) && text !== 'I';

const calendarNouns: ReadonlySet<string> = new Set('year month quarter week season decade'.split(' '));
const deictic: ReadonlySet<string> = new Set('last this next past previous current coming'.split(' '));

/** Whether the word names a field of numbers, or of yes and no. */
const countsSomething = (context: Context, at: number): boolean =>
  (['column', 'verb-column'] as const).some((kind) =>
    context.grammar
      .parse(kind, context, at)
      .some(
        ({ value, cost }) =>
          cost < 0.3 && ['number', 'percentage', 'boolean'].includes(value.type) && !isTime(context, value),
      ),
  );

const measureNounCost = 0.06;

const beforeMeasures: ReadonlySet<string> = new Set(
  'what which lowest highest lower higher low high greatest least'.split(' '),
);

/** "At what temperature does wax melt": the unit of the melting point is one of temperature. */
function isMeasureOfOther(context: Context, at: number): boolean {
  const noun = context.tokens[at]?.lemma ?? '';
  if (!isMeasureNoun(noun) || !beforeMeasures.has(context.tokens[at - 1]?.word ?? '')) return false;
  return !isNamed(context, at) && [...context.namedColumns].some(({ unit }) => isMeasuredIn(noun, unit));
}

/** Whether the word names a field together with the next: "conducts heat" of the thermal conductivity. */
const opensName = (context: Context, at: number): boolean =>
  context.grammar.parse('column', context, at).some(({ end, cost }) => end > at + 1 && cost < 0.35);

const beforeNumbers: ReadonlySet<string> = new Set(
  'of most many much fewest least total average mean median highest lowest largest smallest'.split(' '),
);

/** Whether a participle stands before a number's name and says of which it is: "the most unfilled places". */
const qualifiesNumber = (context: Context, at: number): boolean =>
  /.{2}ed$/.test(context.tokens[at]?.word ?? '') &&
  beforeNumbers.has(context.tokens[at - 1]?.word ?? '') &&
  context.grammar
    .parse('column', context, at + 1)
    .some(({ value, cost }) => cost < 0.15 && ['number', 'percentage'].includes(value.type));

/** Whether the word names a field at least in part. */
const mayName = (context: Context, at: number): boolean =>
  (['column', 'verb-column'] as const).some((kind) =>
    context.grammar.parse(kind, context, at).some(({ cost }) => cost < partlyNamedCost),
  );
const partlyNamedCost = 0.5;

/** Whether the word alone names a field or a value. */
const isNamed = (context: Context, at: number): boolean =>
  (['column', 'verb-column', 'value', 'entity'] as const).some((kind) =>
    context.grammar.parse(kind, context, at).some(({ cost }) => cost < 0.15),
  );

const isCompared = (context: Context, at: number): boolean =>
  (['value', 'entity'] as const).some((kind) =>
    context.grammar.parse(kind, context, at).some(({ cost }) => cost < 0.4),
  );

/** Words that ask, or relate a clause to what stands before it. */
const pronouns: ReadonlySet<string> = new Set([
  'which',
  'who',
  'what',
  'whose',
  'where',
  'when',
  'whom',
  'that',
]);
/** Adverbs of degree, which tell no field from another. */
const intensive: ReadonlySet<string> = new Set(
  'heavily highly widely intensively intensely strongly greatly frequently often'.split(' '),
);
const degrees: ReadonlySet<string> = new Set(['most', 'least', 'more', 'less']);
const askingWords: ReadonlySet<string> = new Set(
  'how many much more most overall altogether together combined total average median mean'.split(' '),
);

/** Whether the word goes on about what was named before it: "dams which cost", "in which". */
function isRelative({ tokens }: Context, at: number): boolean {
  const [before, token] = [tokens[at - 1], tokens[at]];
  if (token?.word === 'that' || token?.word === 'whose') return at > 0;
  return (
    before !== undefined &&
    before.kind === 'word' &&
    !['and', 'in', 'of', 'by', 'for', 'from', 'to', 'tell', 'show'].includes(before.word)
  );
}

/** What may do something as its whole does: "what percentage travels by rail". */
const parts: ReadonlySet<string> = new Set([
  'share',
  'percentage',
  'percent',
  'proportion',
  'fraction',
  'part',
]);

/** Whether the word stands where a verb does: after a name or noun that does it, or at the end after "did". */
function followsSubject({ tokens, table }: Context, at: number): boolean {
  const token = tokens[at];
  if (token === undefined || !/^[a-z]{3,}$/.test(token.word)) return false;
  const isAfterDo =
    tokens.slice(0, at).some(({ lemma }) => lemma === 'do') && !/(?:tion|ness|ity|ment)s?$/.test(token.word);
  const last = tokens[at + 1];
  const ends =
    last === undefined || ['in', 'at', 'on', 'to', 'for', 'by', 'during', 'from', ','].includes(last.word);
  if (isAfterDo && ends && token.word === token.lemma) return true;
  const before = tokens[at - 1];
  return (
    mayBeVerb(token) &&
    before !== undefined &&
    (before.word === 'who' || parts.has(before.word) || table.nouns.includes(before.word))
  );
}
