/**
 * What the corpus store holds before any field is decided: the files as they were last seen, the documents read
 * from them, and the readings made of each document. Everything else (kinds, fields, cells, tables) is derived
 * from these and can be made again. The schema `store` is the engine's; questions and people see `main`.
 *
 * `store.meta` says by which version, tokenizer and settings all this was made. A file's `status` is `read` or
 * `skipped`; `reason` is why it was skipped, or what of it could not be read.
 *
 * `store.declared_fields` are the fields that language models were asked to read, `store.model_outcomes` what came of
 * it by document, field and reader, and `store.model_readings` what they read. These stay when a file is read again,
 * since they hang on the content of a document, not its place; `placeModelReadings` puts them among the readings.
 *
 * `section` and `label` are the parts of a {@link Reading}'s section and label joined by ` > `. Numbers of
 * readings are in full magnitude, in the unit that is stated; the fields decide on one unit later.
 */
export const storeSchema = `
CREATE SCHEMA IF NOT EXISTS store;
CREATE TABLE IF NOT EXISTS store.meta (key VARCHAR, value VARCHAR);
CREATE TABLE IF NOT EXISTS store.files (
  path VARCHAR, size BIGINT, modified_milliseconds DOUBLE, hash VARCHAR,
  status VARCHAR, reason VARCHAR, documents INTEGER
);
CREATE TABLE IF NOT EXISTS store.documents (
  number INTEGER, id VARCHAR, path VARCHAR, fragment VARCHAR, title VARCHAR, format VARCHAR,
  hash VARCHAR, tokens INTEGER, text VARCHAR, source_map VARCHAR
);
CREATE TABLE IF NOT EXISTS store.readings (
  document INTEGER, ordinal INTEGER, section VARCHAR, label VARCHAR, entity VARCHAR,
  quote_start INTEGER, quote_end INTEGER, value_start INTEGER, value_end INTEGER,
  type VARCHAR, number DOUBLE, unit VARCHAR, bound VARCHAR, date VARCHAR, boolean BOOLEAN,
  text VARCHAR, items VARCHAR[], period VARCHAR, rule VARCHAR
);
CREATE TABLE IF NOT EXISTS store.declared_fields (
  name VARCHAR, label VARCHAR, definition VARCHAR, type VARCHAR, description VARCHAR
);
CREATE TABLE IF NOT EXISTS store.model_outcomes (
  document_hash VARCHAR, field VARCHAR, definition VARCHAR, reader VARCHAR, status VARCHAR, run INTEGER
);
CREATE TABLE IF NOT EXISTS store.model_readings (
  document_hash VARCHAR, definition VARCHAR, reader VARCHAR, place INTEGER,
  quote_start INTEGER, quote_end INTEGER, value_start INTEGER, value_end INTEGER,
  type VARCHAR, number DOUBLE, unit VARCHAR, bound VARCHAR, date VARCHAR, boolean BOOLEAN, text VARCHAR,
  items VARCHAR[]
);
`;
