import { cleanSlice } from './clean-text.ts';
import type { CleanText } from './clean-text.ts';

const box = /(?<checked>☒|☑|✓|✔|\[[xX✓✔]\])|(?<open>☐|□|\[ ?\])/gu;
const longestText = 600;

/**
 * The checked options of a form line such as "☒ Active ☐ Inactive" or "[x] yes [ ] no", in order; null where
 * the text is not made of options, each behind its box.
 */
export function checkedOptions(value: CleanText): CleanText[] | null {
  const { text } = value;
  if (text.length > longestText || !/[☒☑☐□✓✔[]/u.test(text)) return null;
  const boxes = [...text.matchAll(box)];
  if (boxes.length < 2 || boxes[0]?.index !== 0) return null;
  const options: CleanText[] = [];
  for (const [index, match] of boxes.entries()) {
    if (match.groups?.['checked'] === undefined) continue;
    const end = boxes[index + 1]?.index ?? text.length;
    const option = cleanSlice(value, match.index + match[0].length, end);
    if (option.text !== '') options.push(option);
  }
  return options;
}
