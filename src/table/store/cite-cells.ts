import type { DuckDBConnection } from '@duckdb/node-api';
import { findCells, type FoundCell } from '../fields/evidence.ts';
import { SourceTexts } from './source-texts.ts';

/** Which cells to cite. */
export interface CellRequest {
  readonly table: string;
  /** Names of entities, most relevant first; null for all rows. */
  readonly keys: readonly string[] | null;
  /** Columns, `NAME` or `NAME@PERIOD`. */
  readonly columns: readonly string[];
  /** Cells cited at most. */
  readonly limit: number;
}

/** A cell with the words of the document it was read from. */
export interface CitedCell extends Omit<FoundCell, 'documentNumber'> {
  /** Equals the document's stored text from `start` to `end`. */
  readonly quote: string;
  /** Where it stands in the source: `line 12`, `page 3`, `Sheet1!B4`. */
  readonly location: string;
}

export interface CitedCells {
  readonly cells: readonly CitedCell[];
  /** All cells that were asked for, cited or not. */
  readonly total: number;
}

/** Finds cells and cites each from the stored text. */
export async function citeCells(connection: DuckDBConnection, request: CellRequest): Promise<CitedCells> {
  const { cells, total } = await findCells({ connection, ...request });
  const texts = await SourceTexts.load(
    connection,
    cells.map(({ documentNumber }) => documentNumber),
  );
  return {
    cells: cells.map(({ documentNumber, ...cell }) => ({
      ...cell,
      ...texts.quote({ document: documentNumber, start: cell.start, end: cell.end }),
    })),
    total,
  };
}
