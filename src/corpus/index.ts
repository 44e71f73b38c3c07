// Reading files into documents: what this folder offers to the others and to users of the package.
export { cutToTokens } from './cut-to-tokens.ts';
export { documentFormats } from './document.ts';
export type { CorpusDocument, DocumentFormat, SourceLocation, SourceMap } from './document.ts';
export { CorpusNotFoundError, listFiles } from './list-files.ts';
export type { ListedEntry, ListedFile, PassedOver } from './list-files.ts';
export { defaultParseLimits, parseFile } from './parse-file.ts';
export type { ParseFileInput, ParseLimits } from './parse-file.ts';
export { readLines } from './read-lines.ts';
export { formatLocation, locate } from './source-location.ts';
export { loadTokenizer, TokenizerError } from './tokenizer.ts';
export type { Tokenizer } from './tokenizer.ts';
export { UnreadableFileError } from './unreadable-file-error.ts';
export { splitIntoWindows } from './windows.ts';
export type { TextWindow } from './windows.ts';
