/**
 * The character that stands for each byte in the tokens of a byte-level tokenizer: printable bytes stand for
 * themselves, the others for characters from U+0100 on. (GPT-2's table, which all byte-level tokenizers share.)
 */
export const byteCharacters: readonly string[] = charactersOfBytes();

function charactersOfBytes(): string[] {
  let others = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : others++));
}

function isPrintable(byte: number): boolean {
  // The soft hyphen, 0xad, cannot be seen.
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
}
