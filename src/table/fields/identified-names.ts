import { foldName, type NamedEntities, type NameField } from './entity-names.ts';
import { foldLabel } from '../values/labels.ts';

const identifierWord = /^(.+) (?:id|identifier|number|no|nr|code|key|编号)$/;
const fewestFilled = 0.95;
/** Below this share of different names a field says what sort a row is of, and not what it is called. */
const fewestDifferent = 0.6;
const fewestWords = 0.9;

/** What an identifier's label says that it identifies: "district" for "District code", else null. */
export function identifiedThing(label: string): string | null {
  return identifierWord.exec(foldLabel(label))?.[1] ?? null;
}

/**
 * Names rows by the field that an identifier identifies: beside "District code" a column "District" says what rows are
 * called, though two of them are called alike. These are told apart by their identifiers.
 *
 * @returns null where the one field is no identifier of each row, or the other does not name most of them.
 */
export function nameIdentified(identifier: NameField, thing: NameField): NamedEntities | null {
  const { values } = thing;
  const filled = values.filter((value) => value !== null);
  const identifiers = identifier.values.filter((value) => value !== null);
  if (filled.length < values.length * fewestFilled || identifiers.length < values.length * fewestFilled)
    return null;
  if (new Set(identifiers.map(foldName)).size < identifiers.length) return null;
  const counts = new Map<string, number>();
  for (const value of filled) counts.set(foldName(value), (counts.get(foldName(value)) ?? 0) + 1);
  if (counts.size < filled.length * fewestDifferent) return null;
  if (filled.filter((value) => /\p{L}{2}/u.test(value)).length < filled.length * fewestWords) return null;
  return {
    names: values.map((value, index) => {
      const own = identifier.values[index] ?? null;
      if (value === null) return own ?? '';
      return counts.get(foldName(value)) === 1 || own === null ? value : `${value} (${own})`;
    }),
    note: `Rows are named by the field "${thing.label}", and those of one name told apart by "${identifier.label}".`,
    basis: 'field',
  };
}

const withBrackets = /^(.{2,}?)\s\(([^()]+)\)$/u;
const fewestBracketed = 0.9;

/** What stands in brackets behind most names, "Silver (Ag)", one a name; null where they have none. */
export function bracketsOf(names: readonly string[]): readonly (string | null)[] | null {
  const found = names.map((name) => withBrackets.exec(name)?.[2] ?? null);
  return found.filter((each) => each !== null).length < names.length * fewestBracketed ? null : found;
}

/**
 * Names without what stands in brackets behind them, where a field states that as well: "Silver (Ag)" has the symbol Ag
 * and is called silver.
 *
 * @returns the names as they are where the field states something else, or names would be alike.
 */
export function withoutStated(names: readonly string[], field: NameField): readonly string[] {
  const brackets = bracketsOf(names);
  if (brackets === null) return names;
  const stated = brackets.filter(
    (each, index) => each !== null && foldName(each) === foldName(field.values[index] ?? ''),
  );
  const bare = names.map((name) => withBrackets.exec(name)?.[1] ?? name);
  const isApart = new Set(bare.map(foldName)).size === new Set(names.map(foldName)).size;
  return isApart && stated.length >= names.length * fewestBracketed ? bare : names;
}

/** Where more names come back, documents of one name are of one thing. */
const mostNamesakes = 0.05;
const fewestDocuments = 20;

/**
 * Tells apart the few documents that are called as others are, though each has an identifier that no other has: two
 * incidents on one street are no one incident.
 *
 * @returns the names as they are where there are no namesakes, or the field is no identifier of every document.
 */
export function tellNamesakes(names: readonly string[], identifier: NameField): readonly string[] {
  const groups = Map.groupBy(names.keys(), (index) => foldName(names[index] ?? ''));
  const namesakes = [...groups.values()].filter((group) => group.length > 1).flat();
  const { values } = identifier;
  const isIdentifier =
    !values.includes(null) && new Set(values.map((value) => foldName(value ?? ''))).size === values.length;
  if (names.length < fewestDocuments || namesakes.length > names.length * mostNamesakes || !isIdentifier)
    return names;
  const alike = new Set(namesakes);
  return names.map((name, index) => (alike.has(index) ? `${name} (${values[index] ?? ''})` : name));
}
