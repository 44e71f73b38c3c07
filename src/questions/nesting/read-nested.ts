import type { CatalogTable } from '../../table/catalog.ts';
import type { Draft, Rows } from '../grammar/meanings.ts';
import { allRows } from '../grammar/row-sets.ts';
import { rebase } from '../grammar/scope.ts';
import { genericNouns } from '../language/kind-nouns.ts';
import { tokenize } from '../language/token.ts';
import type { Token } from '../language/token.ts';
import type { GroupCondition, GroupedOutput, GroupValue, Predicate, Selection } from '../plan.ts';
import { composeSentence, readSentences } from '../read-sentences.ts';
import type { Understanding } from '../read-sentences.ts';
import { nestingsOf, withNoun } from './nestings.ts';

/** What it costs to read a question as one asked of what a phrase of its own chooses. */
const nestingCost = 0.04;
const keptReadings = 4;
const dearestPart = 0.8;

interface Asked {
  readonly question: string;
  readonly sentences: readonly (readonly Token[])[];
  readonly table: CatalogTable;
  readonly assumedNoun: string | null;
}

/** Readings of a question of one sentence that is asked of rows or groups chosen before, cheapest first. */
export function readNested(asked: Asked): Understanding[] {
  const [sentence, ...others] = asked.sentences.filter(({ length }) => length > 0);
  if (sentence === undefined || others.length > 0) return [];
  return nestingsOf(sentence)
    .flatMap(({ base, main }) =>
      partReadings(asked, [...placed('list', base[0]), ...base]).flatMap((chosen) => {
        const called = nounFor(chosen.draft, asked);
        if (called === null) return [];
        const noun = placed(called, main[0]);
        return partReadings(asked, withNoun(main, noun)).flatMap((of): Understanding[] => {
          // The noun is there to be taken up.
          if (of.notes.some((note) => note.startsWith('taken without') && note.includes(`"${called}"`)))
            return [];
          const draft = nested(chosen.draft, of.draft);
          const cost = chosen.cost + of.cost + nestingCost;
          return draft === null ? [] : [{ draft, cost, notes: [...chosen.notes, ...of.notes] }];
        });
      }),
    )
    .toSorted((one, other) => one.cost - other.cost);
}

/** The cheapest readings of a part of the question, in order or put together out of its pieces. */
function partReadings({ question, table, assumedNoun }: Asked, tokens: readonly Token[]): Understanding[] {
  const sentences = [tokens];
  const plain = readSentences({ question, sentences, table, assumedNoun, loose: false });
  const isPlain = plain.some(({ cost }) => cost <= 0.3);
  const composed = isPlain ? [] : composeSentence({ question, sentences, table, assumedNoun });
  const understood = [...plain, ...composed].filter(({ cost }) => cost <= dearestPart);
  // Words that stand apart are put together only where nothing else is understood.
  const loose =
    understood.length > 0 ? [] : readSentences({ question, sentences, table, assumedNoun, loose: true });
  return [...understood, ...loose.filter(({ cost }) => cost <= dearestPart)]
    .toSorted((one, other) => one.cost - other.cost)
    .slice(0, keptReadings);
}

/** Words that the question does not have, of no length where another stands. */
const placed = (text: string, beside: Token | undefined): readonly Token[] =>
  tokenize(text).map((token) => ({ ...token, start: beside?.start ?? 0, end: beside?.start ?? 0 }));

/** A noun for the rows or groups that were chosen; null for a draft that chooses none. */
function nounFor({ selection, output }: Draft, { table, assumedNoun }: Asked): string | null {
  if (output.kind === 'entities') {
    if (selection.where === undefined && selection.limit === undefined) return null;
    const plain = table.nouns.filter((noun) => noun !== assumedNoun && /^[a-z]+$/.test(noun));
    return plain.find((noun) => !genericNouns.has(noun)) ?? plain[0] ?? 'row';
  }
  if (output.kind !== 'groups' || output.having.length === 0 || output.limit !== undefined) return null;
  const { group } = output;
  const column =
    group.kind === 'column' ? table.columns.find(({ name }) => name === group.column) : undefined;
  return column === undefined ? null : column.label.replaceAll(/[>_]+/g, ' ').toLowerCase();
}

/** The second draft asked of what the first chooses; null where the two do not fit together. */
function nested(base: Draft, main: Draft): Draft | null {
  if (base.output.kind === 'groups') return ofGroups(base.selection, base.output, main);
  return rebase(main, rowsOf(base.selection));
}

const rowsOf = ({ where, order, limit, offset }: Selection): Rows => ({
  ...allRows,
  where: where ?? null,
  by:
    order === undefined || limit === undefined
      ? null
      : { by: order.by, descending: order.descending, limit, offset: offset ?? 0, quantity: null },
});

/** The groups that are asked for, of those that fulfil what the base says of them. */
function ofGroups({ where }: Selection, { group, having }: GroupedOutput, main: Draft): Draft | null {
  const { output } = main;
  if (output.kind !== 'groups' || JSON.stringify(output.group) !== JSON.stringify(group)) return null;
  const conditions = having.map((each): GroupCondition => ({ ...each, left: whereIn(each.left, where) }));
  return { ...main, output: { ...output, having: [...output.having, ...conditions] } };
}

/** The value of a group over those of its rows alone that fulfil a condition. */
function whereIn(value: GroupValue, where: Predicate | undefined): GroupValue {
  if (where === undefined || value.kind === 'number' || value.kind === 'overall') return value;
  if (value.kind === 'arithmetic')
    return { ...value, left: whereIn(value.left, where), right: whereIn(value.right, where) };
  return value.where === undefined ? { ...value, where } : value;
}
