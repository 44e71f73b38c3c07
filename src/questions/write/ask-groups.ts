import type { GroupBy, GroupedOutput, GroupValue, Output, Selection } from '../plan.ts';
import { comparisonWords, superlatives } from '../vocabulary.ts';
import { columnPhrase, plural } from './nouns.ts';
import { countPhrase, digits, ordinalPhrase } from './numbers.ts';
import { NoWordingError, type Wording } from './wording.ts';

/** A question for groups of rows and their numbers. */
export function askGroups(output: GroupedOutput, selection: Selection, wording: Wording): string {
  const { show, limit } = output;
  if (output.within !== undefined) return askWithin({ ...output, within: output.within }, selection, wording);
  const group = groupNoun(output.group, wording);
  const among = selection.where === undefined ? '' : `Among ${wording.rows({ where: selection.where })}, `;
  if (selection.limit !== undefined) throw new NoWordingError('groups of ranked rows');
  if (show === 'number-of-groups')
    return sentence(`${among}how many ${plural(group)} have ${having(output, wording)}?`);
  if (limit === undefined && show === 'both') {
    const natural =
      output.group.kind === 'date-part' || output.group.kind === 'tier' ? 'group' : 'descending';
    if (output.having.length > 0 || output.order !== natural)
      throw new NoWordingError('such an order of groups');
    const values = output.values.map((value) => `the ${groupValue(value, wording)}`).join(' and ');
    return sentence(
      wording.choose([
        `${among}what is ${values} for each ${group}?`,
        `${among}for each ${group}, what is ${values}?`,
      ]),
    );
  }
  if (output.order === 'group') throw new NoWordingError('groups ordered by their names');
  if (limit === undefined) return sentence(`${among}which ${plural(group)} have ${having(output, wording)}?`);
  const only = output.having.length === 0 ? '' : ` with ${having(output, wording)}`;
  const ranking = groupRanking(output, wording);
  const question =
    limit === 1
      ? `which ${group}${only} has the ${ranking}`
      : `which ${countPhrase(limit, wording)} ${plural(group)}${only} have the ${ranking}`;
  const told = show === 'group' ? '?' : limit === 1 ? ', and what is it?' : ', and what are the values?';
  return sentence(`${among}${question}${told}`);
}

