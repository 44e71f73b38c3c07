import type { Token } from '../language/token.ts';
import { analystGrammar } from './analyst-grammar.ts';
import { textOf } from './context.ts';
import type { Context, Discourse } from './context.ts';
import { functionWords } from '../language/function-words.ts';
import type { Quantity } from './meanings.ts';
import { arithmetic } from './quantity-values.ts';
import type { Operator } from './quantity-values.ts';

type MakeContext = (tokens: readonly Token[], discourse: Discourse) => Context;

/** Words between a new name and what it stands for, as lemmas without articles; longest first. */
const links: readonly (readonly string[])[] = [
  'be defined as',
  'be calculated as',
  'be computed as',
  'be given by',
  'be measured as',
  'be equal to',
  'to be',
  'defined as',
  'calculated as',
  'computed as',
  'measured as',
  'that be',
  'meaning',
  'mean',
  'equal',
  'i.e',
  'as',
  'be',
  '=',
  ':',
].map((phrase) => phrase.split(' '));

const openers: ReadonlySet<string> = new Set([
  'where',
  'define',
  'defining',
  'let',
  'with',
  'given',
  'taking',
  'call',
  'if',
  'suppose',
]);

const lemmasAt = (tokens: readonly Token[], at: number, words: readonly string[]): boolean =>
  words.every((word, index) => {
    const token = tokens[at + index];
    return token !== undefined && token.kind !== 'quote' && (token.lemma === word || token.word === word);
  });

/** Nouns that end a name which is otherwise made of words of grammar: "total debt ratio". */
const nameable = (token: Token): boolean =>
  token.kind === 'quote' ||
  (token.kind === 'word' && (!isGrammatical(token) || quantityWords.has(token.lemma)));

const isGrammatical = (token: Token): boolean =>
  functionWords.has(token.word) || functionWords.has(token.lemma);

const quantityWords: ReadonlySet<string> = new Set([
  'ratio',
  'rate',
  'index',
  'score',
  'total',
  'share',
  'difference',
  'gap',
  'margin',
  'rank',
  'average',
  'percentage',
  'number',
  'return',
  'growth',
  'change',
  'cost',
  'value',
]);

const longestName = 6;

/**
 * The sentence with the names that it defines taken out and told to the discourse: "Define the margin as A
 * divided by B", "…, where the index is A minus B", "net margin, that is, A divided by B". The sentence as it
 * stands comes first; then one reading for each definition found.
 */
export function withDefinitions(context: Context, make: MakeContext): Context[] {
  const readings: Context[] = [context];
  for (const reading of [
    leadingDefinition(context, make),
    leadingCalculation(context, make),
    trailingDefinition(context, make),
    appositive(context, make),
  ])
    readings.push(...reading);
  return readings;
}

const define = (discourse: Discourse, name: readonly Token[], quantity: Quantity): Discourse => {
  const words = name.flatMap((token) => (token.kind === 'quote' ? token.word.split(' ') : [token.lemma]));
  const definitions = [...discourse.definitions, { words, quantity: { ...quantity, name: words.join(' ') } }];
  return {
    ...discourse,
    definitions: definitions.sort((left, right) => right.words.length - left.words.length),
  };
};

interface Formula {
  readonly end: number;
  readonly quantity: Quantity;
}

/** The longest formula that begins at the token and ends where a clause ends. */
function formulaAt(context: Context, at: number): Formula | null {
  let best: Formula | null = null;
  for (const { end, value, cost } of analystGrammar().parse('quantity', context, at)) {
    const next = context.tokens[end];
    const isClosed =
      next === undefined ||
      (next.kind === 'symbol' && [',', ')', ';', ':'].includes(next.word)) ||
      next.word === 'and';
    if (isClosed && cost < 1.2 && (best === null || end > best.end)) best = { end, quantity: value };
  }
  return best;
}

