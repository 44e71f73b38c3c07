import type { CatalogTable } from '../table/catalog.ts';
import { monthNames } from '../table/values/months.ts';
import type { Draft } from './grammar/meanings.ts';
import { mayBeParticiple } from './grammar/loose-words.ts';
import { areOtherEnds, areSameEnd, isPlainTimeName } from './composition/times.ts';
import { isPlainModifier } from './grammar/plain-modifiers.ts';
import type { Token } from './language/token.ts';
import { columnIndexOf, columnLinks } from './linking/column-links.ts';
import { columnsNamed } from './plan-nodes.ts';

const closing: ReadonlySet<string> = new Set(', ; : ) and or but that which who whose'.split(' '));
const timeWords: ReadonlySet<string> = new Set(
  'in on since before after between during from until'.split(' '),
);
const fieldCost = 0.3;

/**
 * Whether a reading leaves out a verb that says of the rows what no field does: what stands alone as the predicate ("that
 * can be recycled"), before the noun ("leaking tanks"), or tells when something else happened ("tanks that burst in 2020",
 * where only the year in which they were built is known).
 */
export function passesOverVerbs(
  draft: Draft,
  {
    sentences,
    table,
    notes,
  }: {
    readonly sentences: readonly (readonly Token[])[];
    readonly table: CatalogTable;
    readonly notes: readonly string[];
  },
): boolean {
  const unused = new Set(
    notes.flatMap((note) => /^taken without "(?:.*\s)?([^\s"]+)"$/.exec(note)?.[1] ?? []),
  );
  if (unused.size === 0) return false;
  const isLookUp =
    draft.output.kind === 'values' && JSON.stringify(draft.selection.where ?? null).includes('"entity"');
  return sentences.some((tokens) =>
    tokens.some((token, at) => {
      if (!unused.has(token.text) || !mayBeParticiple(token) || isPlainModifier(token.word)) return false;
      const next = tokens[at + 1];
      if (next === undefined || closing.has(next.word))
        return isLookUp
          ? datesOther(token, draft.output, table)
          : !speaksOfFigure(tokens.slice(0, at), table);
      // "Lowest-rated" says by what, together with the word before it.
      if (table.nouns.includes(next.lemma)) return !token.hyphened;
      return (
        timeWords.has(next.word) && isTime(tokens[at + 2]) && datesOther(token, draft.selection.where, table)
      );
    }),
  );
}

/** Whether a time is asked for at which something ended, and the one at which it began is taken: "tanks closed in 1994". */
export const mistakesTimes = (
  draft: Draft,
  sentences: readonly (readonly Token[])[],
  { columns }: CatalogTable,
): boolean => {
  const used = columnsNamed([draft.selection.where, draft.output]);
  const times = columns.filter((column) => used.includes(column.name) && isTimeColumn(column));
  if (times.length === 0) return false;
  return sentences.some((tokens) =>
    tokens.some(({ kind, word }, at) => {
      // "When did it close": the verb has no ending of its own there.
      const isBare = tokens.slice(0, at).some(({ lemma }) => lemma === 'do') && tokens[at + 1]?.word !== 'of';
      const verb = isBare && !/(?:ed|ing)$/.test(word) ? `${word.replace(/e$/, '')}ed` : word;
      return kind === 'word' && times.every(({ label }) => areOtherEnds(verb, label.replaceAll('_', ' ')));
    }),
  );
};

/** Whether the words before name a number or a date, of which the verb then is said. */
const speaksOfFigure = (tokens: readonly Token[], table: CatalogTable): boolean =>
  tokens.some(
    (token, at) =>
      !table.nouns.includes(token.lemma) &&
      columnLinks(columnIndexOf(table), tokens, at).some(
        ({ column, cost }) => cost < fieldCost && ['number', 'percentage', 'date'].includes(column.type),
      ),
  );

const isTime = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.kind === 'date' ||
    (token.number !== null && token.number >= 1500 && token.number <= 2100 && !token.text.includes(',')) ||
    monthNames.includes(token.word));

/** Whether a part of the draft is of a time whose name says that it is one of something else than the verb. */
const datesOther = ({ word }: Token, part: unknown, { columns }: CatalogTable): boolean =>
  columnsNamed(part).some((name) => {
    const column = columns.find((each) => each.name === name);
    if (column === undefined || !isTimeColumn(column) || isPlainTimeName(column.label)) return false;
    return !areSameEnd(word, column.label.replaceAll('_', ' '));
  });

const isTimeColumn = ({ type, label }: CatalogTable['columns'][number]): boolean =>
  type === 'date' || (type === 'number' && /\b(?:year|\p{L}+ed|built)\b/iu.test(label.replaceAll('_', ' ')));
