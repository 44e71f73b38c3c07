/**
 * How many cells of the tables built from a development corpus are right.
 *
 *   node benchmarks/reading/cells.ts factbook|debian [--show COLUMN|all]
 *
 * Reads the corpus into a store of its own and compares the cells with the corpus's truth.csv. A missing cell is
 * not a wrong one.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCorpus, readCorpus, resolveCorpus, type OpenCorpus } from '../../src/table/index.ts';
import {
  developmentCorpora,
  isTrueValue,
  truthRows,
  type DevelopmentCorpus,
} from '../corpora/development-corpora.ts';

interface Cell {
  readonly value: string;
  readonly period: string | null;
}

interface Score {
  right: number;
  wrong: number;
  missing: number;
}

async function main(): Promise<void> {
  const [name = '', option, column] = process.argv.slice(2);
  const corpus = developmentCorpora[name];
  if (corpus === undefined || !existsSync(corpus.truth)) {
    console.error(
      'Usage: node benchmarks/reading/cells.ts factbook|debian [--show COLUMN] (needs ../shared/data)',
    );
    process.exitCode = 2;
    return;
  }
  const store = await mkdtemp(join(tmpdir(), 'corpuscope-cells-'));
  try {
    const location = await resolveCorpus({ input: corpus.folder, store });
    const { documents, readings, seconds, tables, notes } = await readCorpus({ location });
    const described = tables.map((table) => `${table.name} (${table.rows} rows, ${table.columns} columns)`);
    console.log(
      `${documents} documents, ${readings} readings in ${seconds.toFixed(1)} s: ${described.join(', ')}`,
      ...notes,
    );
    const opened = await openCorpus({ location });
    try {
      await compare({ opened, corpus, shown: option === '--show' ? (column ?? '') : null });
    } finally {
      opened.close();
    }
  } finally {
    await rm(store, { recursive: true, force: true });
  }
}

async function compare({
  opened,
  corpus,
  shown,
}: {
  opened: OpenCorpus;
  corpus: DevelopmentCorpus;
  shown: string | null;
}): Promise<void> {
  const rows = truthRows(corpus);
  const total: Score = { right: 0, wrong: 0, missing: 0 };
  for (const [column, label] of Object.entries(corpus.fields)) {
    const cells = await readCells(opened, label);
    const score: Score = { right: 0, wrong: 0, missing: 0 };
    for (const row of rows) {
      const truth = row[column] ?? '';
      if (truth === '') continue;
      const cell = cells.get(row['doc_id'] ?? '');
      const verdict =
        cell === undefined
          ? 'missing'
          : isTrueValue(column.endsWith('_year') ? cell.period : cell.value, truth)
            ? 'right'
            : 'wrong';
      score[verdict] += 1;
      total[verdict] += 1;
      if (verdict !== 'right' && (shown === column || shown === 'all')) {
        console.log(`  ${row['doc_id']} ${column} ${verdict}: ${truth} | ${JSON.stringify(cell ?? null)}`);
      }
    }
    report(column, score);
  }
  report('all', total);
}

function report(column: string, { right, wrong, missing }: Score): void {
  const share = (count: number): string =>
    `${((100 * count) / Math.max(1, right + wrong + missing)).toFixed(2)} %`;
  console.log(
    `${column.padEnd(30)} right ${String(right).padStart(6)} ${share(right).padStart(9)}   wrong ${String(wrong).padStart(4)} ${share(wrong).padStart(7)}   missing ${String(missing).padStart(5)} ${share(missing).padStart(8)}`,
  );
}

/** The latest cells of a field by the document's file name without extension. */
async function readCells(opened: OpenCorpus, label: string): Promise<Map<string, Cell>> {
  const { rows } = await opened.sql(
    `SELECT regexp_replace(document, '[.][a-z]+$', ''), period,
       coalesce(text, date, boolean::VARCHAR, array_to_string(items, ', '), number::VARCHAR)
     FROM cells WHERE label = '${label.replaceAll("'", "''")}' AND latest`,
  );
  return new Map(
    rows.map(([document, period, value]) => [
      String(document),
      { value: String(value), period: typeof period === 'string' ? period : null },
    ]),
  );
}

await main();