/** "Define the exposure of a company as …": a sentence, or the beginning of one. */
function leadingDefinition(context: Context, make: MakeContext): Context[] {
  const { tokens, discourse } = context;
  const first = tokens[0];
  if (
    first === undefined ||
    !['define', 'let', 'call', 'if', 'suppose', 'given', 'where', 'defining'].includes(first.word)
  )
    return [];
  for (let length = 1; length <= longestName; length += 1) {
    let at = 1 + length;
    const name = tokens.slice(1, at);
    if (name.length < length || !name.every(nameable)) break;
    if (lemmasAt(tokens, at, ['of'])) {
      const next = tokens.findIndex((token, index) => index > at && ['as', 'be', 'is'].includes(token.word));
      if (next > at && next - at <= 4) at = next;
    }
    const link = links.find((words) => lemmasAt(tokens, at, words));
    if (link === undefined) continue;
    const formula = formulaAt(context, at + link.length);
    if (formula === null) continue;
    const rest = tokens.slice(skipPunctuation(tokens, formula.end));
    return [make(rest, define(discourse, name, formula.quantity))];
  }
  return [];
}

const calculations: readonly {
  readonly verb: string;
  readonly joint: string;
  readonly operator: Operator;
  readonly turned?: true;
}[] = [
  { verb: 'multiply', joint: 'by', operator: '*' },
  { verb: 'multiply', joint: 'with', operator: '*' },
  { verb: 'divide', joint: 'by', operator: '/' },
  { verb: 'add', joint: 'to', operator: '+' },
  { verb: 'add', joint: 'and', operator: '+' },
  { verb: 'subtract', joint: 'from', operator: '-', turned: true },
];

const outcomeVerbs: ReadonlySet<string> = new Set([
  'get',
  'obtain',
  'give',
  'giving',
  'yield',
  'yielding',
  'form',
]);

/** "Multiply A by B to get an implied bill: which …": the outcome, with its name where it is given one. */
function leadingCalculation(context: Context, make: MakeContext): Context[] {
  const { tokens, discourse } = context;
  const start = tokens.findIndex((token) => calculations.some(({ verb }) => verb === token.word));
  const opening = tokens[start - 1];
  if (start < 0 || (start > 0 && opening?.word !== ',' && opening?.word !== ':')) return [];
  for (const { verb, joint, operator, turned } of calculations) {
    if (tokens[start]?.word !== verb) continue;
    for (const first of analystGrammar().parse('quantity', context, start + 1)) {
      if (tokens[first.end]?.word !== joint || first.cost > 0.5) continue;
      const seconds = analystGrammar()
        .parse('quantity', context, first.end + 1)
        .filter((second) => second.cost <= 0.5)
        .toSorted((left, right) => right.end - left.end || left.cost - right.cost);
      for (const second of seconds) {
        const quantity =
          turned === true
            ? arithmetic(operator, second.value, first.value)
            : arithmetic(operator, first.value, second.value);
        const outcome = quantity === null ? null : outcomeAt(tokens, second.end);
        if (quantity === null || outcome === null) continue;
        const told = { ...discourse, quantity };
        const name = outcome.name;
        const rest = [...tokens.slice(0, start), ...tokens.slice(outcome.end)];
        return [make(rest, name.length === 0 ? told : define(told, name, quantity))];
      }
    }
  }
  return [];
}

/** The name that a calculation's outcome is given, and where the question goes on. */
function outcomeAt(
  tokens: readonly Token[],
  at: number,
): { readonly end: number; readonly name: readonly Token[] } | null {
  let next = at;
  if (
    ['to', ',', 'and', 'which', 'so', 'that'].includes(tokens[next]?.word ?? '') &&
    outcomeVerbs.has(tokens[next + 1]?.lemma ?? '')
  )
    next += 1;
  if (!outcomeVerbs.has(tokens[next]?.lemma ?? '') && !outcomeVerbs.has(tokens[next]?.word ?? ''))
    return isClauseEnd(tokens[at]) ? { end: at + 1, name: [] } : null;
  const from = next + 1;
  const end = tokens.findIndex((token, index) => index >= from && isClauseEnd(token));
  if (end < 0 || end - from > longestName + 3) return null;
  const unit = tokens.findIndex((token, index) => index > from && index < end && token.word === 'in');
  return { end: end + 1, name: tokens.slice(from, unit > 0 ? unit : end) };
}

