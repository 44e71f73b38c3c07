/**
 * How much of short texts in many layouts the pattern reader reads right, by layout. Usage:
 *
 *   node benchmarks/reading/snippets.ts [--show] [FILE.jsonl]
 *
 * Without a file: the texts in src/table/reader/fixtures, written without sight of the reader, with what a careful
 * person reads in them. The first blind run over 60 of them, before anything was mended, gave 344 right, 16 wrong
 * and 87 missing of 447; 8 texts more, run before mending too, gave 42 right and 13 missing of 55. Then the reader
 * was mended by general rules, and the scorer learned to match labels by their forms ("employs", "employees";
 * "VAT (20%)", "VAT") and to compare the units of measures: 434 right, 0 wrong and 8 missing of the 60 texts'
 * values, 55 of 55 in the 8. They are held out no longer, so these later figures say little about other texts.
 *
 * A value is right when its field, unit, period and entity are. What is read where the text leaves a field open
 * counts as wrong, one more each time, so that the sum is no constant.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseSnippets, scoreSnippet } from '../../src/table/reader/testing/score-snippets.ts';
import type { SnippetVerdict } from '../../src/table/reader/testing/score-snippets.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'boolean' } },
});
const file =
  positionals[0] ?? new URL('../../src/table/reader/fixtures/held-out-snippets.jsonl', import.meta.url);
const verdicts = parseSnippets(readFileSync(file, 'utf8')).flatMap((snippet) => scoreSnippet(snippet));

const count = (of: readonly SnippetVerdict[], verdict: SnippetVerdict['verdict']): number =>
  of.filter((each) => each.verdict === verdict).length;

function report(name: string, of: readonly SnippetVerdict[]): void {
  const [right, wrong, missing] = [count(of, 'right'), count(of, 'wrong'), count(of, 'missing')];
  console.log(
    `${name.padEnd(22)} ${String(right).padStart(4)} right ${String(wrong).padStart(4)} wrong ${String(missing).padStart(4)} missing`,
  );
}

for (const [layout, of] of Map.groupBy(verdicts, (each) => each.layout)) report(layout, of);
report('all', verdicts);
if (values.show === true) {
  for (const { verdict, snippet, layout, field, expected, got } of verdicts) {
    if (verdict !== 'right')
      console.log(
        `${verdict} ${snippet} (${layout}) ${field}: expected ${expected}, got ${got || 'nothing'}`,
      );
  }
}
