import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from './result-row.ts';

/** A sheet of a workbook that is one document. */
interface Sheet {
  readonly rank: number;
  readonly labels: ReadonlySet<string>;
}

/** Sheets that share more of the poorer one's labels than this are about several things of one kind. */
const mostShared = 0.4;
const fewestLabels = 2;

/**
 * Finds the workbooks whose sheets speak of one thing, each sheet of another side of it ("Budget", "Debt and
 * reserves"), as opposed to those with a sheet for each of several things, which state the same labels.
 *
 * @returns for each sheet (by rank) the rank of the sheet with the most labels of its workbook.
 */
export async function findWorkbookSubjects(
  connection: DuckDBConnection,
  documents: readonly { number: number; path: string; fragment: string | null; format: string }[],
): Promise<Map<number, number>> {
  const workbooks = Map.groupBy(
    [...documents.keys()].filter((rank) => {
      const document = documents[rank];
      return document?.format === 'xlsx' && document.fragment !== null && !/!\d+$/.test(document.fragment);
    }),
    (rank) => documents[rank]?.path ?? '',
  );
  const subjects = new Map<number, number>();
  const ranks = [...workbooks.values()].filter((sheets) => sheets.length > 1).flat();
  if (ranks.length === 0) return subjects;
  const labels = await labelsOf(
    connection,
    ranks.map((rank) => documents[rank]?.number ?? -1),
  );
  for (const inWorkbook of workbooks.values()) {
    const sheets = inWorkbook.map((rank): Sheet => {
      const own = labels.get(documents[rank]?.number ?? -1) ?? new Set<string>();
      return { rank, labels: own };
    });
    if (sheets.length < 2 || !areParts(sheets)) continue;
    const main = sheets.reduce((best, sheet) => (sheet.labels.size > best.labels.size ? sheet : best));
    for (const { rank } of sheets) subjects.set(rank, main.rank);
  }
  return subjects;
}

function areParts(sheets: readonly Sheet[]): boolean {
  const telling = sheets.filter((sheet) => sheet.labels.size >= fewestLabels);
  return telling.every((sheet, index) =>
    telling.slice(index + 1).every((other) => {
      const fewer = Math.min(sheet.labels.size, other.labels.size);
      return sheet.labels.intersection(other.labels).size <= fewer * mostShared;
    }),
  );
}

async function labelsOf(
  connection: DuckDBConnection,
  documents: readonly number[],
): Promise<Map<number, Set<string>>> {
  const rows = await readRows(
    connection,
    `SELECT DISTINCT document, lower(concat_ws(' > ', nullif(entity, ''), label)) AS label FROM store.readings
     WHERE document IN (${documents.join(', ')}) AND NOT starts_with(rule, 'sentence')`,
  );
  const labels = new Map<number, Set<string>>();
  for (const row of rows) {
    const document = row.number('document');
    labels.set(document, (labels.get(document) ?? new Set()).add(row.text('label')));
  }
  return labels;
}
