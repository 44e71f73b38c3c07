import { plainCharacters } from './plain-characters.ts';

const article = /^(?:(?:a|an|the|mr|mrs|ms|dr|prof|professor|sir) )+(?=.)/u;
const innerArticle = / the (?=.)/gu;

/**
 * What makes two names the same: case, accents, quotes, marks of Markdown, punctuation, hyphens and articles count for
 * nothing; signs that tell names apart (C++, C#, 5 %) stay, and so does the point within a number.
 */
export function normaliseName(text: string): string {
  return normaliseText(text).replace(article, '').replaceAll(innerArticle, ' ');
}

/** The same, articles left in: for text in which a name is looked for. */
export function normaliseText(text: string): string {
  return plainCharacters(text)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('&', ' and ')
    .replaceAll(/(?<=\d),(?=\d{3}(?!\d))/gu, '')
    .replaceAll(/(?<=\d)\.(?=\d)/gu, '\ue001')
    .replaceAll(/[.'’‘`´]/gu, '')
    .replaceAll(/(?<=[\p{L}\d])\+/gu, '\ue002')
    .replaceAll(/(?<=\p{L})#/gu, '\ue003')
    .replaceAll(/(?<=^|\s)-(?=\d)/gu, '\ue004')
    .replaceAll(/[^\p{L}\p{N}\ue001-\ue004%$€£¥]+/gu, ' ')
    .trim();
}

/** Whether a text holds a name as whole words, or as characters where it is written in Chinese. */
export function mentionsName(text: string, name: string): boolean {
  const wanted = normaliseName(name);
  if (wanted === '') return false;
  const within = normaliseText(text).replaceAll(innerArticle, ' ');
  return /\p{Script=Han}/u.test(wanted) ? within.includes(wanted) : ` ${within} `.includes(` ${wanted} `);
}

/** Forms of companies that are left out as often as not, with what they are short for. */
const legalForms = new Map([
  ['inc', 'inc'],
  ['incorporated', 'inc'],
  ['corp', 'corp'],
  ['corporation', 'corp'],
  ['co', 'co'],
  ['company', 'co'],
  ['ltd', 'ltd'],
  ['limited', 'ltd'],
  ['llc', 'llc'],
  ['plc', 'plc'],
  ['gmbh', 'gmbh'],
  ['ag', 'ag'],
  ['sa', 'sa'],
  ['nv', 'nv'],
  ['bv', 'bv'],
  ['llp', 'llp'],
  ['lp', 'lp'],
]);
const hanLegalForm = /(?:股份)?(?:有限)?(?:责任)?公司$/u;

/** Whether two texts name the same thing. */
export function isSameName(one: string, other: string): boolean {
  const [left, right] = [normaliseName(one), normaliseName(other)];
  if (left === '' || right === '') return left === right && one.trim() === other.trim();
  return (
    closeUp(left) === closeUp(right) ||
    isSameSpelling(one, other) ||
    isSamePerson(one, right) ||
    isSamePerson(other, left) ||
    isSameCompany(left, right) ||
    isAcronym(one, right) ||
    isAcronym(other, left)
  );
}

const umlauts = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
]);

/** Müller is Mueller; "&" is and, und, et. */
function isSameSpelling(one: string, other: string): boolean {
  const spelt = (text: string): string =>
    normaliseName(text.toLowerCase().replaceAll(/[äöü]/gu, (letter) => umlauts.get(letter) ?? letter));
  const joined = (name: string): string => ` ${name} `.replaceAll(/ (?:and|und|et) /gu, ' ').trim();
  const hasSign = one.includes('&') || other.includes('&');
  const [left, right] = [spelt(one), spelt(other)];
  if (left === right || isSameCompany(left, right)) return true;
  const [bareLeft, bareRight] = [joined(normaliseName(one)), joined(normaliseName(other))];
  return hasSign && (bareLeft === bareRight || isSameCompany(bareLeft, bareRight));
}

/** `Smith, Jane` is Jane Smith. */
function isSamePerson(text: string, name: string): boolean {
  const [last, first, ...others] = text.split(/,\s+/u);
  return first !== undefined && others.length === 0 && normaliseName(`${first} ${last}`) === name;
}

function closeUp(name: string): string {
  return name.replaceAll(' ', '');
}

/** The same but for the legal form, which one of the two leaves out or shortens. */
function isSameCompany(one: string, other: string): boolean {
  const [left, right] = [splitLegalForm(one), splitLegalForm(other)];
  if (left.name === '' || left.name !== right.name) return false;
  return left.form === '' || right.form === '' || left.form === right.form;
}

function splitLegalForm(name: string): { readonly name: string; readonly form: string } {
  const han = hanLegalForm.exec(name)?.[0];
  if (han !== undefined) return { name: name.slice(0, name.length - han.length), form: han };
  const words = name.split(' ');
  const forms: string[] = [];
  for (let form = legalForms.get(words.at(-1) ?? ''); form !== undefined && words.length > 1;) {
    forms.unshift(form);
    words.pop();
    form = legalForms.get(words.at(-1) ?? '');
  }
  return { name: words.join(' '), form: forms.join(' ') };
}

const lightWords = new Set(['of', 'and', 'the', 'for', 'in', 'on', 'de', 'la']);

/** Whether a text such as "UAE" or "U.S." is the initials of a name of several words. */
function isAcronym(text: string, name: string): boolean {
  const letters = text.trim().replaceAll('.', '');
  if (!/^\p{Lu}{2,6}$/u.test(letters)) return false;
  const words = name.split(' ').filter((word) => !lightWords.has(word));
  return words.length > 1 && words.map((word) => word.charAt(0)).join('') === letters.toLowerCase();
}
