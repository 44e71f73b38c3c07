import { isCurrencyCode } from '../../table/values/currencies.ts';
import { measureSymbol } from '../../table/values/units.ts';
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
  const drafts = composedDrafts(
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
  return drafts.filter(({ value }) => !countsMeasures(value, context));
}

const countedThings = /(?:多少|几)[家个所座起艘部款辆项条份名位]/;

/** "多少家" asks for no sum of money and no length. */
function countsMeasures({ output }: Draft, { tokens }: ChineseContext): boolean {
  const text = tokens.map(({ word }) => word).join('');
  if (output.kind !== 'aggregate' || output.aggregate.function !== 'sum' || !countedThings.test(text))
    return false;
  return output.unit !== null && (isCurrencyCode(output.unit) || measureSymbol(output.unit) !== null);
}
