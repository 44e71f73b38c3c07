import { recordFile, type RankedDocument } from './document-order.ts';
import { foldName, type NamedEntities, type NameField } from './entity-names.ts';
import { nameIdentified } from './identified-names.ts';
import { isIdentifierLabel, isOwnNameLabel, isSubjectLabel } from './naming-labels.ts';
import type { NamingField } from './refine-names.ts';

const fewestForms = 5;
/** Documents of fewer titles than this share are forms, titled by what they are or by who issues them. */
const mostTitles = 0.2;
const fewestNamed = 0.95;
/** A form says first what it is about. */
const mostLeading = 4;

/**
 * Names forms that are titled alike by the name each states: reports of one office, day by day, are about the "Device
 * name: Lift 4" of each, and no editions of one report. Names that come back are told apart by an identifier.
 *
 * @param fields in the order in which the documents state them.
 * @returns null where titles tell documents apart, or nothing leading names them.
 */
export async function nameForms(
  documents: readonly RankedDocument[],
  fields: readonly NamingField[],
  read: (field: NamingField) => Promise<NameField>,
): Promise<NamedEntities | null> {
  if (documents.length < fewestForms || documents.some((document) => recordFile(document) !== null))
    return null;
  const titles = new Set(documents.map(({ title }) => foldName(title ?? '')));
  if (titles.size > documents.length * mostTitles) return null;
  const leading = fields.slice(0, mostLeading);
  const named = leading.find(({ label }) => isOwnNameLabel(label));
  const field = named ?? leading.find(({ label }) => isSubjectLabel(label));
  if (field === undefined) return null;
  const thing = await read(field);
  const stated = thing.values.filter((value) => value !== null);
  if (stated.length < documents.length * fewestNamed) return null;
  if (new Set(stated.map(foldName)).size === documents.length)
    return {
      names: thing.values.map((value) => value ?? ''),
      note: `Rows are named by the field "${field.label}", since the documents are titled alike.`,
      basis: 'field',
    };
  // Several forms of one model are told apart otherwise.
  if (named === undefined) return null;
  for (const identifier of leading) {
    if (!isIdentifierLabel(identifier.label)) continue;
    const identified = nameIdentified(await read(identifier), thing);
    if (identified !== null) return identified;
  }
  return null;
}
