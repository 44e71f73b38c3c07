import { convertUnit } from '../../table/values/units.ts';
import { inAnswerUnit } from '../grammar/ask-frames.ts';
import type { Draft } from '../grammar/meanings.ts';
import type { Token } from '../language/token.ts';
import type { Expression, GroupedOutput, GroupValue } from '../plan.ts';
import { chineseGrammar } from './chinese-grammar.ts';
import type { ChineseContext } from './context.ts';

/** In what a question wants its number: `多少亿元`, `单位：万元`. */
export interface AskedUnit {
  readonly scale: number;
  /** As written, with its scale. */
  readonly name: string;
  readonly unit: string;
  /** The question without it. */
  readonly tokens: readonly Token[];
}

const scales: ReadonlyMap<string, number> = new Map([
  ['万', 1e4],
  ['百万', 1e6],
  ['千万', 1e7],
  ['亿', 1e8],
  ['万亿', 1e12],
]);
const longestScale = 2;

/** The unit that the sentence names at its end, or after "多少"; null where it names none. */
export function askedUnit(context: ChineseContext): AskedUnit | null {
  const { tokens } = context;
  const words = tokens.map(({ kind, word }) => (kind === 'quote' ? '' : word));
  for (let at = 1; at < tokens.length; at += 1) {
    const before = words.slice(0, at).join('');
    const opening = /(?:多少|[,(]?(?:以|用|单位[:是为]?|单位))$/.exec(before)?.[0];
    if (opening === undefined) continue;
    for (let length = 0; length <= longestScale; length += 1) {
      const scale = length === 0 ? 1 : scales.get(words.slice(at, at + length).join(''));
      if (scale === undefined) continue;
      const named = chineseGrammar().parse('unit', context, at + length);
      for (const { value: unit, end } of named.toSorted((one, other) => other.end - one.end)) {
        const rest = words.slice(end).join('');
        const isLast = /^(?:\)|为单位|计|表示|来表示|为单位表示|[,])?$/.test(rest);
        if (!isLast && opening !== '多少') continue;
        const kept = opening === '多少' ? at : at - [...opening].length;
        return {
          scale,
          unit,
          name: words.slice(at, end).join(''),
          // "造成多少万元损失" asks for what follows.
          tokens: isLast
            ? tokens.slice(0, opening === '多少' ? at : kept)
            : [...tokens.slice(0, at), ...tokens.slice(end)],
        };
      }
    }
  }
  return null;
}

/** Groups with the one number that they are listed with in the unit. */
function groupsInUnit(
  draft: Draft,
  output: GroupedOutput,
  { scale, unit, name }: Omit<AskedUnit, 'tokens'>,
): Draft | null {
  const [value, ...others] = output.values;
  const factor = output.unit === null ? null : convertUnit({ number: 1, from: output.unit, to: unit });
  if (value === undefined || others.length > 0 || factor === null || output.show !== 'both') return null;
  if (factor === scale) return draft;
  const scaled: GroupValue = {
    kind: 'arithmetic',
    operator: '*',
    left: value,
    right: { kind: 'number', value: factor / scale },
  };
  return { ...draft, output: { ...output, values: [scaled], unit: name } };
}

/** The draft with its number in the unit; null where it has none that converts to it. */
export function inAskedUnit(draft: Draft, { scale, unit, name }: Omit<AskedUnit, 'tokens'>): Draft | null {
  if (draft.output.kind === 'groups') return groupsInUnit(draft, draft.output, { scale, unit, name });
  const plain = inAnswerUnit(draft, unit);
  if (plain === null || scale === 1) return plain;
  const scaled = (left: Expression): Expression => ({
    kind: 'arithmetic',
    operator: '/',
    left,
    right: { kind: 'number', value: scale },
  });
  const { output } = plain;
  switch (output.kind) {
    case 'values':
      return {
        ...plain,
        output: {
          ...output,
          show: output.show.map((each) => ({ ...each, value: scaled(each.value), unit: name })),
        },
      };
    case 'calculation':
      return {
        ...plain,
        output: {
          ...output,
          values: output.values.map((each) => ({ ...each, value: scaled(each.value), unit: name })),
        },
      };
    case 'aggregate': {
      const { of, function: statistic } = output.aggregate;
      return of === undefined || statistic === 'variance' || statistic === 'correlation'
        ? null
        : { ...plain, output: { ...output, aggregate: { ...output.aggregate, of: scaled(of) }, unit: name } };
    }
    default:
      return null;
  }
}
