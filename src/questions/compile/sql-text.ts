/** Words of DuckDB's grammar that cannot stand as a bare column, table or alias name. */
const keywords: ReadonlySet<string> = new Set(
  `all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create
  default deferrable desc describe distinct do else end except false fetch for foreign from group having in
  initially intersect into lambda lateral leading limit not null offset on only or order pivot pivot_longer
  pivot_wider placing primary qualify references returning select show some summarize symmetric table then to
  trailing true union unique unpivot using variadic when where window with anti asof at authorization binary by
  collation columns concurrently cross freeze full generated glob ilike inner is isnull join left like map
  natural notnull outer overlaps positional right semi similar struct tablesample try_cast unpack verbose
  between bigint bit boolean char character coalesce dec decimal exists extract float grouping grouping_id inout
  int integer interval national nchar none nullif numeric out overlay position precision real row setof smallint
  substring time timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists xmlforest
  xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable`.split(/\s+/),
);

/** A name as SQL takes it: bare where it can be, else in double quotes. */
export function identifier(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !keywords.has(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

/**
 * A text as an SQL literal. Line breaks are written as `chr(…)`, so that a line of the statement's text is
 * always a line of SQL and statements can be indented.
 */
export function literal(text: string): string {
  const parts = text.split(/([\n\r\0])/).filter((part) => part !== '');
  if (parts.length === 0) return "''";
  const sql = parts.map((part) =>
    /[\n\r\0]/.test(part) ? `chr(${part.charCodeAt(0)})` : `'${part.replaceAll("'", "''")}'`,
  );
  return sql.length === 1 ? sql.join('') : `(${sql.join(' || ')})`;
}

/** A number as an SQL literal; a negative one stands in parentheses, since two dashes begin a comment. */
export function numberLiteral(value: number): string {
  const text = Object.is(value, -0) ? '0' : String(value);
  return value < 0 ? `(${text})` : text;
}

export function indent(sql: string): string {
  return sql
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

const widthOnOneLine = 90;

/** A statement in parentheses: on one line where it is short, else indented over several. */
export function subquery(sql: string): string {
  const oneLine = sql.replaceAll(/\n\s*/g, ' ');
  return oneLine.length <= widthOnOneLine ? `(${oneLine})` : `(\n${indent(sql)}\n)`;
}

/** The clauses of a SELECT; empty ones are left out. */
export interface Clauses {
  readonly select: readonly string[];
  readonly distinct?: boolean;
  readonly from?: string;
  /** Joined by AND. */
  readonly where?: readonly string[];
  readonly groupBy?: readonly string[];
  readonly having?: readonly string[];
  readonly qualify?: string;
  readonly orderBy?: readonly string[];
  readonly limit?: number | undefined;
  readonly offset?: number | undefined;
}

/** A SELECT statement, a clause a line. */
export function selectStatement(clauses: Clauses): string {
  const lines = [`SELECT ${clauses.distinct === true ? 'DISTINCT ' : ''}${list(clauses.select)}`];
  if (clauses.from !== undefined) lines.push(`FROM ${clauses.from}`);
  if (clauses.where?.length) lines.push(`WHERE ${clauses.where.join('\n  AND ')}`);
  if (clauses.groupBy?.length) lines.push(`GROUP BY ${clauses.groupBy.join(', ')}`);
  if (clauses.having?.length) lines.push(`HAVING ${clauses.having.join('\n  AND ')}`);
  if (clauses.qualify !== undefined) lines.push(`QUALIFY ${clauses.qualify}`);
  if (clauses.orderBy?.length) lines.push(`ORDER BY ${clauses.orderBy.join(', ')}`);
  if (clauses.limit !== undefined) lines.push(`LIMIT ${clauses.limit}`);
  if (clauses.offset !== undefined && clauses.offset > 0) lines.push(`OFFSET ${clauses.offset}`);
  return lines.join('\n');
}

function list(items: readonly string[]): string {
  const oneLine = items.join(', ');
  return oneLine.length <= widthOnOneLine && !oneLine.includes('\n') ? oneLine : items.join(',\n  ');
}
