import { recordFile, type RankedDocument } from './document-order.ts';
import { withoutAffixes } from './title-affixes.ts';

/** How the entities of a kind get their names. */
export interface NamedEntities {
  /** One name a document, in the order of the documents; the same name is the same entity. */
  readonly names: readonly string[];
  /** What was decided and why, where a user may want to know; null where titles name the documents. */
  readonly note: string | null;
  /** What the names are taken from: the documents' titles, fields that they state, or the files' names. */
  readonly basis: 'title' | 'field' | 'file';
}

/** A field that could name documents. */
export interface NameField {
  readonly label: string;
  /** Its value in each document, in the order of the documents. */
  readonly values: readonly (string | null)[];
}

/** Titles name the documents as long as at most this share of them has none or shares one. */
const mostUnnamed = 0.05;
const fewestNamed = 0.95;
const editionsShare = 0.9;

/**
 * Names the documents of a kind. In this order: the field that the user chose; the title without its year, where
 * there are documents of several years of the same; the title, where (almost) every
 * document has one of its own, or where documents of one title are editions of different periods; a field that
 * looks like a name and is unique, alone or with another; the file name; the title with what tells its documents
 * apart.
 */
export function nameEntities({
  documents,
  chosen,
  candidates,
  others = [],
}: {
  documents: readonly RankedDocument[];
  chosen: NameField | null;
  /** Fields that look like names. */
  candidates: readonly NameField[];
  /** Fields that may tell rows of one name apart. */
  others?: readonly NameField[];
}): NamedEntities {
  const stated = documents.map(({ title }) => title?.trim().replaceAll(/\s+/g, ' ') || null);
  const bare = documents.every((document) => recordFile(document) === null) ? withoutAffixes(stated) : stated;
  // Names without what the form adds must tell as many apart as the titles do.
  const titles = nameDocuments(bare) >= nameDocuments(stated) ? bare : stated;
  const stems = fileNames(documents);
  const titleOrStem = titles.map((title, index) => title ?? stems[index] ?? '');
  const namesBy = (field: NameField): string[] =>
    namesOf(field).map((value, index) => value ?? titleOrStem[index] ?? '');
  if (chosen !== null) return { names: namesBy(chosen), note: null, basis: 'field' };
  const yearless = withoutForm(titleOrStem.map(withoutYear));
  if (areYearlyEditions(yearless, documents)) {
    return {
      names: yearless,
      note: 'Documents whose titles differ only in the year are taken for the same.',
      basis: 'title',
    };
  }
  if (nameDocuments(titles) >= 1 - mostUnnamed) return { names: titleOrStem, note: null, basis: 'title' };
  if (areEditions(titles, documents)) return { names: titleOrStem, note: null, basis: 'title' };
  const field = candidates.find((candidate) => nameDocuments(namesOf(candidate)) >= fewestNamed);
  if (field !== undefined) {
    return {
      names: namesBy(field),
      note: `Rows are named by the field "${field.label}", since titles are missing or not unique.`,
      basis: 'field',
    };
  }
  const joined = coalesceNames(candidates, titles);
  if (joined !== null) return joined;
  const composed = composeNames(candidates, others);
  if (composed !== null) return composed;
  const titled = titles.filter((title) => title !== null).length;
  if (titled < documents.length / 2) {
    const byFile = nameDocuments(stems) >= fewestNamed || areEditions(stems, documents);
    return { names: byFile ? stems : paths(documents), note: null, basis: 'file' };
  }
  return {
    names: tellApart(titleOrStem, documents, stems),
    note: 'Titles are not unique; rows of the same title are told apart by their period or file name.',
    basis: 'file',
  };
}

const fewestOfFirst = 0.3;

/** Names that several layouts give in fields of their own, or in titles, and that together (almost) all have. */
function coalesceNames(
  candidates: readonly NameField[],
  titles: readonly (string | null)[],
): NamedEntities | null {
  const counts = countValues(titles);
  const unique = titles.map((title) => (title !== null && counts.get(foldName(title)) === 1 ? title : null));
  for (const field of candidates) {
    const own = namesOf(field);
    const stated = own.filter((name) => name !== null).length;
    if (stated < own.length * fewestOfFirst) continue;
    const others = candidates.filter((other) => other !== field).map(namesOf);
    const names = own.map(
      (name, index) =>
        name ?? others.find((other) => other[index] !== null)?.[index] ?? unique[index] ?? null,
    );
    if (nameDocuments(names) < fewestNamed) continue;
    const note = `Rows are named by the field "${field.label}", and where it is missing by others or the title.`;
    const complete = names.map((name, index) => name ?? titles[index] ?? '');
    return { names: withoutAffixes(complete).map((name) => name ?? ''), note, basis: 'field' };
  }
  return null;
}

