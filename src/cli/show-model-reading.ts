import type { ModelReadReport } from '../table/index.ts';
import { oneLine } from './terminal/display-text.ts';
import { formatCount, formatNumber, formatSeconds, formatShort } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable } from './terminal/text-table.ts';

/** What came of reading by language models, field by field, and what it took. */
export function showModelReading({
  report,
  seconds,
  screen,
}: {
  report: ModelReadReport;
  seconds: number;
  screen: Screen;
}): string {
  const { reader, fields, cost, wholePassages, failures } = report;
  const table = textTable({
    columns: [
      { header: 'field', whole: true },
      { header: 'read', align: 'right' },
      { header: 'not stated', align: 'right' },
      { header: 'no majority', align: 'right' },
      { header: 'not in the text', align: 'right' },
      { header: 'failed', align: 'right' },
      { header: 'read before', align: 'right' },
    ],
    rows: Object.entries(fields).map(([name, counts]) => [
      name,
      ...[
        counts.stated,
        counts['not-stated'],
        counts['no-majority'],
        counts.uncited,
        counts.failed,
        counts.before,
      ].map(formatNumber),
    ]),
    screen,
    indent: 2,
  });
  const usd = cost.usd > 0 ? `, ${cost.usd.toFixed(2)} USD` : '';
  const lines = [
    `${screen.paint('bold', reader)}  ${formatCount(cost.calls, 'call')} in ${formatSeconds(seconds)}, ` +
      `${formatShort(cost.inputTokens)} tokens in, ${formatShort(cost.outputTokens)} out${usd}`,
    table,
  ];
  if (wholePassages > 0) {
    lines.push(
      `${screen.paint('cyan', 'Note')} ${formatCount(wholePassages, 'choice rests', 'choices rest')} on all of what ` +
        'was read: the text does not name the value.',
    );
  }
  for (const { cause, documents } of failures) {
    lines.push(
      `${screen.paint('yellow', 'Warning')} ${formatCount(documents, 'document')} could not be read: ${oneLine(cause)}`,
    );
  }
  if (failures.length > 0) lines.push('The same command tries these again.');
  return lines.join('\n');
}
