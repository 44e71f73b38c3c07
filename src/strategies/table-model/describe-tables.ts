import type { SqlColumn, SqlTable } from '../../models/prompts/index.ts';
import { mentionedColumns } from '../../questions/index.ts';
import { commonNouns } from '../../table/fields/kind-names.ts';
import type { Catalog, CatalogColumn, CatalogTable, FieldType } from '../../table/index.ts';

const sqlTypes: Readonly<Record<FieldType, string>> = {
  number: 'DOUBLE',
  percentage: 'DOUBLE',
  date: 'DATE',
  text: 'VARCHAR',
  category: 'VARCHAR',
  list: 'VARCHAR[]',
  boolean: 'BOOLEAN',
};

const mostTables = 8;
const mostValues = 30;
const mostExamples = 3;
/** Values longer than this are prose, which no condition names. */
const longestValue = 60;

/**
 * Describes the tables of a catalog for the prompt that writes SQL. Where there are more columns than a model should be
 * shown, those stay that the question is likeliest about.
 *
 * @param focus names of columns that must be among them.
 */
export function describeTables({
  catalog,
  question,
  focus,
  maximumColumns,
}: {
  catalog: Catalog;
  question: string;
  focus: readonly string[];
  maximumColumns: number;
}): SqlTable[] {
  const words = stemsOf(question);
  const tables = catalog.tables.map((table) => {
    const mentions = bestMentions(question, table);
    const columns = table.columns.map((column) => ({
      column,
      score:
        (focus.includes(column.name) ? 10 : 0) +
        (mentions.get(column.name) ?? 0) +
        overlap(words, stemsOf([column.label, ...column.aliases, column.description ?? ''].join(' '))) +
        // Among equals, what most rows state.
        column.coverage / 100,
    }));
    return { table, columns, named: namesIn(question, table) };
  });
  const scores = tables.flatMap(({ columns }) => columns.map(({ score }) => score));
  const lowest = scores.sort((left, right) => right - left)[maximumColumns - 1] ?? -1;
  let room = maximumColumns;
  return tables
    .sort((left, right) => relevance(right) - relevance(left))
    .slice(0, mostTables)
    .map(({ table, columns, named }) => {
      const chosen = columns.filter(({ score }) => score >= lowest).slice(0, room);
      room -= chosen.length;
      const { name, rows, key } = table;
      const nouns = table.nouns.filter((noun) => !commonNouns.includes(noun));
      return { name, nouns, rows, key, named, columns: chosen.map(({ column }) => describeColumn(column)) };
    });
}

/** So many of a table's columns tell how much a question is about it. */
const telling = 5;

function relevance({
  table,
  columns,
  named,
}: {
  table: CatalogTable;
  columns: readonly { readonly score: number }[];
  named: readonly string[];
}): number {
  const best = columns.map(({ score }) => score).sort((left, right) => right - left);
  const sum = best.slice(0, telling).reduce((total, score) => total + score, 0);
  return sum + named.length + table.rows / 1e9;
}

function describeColumn(column: CatalogColumn): SqlColumn {
  const { name, label, type, unit, description, aliases, coverage, periods, latestPeriod, examples } = column;
  const values =
    type === 'category'
      ? column.values.slice(0, mostValues).map(({ value }) => value)
      : examples.filter((example) => example.length <= longestValue).slice(0, mostExamples);
  const told =
    latestPeriod === undefined || latestPeriod === null ? null : `of ${latestPeriod} for most rows`;
  return {
    name,
    sqlType: sqlTypes[type],
    label,
    type,
    unit,
    description: [description, told].filter((text) => text !== null).join('; ') || null,
    aliases,
    filled: coverage,
    periods,
    values,
  };
}

/** How well the question's words name each column, 0 to 2. */
function bestMentions(question: string, table: CatalogTable): Map<string, number> {
  const best = new Map<string, number>();
  for (const { column, cost } of mentionedColumns({ question, table })) {
    best.set(column.name, Math.max(best.get(column.name) ?? 0, 2 - cost));
  }
  return best;
}

const stemLength = 5;

function stemsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.filter((word) => word.length > 2).map((word) => word.slice(0, stemLength)));
}

/** The share of a column's stems that the question has. */
function overlap(question: ReadonlySet<string>, column: ReadonlySet<string>): number {
  return column.size === 0 ? 0 : column.intersection(question).size / column.size;
}

const longestNameWords = 9;

/** Names of rows that the question's words are, the longest where one holds another. */
function namesIn(question: string, { findEntity }: CatalogTable): string[] {
  const words = question.split(/\s+/).map((word) => word.replace(/^["'“‘(]+|["'”’).,;:?!]+$/g, ''));
  const found: string[] = [];
  for (let start = 0; start < words.length; start += 1) {
    for (let end = Math.min(words.length, start + longestNameWords); end > start; end -= 1) {
      const name = findEntity(words.slice(start, end).join(' '));
      if (name === null) continue;
      found.push(name);
      start = end - 1;
      break;
    }
  }
  return [...new Set(found)];
}
