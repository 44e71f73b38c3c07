/**
 * The SQL aggregate of the most frequent value of a column; of several the greatest. DuckDB's `mode` takes the one
 * it happens to see first, which is not the same in every run.
 */
export function mostFrequentSql(column: string): string {
  return `list_max(list_transform(map_entries(histogram(${column})), lambda entry: {count: entry.value, value: entry.key})).value`;
}
