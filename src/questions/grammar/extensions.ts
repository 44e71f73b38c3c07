import { columnsCalled } from './catalog-columns.ts';
import { comparison } from './conditions.ts';
import type { AnalystGrammar, Context } from './context.ts';
import type { Parse } from './engine.ts';
import type { Quantity } from './meanings.ts';

const fileWords: ReadonlySet<string> = new Set(['file', 'archive', 'document', 'attachment', 'image']);

/** Whether the rows are of files that all end so, as a column of file names shows. */
function endsEverywhere(context: Context, extension: string): boolean {
  return context.table.columns.some(
    ({ examples, coverage }) =>
      coverage > 0.99 &&
      examples.length > 0 &&
      examples.every((example) => example.toLowerCase().endsWith(extension)),
  );
}

/** ".deb", ".deb files": what every row has a file of tells no rows apart. */
function extensionsAt(context: Context, at: number): Parse<boolean>[] {
  const token = context.tokens[at];
  if (token?.kind !== 'word' || !/^\.\p{L}[\p{L}\p{N}]{1,5}$/u.test(token.text)) return [];
  if (!endsEverywhere(context, token.text.toLowerCase())) return [];
  const next = context.tokens[at + 1];
  const isFile = next?.kind === 'word' && fileWords.has(next.lemma);
  return [{ end: isFile ? at + 2 : at + 1, cost: 0.05, value: true, notes: [] }];
}

const fileSize = (context: Context): Quantity | null => {
  const best = columnsCalled(context, 'size')[0];
  return best === undefined || best.cost > 0.2 ? null : best.quantity;
};

/** Adds files named by their ending, where all rows are of such files. */
export function addExtensions(grammar: AnalystGrammar): void {
  grammar.primitive('extension', extensionsAt);
  grammar.rule('noun', '<extension>', () => 'file');
  grammar.rule('term', '<extension> <column>', ({ column }) => column);
  grammar.rule('term', '<column> of [each|every|its|their] <extension>', ({ column }) => column);
  grammar.rule('have', '<extension> <comparing>', ({ comparing }, context) => {
    const size = fileSize(context);
    return size === null ? null : comparison(context, size, comparing);
  });
}
