import { chinesePiecesAt } from '../composition/chinese/pieces.ts';
import { composedDrafts } from '../composition/compose.ts';
import { analystGrammar } from '../grammar/analyst-grammar.ts';
import { nothingSaid } from '../grammar/context.ts';
import type { Parse } from '../grammar/engine.ts';
import type { Draft } from '../grammar/meanings.ts';
import type { ChineseContext } from './context.ts';

/**
 * Readings of a Chinese sentence that is cut into pieces and asked in whatever frame takes all of them up, as an
 * English one is that is not read word by word.
 */
export function composedChinese(context: ChineseContext): readonly Parse<Draft>[] {
  const { tokens, table, question } = context;
  return composedDrafts(
    {
      tokens,
      table,
      question,
      allTokens: tokens,
      memo: new Map(),
      budget: context.budget,
      grammar: analystGrammar(),
      discourse: nothingSaid,
      plainColumns: new Set(),
      namedColumns: new Set(),
      assumedNoun: null,
      loose: true,
    },
    (at) => chinesePiecesAt(context, at),
  );
}
