const mostEntries = 5000;
const longestKey = 200;

/**
 * The same pure function, remembering its results for short texts: a corpus states the same labels over and
 * over. What is remembered is forgotten at once when it becomes too much.
 */
export function remembered<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    if (text.length > longestKey) return compute(text);
    const known = results.get(text);
    if (known !== undefined) return known;
    // A slice would keep the whole document that it was cut from in memory.
    const own = Buffer.from(text, 'utf16le').toString('utf16le');
    const result = compute(own);
    if (results.size >= mostEntries) results.clear();
    results.set(own, result);
    return result;
  };
}
