// What a thread does for the passage index: it cuts documents and makes their words ready.
import { loadTokenizer, type Tokenizer } from '../../corpus/tokenizer.ts';
import { passageTitle } from '../../table/passage-title.ts';
import type { StoredDocument } from '../../table/index.ts';
import { cutPassages } from './cut-passages.ts';
import type { CutDocument } from './passage-index.ts';
import { toSearchText } from './search-text.ts';

export interface CutTask {
  readonly documents: readonly Pick<StoredDocument, 'id' | 'path' | 'title' | 'hash' | 'text'>[];
  readonly passageTokens: number;
}

let tokenizer: Tokenizer | null = null;

export default async function cutDocuments({ documents, passageTokens }: CutTask): Promise<CutDocument[]> {
  tokenizer ??= await loadTokenizer('o200k');
  const counter = tokenizer;
  return documents.map((document) => {
    const { id, hash, text } = document;
    const title = passageTitle(document);
    const passages = cutPassages({ text, title, tokenizer: counter, maximumTokens: passageTokens });
    return {
      id,
      hash,
      title,
      titleWords: toSearchText(title),
      passages: passages.map((passage) => ({
        ...passage,
        words: {
          context: toSearchText(passage.context),
          text: toSearchText(text.slice(passage.start, passage.end)),
        },
      })),
    };
  });
}
