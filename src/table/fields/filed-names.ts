import { recordFile, type RankedDocument } from './document-order.ts';
import { foldName, type NamedEntities, type NameField } from './entity-names.ts';
import { withoutAffixes } from './title-affixes.ts';

const fewestFiled = 0.9;
/** Below this share of different names a field says what sort a document is of, and not what it is called. */
const fewestDifferent = 0.6;
/** A word that more values have than these is no name of one. */
const mostSharing = 2;
const mostSharingShare = 0.2;
const fewestDocuments = 5;
const longestName = 60;

/**
 * Names documents by the field that their files are called by: `007_edna_1954.txt` states "Register No.: 007", but what
 * it is about is the "Hurricane Edna" that it states beside. Names that come back are told apart by another field that
 * the files are called by, such as the year, else by the rest of the file's name.
 *
 * @param fields in the order in which the documents state them.
 * @returns null where the files are called by no such field.
 */
export function nameFiled(
  documents: readonly RankedDocument[],
  fields: readonly NameField[],
): NamedEntities | null {
  if (documents.length < fewestDocuments || documents.some((document) => recordFile(document) !== null))
    return null;
  const stems = documents.map(({ path }) => new Set(partsOf(stemOf(path))));
  const field = fields.find(({ values }) => isFiled(values, stems));
  if (field === undefined) return null;
  const names = withoutAffixes(field.values).map(
    (name, index) => name ?? stemOf(documents[index]?.path ?? ''),
  );
  const counts = new Map<string, number>();
  for (const name of names) counts.set(foldName(name), (counts.get(foldName(name)) ?? 0) + 1);
  const isTwin = names.map((name) => (counts.get(foldName(name)) ?? 0) > 1);
  const telling = isTwin.includes(true) ? tellingField({ names, isTwin, stems, fields }) : null;
  return {
    names: names.map((name, index) => {
      if (isTwin[index] !== true) return name;
      return `${name} (${telling?.values[index] ?? stemOf(documents[index]?.path ?? '')})`;
    }),
    note: `Rows are named by the field "${field.label}", which the files are called by.`,
    basis: 'field',
  };
}

/** Whether most documents state names of their own, of which their files' names have a word that few others have. */
function isFiled(values: NameField['values'], stems: readonly ReadonlySet<string>[]): boolean {
  const fewest = values.length * fewestFiled;
  const stated = values.filter((value) => value !== null);
  if (stated.length < fewest || stated.some((value) => value.length > longestName)) return false;
  if (new Set(stated.map(foldName)).size < stated.length * fewestDifferent) return false;
  const frequency = new Map<string, number>();
  for (const value of stated)
    for (const word of wordsOf(value)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const most = Math.max(mostSharing, values.length * mostSharingShare);
  const filed = values.filter(
    (value, index) =>
      value !== null &&
      [...wordsOf(value)].some(
        (word) => (frequency.get(word) ?? 0) <= most && stems[index]?.has(word) === true,
      ),
  );
  return filed.length >= fewest;
}

/** A field besides that the files are called by and that tells names which come back apart. */
function tellingField({
  names,
  isTwin,
  stems,
  fields,
}: {
  readonly names: readonly string[];
  readonly isTwin: readonly boolean[];
  readonly stems: readonly ReadonlySet<string>[];
  readonly fields: readonly NameField[];
}): NameField | null {
  const twins = [...isTwin.keys()].filter((index) => isTwin[index] === true);
  const isTelling = ({ values }: NameField): boolean =>
    twins.every((index) => stems[index]?.has(foldName(values[index] ?? '')) === true) &&
    new Set(twins.map((index) => `${foldName(names[index] ?? '')}\n${values[index]}`)).size === twins.length;
  const telling = fields.filter(isTelling);
  // A year says more of a thing than the number it is filed under.
  return telling.find(({ values }) => twins.every((index) => isYear(values[index]))) ?? telling[0] ?? null;
}

const isYear = (value: string | null | undefined): boolean => /^(?:1[5-9]|20)\d{2}$/.test(value ?? '');
const stemOf = (path: string): string => (path.split('/').at(-1) ?? path).replace(/(?<=.)\.[^.]{1,8}$/, '');
const partsOf = (text: string): string[] =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}+|\p{N}+/gu) ?? [];
const wordsOf = (value: string): Set<string> =>
  new Set(partsOf(value).filter((part) => /^\p{L}{3,}$/u.test(part)));
