import type { Expression, Output, Selection, Shown } from '../plan.ts';
import { orderWords } from '../vocabulary.ts';
import { columnPhrase, plural } from './nouns.ts';
import { nameText } from './condition-phrase.ts';
import { frame } from './frame.ts';
import { countPhrase } from './numbers.ts';
import { NoWordingError, type Wording } from './wording.ts';

/** A question for rows by name. */
export function askEntities(
  { show }: Output & { readonly kind: 'entities' },
  selection: Selection,
  wording: Wording,
): string {
  const { where, order, limit, offset = 0 } = selection;
  const { choose, nouns } = wording;
  if (show.length > 0)
    return `${choose(['List', 'Give'])} ${wording.rows(selection)} together with their ${list(show, wording)}.`;
  if (order === undefined && limit === undefined) return askFiltered(selection, wording);
  if (order !== undefined && limit === undefined && offset === 0) {
    const restricted = where === undefined ? '' : ` ${wording.restrictor(where)}`;
    const direction = choose<string>(orderWords[order.descending ? 'falling' : 'rising']);
    return `List all ${nouns}${restricted}, ordered by ${wording.quantity(order.by)} ${direction}.`;
  }
  if (order === undefined || limit === undefined) throw new NoWordingError('rows cut off without an order');
  const rows = wording.rows(selection);
  const among = where === undefined ? '' : ` among ${nouns} ${wording.restrictor(where)}`;
  const ranking = wording.ranking(order, offset);
  return limit === 1
    ? choose([`Which ${wording.noun} has the ${ranking}${among}?`, `What is ${rows}?`])
    : choose([`Which ${countPhrase(limit, wording)} ${nouns} have the ${ranking}${among}?`, `List ${rows}.`]);
}

function askFiltered({ where }: Selection, wording: Wording): string {
  const { choose, nouns } = wording;
  if (where === undefined) return `List all ${nouns}.`;
  const framed = frame(where, wording);
  if (framed !== null) {
    return framed.verb === null
      ? `${framed.opening}, list the ${nouns} ${framed.restrictor}.`
      : `${framed.opening}, which ${nouns} ${framed.verb}?`;
  }
  const verb = wording.verb(where);
  const listed = `${choose(['List', 'Find', 'Name'])} all ${nouns} ${wording.restrictor(where)}.`;
  return verb === null ? listed : choose([`Which ${nouns} ${verb}?`, listed]);
}

function list(show: readonly Shown[], wording: Wording): string {
  const words = show.map(({ value }) => wording.quantity(value));
  return words.length < 3
    ? words.join(' and ')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** A question for values of rows. */
export function askValues(
  output: Output & { readonly kind: 'values' },
  selection: Selection,
  wording: Wording,
): string {
  const { show, distinct } = output;
  const [first] = show;
  if (first === undefined) throw new NoWordingError('no values');
  if (distinct === true) return askDistinct(first.value, selection, wording);
  const be = show.length > 1 ? 'What are' : 'What is';
  const name = onlyName(selection);
  if (name !== null) {
    if (first.value.kind === 'rank') return askRank(first.value, name, wording);
    const words = list(show, wording);
    const about = `For ${nameText(name)}, ${be.toLowerCase()} the ${words}?`;
    const plain = show.every(({ value }) => value.kind === 'column');
    const of = `${be} the ${words} of ${nameText(name)}?`;
    return plain ? wording.choose([of, `${be} ${nameText(name)}'s ${words}?`, about]) : about;
  }
  if (selection.limit === undefined) throw new NoWordingError('values without the names of their rows');
  return `${be} the ${list(show, wording)} of ${wording.rows(selection)}?`;
}

function onlyName({ where, limit, order }: Selection): string | null {
  if (where?.kind !== 'entity' || where.negated === true || limit !== undefined || order !== undefined)
    return null;
  const [name, ...others] = where.names;
  return name === undefined || others.length > 0 ? null : name;
}

function askRank(
  { of, descending, over }: Expression & { readonly kind: 'rank' },
  name: string,
  wording: Wording,
): string {
  const words = wording.quantity(of);
  const among = over === undefined ? '' : ` among ${wording.rows(over)}`;
  const order = descending ? '' : ' in ascending order';
  return wording.choose([
    `What is the rank of ${nameText(name)}${among} by ${words}${order}?`,
    `Where does ${nameText(name)} rank${among} by ${words}${order}?`,
  ]);
}

function askDistinct(value: Expression, selection: Selection, wording: Wording): string {
  if (value.kind !== 'column') throw new NoWordingError('the different values of a formula');
  const column = wording.column(value.column);
  if (column === null || selection.limit !== undefined)
    throw new NoWordingError('the different values of some rows');
  const words = plural(columnPhrase(column, wording.table));
  const among = selection.where === undefined ? '' : ` among ${wording.rows({ where: selection.where })}`;
  return wording.choose([`Which different ${words} occur${among}?`, `List the different ${words}${among}.`]);
}
