/** For SQL that goes through a whole corpus, of ten million tokens and more, while a benchmark is built. */
export const wholeCorpusLimits = { timeoutMilliseconds: 300_000, maximumRows: 20_000_000 } as const;
