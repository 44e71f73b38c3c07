import type { OpenCorpus } from '../../table/index.ts';
import { findRanges, type FieldRanges, type StatedNumber } from '../counterfactual/copied-text.ts';
import { wholeCorpusLimits } from './whole-corpus-limits.ts';

/** All exact numbers by document, in the order of the text, and between what values those of a field lie. */
export interface StatedNumbers {
  readonly ofDocument: ReadonlyMap<string, readonly StatedNumber[]>;
  readonly ranges: FieldRanges;
}

export async function statedNumbers(corpus: OpenCorpus): Promise<StatedNumbers> {
  const { rows } = await corpus.sql(
    `SELECT document, field, number, value_start, value_end FROM facts
     WHERE type IN ('number', 'percentage') AND coalesce(bound, 'approximate') = 'approximate'
     ORDER BY document, value_start, value_end`,
    { limits: wholeCorpusLimits },
  );
  const ofDocument = new Map<string, StatedNumber[]>();
  for (const [document, label, number, start, end] of rows) {
    const stated = { label: String(label), number: Number(number), start: Number(start), end: Number(end) };
    const known = ofDocument.get(String(document));
    if (known === undefined) ofDocument.set(String(document), [stated]);
    else known.push(stated);
  }
  return { ofDocument, ranges: findRanges([...ofDocument.values()].flat()) };
}
