/**
 * How well the sentence reader finds country and date of news reports: coverage and precision over a folder of
 * reports with a truth table. Usage: node benchmarks/reading/newswire.ts FOLDER [--errors]
 * FOLDER holds `docs/*.txt` and `truth.csv` with the columns doc_id, incident_date and country.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { readSentences } from '../../src/table/reader/sentences/index.ts';
import { foldLabel } from '../../src/table/values/index.ts';

interface Tally {
  documents: number;
  read: number;
  right: number;
  /** Read where the truth is silent: neither right nor wrong. */
  unjudged: number;
}

const newTally = (): Tally => ({ documents: 0, read: 0, right: 0, unjudged: 0 });

function stated(text: string, label: string): string | null {
  const readings = readSentences({ text, start: 0, end: text.length, section: [], title: null });
  const value = readings.find((reading) => reading.rule === 'dateline' && reading.label[0] === label)?.value;
  if (value?.type === 'date') return value.date;
  return value?.type === 'text' ? value.text : null;
}

function judge(tally: Tally, found: string | null, truth: string): 'right' | 'wrong' | 'missing' {
  if (truth === '') {
    if (found !== null) tally.unjudged += 1;
    return 'missing';
  }
  tally.documents += 1;
  if (found === null) return 'missing';
  tally.read += 1;
  const right = foldLabel(found) === foldLabel(truth);
  if (right) tally.right += 1;
  return right ? 'right' : 'wrong';
}

const percent = (part: number, whole: number): string =>
  `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

function report(name: string, tally: Tally): void {
  const coverage = percent(tally.read, tally.documents);
  const precision = percent(tally.right, tally.read);
  console.log(
    `${name}: coverage ${coverage} (${tally.read} of ${tally.documents}), precision ${precision} ` +
      `(${tally.right} right, ${tally.read - tally.right} wrong), read where the truth is silent: ${tally.unjudged}`,
  );
}

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { errors: { type: 'boolean' } },
});
const folder = positionals[0];
if (folder === undefined || !existsSync(join(folder, 'truth.csv'))) {
  console.error(
    'Usage: node benchmarks/reading/newswire.ts FOLDER [--errors], where FOLDER holds docs/ and truth.csv',
  );
  process.exitCode = 2;
} else {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'truth.csv'), 'utf8'), {
    columns: true,
  });
  const truth = new Map(rows.map((row) => [row['doc_id'] ?? '', row]));
  const country = newTally();
  const date = newTally();
  let characters = 0;
  const started = performance.now();
  for (const file of readdirSync(join(folder, 'docs'))) {
    const row = truth.get(file.replace(/\.txt$/, ''));
    if (row === undefined) continue;
    const text = readFileSync(join(folder, 'docs', file), 'utf8');
    characters += text.length;
    for (const [tally, label, column] of [
      [country, 'country', 'country'],
      [date, 'date', 'incident_date'],
    ] as const) {
      const found = stated(text, label);
      const verdict = judge(tally, found, row[column] ?? '');
      if (values.errors === true && verdict === 'wrong')
        console.log(`${file} ${label}: read ${found}, truth ${row[column]}`);
    }
  }
  const seconds = (performance.now() - started) / 1000;
  report('country', country);
  report('date', date);
  console.log(`${((2 * characters) / 1e6 / seconds).toFixed(1)} MB/s`);
}