/** A question for the first group within each group of another kind, or for all of them. */
function askWithin(
  output: GroupedOutput & { readonly within: GroupBy },
  selection: Selection,
  wording: Wording,
): string {
  const { show, limit, within } = output;
  if (selection.limit !== undefined || output.having.length > 0 || output.order === 'group')
    throw new NoWordingError('such groups within groups');
  const among = selection.where === undefined ? '' : `Among ${wording.rows({ where: selection.where })}, `;
  const [outer, group] = [within, output.group].map((each) => groupNoun(each, wording));
  if (limit === 1 && show === 'both')
    return sentence(`${among}for each ${outer}, which ${group} has the ${groupRanking(output, wording)}?`);
  if (limit !== undefined || show !== 'both' || output.order !== 'descending')
    throw new NoWordingError('such groups within groups');
  const values = output.values.map((value) => `the ${groupValue(value, wording)}`).join(' and ');
  return sentence(`${among}what is ${values} for each ${outer} and ${group}?`);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a group is called: `region`, `founding year`, `river`. */
function groupNoun(group: GroupBy, wording: Wording): string {
  switch (group.kind) {
    case 'column':
    case 'item': {
      const column = wording.column(group.column);
      const words = column === null ? wording.noun : columnPhrase(column, wording.table);
      return group.kind === 'item' ? singular(words) : words;
    }
    case 'date-part': {
      const column = wording.column(group.column);
      return `${group.part} of ${column === null ? '' : columnPhrase(column, wording.table)}`;
    }
    case 'tier': {
      const names: Readonly<Record<number, string>> = {
        4: 'quartile',
        5: 'quintile',
        10: 'decile',
        3: 'tercile',
      };
      const name = names[group.tiers];
      if (name === undefined) throw new NoWordingError(`${group.tiers} equal parts`);
      return `${name} of ${wording.quantity(group.of)}`;
    }
  }
}

function singular(words: string): string {
  return words.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
}

function groupValue(value: GroupValue, wording: Wording): string {
  if (value.kind === 'measure') {
    if (value.where === undefined) return wording.measure(value.measure);
    return wording.figure({ ...value.measure, selection: { where: value.where } });
  }
  const share = shareOfGroup(value);
  if (share !== null) return `percentage of ${wording.rows({ where: share })}`;
  throw new NoWordingError('such a number for each group');
}

/** The condition of a share of a group's rows: 100 · (rows that fulfil it) / (rows). */
function shareOfGroup(value: GroupValue): Selection['where'] | null {
  if (value.kind !== 'arithmetic' || value.operator !== '*' || value.left.kind !== 'number') return null;
  if (value.left.value !== 100 || value.right.kind !== 'arithmetic' || value.right.operator !== '/')
    return null;
  const { left, right } = value.right;
  if (left.kind !== 'measure' || right.kind !== 'measure' || right.where !== undefined) return null;
  const counts = left.measure.function === 'count' && right.measure.function === 'count';
  return counts && left.measure.of === undefined && right.measure.of === undefined
    ? (left.where ?? null)
    : null;
}

function groupRanking(output: GroupedOutput, wording: Wording): string {
  const [first] = output.values;
  if (first === undefined) throw new NoWordingError('groups without a number');
  const descending = output.order === 'descending';
  const place =
    output.offset === undefined || output.offset === 0 ? '' : `${ordinalPhrase(output.offset + 1)} `;
  if (output.offset !== undefined && output.offset > 0 && output.limit !== 1) {
    throw new NoWordingError('groups in the middle of an order');
  }
  const isCount =
    first.kind === 'measure' && first.measure.function === 'count' && first.measure.of === undefined;
  if (isCount && place === '') {
    const counted = first.where === undefined ? wording.nouns : wording.rows({ where: first.where });
    return `${descending ? 'most' : 'fewest'} ${counted}`;
  }
  const words = superlatives[descending ? 'falling' : 'rising'];
  return `${place}${wording.choose<string>(words)} ${groupValue(first, wording)}`;
}

/** Conditions on groups: `at least 5 cities`, `an average population above 500`. */
function having({ having: conditions }: GroupedOutput, wording: Wording): string {
  if (conditions.length === 0) throw new NoWordingError('groups without a condition or an order');
  return conditions
    .map(({ left, comparison, right }) => {
      if (right.kind !== 'number') throw new NoWordingError('groups compared with each other');
      const how = wording.choose(comparisonWords[comparison]);
      const number = digits(right.value);
      const isCount =
        left.kind === 'measure' && left.measure.function === 'count' && left.where === undefined;
      if (isCount) return `${how.replace('less than', 'fewer than')} ${number} ${wording.nouns}`;
      return `a ${groupValue(left, wording)} of ${how} ${number}`;
    })
    .join(' and ');
}

/** A question for the first rows of every group. */
export function askBestPerGroup(
  output: Output & { readonly kind: 'best-per-group' },
  selection: Selection,
  wording: Wording,
): string {
  const { group, by, descending, limit } = output;
  if (output.name !== undefined || output.having !== undefined)
    throw new NoWordingError('rows of some groups, told by a field');
  if (selection.limit !== undefined) throw new NoWordingError('groups of ranked rows');
  const noun = groupNoun(group, wording);
  const ranking = wording.ranking({ by, descending }, 0);
  const among = selection.where === undefined ? '' : ` among ${wording.rows({ where: selection.where })}`;
  return limit === 1
    ? wording.choose([
        `For each ${noun}, which ${wording.noun} has the ${ranking}${among}?`,
        `Which ${wording.noun} has the ${ranking} in each ${noun}${among}?`,
      ])
    : `For each ${noun}, which ${countPhrase(limit, wording)} ${wording.nouns} have the ${ranking}${among}?`;
}

/** A question for how many rows in order make up a share of a sum. */
export function askCumulative(
  output: Output & { readonly kind: 'cumulative' },
  selection: Selection,
  wording: Wording,
): string {
  const { of, descending, share, list } = output;
  if (selection.limit !== undefined) throw new NoWordingError('a share of ranked rows');
  const words = wording.quantity(of);
  const rows = selection.where === undefined ? wording.nouns : wording.rows({ where: selection.where });
  const order = descending ? 'falling' : 'rising';
  const needed = `taken in order of ${order} ${words}, are needed to reach ${digits(share)}% of the total ${words}`;
  const all = selection.where === undefined ? ` of all ${wording.nouns}` : '';
  return list ? `Which ${rows}, ${needed}${all}?` : `How many ${rows}, ${needed}${all}?`;
}
