import { scaleOf } from '../language/adjectives.ts';
import type { Token } from '../language/token.ts';
import { analystGrammar } from './analyst-grammar.ts';
import { textOf } from './context.ts';
import type { Context } from './context.ts';
import { define, formulaAt, lemmasAt, links, longestName, nameable } from './definition-names.ts';
import type { MakeContext } from './definition-names.ts';
import type { Quantity } from './meanings.ts';

/** Verbs whose object a gloss may explain: "recorded losses, that is, a negative net income". */
const objectVerbs: ReadonlySet<string> = new Set(
  'have has had record recorded report reported show showed post posted suffer suffered see saw experience experienced state stated'.split(
    ' ',
  ),
);

/** "net margin, that is, A divided by B"; "net margin (A divided by B)"; "are landlocked, that is, have …". */
export function appositive(given: Context, make: MakeContext): Context[] {
  // What a bracket means must be plain: loosely, almost any words are a condition.
  const context: Context = { ...given, loose: false, memo: new Map() };
  const { tokens, discourse } = context;
  for (let at = 1; at < tokens.length - 1; at += 1) {
    const opening = tokens[at];
    if (opening?.kind !== 'symbol' || ![',', '(', '-'].includes(opening.word)) continue;
    const glossed = opening.word === '(' ? bracketedClause(context, at) : null;
    if (glossed !== null) return [make(glossed, discourse)];
    const link = links.find(
      (words) => words[0] !== 'as' && words[0] !== 'be' && lemmasAt(tokens, at + 1, words),
    );
    if (link === undefined && opening.word !== '(') continue;
    let start = at + 1 + (link?.length ?? 0);
    if (tokens[start]?.word === ',') start += 1;
    const { start: nameStart, end: nameEnd } = nameBefore(context, at);
    const formula = formulaAt(given, start);
    if (formula !== null && nameStart < at && (link !== undefined || isCalculated(formula.quantity))) {
      const closing = tokens[formula.end];
      const end =
        closing?.kind === 'symbol' && [',', ')', '-'].includes(closing.word) ? formula.end + 1 : formula.end;
      const rest = [...tokens.slice(0, at), ...tokens.slice(end)];
      return [make(rest, define(discourse, tokens.slice(nameStart, nameEnd), formula.quantity))];
    }
    if (link === undefined) continue;
    const said = tokens.findLastIndex(
      (token, index) => index >= nameStart && index < at && objectVerbs.has(token.word),
    );
    if (said >= 0 && said < at - 1 && opening.word === ',') {
      const isObject = analystGrammar()
        .parse('haves', context, start)
        .some((parse) => parse.end === tokens.length);
      if (isObject) return [make([...tokens.slice(0, said + 1), ...tokens.slice(start)], discourse)];
    }
    const verb = nameStart > 0 && tokens[nameStart - 1]?.lemma === 'be' ? nameStart - 1 : nameStart;
    const closing =
      opening.word === '(' ? tokens.findIndex((token, index) => index > start && token.word === ')') : -1;
    const gloss =
      closing < 0 ? tokens.slice(start) : [...tokens.slice(start, closing), ...tokens.slice(closing + 1)];
    if (verb < at) return [make([...tokens.slice(0, verb), ...gloss], discourse)];
  }
  return [];
}

/** Where the unknown word stands in "unlisted companies (…)"; null where no such word comes before the bracket. */
function premodified(context: Context, opening: number): number | null {
  const { tokens } = context;
  for (let at = opening - 1; at > 0 && opening - at <= 3; at -= 1) {
    const isNoun = analystGrammar()
      .parse('noun', context, at)
      .some((parse) => parse.end === opening && parse.cost < 0.5);
    const before = tokens[at - 1];
    if (!isNoun || before === undefined || before.kind !== 'word' || !nameable(before)) continue;
    const isKnown = ['column', 'value', 'noun'].some(
      (kind) => analystGrammar().parse(kind as 'noun', context, at - 1).length > 0,
    );
    return isKnown ? null : at - 1;
  }
  return null;
}

