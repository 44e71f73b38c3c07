import type { DuckDBConnection } from '@duckdb/node-api';
import { foldLabel } from '../values/labels.ts';
import { readRows } from './result-row.ts';

/** What stands between the items of a field's texts. */
export type Separator = ',' | ';' | '/' | '|';

const sampleSize = 120;
const fewestTexts = 3;
const mostParts = 3;
const samePartsShare = 0.7;
/** Of so many texts several have to be lists where the same items stand alone and at any place. */
const severalOfVocabulary = 0.08;
const sharedShare = 0.8;
const sharedOfPlural = 0.4;
const isPlural = /[a-rt-z]s$/;
const longestItem = 4;
const splitters: Readonly<Record<Separator, RegExp>> = {
  ',': /(?:[^,，、()]|\([^()]*\)|[()])+/gu,
  ';': /(?:[^;；()]|\([^()]*\)|[()])+/gu,
  '/': /(?:[^/()]|\([^()]*\)|[()])+/gu,
  '|': /[^|]+/gu,
};
const barShare = 0.05;
const sentenceEnd = /[a-z)]{2}\. +[A-Z]/;

/** For fields of texts: the separator when their values are lists of short items. Expects `build_facts`. */
export async function findListFields(
  connection: DuckDBConnection,
  textFields: readonly { readonly number: number; readonly label: string }[],
): Promise<Map<number, Separator>> {
  if (textFields.length === 0) return new Map();
  const rows = await readRows(
    connection,
    `SELECT f.field, arg_min(r.text, hash(d.rank, f.ordinal), ${sampleSize}) AS texts
     FROM build_facts f JOIN build_documents d ON d.document = f.document
     JOIN store.readings r ON r.document = f.document AND r.ordinal = f.ordinal
     WHERE f.form = 'text' AND f.field IN (${textFields.map(({ number }) => number).join(', ')}) GROUP BY f.field`,
  );
  const separators = new Map<number, Separator>();
  const labels = new Map(textFields.map(({ number, label }) => [number, label]));
  for (const row of rows) {
    const separator = listSeparator(row.texts('texts'), labels.get(row.number('field')));
    if (separator !== null) separators.set(row.number('field'), separator);
  }
  return separators;
}

/**
 * The separator of texts that are lists: short items whose number varies and which come back in other texts, or which
 * all come out of one vocabulary; of a field that is called in the plural not all need to have come back.
 */
export function listSeparator(texts: readonly string[], label = ''): Separator | null {
  if (texts.length < fewestTexts) return null;
  if (texts.filter((text) => sentenceEnd.test(text)).length > texts.length * 0.1) return null;
  const separators = [';', ',', '/'] as const;
  // Nothing but a list has bars in it, unless its items are parted otherwise, and bars part what one may be.
  const barred = texts.filter((text) => text.includes('|')).length;
  const parted = texts.filter((text) => /[,;]/.test(text)).length;
  if (barred > parted && barred >= Math.max(2, texts.length * barShare)) return '|';
  return (
    recurringSeparator(texts) ??
    separators.find((each) => isVocabulary(texts, each, isPlural.test(label))) ??
    null
  );
}

/**
 * Whether items beside others stand alone in other texts, or at another place: "Oak, Ash" beside "Oak" and "Ash, Elm".
 * The parts of one value, as in "Berlin, Germany" or "Thriller/Suspense", keep their places.
 */
function isVocabulary(texts: readonly string[], separator: Separator, isCalledSeveral: boolean): boolean {
  const lists = texts.map((text) => splitItems(text, separator).map(foldLabel));
  const several = lists.filter((items) => items.length > 1);
  if (several.length < Math.max(fewestTexts, texts.length * severalOfVocabulary)) return false;
  const places = new Map<string, Set<number>>();
  for (const items of lists)
    for (const [place, item] of items.entries())
      places.set(item, (places.get(item) ?? new Set()).add(items.length === 1 ? -1 : place));
  const items = several.flat();
  const isShort = (item: string): boolean => /\p{L}/u.test(item) && item.split(/\s+/).length <= longestItem;
  const shared = items.filter((item) => isShort(item) && (places.get(item)?.size ?? 0) > 1);
  return shared.length >= items.length * (isCalledSeveral ? sharedOfPlural : sharedShare);
}

function recurringSeparator(texts: readonly string[]): Separator | null {
  const withSemicolons = texts.filter((text) => /[;；]/u.test(text)).length;
  const separator: Separator = withSemicolons >= texts.length * 0.3 ? ';' : ',';
  const lists = texts.map((text) => splitItems(text, separator));
  const several = lists.filter((items) => items.length > 1);
  if (several.length < texts.length * 0.3) return null;
  const items = lists.flat();
  const words = items.map((item) => item.split(/\s+/).length);
  const average = words.reduce((sum, count) => sum + count, 0) / words.length;
  if (average > 4 || words.filter((count) => count > 8).length > words.length * 0.1) return null;
  // "Berlin, Germany": always the same few items are one value of several parts.
  const fewItems = Map.groupBy(
    several.filter((list) => list.length <= mostParts),
    (list) => list.length,
  );
  const mostUsual = Math.max(0, ...[...fewItems.values()].map((same) => same.length));
  if (mostUsual > several.length * samePartsShare) return null;
  const seenIn = new Map<string, number>();
  for (const list of lists) {
    for (const item of new Set(list.map(foldLabel))) seenIn.set(item, (seenIn.get(item) ?? 0) + 1);
  }
  const recurring = items.filter((item) => (seenIn.get(foldLabel(item)) ?? 0) > 1).length;
  return recurring >= items.length * (separator === ';' ? 0.15 : 0.25) ? separator : null;
}

function splitItems(text: string, separator: Separator): string[] {
  return (text.match(splitters[separator]) ?? []).map((item) => item.trim()).filter((item) => item !== '');
}

/**
 * The SQL expression that splits a text column into its items, as {@link listSeparator} does: "a, b, and c (2019)"
 * has the items a, b and c.
 */
export function splitItemsSql(column: string, separator: string): string {
  const pattern = (signs: string): string => `(?:[^${signs}()]|\\([^()]*\\)|[()])+`;
  const plain = `regexp_replace(regexp_replace(${column}, '([,;，、；]) *(and|or|und|et|y) ', '\\1', 'g'),
    ' *[(](19|20)[0-9]{2}( est[.]?)?[)][.]?$', '')`;
  const items = `CASE WHEN ${separator} = ';' THEN regexp_extract_all(${plain}, '${pattern(';；')}')
    WHEN ${separator} = '|' THEN string_split(${column}, '|')
    WHEN ${separator} = '/' THEN regexp_extract_all(${plain}, '${pattern('/')}')
    WHEN contains(${column}, '(') OR NOT contains(${column}, ',') THEN regexp_extract_all(${plain}, '${pattern(',，、')}')
    ELSE string_split(${plain}, ',') END`;
  return `list_filter(list_transform(${items}, lambda item: replace(trim(item, ' .' || chr(10) || chr(9)), chr(10), ' ')), lambda item: item <> '')`;
}
