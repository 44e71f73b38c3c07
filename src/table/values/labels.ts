const separators = /[^\p{L}\p{N}%]+/gu;
const marks = /\p{M}+/gu;
const plainAscii = /^[a-z0-9 ]*$/;

/** Words whose final s is no plural. */
const singular = /(?:ss|us|is|ics|series|species|news)$/;

function foldWord(word: string): string {
  if (word.length < 4 || !word.endsWith('s') || singular.test(word)) return word;
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ches|shes|xes|sses|zes)$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/**
 * The form under which labels are compared: lower case, without accents, punctuation and simple English
 * plurals, words set apart by one space. "Life Expectancies (at birth)" and "life expectancy at birth" are the
 * same label.
 */
export function foldLabel(text: string): string {
  let folded = text.toLowerCase();
  if (!plainAscii.test(folded))
    folded = folded
      .normalize('NFKD')
      .replaceAll(marks, '')
      .replaceAll(/['’]s?(?=\s|$)/g, '');
  return folded.replaceAll(separators, ' ').trim().split(' ').map(foldWord).join(' ');
}
