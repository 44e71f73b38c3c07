import { describe, expect, it } from 'vitest';
import type { CorpusDocument } from '../../corpus/document.ts';
import { SqlError } from './query-sql.ts';
import { tablesInMemory } from './tables-in-memory.ts';

function document(title: string, text: string): CorpusDocument {
  const id = `${title}.md`;
  return { id, path: id, fragment: null, title, format: 'markdown', text, sourceMap: { segments: [] }, hash: '', tokens: 0 }; // prettier-ignore
}

const documents = [
  document('Acme', '# Acme\n\nRevenue: $120.5 million\nEmployees: 2,150'),
  document('Brisk', '# Brisk\n\nRevenue: $80 million\nEmployees: 900'),
];

describe('tablesInMemory', () => {
  it('builds the tables that the documents would have in a corpus', async () => {
    const tables = await tablesInMemory({ documents, name: 'companies' });
    const [table] = tables.catalog.tables;
    expect(table).toMatchObject({ name: 'companies', rows: 2 });
    const { rows } = await tables.sql('SELECT name, revenue, employees FROM companies ORDER BY name');
    expect(rows).toEqual([
      ['Acme', 120_500_000, 2150],
      ['Brisk', 80_000_000, 900],
    ]);
    tables.close();
  });

  it('has no table where the documents state nothing', async () => {
    const tables = await tablesInMemory({ documents: [] });
    expect(tables.catalog.tables).toEqual([]);
    tables.close();
  });

  it('can only be read', async () => {
    const tables = await tablesInMemory({ documents });
    await expect(tables.sql("COPY (SELECT 1) TO '/tmp/x.csv'")).rejects.toThrow(SqlError);
    await expect(tables.sql("SELECT * FROM read_text('/etc/hostname')")).rejects.toThrow(SqlError);
    tables.close();
  });
});
