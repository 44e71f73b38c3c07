import { foldName, type NamedEntities, type NameField } from './entity-names.ts';
import {
  bracketsOf,
  identifiedThing,
  nameIdentified,
  tellNamesakes,
  withoutStated,
} from './identified-names.ts';
import { foldLabel } from '../values/labels.ts';
import { isIdentifierLabel } from './naming-labels.ts';

/** A field whose values may name rows. */
export interface NamingField {
  readonly number: number;
  readonly label: string;
}

type ReadField = (field: NamingField) => Promise<NameField>;

/** Fields looked at, in the order in which documents state them. */
const mostFields = 16;
const lastPart = (label: string): string => foldLabel(label.split(' > ').at(-1) ?? '');

/** Titles without what fields state as well, and with what tells namesakes apart; the same ones where they are fine. */
export async function refineTitles(
  names: readonly string[],
  fields: readonly NamingField[],
  read: ReadField,
): Promise<readonly string[]> {
  const first = fields.slice(0, mostFields);
  if (bracketsOf(names) !== null)
    for (const field of first) {
      const bare = withoutStated(names, await read(field));
      if (bare !== names) return bare;
    }
  if (new Set(names.map(foldName)).size === names.length) return names;
  for (const field of first) {
    if (!isIdentifierLabel(field.label)) continue;
    const told = tellNamesakes(names, await read(field));
    if (told !== names) return told;
  }
  return names;
}

/** Names by what one of the fields identifies, where another states it; see {@link nameIdentified}. */
export async function nameThings(
  fields: readonly NamingField[],
  read: ReadField,
): Promise<NamedEntities | null> {
  for (const identifier of fields.slice(0, mostFields)) {
    const thing = identifiedThing(lastPart(identifier.label));
    const field = fields.find(({ label }) => lastPart(label) === thing);
    if (thing === null || field === undefined) continue;
    const named = nameIdentified(await read(identifier), await read(field));
    if (named !== null) return named;
  }
  return null;
}
