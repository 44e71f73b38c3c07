const pairs: readonly (readonly [string, string])[] = [
  ['"', '"'],
  ["'", "'"],
  ['“', '”'],
  ['‘', '’'],
  ['«', '»'],
  ['「', '」'],
  ['『', '』'],
  ['《', '》'],
  ['**', '**'],
  ['__', '__'],
  ['*', '*'],
  ['_', '_'],
  ['`', '`'],
  ['$', '$'],
];

/** The text without white space, quotes and marks of code and emphasis around it, and without a full stop behind. */
export function unwrap(text: string): string {
  let inside = text.trim();
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const [open, close] of pairs) {
      const length = open.length + close.length;
      if (inside.length > length && inside.startsWith(open) && inside.endsWith(close)) {
        const content = inside.slice(open.length, inside.length - close.length);
        if (content.includes(open)) continue;
        inside = content.trim();
        isChanged = true;
      }
    }
    const stopped = /^(?<kept>.*[\p{L}\p{N}%)\]"'”’*`}」》])[.。]$/su.exec(inside)?.groups?.['kept'];
    if (stopped !== undefined && !/(?:^|[\s.])\p{L}$/u.test(stopped)) {
      inside = stopped.trim();
      isChanged = true;
    }
  }
  return inside;
}
