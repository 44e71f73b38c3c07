import { withoutEnumerator } from './label-qualifiers.ts';
import { isPeriodText } from './period-text.ts';
import { remembered } from './remembered.ts';

/**
 * How much a piece of text looks like the name of an attribute. A `strong` label may have any value, a `weak`
 * one only a number, percentage or date; `none` is no label.
 */
export type LabelLikeness = 'strong' | 'weak' | 'none';

const longestLabel = 140;
const mostWords = 18;
const wordsOfStrongLabel = 9;

const hasLetter = /\p{L}/u;
const cjkCharacter = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Code, mail addresses and quotations. */
const foreignCharacter = /[{}<>;\\@"“”«»„|^]|==|\?\s|!/u;

/** Two sentences, but not "No. of employees", "St. Gallen" or "U.S. dollars". */
const sentenceBreak = /(?:\p{Ll}{4,}|\d\s?\p{Ll}{1,3}|\)|.{4}\d)[.。]\s+\p{Lu}|。/u;

const isTwoSentences = (text: string): boolean =>
  (text.includes('. ') || text.includes('。')) && sentenceBreak.test(text);

/** What opens a sentence or a remark. Words that also open attributes ("In service", "For sale") are not here. */
const opening = new RegExp(
  `^(?:${[
    'however|moreover|furthermore|therefore|thus|hence|also|but|and|or|because|although|though|while|whereas',
    'if|when|whenever|after|before|since|until|unless|once|as (?:a|of|the)|according to|here|there',
    "i|we|he|she|they|it|you|this|these|those|that|what|please|see|dear|hello|hi|let|let['’]s",
    'for example|for instance|for more|in addition|in particular|in other words|in short|in summary',
    'remember|consider|suppose|imagine|think of|thanks|thank you|sincerely|regards',
  ].join('|')})(?![\\p{L}\\p{N}_-])`,
  'iu',
);

/** A remark about a statement is not one. */
const remark = new RegExp(
  `^(?:${[
    'n\\.?b\\.?|p\\.?s\\.?|e\\.?g\\.?|i\\.?e\\.?|viz\\.?|cf\\.?|re|fw|fwd|aw|tr|q|a',
    '(?:foot|end)?notes?(?: (?:\\d{1,3}|[a-z]|on [a-z ]{1,30}|to [a-z ]{1,30}))?|remarks?|nota|note bene',
    'warning|caution|attention|important|tip|hint|example|examples|todo|fixme|disclaimer|usage|error',
    'hinweis|anmerkung|bemerkung|achtung|beispiel|remarque|avertissement|exemple|nota bene|ejemplo',
    '注|注意|备注|附注|说明|提示|例如|例|如|その他注記|注記|비고|참고',
  ].join('|')})[.)]?$`,
  'iu',
);

/** "2,440 km - note": a value, and a remark on it. */
const valueWithRemark =
  /^\d{1,2}:\d{2}|^[$€£¥]?\d[\d.,]*(?:\s?[\p{L}%]+){0,3}\s[-–—]\s|[;,.)–—-]\s*(?:foot)?notes?(?:\s\d{1,2})?$/iu;

const finiteVerb = new RegExp(
  `(?:^|\\s)(?:${[
    'is|are|was|were|be|been|has|have|had|does|do|did|said|says|wrote|writes|told|asked|adds?|added',
    'will|would|can|could|may|might|must|should|shall|follows?|following|includes?|including|means?',
    "consists? of|comprises?|it's|there's|don't|doesn't|isn't|aren't|wasn't",
  ].join('|')})(?=\\s|$)`,
  'iu',
);

/** "… finished first, with 72 points from 32 matches" */
const clauseAfterComma = /,\s(?:with|while|but|and|who|which|where)\s/u;

const lowerCaseFunctionStart = /^(?:the|a|an|his|her|its|their|our|my|some|many|most|all of|one of)\s/u;

const isEscapeCode = (text: string): boolean => text.startsWith('/') || text.startsWith('--');

function countWords(text: string): number {
  let words = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at += 1) {
    const space = text.charCodeAt(at) <= 32;
    if (!space && !inWord) words += 1;
    inWord = !space;
  }
  return words;
}

function isBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text.replace(/^[a-zA-Z\d]{1,4}(?:\.\d{1,2}){0,3}\)\s/u, '')) {
    if (character === '(' || character === '[' || character === '（') depth += 1;
    else if (character === ')' || character === ']' || character === '）') depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

/** `I.1)`, `II.4)`, `一、`: the numbering of a form, in which `I` is no pronoun. */
const outlined = /^[\p{Lu}\d]{1,4}\.\d{1,2}|^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}、)/u;

/** Judges a text as a label. The text has no markup and no white space at its ends. */
export const labelLikeness = remembered(judge);

function judge(label: string): LabelLikeness {
  if (label.length === 0 || label.length > longestLabel) return 'none';
  const text = outlined.test(label) ? withoutEnumerator(label) : label;
  if (!hasLetter.test(text)) return isPeriodText(text) ? 'weak' : 'none';
  if (foreignCharacter.test(text) || isEscapeCode(text)) return 'none';
  if (remark.test(text) || opening.test(text) || isTwoSentences(text)) return 'none';
  if (valueWithRemark.test(text)) return 'none';
  if (!isBalanced(text)) return 'none';
  if (cjkCharacter.test(text)) return cjkLikeness(text);
  if (text.length < 2) return 'weak';
  const words = countWords(text);
  if (words > mostWords || (words > wordsOfStrongLabel && clauseAfterComma.test(text))) return 'none';
  if (words > wordsOfStrongLabel || finiteVerb.test(text)) return 'weak';
  if (words > 3 && lowerCaseFunctionStart.test(text)) return 'weak';
  return 'strong';
}

function cjkLikeness(text: string): LabelLikeness {
  if (/[，。、！？]/u.test(text)) return 'none';
  return text.length <= 24 ? 'strong' : 'weak';
}
