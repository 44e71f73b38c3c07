import { isPlural } from '../../values/index.ts';
import { isCapitalised } from './document-subject.ts';
import { countedNoun, isNominal } from './noun-phrases.ts';
import type { Token } from './sentence.ts';
import { auxiliaries, isParticiple } from './words.ts';

/** Words that a figure stands with though no clause says it of a subject, and where what they say begins and ends. */
export interface OpenForm {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The name of a figure that stands without a subject of its own:
 * "21 won and two lost" and "116 MW installed" (won, lost, installed), "12.6 % were readmitted" (readmitted), "with 72
 * points" (points), "The 58 Saurer D330 looms" (looms), "took us 52 minutes to notice" (time to notice), "rated as
 * severity 3" (severity).
 */
export function readOpenForm(tokens: readonly Token[], index: number): OpenForm | null {
  return (
    timeTaken(tokens, index) ??
    numberedGrade(tokens, index) ??
    participleAfter(tokens, index) ??
    countedWith(tokens, index)
  );
}

const formOf = (label: string, first: Token | undefined, last: Token | undefined): OpenForm | null =>
  first === undefined || last === undefined ? null : { label, start: first.start, end: last.end };

function timeTaken(tokens: readonly Token[], index: number): OpenForm | null {
  let at = index - 1;
  if (/^(?:only|about|just|some|nearly|almost)$/.test(tokens[at]?.lower ?? '')) at -= 1;
  if (objectPronouns.has(tokens[at]?.lower ?? '')) at -= 1;
  if (!/^(?:took|takes|take|taken|needed|needs|required)$/.test(tokens[at]?.lower ?? '')) return null;
  const number = tokens[index]?.number ?? null;
  const [to, verb] = [tokens[index + 1], tokens[index + 2]];
  if (number === null || number.unit === null || to?.lower !== 'to' || !isNominal(verb)) return null;
  return formOf(`time to ${verb?.lower ?? ''}`, tokens[at], verb);
}

/** Pronouns that say to whom something happens: "cost us 400 MWh". */
export const objectPronouns: ReadonlySet<string> = new Set(['us', 'them', 'me', 'him']);

const grades =
  /^(?:severity|grade|level|category|class|phase|stage|tier|priority|magnitude|band|zone|step|degree|rank)$/;

function numberedGrade(tokens: readonly Token[], index: number): OpenForm | null {
  const [token, noun] = [tokens[index], tokens[index - 1]];
  if (
    token?.number?.unit !== null ||
    token.number.percentage ||
    noun === undefined ||
    !grades.test(noun.lower)
  )
    return null;
  const before = tokens[index - 2]?.lower ?? '';
  if (!/^(?:as|at|of|with|a|an|to|was|is|rated|graded|classified)$/.test(before)) return null;
  return formOf(noun.lower, noun, token);
}

function participleAfter(tokens: readonly Token[], index: number): OpenForm | null {
  const number = tokens[index]?.number ?? null;
  if (number === null || number.unitKind === 'noun') return null;
  let at = index + 1;
  if (number.percentage) while (auxiliaries.has(tokens[at]?.lower ?? '')) at += 1;
  const [verb, next] = [tokens[at], tokens[at + 1]];
  if (verb === undefined || verb.kind !== 'word' || !isParticiple(verb.lower)) return null;
  const closes = next === undefined || next.kind === 'mark' || /^(?:and|within|by|at|in)$/.test(next.lower);
  return closes ? formOf(verb.lower, tokens[index], verb) : null;
}

function countedWith(tokens: readonly Token[], index: number): OpenForm | null {
  const number = tokens[index]?.number ?? null;
  if (number === null || number.percentage || number.unitKind === 'currency' || number.unitKind === 'measure')
    return null;
  const before = tokens[index - 1];
  if (before?.lower === 'with') {
    const counted = countedNoun(tokens, index);
    const words = [...(counted?.words ?? [])].filter(({ text }) => !isCapitalised(text));
    return words.length === 0
      ? null
      : formOf(words.map(({ lower }) => lower).join(' '), before, words.at(-1));
  }
  if (index !== 1 || !/^(?:the|its|our)$/.test(before?.lower ?? '')) return null;
  // Names of makes stand between: "The 58 Saurer D330 looms".
  let at = index + 1;
  while (at < index + 5 && /^[\p{Lu}\d]/u.test(tokens[at]?.text ?? '')) at += 1;
  const noun = tokens[at];
  return at > index + 1 && noun?.kind === 'word' && isPlural(noun.lower)
    ? formOf(noun.lower, before, noun)
    : null;
}

const ordinals =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'.split(
    ' ',
  );
const placing = /^(?:finish(?:ed|es)?|ended|placed|ranks?|ranked|came|stood|stands|lies|lay)$/;

/** "finished third", "stood 2nd in the table": the place at the token, or null. */
export function readPlace(
  tokens: readonly Token[],
  index: number,
): { readonly place: number; readonly start: number } | null {
  const [token, verb] = [tokens[index], tokens[index - 1]];
  if (token === undefined || verb === undefined || !placing.test(verb.lower)) return null;
  const place = ordinalOf(token.lower);
  const next = tokens[index + 1];
  if (
    place === null ||
    (next?.kind === 'word' && !/^(?:in|of|out|with|and|on|at|among|overall|behind|to)$/.test(next.lower))
  )
    return null;
  return { place, start: verb.start };
}

/** The number of an ordinal in words or digits: "third", "3rd". */
export function ordinalOf(word: string): number | null {
  const digits = /^(\d{1,3})(?:st|nd|rd|th)$/.exec(word)?.[1];
  if (digits !== undefined) return Number(digits);
  const at = ordinals.indexOf(word);
  return at < 0 ? null : at + 1;
}
