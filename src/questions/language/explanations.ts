import type { Token } from './token.ts';

/** Of the words before an explanation, at most so many are what it explains. */
const longestExplained = 12;

const openings: readonly (readonly string[])[] = [
  ['i.e.'],
  ['i.e'],
  ['ie'],
  ['that', 'is'],
  ['that', 'is', 'to', 'say'],
  ['in', 'other', 'words'],
  ['meaning'],
  ['namely'],
];

const askers: ReadonlySet<string> = new Set(['which', 'what', 'who', 'how', 'where', 'when']);
/** What stands before it is turned round by these, and so would be what explains it. */
const turning: ReadonlySet<string> = new Set('not no never without except than non unlike but or'.split(' '));

interface Explanation {
  /** Where the words end that are explained. */
  readonly at: number;
  readonly words: readonly Token[];
  readonly rest: readonly Token[];
}

/**
 * The sentence with an explanation in place of the words that it explains, the fewest words first: "the stiffest beam
 * (highest modulus)", "the best ratio, i.e. strength divided by density". Empty where it explains nothing.
 */
export function explained(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const explanation = bracketIn(tokens) ?? clauseIn(tokens);
  if (explanation === null) return [];
  const { at, words, rest } = explanation;
  if (askers.has(words[0]?.word ?? '')) return [words];
  const found: (readonly Token[])[] = [];
  for (let from = at - 1; from >= Math.max(1, at - longestExplained); from -= 1) {
    const token = tokens[from];
    // A name, a number or a quotation is no word that is explained.
    if (token === undefined || token.kind === 'quote' || token.number !== null || token.capital) break;
    if (askers.has(token.word)) break;
    // Whether "without competition" is explained or "competition" alone is open, unless a comma parts it.
    if (turning.has(token.word) && tokens[from - 1]?.word !== ',') break;
    if (turning.has(tokens[from - 1]?.word ?? '')) continue;
    found.push([...tokens.slice(0, from), ...words, ...rest]);
  }
  return found;
}

/** What a bracket at the end of a clause says. */
function bracketIn(tokens: readonly Token[]): Explanation | null {
  const opening = tokens.findIndex(({ kind, word }) => kind === 'symbol' && word === '(');
  const closing = tokens.findIndex(({ kind, word }, at) => at > opening && kind === 'symbol' && word === ')');
  if (opening < 1 || closing < 0) return null;
  const words = tokens.slice(opening + 1, closing);
  const says = words.some(({ kind, number }) => kind === 'word' && number === null);
  return says ? { at: opening, words, rest: tokens.slice(closing + 1) } : null;
}

/** What follows ", i.e." up to the end. */
function clauseIn(tokens: readonly Token[]): Explanation | null {
  for (let at = 2; at < tokens.length - 1; at += 1) {
    if (!/^[,;-]$/.test(tokens[at - 1]?.word ?? '')) continue;
    const opening = openings
      .filter((each) => each.every((word, index) => tokens[at + index]?.word === word))
      .toSorted((one, other) => other.length - one.length)[0];
    if (opening === undefined) continue;
    const from = at + opening.length;
    const isParted = tokens[from]?.word === ',';
    return { at: at - 1, words: tokens.slice(isParted ? from + 1 : from), rest: [] };
  }
  return null;
}
