import type { FinalAnswer } from './final-answer.ts';
import { right, ungraded, wrong, type Grade } from './grade.ts';
import { plainCharacters } from './plain-characters.ts';
import { isRefusal } from './refusal.ts';
import { isSameName, mentionsName, normaliseName } from './same-name.ts';
import { unwrap } from './unwrap.ts';

export interface GoldString {
  /** The right answer, and other names of it. */
  readonly names: readonly string[];
  readonly question: string | null;
}

/** Compares a short text with the right one: the same name, but for what `isSameName` passes over, and for remarks behind it. */
export function scoreString(answer: FinalAnswer, gold: GoldString): Grade {
  const text = unwrap(plainCharacters(answer.isMarked ? answer.line : answer.rest));
  if (text === '') return wrong('there is no answer');
  const direct = unwrap(text.replace(leadIn, ''));
  if (isNamed(text, gold) || isNamed(direct, gold)) return right('the answer is the same');
  const head = headOf(text);
  if (head !== null && isNamed(head, gold)) return right('the answer is the same, with a remark');
  const truth = readTruth(gold.names[0] ?? '');
  const said =
    truth === null ? null : (readTruth(head ?? text) ?? readTruth(/^\p{L}+/u.exec(text)?.[0] ?? ''));
  if (truth !== null && said !== null)
    return said === truth ? right('yes or no is the same') : wrong('yes or no differs');
  if (isRefusal(text)) return wrong('the answer is refused');
  const mentioned = gold.names.some((name) => mentionsName(text, name));
  if (!mentioned) return withoutMention(text, answer, gold);
  const isSubject = gold.names.some((name) => saysOf(text, name));
  if ((!answer.isMarked || isSubject) && stillNamed(text, gold)) return right('the answer names it');
  const isOther = head !== null && answer.isMarked && !gold.names.some((name) => mentionsName(head, name));
  if (isOther && /^[\p{Lu}\p{Script=Han}]/u.test(head)) return wrong(`the answer is "${shorten(head)}"`);
  return withMention(text, answer, gold);
}

/** "It is", or what the answer is called: `Region: South`. */
const leadIn =
  /^(?:(?:it|this|that|these|they)\s+(?:is|was|are|were)\s+|(?!no\b|not\b)\p{L}[\p{L} ]{1,24}[:：]\s*)/iu;

/** Whether a text begins with a name and goes on with what it does: "Acme has the highest revenue". */
function saysOf(text: string, name: string): boolean {
  const verb =
    /\b(?:is|was|has|had|have|leads|led|ranks|ranked|reported|reports|shows|achieved|recorded)\b|是|有/iu;
  const found = verb.exec(text);
  return found !== null && isSameName(text.slice(0, found.index), name);
}

function isNamed(text: string, { names, question }: GoldString): boolean {
  return names.some((name) => isSameName(text, name) || isSameWithWordsOfQuestion(text, name, question));
}

const remarks =
  /^(?<head>.+?)(?:\s*[（(].*[)）]|\s+[-–—]\s+.*|\s*[:;：；]\s.*|[,，]\s*(?:with|at|not|which|who|having|followed|because|since|as|reaching|totall?ing)\b.*|[,，]\s*[$€£¥]?[\d~≈].*|[,，]\s*(?:共|约|其|占|达|合计|总计|因为|由于|在).*|(?<=\p{L}{4})\.\s+\p{Lu}.*|[。，].*|\s+(?:with|at|because|since)\s.*)$/su;

/** What stands before a remark: `South (12 sites)`, `South, with 12 sites`. */
function headOf(text: string): string | null {
  const head = remarks.exec(text)?.groups?.['head'];
  return head === undefined ? null : unwrap(head);
}

/** Whether several things are named, the right one among them; null where it is the same one again and again. */
function namesOthers(text: string, gold: GoldString): boolean | null {
  const parts = text.split(/\s*(?:[;；、/]|\b(?:and|or)\b|和|与|或)\s*/iu).filter((part) => part !== '');
  const others = parts.filter((part) => !isNamed(unwrap(part), gold));
  if (others.length === 0) return parts.length > 1 ? null : false;
  return others.length < parts.length;
}

const offering = /\b(?:or|either|and\/or|possibly|maybe)\b|或/iu;

const placeWords =
  /\b(?:where|city|cities|town|village|place|location|country|state|county|province|district|capital|headquarter\w*|venue|born|site)\b|城市|哪里|地点|地方|国家|省|县|镇|总部/iu;

