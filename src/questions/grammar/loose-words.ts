import { functionWords } from '../language/function-words.ts';
import { stemOf } from '../language/lemma.ts';
import type { Token } from '../language/token.ts';
import { columnIndexOf, columnLinks } from '../linking/column-links.ts';
import { valueLinks } from '../linking/value-links.ts';
import type { Context } from './context.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Lemmas that hold a phrase together and add nothing to what it is about. */
const glue = words(`
  be have do a an the of in on at to by for from with within into onto as its their it they them his her our we us this
  that these those which who whose across over throughout out up off away will would can could may might must shall should there
`);

/** Lemmas of verbs, nouns and adverbs that many phrases share and that seldom tell one field from another. */
const lightWords = words(`
  award bear begin bring call carry carried charge claim come conduct concern count cover declare deliver describe decide
  enter exist face fall feature file find found get give given go grant handle happen have hear heard held hit hold incur
  involve issue keep lead lie list log made make manage meet name need note obtain occur offer open operate order own pass
  pay perform place post produce provide put raise rate reach receive received record register report require require ran
  run see saw seen serve set show sit spend stand state take taken took total treat turn undergo underwent use want work
  amount area arm case figure group kind level matter number piece point sort type unit value
  already altogether currently finally fully initially newly officially originally partly previously publicly together
  first actual different individual certain particular given single
  worth sat stood drew chose attain last lasted observe mean came went got gave kept led lost met won fell became begun part intend expect left sent bought sold drew shot shut lent attract available ship deliver court board council
  management government authority
`);

/** Adverbs are light as they stand: what is said publicly may be left out, what is public may not. */
const lightStems: ReadonlySet<string> = new Set(
  [...lightWords]
    .filter((word) => !word.endsWith('ly'))
    .map(stemOf)
    .filter((stem) => stem.length > 3),
);

/** Words that turn a condition round. */
const negations = words(
  'no not never none without neither nor nothing cannot fail failed outside non except',
);

/** Titles before a person's name. */
const honorifics = words(
  'mr mrs ms miss dr prof professor sir madam judge justice president director minister mayor captain lady lord',
);

/** Words over which no loose phrase goes: they open another clause, compare, or calculate. */
const barriers = words(`
  how what when where why if unless while whether and or but than then each every per versus vs excluding among
  amongst between either total sum average mean median maximum minimum highest lowest largest smallest biggest greatest
  most least fewest longest shortest oldest youngest newest latest earliest best worst top bottom more less fewer higher lower
  percentage percent share proportion fraction ratio difference gap only all any some other
`);

export type LooseRole = 'glue' | 'light' | 'negation' | 'honorific' | 'barrier' | 'content';

/** What part a token plays in a loose phrase. */
export function roleOf(token: Token): LooseRole {
  if (token.kind === 'quote') return 'content';
  if (token.kind === 'symbol') return token.word === "'s" ? 'glue' : 'barrier';
  if (token.kind !== 'word') return 'content';
  if (negations.has(token.word)) return 'negation';
  if (barriers.has(token.word)) return 'barrier';
  if (glue.has(token.lemma) || glue.has(token.word)) return 'glue';
  if (lightWords.has(token.lemma) || lightWords.has(token.word) || lightStems.has(stemOf(token.word)))
    return 'light';
  return honorifics.has(token.word) ? 'honorific' : 'content';
}

/** Whether the word names a field or a value of the table, alone or as the beginning of a longer name. */
export const isLinked = (context: Context, at: number): boolean =>
  columnLinks(columnIndexOf(context.table), context.tokens, at).some((link) => link.cost < 1.2) ||
  valueLinks(context.table, context.tokens, at).length > 0;

/** Verbs that turn round what stands after them, or say so much that nothing is left without them. */
const turning =
  /^(?:refus|reject|declin|den[iy]|avoid|lack|oppos|cancel|bann|block|forbid|miss|omit|skip|leav|quit|stopp?|fail|fir|su|accus|kill|steal|withdr|vaccinat|prosecut|attack|boycott|dislik|hat|lov)(?:e?d|ing|ied|led|ling)$/;

/** Whether a word that nothing here knows may be a participle: "sponsored", "hosting". */
export const mayBeParticiple = (token: Token): boolean =>
  token.kind === 'word' &&
  !token.capital &&
  !functionWords.has(token.word) &&
  !turning.test(token.word) &&
  /.{2}(?:ed|ing)$/.test(token.word);

/** Whether a word that nothing here knows may be a verb: "sponsored", "hosts". */
export const mayBeVerb = (token: Token): boolean =>
  mayBeParticiple(token) ||
  (token.kind === 'word' && !token.capital && !functionWords.has(token.word) && /.{2}s$/.test(token.word));
