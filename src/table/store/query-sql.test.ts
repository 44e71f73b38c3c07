import { mkdtemp, rm, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type OpenDatabase } from './open-database.ts';
import { querySql, SqlError } from './query-sql.ts';

let folder: string;
let database: OpenDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'corpuscope-sql-'));
  const file = join(folder, 'corpus.duckdb');
  const writer = await openDatabase({ file, mode: 'write' });
  await writer.connection.run(
    `CREATE TABLE cities AS SELECT * FROM (VALUES ('Lima', 10, DATE '1535-01-18', ['a','b']), ('Quito', 2, NULL, NULL)) t(name, n, founded, tags);
     CREATE TABLE million AS SELECT range AS i FROM range(1000000);`,
  );
  writer.close();
  database = await openDatabase({ file, mode: 'read' });
});

afterAll(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

const refusal = async (sql: string): Promise<SqlError> => {
  try {
    await querySql({
      database,
      sql,
      limits: { timeoutMilliseconds: 400, maximumRows: 10 },
    });
  } catch (error) {
    if (error instanceof SqlError) return error;
    throw error;
  }
  throw new Error(`not refused: ${sql}`);
};

describe('querySql', () => {
  it('returns plain values of all types', async () => {
    const result = await querySql({
      database,
      sql: 'SELECT * FROM cities ORDER BY n',
    });
    expect(result).toEqual({
      columns: ['name', 'n', 'founded', 'tags'],
      rows: [
        ['Quito', 2, null, null],
        ['Lima', 10, '1535-01-18', ['a', 'b']],
      ],
      truncated: false,
    });
  });

  it('runs several statements at once, each with all of its rows', async () => {
    const numbers = Array.from({ length: 8 }, (_, index) => index);
    const results = await Promise.all(
      numbers.map((number) =>
        querySql({ database, sql: `SELECT i FROM million WHERE i % 200 = ${number} ORDER BY i` }),
      ),
    );
    for (const [number, { rows }] of results.entries()) {
      expect(rows).toHaveLength(5000);
      expect(rows[0]).toEqual([number]);
    }
  });

  it('stops one statement without the others, and holds all of them to the settings', async () => {
    const [stopped, refused, answered] = await Promise.allSettled([
      refusal('SELECT sum(a.i * b.i) FROM million a, million b'),
      refusal("SELECT * FROM read_text('/etc/passwd')"),
      querySql({ database, sql: 'SELECT max(a.i + b.i) FROM million a, range(60) b(i)' }),
    ]);
    expect(stopped).toMatchObject({ value: { kind: 'stopped' } });
    expect(refused).toMatchObject({ value: { kind: 'refused' } });
    expect(answered).toMatchObject({ value: { rows: [[1_000_058]] } });
  });

  it('cuts at the row limit and says so', async () => {
    const limits = { timeoutMilliseconds: 5000, maximumRows: 7 };
    const result = await querySql({ database, sql: 'SELECT i FROM million', limits });
    expect(result.rows.length).toBe(7);
    expect(result.truncated).toBe(true);
  });

  it.each([
    "COPY cities TO '/tmp/corpuscope-leak.csv'",
    "SELECT * FROM read_csv('/etc/passwd')",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "ATTACH '/tmp/other.duckdb'",
    'INSTALL httpfs',
    'LOAD httpfs',
    'DROP TABLE cities',
    'UPDATE cities SET n = 1',
    'CREATE TABLE x AS SELECT 1',
    "SET memory_limit = '20GB'",
    'PRAGMA enable_external_access = true',
    'SELECT 1; SELECT 2',
    '',
    "EXPORT DATABASE '/tmp/corpuscope-export'",
    'EXPLAIN ANALYZE DELETE FROM cities',
  ])('refuses %s', async (sql) => {
    const error = await refusal(sql);
    expect(error.kind).toBe('refused');
    expect(error.remedy).not.toBe('');
  });

  it('stops endless recursion and a cross join of 10^12 rows', async () => {
    const endless = await refusal(
      'WITH RECURSIVE r(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r) SELECT max(i) FROM r',
    );
    expect(endless.kind).toBe('stopped');
    const cross = await refusal('SELECT sum(a.i * b.i) FROM million a, million b');
    expect(cross.kind).toBe('stopped');
    const sorted = await refusal('SELECT a.i FROM million a, million b ORDER BY a.i * b.i');
    expect(sorted.kind).toBe('stopped');
  });

  it('names the error of wrong SQL', async () => {
    const error = await refusal('SELECT nmae FROM cities');
    expect(error.kind).toBe('failed');
    expect(error.message).toContain('nmae');
  });

  it('knows no files as tables', async () => {
    const error = await refusal("SELECT * FROM '/etc/passwd'");
    expect(error.message).toContain('does not exist');
  });

  it('leaves nothing behind beside the database', async () => {
    expect(await readdir(folder)).toEqual(['corpus.duckdb']);
  });
});