const isClauseEnd = (token: Token | undefined): boolean =>
  token?.kind === 'symbol' && [',', ':', ';'].includes(token.word);

function skipPunctuation(tokens: readonly Token[], at: number): number {
  let next = at;
  while (tokens[next]?.kind === 'symbol' && [',', ';', ':', ')'].includes(tokens[next]?.word ?? ''))
    next += 1;
  if (tokens[next]?.word === 'and') next += 1;
  return next;
}

/** "…, where the index is …" at the end of a sentence. */
function trailingDefinition(context: Context, make: MakeContext): Context[] {
  const { tokens, discourse } = context;
  for (let start = tokens.length - 1; start > 0; start -= 1) {
    const opener = tokens[start];
    if (opener === undefined || !openers.has(opener.word)) continue;
    for (let length = 1; length <= longestName; length += 1) {
      const name = tokens.slice(start + 1, start + 1 + length);
      if (name.length < length || !name.every(nameable)) break;
      let at = start + 1 + length;
      if (lemmasAt(tokens, at, ['of'])) {
        const next = tokens.findIndex((token, index) => index > at && token.lemma === 'be');
        if (next > at && next - at <= 4) at = next;
      }
      const link = links.find((words) => words[0] !== ':' && lemmasAt(tokens, at, words));
      if (link === undefined) continue;
      const formula = formulaAt(context, at + link.length);
      if (formula === null) continue;
      const closes = tokens[formula.end]?.word === ')' ? 1 : 0;
      const before = tokens[start - 1];
      const cut = before?.kind === 'symbol' && [',', '(', ';', '-'].includes(before.word) ? start - 1 : start;
      const tail = tokens.slice(formula.end + closes);
      // Unless a named quantity is compared right after it, this is a condition: "where the margin is …".
      const isUsed = [...tokens.slice(0, cut), ...tail].some((token) => token.lemma === name.at(-1)?.lemma);
      if (!isUsed) continue;
      const rest = [...tokens.slice(0, cut), ...tail];
      const short = define(discourse, name, formula.quantity);
      const full = fullName(context, rest, name);
      return [make(rest, full === null ? short : define(short, full, formula.quantity))];
    }
  }
  return [];
}

/** "Have a stress index below 2, where the index is …": the name in full stands before. */
function fullName(
  context: Context,
  tokens: readonly Token[],
  name: readonly Token[],
): readonly Token[] | null {
  const at = tokens.findIndex((_, index) =>
    name.every((word, offset) => tokens[index + offset]?.lemma === word.lemma),
  );
  if (at < 0) return null;
  let start = at;
  while (start > 0 && at - start < 3) {
    const before = tokens[start - 1];
    if (before === undefined || !nameable(before) || before.kind !== 'word') break;
    if (
      analystGrammar()
        .parse('noun', { ...context, tokens, memo: new Map() }, start - 1)
        .some((parse) => parse.cost < 0.2)
    )
      break;
    start -= 1;
  }
  return start === at ? null : tokens.slice(start, at + name.length);
}

/** "net margin, that is, A divided by B"; "net margin (A divided by B)"; "are landlocked, that is, have …". */
function appositive(context: Context, make: MakeContext): Context[] {
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
    const formula = formulaAt(context, start);
    if (formula !== null && nameStart < at && (link !== undefined || isCalculated(formula.quantity))) {
      const closing = tokens[formula.end];
      const end =
        closing?.kind === 'symbol' && [',', ')', '-'].includes(closing.word) ? formula.end + 1 : formula.end;
      const rest = [...tokens.slice(0, at), ...tokens.slice(end)];
      return [make(rest, define(discourse, tokens.slice(nameStart, nameEnd), formula.quantity))];
    }
    if (link === undefined) continue;
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
    start -= 1;
  }
  return { start, end };
}
