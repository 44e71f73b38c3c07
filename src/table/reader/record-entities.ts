import type { Block, RecordBlock } from './block.ts';
import { recordFields } from './record-reader.ts';

const longestName = 200;

/**
 * The names of a document's records where it holds several of one kind: records whose first field has the same
 * key and a different value each time. That value is what the record is about.
 */
export function nameRecords(text: string, blocks: readonly Block[]): ReadonlyMap<RecordBlock, string> {
  const byKey = new Map<string, { readonly block: RecordBlock; readonly name: string }[]>();
  for (const block of blocks) {
    if (block.kind !== 'record') continue;
    const first = recordFields(text, block.lines.slice(0, 1))[0];
    if (first === undefined || first.first.text === '' || first.first.text.length > longestName) continue;
    const list = byKey.get(first.key);
    if (list === undefined) byKey.set(first.key, [{ block, name: first.first.text }]);
    else list.push({ block, name: first.first.text });
  }
  const names = new Map<RecordBlock, string>();
  for (const records of byKey.values()) {
    const distinct = new Set(records.map((record) => record.name)).size;
    if (records.length < 2 || distinct < records.length) continue;
    for (const { block, name } of records) names.set(block, name);
  }
  return names;
}
