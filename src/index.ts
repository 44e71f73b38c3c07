/**
 * The public API. The main path: `resolveCorpus` and `readCorpus` read documents into a table of cited facts,
 * `openCorpus` opens it, `answerByTable` answers a question. The parts are also there by themselves, as
 * `corpuscope/corpus`, `corpuscope/table`, `corpuscope/questions` and `corpuscope/strategies`.
 */
export * from './corpus/index.ts';
export * from './questions/index.ts';
export * from './strategies/index.ts';
export * from './table/index.ts';
