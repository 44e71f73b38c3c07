/**
 * Where text is cut before tokens are sought in it, as Hugging Face `tokenizers` writes it: Qwen2's pattern, which
 * llama.cpp knows as `qwen2`. A word may begin with one character that is no letter, so that spaces belong to the
 * word they precede; digits stand alone, so that no token hides several; line ends end a run of punctuation.
 */
export const wordPatternSource = String.raw`(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`;

/** {@link wordPatternSource} as JavaScript has it: what is white space there differs in two characters. */
const wordPattern =
  /'(?:[sStTmMdD]|[rR][eE]|[vV][eE]|[lL][lL])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\p{White_Space}\p{L}\p{N}]+[\r\n]*|\p{White_Space}*[\r\n]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** The pieces of a text between which no token reaches. Together they are the text. */
export function* splitIntoWords(text: string): Generator<string> {
  // A pattern of one's own, since where it stands is kept in it.
  const pattern = new RegExp(wordPattern);
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) yield match[0];
}
