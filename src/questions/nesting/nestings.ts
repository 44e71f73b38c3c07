import type { Token } from '../language/token.ts';

/** A question that is asked of some rows or groups which a phrase of its own chooses first. */
export interface Nesting {
  /** What is chosen: "ten deepest lakes", "countries with at least three lakes". */
  readonly base: readonly Token[];
  /** What is asked of it: "which has the highest elevation". */
  readonly main: readonly Token[];
}

const openers: readonly (readonly string[])[] = [
  ['from', 'among'],
  ['out', 'of'],
  ['looking', 'only', 'at'],
  ['looking', 'at'],
  ['considering', 'only'],
  ['taking', 'only'],
  ['among'],
  ['amongst'],
  ['of'],
  ['taking'],
  ['considering'],
  ['within'],
];
const closers: readonly (readonly string[])[] = [['from', 'among'], ['out', 'of'], ['among'], ['amongst']];

const askers: ReadonlySet<string> = new Set(
  'which what who how list name give show find in for whose when where'.split(' '),
);

const startsWith = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  words.every((word, index) => tokens[at + index]?.kind === 'word' && tokens[at + index]?.word === word);

const isComma = (token: Token | undefined): boolean =>
  token?.kind === 'symbol' && [',', ':', ';'].includes(token.word);

/** The ways to part a sentence into what is chosen and what is asked of it. */
export function nestingsOf(tokens: readonly Token[]): readonly Nesting[] {
  const opener = openers.find((words) => startsWith(tokens, 0, words));
  const opened = tokens.flatMap((token, at): Nesting[] =>
    opener !== undefined && isComma(token) && at > opener.length && askers.has(tokens[at + 1]?.word ?? '')
      ? [{ base: tokens.slice(opener.length, at), main: tokens.slice(at + 1) }]
      : [],
  );
  const closed = tokens.flatMap((_, at): Nesting[] => {
    const closer = at < 2 ? undefined : closers.find((words) => startsWith(tokens, at, words));
    if (closer === undefined || !askers.has(tokens[0]?.word ?? '')) return [];
    const end = isComma(tokens[at - 1]) ? at - 1 : at;
    return [{ base: tokens.slice(at + closer.length), main: tokens.slice(0, end) }];
  });
  return [...opened, ...closed.slice(-1)].filter(({ base, main }) => base.length > 0 && main.length > 1);
}

const auxiliaries: ReadonlySet<string> = new Set(['be', 'have', 'do', 'can']);
const parts: ReadonlySet<string> = new Set(['share', 'percentage', 'percent', 'proportion', 'fraction']);
const pronouns: ReadonlySet<string> = new Set(['one', 'ones', 'them', 'these', 'those']);
const afterOne: ReadonlySet<string> = new Set(['with', 'that', 'which', 'whose', 'having', 'where']);

/**
 * What is asked, with a noun for what was chosen wherever the question leaves it out: "which <lake> has …", "what share
 * <of lakes> has …", "the deepest <lake>".
 */
export function withNoun(main: readonly Token[], noun: readonly Token[]): readonly Token[] {
  const of = main[0] === undefined ? [] : [{ ...main[0], text: 'of', word: 'of', lemma: 'of' }];
  return main.flatMap((token, at) => {
    const [before, next] = [main[at - 1], main[at + 1]];
    const isAsking = token.word === 'which' || token.word === 'who';
    if (isAsking && at === 0) {
      // "Which one", "which of them".
      const isPronoun = pronouns.has(next?.word ?? '') || next?.word === 'of';
      return isPronoun ? [token] : [{ ...token, text: 'which', word: 'which', lemma: 'which' }, ...noun];
    }
    if (token.word === 'of' && before?.word === 'which' && pronouns.has(next?.word ?? '')) return [];
    if (pronouns.has(token.word) && ['which', 'many', 'of'].includes(before?.word ?? '')) return noun;
    if (token.word === 'one' && afterOne.has(next?.word ?? '')) return noun;
    if (token.word === 'many' && before?.word === 'how' && auxiliaries.has(next?.lemma ?? ''))
      return [token, ...noun];
    if (parts.has(token.word) && auxiliaries.has(next?.lemma ?? '')) return [token, ...of, ...noun];
    const isAlone = next === undefined || isComma(next);
    return isAlone && at > 0 && /.{2}est$/.test(token.word) && before?.lemma !== 'be'
      ? [token, ...noun]
      : [token];
  });
}
