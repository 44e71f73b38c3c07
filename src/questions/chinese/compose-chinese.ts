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
  return drafts.filter(
    ({ value }) =>
      !countsOtherThings(value, context) &&
      !leavesQuestionOut(value, context) &&
      !deniesOfEach(value, context),
  );
}

const textOf = ({ tokens }: ChineseContext): string => tokens.map(({ word }) => word).join('');

/** "…是哪座,位于哪个省": one of two questions would go without an answer. */
const leavesQuestionOut = ({ output }: Draft, context: ChineseContext): boolean =>
  (output.kind === 'aggregate' || (output.kind === 'values' && output.show.length === 1)) &&
  /(?:哪|谁|多少|几).*,.*(?:哪|谁|多少|几)/.test(textOf(context));

/** "哪些产地从未出现过不合格" denies it of all rows of a group; rows of which it is not so are something else. */
const deniesOfEach = ({ output, selection }: Draft, context: ChineseContext): boolean =>
  output.kind === 'values' &&
  selection.where !== undefined &&
  /(?:没有?|从未|未曾|从来没有?)(?:出现|发生|查出|检出|有)过/.test(textOf(context));

const countedThings = /(?:多少|几)[家个所座起艘部款辆项条份名位]/;
/** Counters of whole things, which only a field in them adds up. */
const wholeThings = /(?:多少|几)([家所座起艘部款辆])/;

/** "多少家" asks for no sum of money, no length, and no sum of what is counted otherwise. */
function countsOtherThings({ output }: Draft, context: ChineseContext): boolean {
  const text = textOf(context);
  const sum = summedIn(output);
  if (sum === null || !countedThings.test(text)) return false;
  const counter = wholeThings.exec(text)?.[1];
  if (counter !== undefined && sum.unit !== counter) return true;
  return sum.unit !== null && (isCurrencyCode(sum.unit) || measureSymbol(sum.unit) !== null);
}

/** The sum that is asked for, of all rows or of each group's. */
function summedIn(output: Draft['output']): { readonly unit: string | null } | null {
  if (output.kind === 'aggregate') return output.aggregate.function === 'sum' ? output : null;
  if (output.kind !== 'groups') return null;
  const [value] = output.values;
  return value?.kind === 'measure' && value.measure.function === 'sum' ? { unit: output.unit ?? null } : null;
}
