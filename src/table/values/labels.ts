const separators = /[^\p{L}\p{N}%]+/gu;
const marks = /\p{M}+/gu;
const plainAscii = /^[a-z0-9 ]*$/;
/** "startedAt", as keys of records are written; "pH" and "McKay" are words of their own. */
const camelCase = /^\p{Ll}{2,}(?:\p{Lu}[\p{L}\p{N}]*)+$/u;
const wordStart = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu;

/** Words whose final s is no plural. */
const singular = /(?:ss|us|is|ics|series|species|news)$/;

function foldWord(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || singular.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|xes|sses|zes)$/.test(word)) return word.slice(0, -2);
  if (word.endsWith('oes') && word.length > 6) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** The words of a key in camel case set apart, "startedAt" as "started At"; any other text as it is. */
export function withWordsApart(text: string): string {
  return camelCase.test(text) ? text.replaceAll(wordStart, ' ') : text;
}

/**
 * The form under which labels are compared: lower case, without accents, punctuation and simple English
 * plurals, words set apart by one space. "Life Expectancies (at birth)" and "life expectancy at birth" are the
 * same label, as are "startedAt" and "started_at".
 */
export function foldLabel(text: string): string {
  let folded = withWordsApart(text).toLowerCase();
  if (!plainAscii.test(folded))
    folded = folded
      .normalize('NFKD')
      .replaceAll(marks, '')
      .replaceAll(/['’]s?(?=\s|$)/g, '');
  return folded.replaceAll(separators, ' ').trim().split(' ').map(foldWord).join(' ');
}