/** "Companies that are unlisted (shares below 1)": the clause in brackets in place of the word it explains. */
function bracketedClause(context: Context, opening: number): readonly Token[] | null {
  const { tokens } = context;
  const first = tokens[opening];
  const closing = tokens.findIndex(
    (token, index) => index > opening && token.kind === 'symbol' && token.word === ')',
  );
  if (first === undefined || closing < 0) return null;
  const isClause = analystGrammar()
    .parse('clauses', context, opening + 1)
    .some((parse) => parse.end === closing);
  const isVerb =
    !isClause &&
    analystGrammar()
      .parse('predicates', context, opening + 1)
      .some((parse) => parse.end === closing);
  const isHave = analystGrammar()
    .parse('haves', context, opening + 1)
    .some((parse) => parse.end === closing);
  if (!isClause && !isVerb && !isHave) return null;
  const glossed = premodified(context, opening);
  if (glossed !== null) {
    const word = isClause ? 'whose' : isHave ? 'with' : 'that';
    const link: Token = { ...first, kind: 'word', text: word, word, lemma: word };
    const noun = tokens.slice(glossed + 1, opening);
    return [
      ...tokens.slice(0, glossed),
      ...noun,
      link,
      ...tokens.slice(opening + 1, closing),
      ...tokens.slice(closing + 1),
    ];
  }
  let start = opening;
  while (start > 0 && opening - start < 5) {
    const before = tokens[start - 1];
    if (before === undefined) return null;
    if (before.lemma === 'be' || ['that', 'which', 'who'].includes(before.word)) {
      const isRelative = start > 1 && ['that', 'which', 'who'].includes(tokens[start - 2]?.word ?? '');
      const from = before.lemma === 'be' && isRelative ? start - 2 : start - 1;
      const isMain = before.lemma === 'be' && !isRelative;
      const word = isMain ? 'have' : isClause ? 'whose' : isVerb ? 'that' : 'with';
      const link: Token = { ...first, kind: 'word', text: word, word, lemma: word };
      return [
        ...tokens.slice(0, from),
        link,
        ...tokens.slice(opening + 1, closing),
        ...tokens.slice(closing + 1),
      ];
    }
    const isNoun =
      start < opening &&
      analystGrammar()
        .parse('noun', context, start - 1)
        .some((parse) => parse.end === start && parse.cost < 0.5);
    if (isNoun) {
      const word = isHave ? 'have' : 'that';
      const link: Token = { ...first, kind: 'word', text: word, word, lemma: word };
      return [
        ...tokens.slice(0, start),
        link,
        ...tokens.slice(opening + 1, closing),
        ...tokens.slice(closing + 1),
      ];
    }
    if (before.kind !== 'word' || (before.word !== 'not' && !nameable(before))) return null;
    start -= 1;
  }
  return null;
}

const isCalculated = (quantity: Quantity): boolean => quantity.expression.kind !== 'column';

/** Where the name lies that a gloss explains; "the yield of Cedar State, that is, …" explains "yield". */
function nameBefore(context: Context, before: number): { readonly start: number; readonly end: number } {
  const { tokens, table } = context;
  let end = before;
  for (let at = before - 1; at > 0 && before - at <= longestName; at -= 1) {
    const isLink = tokens[at]?.word === 'of' || tokens[at]?.word === 'for';
    if (isLink && table.findEntity(textOf(context, at + 1, before)) !== null) end = at;
  }
  let start = end;
  while (start > 0 && end - start < longestName) {
    const token = tokens[start - 1];
    const before = tokens[start - 2];
    // "The return on investment, that is, …": a preposition within the name.
    const isInner =
      token !== undefined &&
      start < end &&
      ['on', 'per', 'to'].includes(token.word) &&
      before !== undefined &&
      nameable(before);
    if (token === undefined || (!nameable(token) && !isInner)) break;
    // "The widest range, that is, …": how things are ranked by it is no part of its name.
    if (start < end && scaleOf(token.word.replace(/est$/, 'er')) !== null) break;
    start -= 1;
  }
  // "The highest average margin (…)" may be of averages; "the average margin (…)" is the average of margins.
  const first = tokens[start];
  const isMeasured = first !== undefined && measureNames.has(first.lemma) && end - start > 1;
  const isRanked = /est$|^(?:most|top)$/.test(tokens[start - 1]?.word ?? '');
  return { start: isMeasured && !isRanked ? start + 1 : start, end };
}

const measureNames: ReadonlySet<string> = new Set(['average', 'mean', 'median', 'total']);
