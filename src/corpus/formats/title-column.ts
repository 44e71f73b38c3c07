/** How many rows of a file are looked at before the title column is chosen. */
export const titleSampleRows = 500;

const letter = /\p{L}/u;
const quantity = /^[^\p{L}]{0,3}\d[\d.,' ]*\s?[\p{L}%°²³]{1,5}$/u;
/** "12路", "3号楼" are names. */
const hanOrdinal = /\d(?:路|栋|幢|室|号\p{Script=Han}?)$/u;
/** Chinese sets nothing between the words of a header: 民宿名称, 站名; a rank and a signature end in the same character. */
const hanName = /(?:名称|(?<![排报提署签别俗学用曾域命更实匿著])名)$/u;
const hanIdentifier = /(?:编号|代码|号码|单号|案号|文号|证号)$/u;
const address = /^(?:[a-z][a-z0-9+.-]*:\/\/|www\.|[^\s@]{1,64}@[^\s@]{1,255}$)/i;
const nameWords = new Set(['name', 'title']);
const otherNameWords = new Set(['headline', 'subject', 'label', 'caption', 'heading']);
const partOfName = new Set(['first', 'last', 'middle', 'given', 'family', 'file', 'host', 'domain', 'user']);
const identifierWords = new Set([
  'id',
  'identifier',
  'code',
  'key',
  'symbol',
  'ticker',
  'reference',
  'number',
]);
/** With fewer rows, those of one name are hardly told from a table of something else. */
const fewestRowsOfPeriods = 8;
const longestTitle = 200;
const longestAverageTitle = 80;
/** With fewer rows, uniqueness says nothing, and only the header counts. */
const fewestRowsForUniqueness = 3;

/**
 * Chooses the column that names each row: its values are unique, not numeric and short. Headers such as "name",
 * "title" and "id" are preferred; without one, a leading column of words. The choice must hold for all rows of a
 * file, so it is made once, from the first `titleSampleRows` rows.
 *
 * @returns the column's index, or null where no column names the rows.
 */
export function chooseTitleColumn(table: {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): number | null {
  let best: { readonly index: number; readonly rank: number } | null = null;
  const periods = periodColumn(table);
  for (const [index, header] of table.headers.entries()) {
    const values = table.rows.map((row) => (row[index] ?? '').trim());
    const rank = titleRank({ header, index, values, periods });
    if (rank !== null && (best === null || rank < best.rank)) best = { index, rank };
  }
  return best?.index ?? null;
}

const periodHeader =
  /^(?:(?:fiscal|financial|calendar|reporting|academic|school) )?(?:year|period|quarter|month|season)$|^(?:jahr|année|año|年份|年度)$/iu;
const periodValue = /^(?:FY ?)?(?:19|20)\d{2}(?:[-/ ]?(?:[QH][1-4]|\d{2,4}))?$/i;

/** The values of a column of years or the like, of which rows of one name are; null where there is none. */
function periodColumn(table: {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): readonly string[] | null {
  const index = table.headers.findIndex((header) => periodHeader.test(header.trim()));
  if (index === -1 || table.rows.length < fewestRowsOfPeriods) return null;
  const values = table.rows.map((row) => (row[index] ?? '').trim());
  return values.every((value) => periodValue.test(value)) && new Set(values).size > 1 ? values : null;
}

/** 0 is best; null means that the column cannot name rows. */
function titleRank(column: {
  header: string;
  index: number;
  values: readonly string[];
  periods: readonly string[] | null;
}): number | null {
  const { values, periods } = column;
  if (values.length === 0 || !namesRows(values, periods)) return null;
  const rank = headerRank(column.header);
  if (rank !== null && rank < 4) return rank;
  if (values.length < fewestRowsForUniqueness) return null;
  if (share(values, (value) => address.test(value)) > 0.5) return 6;
  if (rank === null && column.index <= 2 && share(values, (value) => !/\d/.test(value)) >= 0.9) return 3.5;
  // "10 piece crispy tenders" is what a thing is called, "item-0036" what it is filed under.
  if (rank === null && column.index <= 2 && share(values, isCalled) >= 0.9) return 3.8;
  return rank ?? 5;
}

function headerRank(header: string): number | null {
  if (hanName.test(header.trim())) return 1;
  if (hanIdentifier.test(header.trim())) return 4;
  const words = header
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const last = words.at(-1);
  if (last === undefined) return null;
  if (words.some((word) => partOfName.has(word))) return 5;
  if (nameWords.has(last)) return words.length === 1 ? 0 : 1;
  if (otherNameWords.has(last)) return 2;
  if (words.some((word) => nameWords.has(word))) return 3;
  return identifierWords.has(last) ? 4 : null;
}

/** @param periods of which the rows are: the same name may come back in another. */
function namesRows(values: readonly string[], periods: readonly string[] | null): boolean {
  const filled = values.filter((value) => value !== '');
  if (filled.length < values.length * 0.95) return false;
  const unique = new Set(
    values.flatMap((value, row) => (value === '' ? [] : [`${value}\n${periods?.[row] ?? ''}`])),
  );
  if (unique.size < filled.length) return false;
  if (filled.some((value) => value.length > longestTitle || value.includes('\n'))) return false;
  const length = filled.reduce((sum, value) => sum + value.length, 0);
  return (
    length <= filled.length * longestAverageTitle &&
    share(filled, (value) => letter.test(value)) >= 0.9 &&
    share(filled, (value) => quantity.test(value) && !hanOrdinal.test(value)) < 0.5
  );
}

const mostWordsOfName = 10;
const inWords = /\p{L}{3,}/u;
const wordsApart = /\S\s+\S/u;
const sentence = /[.!?;]$/u;

/** Whether a value is a name of words, and neither a code nor a sentence. */
function isCalled(value: string): boolean {
  if (!inWords.test(value) || !/^[\p{Lu}\p{N}"'(]/u.test(value) || sentence.test(value)) return false;
  return (wordsApart.test(value) || !/\d/.test(value)) && value.split(/\s+/u).length <= mostWordsOfName;
}

function share(values: readonly string[], test: (value: string) => boolean): number {
  return values.filter(test).length / values.length;
}
