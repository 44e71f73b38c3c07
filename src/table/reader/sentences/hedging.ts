import type { Sentence, Token } from './sentence.ts';
import { hedges, negations, prepositions, auxiliaries } from './words.ts';

/** Nouns that are hedges only as verbs: "projects sales of", but not "12 projects". */
const nounOrVerb: ReadonlySet<string> = new Set([
  'projects',
  'project',
  'plans',
  'plan',
  'aims',
  'forecasts',
  'targets',
  'may',
  'can',
  'will',
  'demands',
  'demand',
  'estimates',
  'estimate',
]);

function isHedge(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  if (token === undefined || !hedges.has(token.lower)) return false;
  if (token.lower === 'estimated') return tokens[index + 1]?.lower !== 'at';
  const previous = tokens[index - 1];
  // "the damages sought amount to": what is sought is stated.
  if (token.lower === 'sought' && previous?.kind === 'word' && !auxiliaries.has(previous.lower)) return false;
  if (!nounOrVerb.has(token.lower)) return true;
  const next = tokens[index + 1];
  if (previous?.kind === 'number') return false;
  if (token.lower === 'may' || token.lower === 'can' || token.lower === 'will')
    return next !== undefined && next.kind === 'word' && !/^\d/.test(next.text);
  return (
    next === undefined ||
    !(prepositions.has(next.lower) || auxiliaries.has(next.lower) || next.kind === 'mark') ||
    next.lower === 'to'
  );
}

const breaks: ReadonlySet<string> = new Set([';', '—']);
const contrasts: ReadonlySet<string> = new Set(['but', 'while', 'whereas', 'although', 'though']);

/** The part of the sentence around `index` that shares one mood: up to a semicolon, or a comma with "but", "while". */
function moodBounds(tokens: readonly Token[], index: number): readonly [number, number] {
  const isBreak = (at: number): boolean => {
    const token = tokens[at];
    if (token === undefined) return true;
    if (token.kind === 'mark') return breaks.has(token.text);
    return contrasts.has(token.lower) && tokens[at - 1]?.text === ',';
  };
  let from = index;
  while (from > 0 && !isBreak(from - 1)) from -= 1;
  let to = index;
  while (to < tokens.length && !isBreak(to)) to += 1;
  return [from, to];
}

/** Whether what is said around the token at `index` is a forecast, a condition, a claim or a wish. */
export function isHedged(sentence: Sentence, index: number): boolean {
  const [from, to] = moodBounds(sentence.tokens, index);
  for (let at = from; at < to; at += 1) if (isHedge(sentence.tokens, at)) return true;
  return isQuoted(sentence, index);
}

/** Whether a negation stands in the clause of the token at `index`, before it. */
export function isNegated(sentence: Sentence, index: number): boolean {
  for (let at = index - 1; at >= 0; at -= 1) {
    const token = sentence.tokens[at];
    if (token === undefined || (token.kind === 'mark' && /[,;:]/.test(token.text))) return false;
    if (negations.has(token.lower)) return true;
  }
  return false;
}

function isQuoted(sentence: Sentence, index: number): boolean {
  let open = false;
  for (let at = 0; at < index; at += 1) {
    const text = sentence.tokens[at]?.text;
    if (text === '"') open = !open;
    else if (text === '“') open = true;
    else if (text === '”') open = false;
  }
  return open;
}

const comparisonWords: ReadonlySet<string> = new Set(['compared', 'versus', 'vs', 'against', 'from', 'than']);

/** Whether the number at `index` is what another is compared with: "compared with $3 billion", "from 5 %". */
export function isCompared(sentence: Sentence, index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - 6); at -= 1) {
    const token = sentence.tokens[at];
    if (token === undefined || token.kind === 'number' || token.kind === 'mark') return false;
    if (comparisonWords.has(token.lower)) return true;
  }
  return false;
}