function withMention(text: string, answer: FinalAnswer, gold: GoldString): Grade {
  const hasOthers = namesOthers(text.replaceAll(/[,，]/gu, ';'), gold);
  if (hasOthers === null) return right('the answer is the same');
  // "Paris, France" may be Paris where a place is asked for; elsewhere a comma sets two names apart.
  const mayBePlace = gold.question === null || placeWords.test(gold.question);
  const isOffer = offering.test(text) || namesOthers(text, gold) === true || (hasOthers && !mayBePlace);
  if (answer.isMarked && isOffer) return wrong('several answers are offered');
  const rest = gold.names.reduce((left, name) => left.replace(normaliseName(name), ' '), normaliseName(text));
  const hasOtherWords = rest
    .trim()
    .split(/\s+/u)
    .filter((word) => word.length > 2).length;
  if (answer.isMarked && hasOtherWords === 1 && !/[,，]/u.test(text))
    return wrong(`the answer is "${shorten(text)}"`);
  return ungraded('the right answer stands in the response with other words');
}

function withoutMention(text: string, answer: FinalAnswer, gold: GoldString): Grade {
  const isOtherScript =
    gold.names.every((name) => scriptOf(name) !== scriptOf(text)) && scriptOf(text) !== 'none';
  if (isOtherScript) return ungraded('the answer is in another script');
  const isShort = text.split(/\s+/u).length <= 40 && text.length < 400;
  if (answer.isMarked || isShort) return wrong(`the answer is "${shorten(text)}"`);
  return ungraded('the right answer does not stand in the response as such');
}

const comparing =
  /\b(?:not|nor|than|rather|instead|but|however|versus|vs|or|either|while|whereas|unlike|second|next|followed|although|though|except|compared|both|neither|could|might|may)\b|不|而|比|或|但|其次/iu;

/** One sentence that names the right thing and weighs no other: no comparison, and no other name but those of the question. */
function stillNamed(text: string, { names, question }: GoldString): boolean {
  const sentences = text
    .split(/(?<=[.!?])\s+(?=\p{Lu})|[。！？\n]+/u)
    .filter((sentence) => sentence.trim() !== '');
  const sentence = sentences.find((part) => names.some((name) => mentionsName(part, name)));
  if (sentence === undefined || sentences.length > 1) return false;
  if (comparing.test(sentence)) return false;
  const known = new Set([
    'the',
    'a',
    'an',
    ...normaliseName(`${question ?? ''} ${names.join(' ')}`).split(' '),
  ]);
  const others = [...sentence.matchAll(/(?<!^\s*)(?<=[\s"'(])\p{Lu}[\p{L}\d]*/gu)].filter(
    ([word]) => !known.has(normaliseName(word)),
  );
  return others.length === 0;
}

const joining = new Set(['and', 'or', 'not', 'no', 'nor', 'but', 'except', 'than', 'other']);

/** "South region" is South where the question asks for a region: further words are common ones of the question. */
function isSameWithWordsOfQuestion(text: string, name: string, question: string | null): boolean {
  if (question === null) return false;
  const [words, wanted] = [normaliseName(text).split(' '), normaliseName(name).split(' ')];
  const at = words.join(' ').indexOf(wanted.join(' '));
  if (at < 0 || words.length <= wanted.length) return isHanWithWords(text, name, question);
  const common = new Set(
    (question.match(/(?<![\p{L}\p{N}])\p{Ll}+(?![\p{L}\p{N}])/gu) ?? []).map((word) => word.toLowerCase()),
  );
  const further = [...words];
  for (const word of wanted) {
    const index = further.indexOf(word);
    if (index < 0) return false;
    further.splice(index, 1);
  }
  return further.every((word) => !joining.has(word) && (common.has(word) || common.has(`${word}s`)));
}

function isHanWithWords(text: string, name: string, question: string): boolean {
  const [said, wanted] = [normaliseName(text), normaliseName(name)];
  if (!/\p{Script=Han}/u.test(wanted) || !said.startsWith(wanted)) return false;
  const further = said.slice(wanted.length);
  return further.length > 0 && further.length <= 4 && question.includes(further);
}

function readTruth(text: string): boolean | null {
  const word = normaliseName(text);
  if (['yes', 'true', 'correct', '是', '是的', '对', '正确'].includes(word)) return true;
  if (['no', 'false', 'incorrect', '否', '不是', '不', '错误'].includes(word)) return false;
  return null;
}

function scriptOf(text: string): 'han' | 'latin' | 'none' {
  if (/\p{Script=Han}/u.test(text)) return 'han';
  return /\p{Script=Latin}/u.test(text) ? 'latin' : 'none';
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
