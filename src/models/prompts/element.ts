/**
 * The content of the last well-formed `<name>…</name>` of a text. Marks that are escaped are content: they neither
 * open nor close. Null where there is none.
 */
export function lastElement(text: string, name: string): string | null {
  const close = lastMark(text, `</${name}>`);
  if (close < 0) return null;
  const open = lastMark(text.slice(0, close), `<${name}>`);
  return open < 0 ? null : text.slice(open + name.length + 2, close);
}

/** Where the mark stands last without a backslash in front, or -1. */
function lastMark(text: string, mark: string): number {
  let at = text.lastIndexOf(mark);
  while (at > 0 && text[at - 1] === '\\') at = text.lastIndexOf(mark, at - 1);
  return at;
}
