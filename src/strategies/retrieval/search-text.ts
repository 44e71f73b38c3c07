/*
 * What the full-text index is given. SQLite's `unicode61` tokenizer takes a run of letters for a word, which holds
 * for scripts that part words. Runs of the others are indexed by their pairs of neighbouring characters, as is usual
 * where no dictionary is at hand: a word of two characters, as most are in Chinese, is found as exactly one term.
 * (SQLite's own `trigram` tokenizer finds no words of two characters, makes an index seven times as large, and ranks
 * worse.)
 */

const unparted =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

// oxlint-disable-next-line no-control-regex -- all of ASCII
const beyondAscii = /[^\u0000-\u007F]/;

/** A text in the form in which its words can be indexed. */
export function toSearchText(text: string): string {
  if (!beyondAscii.test(text)) return text;
  // One form for full-width letters and digits, half-width kana and ligatures.
  return text.normalize('NFKC').replace(unparted, (run) => ` ${characterPairs(run).join(' ')} `);
}

function characterPairs(run: string): string[] {
  const characters = [...run];
  if (characters.length < 3) return [run];
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}

/** Words that every question has and no answer: they rank passages by chance. */
const questionWords = new Set(
  `a an the of in on at by for from to with as and or not is are was were be been do does did has have had will would can
  could should may might it its that this these those there what which who whom whose when where why how many much s`
    .trim()
    .split(/\s+/),
);

const words = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** A question of more is a text, and its rarest words cannot be told without looking each of them up. */
const mostTerms = 64;

/**
 * The words of a question that are worth searching for, each as a query of FTS5: in quotation marks and of letters and
 * digits alone, so that nothing in a question can be taken for an operator. Empty when the question holds no word.
 */
export function toSearchTerms(question: string): string[] {
  const all = new Set(toSearchText(question).toLowerCase().match(words));
  const telling = [...all].filter((word) => !questionWords.has(word));
  return (telling.length > 0 ? telling : [...all]).slice(0, mostTerms).map((term) => `"${term}"`);
}
