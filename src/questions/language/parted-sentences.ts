import type { Token } from './token.ts';

const commands: ReadonlySet<string> = new Set(
  'list show give name find identify count compute calculate report return display determine rank sort what which how who'.split(
    ' ',
  ),
);

/** How many tokens at `at` part two sentences before a command: "; then", ", and then", "and"; null for none. */
function partLength(sentence: readonly Token[], at: number): number | null {
  let next = at;
  const isWord = (word: string): boolean => sentence[next]?.kind !== 'quote' && sentence[next]?.word === word;
  if (isWord(';') || isWord(',') || isWord('-')) next += 1;
  if (isWord('and')) next += 1;
  if (isWord('then') || isWord('finally') || isWord('also')) next += 1;
  const command = sentence[next];
  return next > at && command?.kind === 'word' && commands.has(command.word) ? next - at : null;
}

/**
 * The sentences with one of them parted where a second command begins: "compute the ratio for each and list the
 * three highest". One variant for each such place, the last place first.
 */
export function partedAtCommands(sentences: readonly (readonly Token[])[]): (readonly Token[])[][] {
  const variants: (readonly Token[])[][] = [];
  for (const [index, sentence] of sentences.entries())
    for (let at = sentence.length - 2; at > 1; at -= 1) {
      const length = partLength(sentence, at);
      if (length === null) continue;
      const parted = [sentence.slice(0, at), sentence.slice(at + length)];
      variants.push([...sentences.slice(0, index), ...parted, ...sentences.slice(index + 1)]);
    }
  return variants.slice(0, 4);
}
