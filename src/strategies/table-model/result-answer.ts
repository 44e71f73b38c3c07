import type { AnswerType, Scalar } from '../../questions/index.ts';
import type { Catalog, CatalogColumn, CatalogTable, SqlCell, SqlResult } from '../../table/index.ts';

/** A result of SQL that no grammar wrote, as the value of an answer. */
export interface ResultAnswer {
  readonly type: AnswerType;
  readonly value: Scalar | readonly Scalar[] | readonly (readonly Scalar[])[];
  readonly unit: string | null;
}

const asksForList = /^\s*(?:list|name|give|show|find|which|what are)\b/i;
const asksForOne = /^\s*(?:which|what)\s+(?:one\s+)?[\p{L}-]+\s+(?:has|is|was|had|does|did)\b/iu;

/**
 * The value that a result is: one column of one row a scalar, unless a list was asked for; one column a list; several
 * columns rows. Null where a single value is NULL.
 */
export function resultAnswer({
  result: { columns, rows },
  question,
  columnOf,
}: {
  result: SqlResult;
  question: string;
  /** The column of the tables that a column of the result has the name of. */
  columnOf: (name: string) => CatalogColumn | null;
}): ResultAnswer | null {
  const [name = ''] = columns;
  const column = columnOf(name);
  const isPercentage = column?.type === 'percentage' || /percent/i.test(name);
  if (columns.length > 1) {
    return { type: 'rows', value: rows.map((row) => row.map(toScalar)), unit: null };
  }
  const unit = isPercentage ? '%' : (column?.unit ?? null);
  const [[cell = null] = []] = rows;
  const isText = typeof cell === 'string' && !/^\d{4}-\d{2}-\d{2}$/.test(cell);
  const isList = rows.length !== 1 || (isText && asksForList.test(question) && !asksForOne.test(question));
  if (isList) return { type: 'list', value: rows.map(([each = null]) => toScalar(each)), unit };
  if (cell === null) return null;
  if (typeof cell === 'number')
    return { type: isPercentage ? 'percentage' : 'number', value: toScalar(cell), unit };
  if (typeof cell === 'object') return { type: 'list', value: cell.map(toScalar), unit: null };
  return { type: isText || typeof cell === 'boolean' ? 'string' : 'date', value: toScalar(cell), unit: null };
}

/** Binary fractions add noise beyond so many digits: 0.1 + 0.2 is 0.3. */
const reliableDigits = 12;

function toScalar(cell: SqlCell): Scalar {
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (typeof cell === 'number')
    return Number.isInteger(cell) ? cell : Number(cell.toPrecision(reliableDigits));
  return cell === null || typeof cell === 'string' ? cell : cell.map(String).join(', ');
}

/** The table a statement reads most of, and which of its columns the statement names. */
export interface ReadColumns {
  readonly table: CatalogTable;
  /** `NAME` or `NAME@PERIOD`, without the key. */
  readonly columns: readonly string[];
}

const literal = /'(?:[^']|'')*'/g;
const identifier = /"((?:[^"]|"")*)"|[\p{L}_][\p{L}\p{N}_@]*/gu;

/** What a statement reads, by the names in it; null where it names no table. */
export function columnsReadBy(sql: string, { tables }: Catalog): ReadColumns | null {
  const names = new Set(
    [...sql.replaceAll(literal, "''").matchAll(identifier)].map(([bare, quoted]) =>
      (quoted ?? bare).replaceAll('""', '"').toLowerCase(),
    ),
  );
  const read = tables
    .filter(({ name }) => names.has(name.toLowerCase()))
    .map((table) => ({
      table,
      columns: table.columns
        .flatMap(({ name, periods }) => [name, ...periods.map((period) => `${name}@${period}`)])
        .filter((name) => names.has(name.toLowerCase())),
    }));
  return read.sort((left, right) => right.columns.length - left.columns.length)[0] ?? null;
}
