import type { Token } from '../language/token.ts';
import { analystGrammar } from './analyst-grammar.ts';
import type { Context } from './context.ts';
import { arithmetic } from './quantity-values.ts';
import type { Operator } from './quantity-values.ts';

import { define, formulaAt, lemmasAt, links, longestName, nameable } from './definition-names.ts';
import type { MakeContext } from './definition-names.ts';
import { appositive } from './appositives.ts';

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

/**
 * The sentence with the names that it defines taken out and told to the discourse: "Define the margin as A
 * divided by B", "…, where the index is A minus B", "net margin, that is, A divided by B". The sentence as it
 * stands comes first; then one reading for each definition found.
 */
export function withDefinitions(context: Context, make: MakeContext): Context[] {
  const readings: Context[] = [context];
  for (const reading of [
    leadingDefinition(context, make),
    statedDefinition(context, make),
    leadingCalculation(context, make),
    trailingDefinition(context, make),
    appositive(context, make),
  ])
    readings.push(...reading);
  return readings;
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

/** Words within a new name that join its parts: "cost per affected customer". */
const nameJoints: ReadonlySet<string> = new Set(['per', 'of', 'to', 'on', 'for', 'in']);

/** "Cost per metre means A divided by B": a sentence that says no more than what its first words mean. */
function statedDefinition(context: Context, make: MakeContext): Context[] {
  const { tokens, discourse } = context;
  const start = tokens[0]?.word === 'we' ? (tokens[1]?.word === 'define' ? 2 : 1) : 0;
  for (let length = 1; length <= longestName; length += 1) {
    const name = tokens.slice(start, start + length);
    const inner = name.slice(1, -1);
    const isName =
      name.length === length &&
      [name[0], name.at(-1)].every((token) => token !== undefined && nameable(token)) &&
      inner.every((token) => nameable(token) || nameJoints.has(token.word));
    if (!isName) continue;
    let at = start + length;
    // "The pain score of a ticket": of what the rows are.
    if (lemmasAt(tokens, at, ['of'])) {
      const noun = analystGrammar()
        .parse('noun', context, at + 1)
        .find((parse) => parse.cost < 0.6);
      if (noun !== undefined) at = noun.end;
    }
    const link = links.find((words) => lemmasAt(tokens, at, words));
    if (link === undefined) continue;
    const formula = formulaAt(context, at + link.length);
    if (formula === null || formula.end !== tokens.length || formula.quantity.columns.length < 2) continue;
    return [make([], define(discourse, name, formula.quantity))];
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
