import { readStatedValues } from '../values/stated-values.ts';
import type { Block, RecordBlock } from './block.ts';
import { recordFields } from './record-reader.ts';

const longestName = 200;

/**
 * The names of a document's records where it holds several of one kind: records whose first field has the same
 * key and a different value each time. That value is what the record is about. What is measured names nothing: records
 * that begin with a total of so many square kilometres or per cent are parts of the document.
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
    if (records.some(({ name }) => isMeasure(name))) continue;
    for (const { block, name } of records) names.set(block, name);
  }
  return names;
}

function isMeasure(text: string): boolean {
  const [first] = readStatedValues({ text });
  if (first === undefined || first.start > 0) return false;
  const { value } = first;
  return value.type === 'percentage' || (value.type === 'number' && value.unit !== null);
}
