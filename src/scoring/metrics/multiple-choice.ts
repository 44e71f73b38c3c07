import { withoutReasoning } from '../answers/final-answer.ts';

const patterns = [
  /\\boxed\s*\{\s*(?:\\text\s*\{\s*)?\(?(?<letter>[A-Z])\)?\s*\}/g,
  /correct answer is\s*:?\s*\((?<letter>[A-Z])\)/gi,
  /correct answer is\s*:?\s*(?<letter>[A-Z])\b/gi,
  /answer is\s*:?\s*\((?<letter>[A-Z])\)/gi,
  /answer is\s*:?\s*(?<letter>[A-Z])\b/gi,
];
const alone = /^\W*(?:(?:final\s+)?answer\s*[:：]\s*\W*)?\(?(?<letter>[A-Z])\)?(?:[.:)]\s.*|\W*)$/isu;

/**
 * The letter that a response chooses: the last one in a box, behind "correct answer is" or behind "answer is", tried in
 * this order (SPELL's evaluation, used for LongBench v2); the words in any case, the letter a capital. A response that
 * is a letter and little else is one too, which the published patterns miss.
 *
 * @returns null where none is chosen.
 */
export function chosenLetter(response: string, letters = 'ABCD'): string | null {
  const text = withoutReasoning(response).replaceAll('*', '');
  for (const pattern of patterns) {
    const last = [...text.matchAll(pattern)]
      .map((match) => match.groups?.['letter'] ?? '')
      .findLast((letter) => letters.includes(letter));
    if (last !== undefined && last !== '') return last;
  }
  const letter = alone.exec(text)?.groups?.['letter'] ?? '';
  return letter !== '' && letters.includes(letter) ? letter : null;
}
