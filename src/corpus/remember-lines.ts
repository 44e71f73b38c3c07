import type { Tokenizer } from './tokenizer.ts';

/** A line break before anything that a token may join with it: `o200k` joins line breaks with white space and `/`. */
const lineEnds = /\n(?![\s/])/;

/** So many characters are remembered before those that were not asked for again are forgotten. */
const mostCharacters = 12_000_000;

/**
 * A tokenizer that counts the same, and counts each line of text once: for whoever counts texts that share most of their
 * lines, as prompts over one corpus do. It does so for `o200k`, whose tokens never reach across the end of a line into
 * the words of the next; other tokenizers are left as they are.
 */
export function rememberLines(tokenizer: Tokenizer): Tokenizer {
  if (tokenizer.id !== 'o200k') return tokenizer;
  let known = new Map<string, number>();
  let before = new Map<string, number>();
  let characters = 0;
  const remember = (line: string, tokens: number): number => {
    if (characters > mostCharacters) {
      [before, known, characters] = [known, new Map(), 0];
    }
    characters += line.length;
    // A slice would hold the whole text that it is of.
    known.set(Buffer.from(line).toString(), tokens);
    return tokens;
  };
  const countLine = (line: string): number =>
    known.get(line) ?? remember(line, before.get(line) ?? tokenizer.count(line));
  return {
    id: tokenizer.id,
    count: (text) => {
      const lines = text.split(lineEnds);
      const last = lines.pop() ?? '';
      return lines.reduce((sum, line) => sum + countLine(`${line}\n`), 0) + countLine(last);
    },
  };
}
