const shortest = 60;
const sentenceEnd = /[\p{L}\d)%][.!?。](?:["'”’)]?$|\s+[\p{Lu}"“])|。/u;

/** Whether the value of a label is long and punctuated as running text, so that it may hold statements itself. */
export function isProse(text: string): boolean {
  return text.length >= shortest && sentenceEnd.test(text);
}
