/** A corpus read into a table of cited facts, and SQL over that table. */
export {
  fieldTypes,
  type Catalog,
  type CatalogColumn,
  type CatalogTable,
  type FieldType,
} from './catalog.ts';
export type { Bound, Reading, ReadValue } from './reading.ts';
export {
  alignFields,
  columnOf,
  planReading,
  proposeFields,
  readDeclaredFields,
  readFieldsByModels,
  toDeclaredField,
  type DeclaredField,
  type FieldExample,
  type FieldProposal,
  type FieldReport,
  type ModelOutcome,
  type ModelReadProgress,
  type ModelReadReport,
  type ModelReading,
  type ModelReadingPlan,
  type OutcomeStatus,
  type ProposedField,
} from './model-reader/index.ts';
export { passageTitle } from './passage-title.ts';
export { readDocument } from './reader/pattern-reader.ts';
export { FieldsFileError } from './fields/fields-file.ts';
export type { CellRequest, CitedCell, CitedCells } from './store/cite-cells.ts';
export { resolveCorpus, type CorpusLocation } from './store/corpus-location.ts';
export type { ExportedTable } from './store/export-table.ts';
export type { DocumentVersion, StoredDocument } from './store/list-documents.ts';
export type { FactRequest, FactRow } from './store/list-facts.ts';
export type { UnreadStatement, UnreadStatements } from './store/find-unread.ts';
export { saveModelOutcomes } from './store/model-outcomes.ts';
export { openCorpus, type OpenCorpus } from './store/open-corpus.ts';
export { defaultSqlLimits, SqlError, type SqlLimits, type SqlResult } from './store/query-sql.ts';
export { readCorpus, type ReadOptions, type ReadProgress, type ReadReport } from './store/read-corpus.ts';
export type { SqlCell } from './store/sql-value.ts';
export { tablesInMemory, type TablesInMemory } from './store/tables-in-memory.ts';
export { StoreError } from './store/store-error.ts';
export type { StoreSummary } from './store/summary.ts';
