import { foldWidth } from './han-tokens.ts';

const han = /\p{Script=Han}/u;
const quoted = /"[^"]*"|“[^”]*”|「[^」]*」|『[^』]*』|`[^`]*`/gu;
/** Signs of grammar that hardly any Chinese question does without. */
const grammarSigns =
  /[的哪几多各每按与和或且]|是否|有没有|什么|谁|何时|列出|列举|找出|给出|计算|统计|最[高低大小多少早晚长短]|[?.]$/u;

/**
 * Whether a question is put in Chinese. Chinese names in an English question make it no Chinese one, nor do English
 * names of fields make a Chinese question English.
 */
export function isChinese(question: string): boolean {
  const text = foldWidth(question).replaceAll(quoted, ' ').trim();
  if (!han.test(text)) return false;
  const first = /^[\p{Script=Latin}'-]+(?=\s+\p{Script=Latin})/u.exec(text)?.[0]?.toLowerCase();
  const opensInEnglish = first !== undefined && englishOpenings.has(first);
  return !opensInEnglish && grammarSigns.test(text);
}

/** Words that English questions open with, and no names. */
const englishOpenings: ReadonlySet<string> = new Set(
  (
    'among are calculate can compare compute could count did do does find for from get give has have how identify in ' +
    'is list name of rank return show tell the to was were what when where which who whose with'
  ).split(' '),
);