/** "Algeria (2021)": names that are unique together with another field, as in a table of things by year. */
function composeNames(candidates: readonly NameField[], others: readonly NameField[]): NamedEntities | null {
  for (const field of candidates) {
    const named = namesOf(field);
    if (named.filter((name) => name !== null).length < named.length * fewestNamed) continue;
    for (const other of others) {
      const names = named.map((name, index) => `${name ?? ''} (${other.values[index] ?? ''})`);
      if (other.label === field.label || nameDocuments(names) < fewestNamed) continue;
      return {
        names,
        note: `Rows are named by the fields "${field.label}" and "${other.label}".`,
        basis: 'field',
      };
    }
  }
  return null;
}

/** Elsewhere these are a value ("exports: none" are none); documents that have no name are not one entity. */
const noName = /^(?:none|nil)$/i;

function namesOf({ values }: NameField): (string | null)[] {
  return values.map((value) => (value !== null && noName.test(value.trim()) ? null : value));
}

/** The share of the documents that have a value no other has. */
function nameDocuments(values: readonly (string | null)[]): number {
  const counts = countValues(values);
  const alone = values.filter((value) => value !== null && counts.get(foldName(value)) === 1).length;
  return alone / Math.max(1, values.length);
}

const year =
  /(?:^|[\s_,;:/([–—-]+)(?:FY\s?|fiscal year |financial year )?(?:19|20)\d{2}(?:[/–-]\d{2,4})?(?=$|[\s_,;:/)\]–—-])[)\]]?/giu;

/** The same in Chinese, where no space sets it apart: "2023年年度报告". */
const hanYear = /(?:19|20)\d{2}年(?:度(?=\p{Script=Han}))?/gu;

/** A title without the years in it; as it is where nothing else would be left. */
export function withoutYear(title: string): string {
  const rest = title
    .replaceAll(year, ' ')
    .replaceAll(hanYear, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, '');
  return /\p{L}{2}/u.test(rest) ? rest : title;
}

/** Chinese names without what the form of the documents adds, where that tells as many apart. */
function withoutForm(names: readonly string[]): readonly string[] {
  if (!names.some((name) => /\p{Script=Han}/u.test(name))) return names;
  const bare = withoutAffixes(names).map((name) => name ?? '');
  return new Set(bare).size >= new Set(names).size ? bare : names;
}

/** Several things of which most have a document for each of several years. */
function areYearlyEditions(names: readonly string[], documents: readonly RankedDocument[]): boolean {
  if (documents.some(({ period }) => period !== null && !/^\d{4}(?:\/\d{4})?$/.test(period))) return false;
  const sizes = [...countValues(names).values()];
  const repeated = sizes.filter((size) => size > 1).reduce((sum, size) => sum + size, 0);
  return sizes.length > 1 && repeated >= documents.length / 2 && areEditions(names, documents);
}

/** Documents of one name are editions of one thing when each is of another period. */
function areEditions(names: readonly (string | null)[], documents: readonly RankedDocument[]): boolean {
  const groups = Map.groupBy(documents.keys(), (index) => foldName(names[index] ?? ''));
  groups.delete('');
  let editions = 0;
  let grouped = 0;
  for (const group of groups.values()) {
    grouped += group.length;
    const periods = new Set(group.map((index) => documents[index]?.period ?? null));
    if (group.length === 1 || (periods.size === group.length && !periods.has(null))) editions += group.length;
  }
  return grouped >= documents.length * fewestNamed && editions >= grouped * editionsShare;
}

function tellApart(
  names: readonly string[],
  documents: readonly RankedDocument[],
  stems: readonly string[],
): string[] {
  const counts = countValues(names);
  const withPeriods = names.map((name, index) => {
    const period = documents[index]?.period ?? null;
    return period === null ? name : `${name} (${period})`;
  });
  const periodCounts = countValues(withPeriods);
  return names.map((name, index) => {
    if ((counts.get(foldName(name)) ?? 0) < 2) return name;
    const withPeriod = withPeriods[index] ?? name;
    return withPeriod !== name && periodCounts.get(foldName(withPeriod)) === 1
      ? withPeriod
      : `${name} (${stems[index]})`;
  });
}

/** File names without extension; rows and messages of a file by their number in it. */
function fileNames(documents: readonly RankedDocument[]): string[] {
  const files = new Set(documents.map(({ path }) => path));
  return documents.map(({ path, fragment }) => {
    const file = (path.split('/').at(-1) ?? path).replace(/(?<=.)\.[^.]{1,8}$/, '');
    if (fragment === null) return file;
    const part = fragment.replaceAll(/[=!]/g, ' ').trim();
    return files.size === 1 ? part : `${file} ${part}`;
  });
}

function paths(documents: readonly RankedDocument[]): string[] {
  return documents.map(({ path, fragment }) => (fragment === null ? path : `${path}#${fragment}`));
}

function countValues(values: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== null) counts.set(foldName(value), (counts.get(foldName(value)) ?? 0) + 1);
  }
  return counts;
}

/** The form under which names of entities are compared. */
export function foldName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
}
