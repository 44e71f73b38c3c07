import { currencyOf } from '../../table/values/currencies.ts';
import { canonicalUnit, measureSymbol } from '../../table/values/units.ts';
import type { CatalogColumn } from '../../table/catalog.ts';
import { stemOf } from '../language/lemma.ts';
import { tokenize } from '../language/token.ts';
import { functionWords } from '../language/function-words.ts';
import { stopWords, totalWords, withoutPoints } from './synonyms.ts';

/** A word of a column's name. */
export interface NameWord {
  readonly lemma: string;
  readonly stem: string;
  /** In brackets: `(purchasing power parity)`. */
  readonly bracketed: boolean;
  /** After a preposition: what follows "at" in "life expectancy at birth". */
  readonly complement: boolean;
  /** Next to an "and": either word of "tuition and fees" may stand for both. */
  readonly coordinated: boolean;
  /** With a point after it: "Cyl." */
  readonly isPointed: boolean;
}

/** One way to name a column: the segments of a label path, outermost first. */
export interface NameVariant {
  readonly segments: readonly (readonly NameWord[])[];
  /** For every segment whether it only says that the figure is the overall one: "total population". */
  readonly overall: readonly boolean[];
  readonly cost: number;
  /** The SQL name, whose words are one unit: it names the column only where it is given whole. */
  readonly whole: boolean;
}

/** A column with its names taken apart for linking. */
export interface LinkableColumn {
  readonly column: CatalogColumn;
  readonly variants: readonly NameVariant[];
  readonly unitWords: ReadonlySet<string>;
  readonly describedBy: ReadonlySet<string>;
  /** The words that say what the column is of, one for each part of a name: `rate` of "birth rate". */
  readonly heads: ReadonlySet<string>;
}

/** Prepositions after which a name says under what circumstances it is measured; "of" says of what. */
const complements: ReadonlySet<string> = new Set([
  'at',
  'in',
  'by',
  'for',
  'from',
  'on',
  'per',
  'within',
  'after',
  'during',
  'before',
]);

/** What an overall figure is said to be over: "total population", "both sexes". */
const groupWords: ReadonlySet<string> = new Set(
  'population sex gender age group class category type figure amount value number sum country nation year'.split(
    ' ',
  ),
);

/** Participles after a noun that seldom tell some of the things from others: "users affected", unlike "students admitted". */
const plainParticiples: ReadonlySet<string> = new Set(
  'affected concerned counted covered employed enrolled heard held included involved listed noted observed recorded registered reported served stated tested treated'.split(
    ' ',
  ),
);

const pathSeparator = /\s+>\s+|:\s+|\s+[-–—]\s+/;

function nameWords(text: string, unit: string | null): NameWord[] {
  const words: NameWord[] = [];
  let depth = 0;
  let complement = false;
  let joined = false;
  const spaced = text.replaceAll(/\/(?!\d)|(?<!\d)\//g, ' ');
  for (const token of tokenize(spaced)) {
    if (words.length > 0 && complements.has(token.word)) complement = true;
    if (token.word === '(' || token.word === '[') depth += 1;
    else if (token.word === ')' || token.word === ']') depth = Math.max(0, depth - 1);
    else if (depth > 0 && token.kind === 'number') continue;
    else if (token.kind !== 'symbol' && (token.hyphened || !stopWords.has(token.word))) {
      const isPointed = spaced.charAt(token.end) === '.';
      const isNumber = isPointed && /^(?:no|nr)$/.test(token.word);
      const figure = token.number === null ? null : String(token.number);
      const [lemma, word] = isNumber
        ? ['number', 'number']
        : figure !== null
          ? [figure, figure]
          : [withoutPoints(token.lemma), withoutPoints(token.word)];
      const isAbbreviation = words.length > 0 && shortens(token.text, words.at(-1)?.lemma ?? '');
      words.push({
        lemma,
        stem: stemOf(word),
        bracketed: depth > 0 || isAbbreviation || isUnitWord(token.text, unit),
        complement: complement || (words.length > 0 && plainParticiples.has(word)),
        coordinated: joined,
        isPointed,
      });
      joined = false;
    }
    const last = words.at(-1);
    if (last !== undefined && (token.word === 'and' || token.word === '&')) {
      words[words.length - 1] = { ...last, coordinated: true };
      joined = true;
    }
  }
  return words;
}

/** Whether an abbreviation only says more of the noun before it, which its last letter stands for: "Price MSRP". */
const shortens = (abbreviation: string, noun: string): boolean =>
  /^[A-Z]{3,5}$/.test(abbreviation) && noun.length > 3 && abbreviation.toLowerCase().endsWith(noun.charAt(0));

/** Whether a word of a name only repeats the column's unit: "estimated_cost_usd", "duration minutes". */
function isUnitWord(word: string, unit: string | null): boolean {
  if (unit === null) return false;
  const own = canonicalUnit(unit);
  // "wind_m_s": the parts of a unit, and its sign without its degrees.
  const parts = own.replace('°', '').toLowerCase().split('/');
  if (parts.includes(word)) return true;
  if (word.length < 2) return false;
  return own === (measureSymbol(word) ?? measureSymbol(word.toLowerCase()) ?? currencyOf(word) ?? '');
}

function variantOf(
  column: CatalogColumn,
  name: string,
  how: { readonly cost: number; readonly whole: boolean },
): NameVariant | null {
  const segments = name
    .split(pathSeparator)
    .map((segment) => nameWords(segment, column.unit))
    .filter((segment) => segment.length > 0);
  if (segments.length === 0) return null;
  const overall = segments.map(
    (segment) =>
      segment.some((each) => totalWords.has(each.lemma)) &&
      segment.every((each) => totalWords.has(each.lemma) || groupWords.has(each.lemma)),
  );
  return { segments, overall, ...how };
}

const lettersOnly = (text: string): string[] =>
  tokenize(text)
    .flatMap((token) => (token.kind === 'word' ? [token.lemma, token.word] : []))
    .filter((word) => !stopWords.has(word));

/** Whether a label is several words written as one, of which the SQL name shows the parts: "maxPower". */
const isCamelCase = (label: string): boolean => /^\p{Ll}+(?:\p{Lu}+\p{L}*)+$/u.test(label);

/** Takes a column's label, aliases and SQL name apart. */
export function linkableColumn(column: CatalogColumn): LinkableColumn {
  const plainName = column.name.replaceAll('_', ' ');
  const variants = [
    variantOf(column, column.label, { cost: 0, whole: false }),
    ...(isCamelCase(column.label) ? [variantOf(column, plainName, { cost: 0.02, whole: false })] : []),
    ...column.aliases.map((alias) => variantOf(column, alias, { cost: 0.02, whole: false })),
    variantOf(column, plainName, { cost: 0.05, whole: true }),
  ].filter((each) => each !== null);
  const unit = column.unit;
  const heads = variants.flatMap(({ segments }) =>
    segments.flatMap(
      (segment) => segment.findLast((each) => !each.bracketed && !each.complement)?.lemma ?? [],
    ),
  );
  return {
    column,
    variants,
    heads: new Set(heads),
    unitWords: new Set(unit === null ? [] : [...lettersOnly(unit), ...lettersOnly(canonicalUnit(unit))]),
    describedBy: new Set(
      column.description === null
        ? []
        : lettersOnly(column.description).filter((word) => !functionWords.has(word)),
    ),
  };
}
