import type { Answer, Evidence } from '../strategies/strategy.ts';
import { cellText } from './terminal/cell-text.ts';
import { oneLine, safeText } from './terminal/display-text.ts';
import { formatCount, formatNumber, formatSeconds } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';
import { textTable, type TextColumn } from './terminal/text-table.ts';

export interface AnswerView {
  readonly screen: Screen;
  /** How many of the cells it rests on are shown. */
  readonly evidence: number;
  /** How many entries of a list, or rows, are shown. */
  readonly entries: number;
  /** Whether the SQL is shown. */
  readonly sql: boolean;
}

/** An answer for reading: the answer first, then the SQL, the cells it rests on, coverage, warnings and cost. */
export function showAnswer(answer: Answer, view: AnswerView): string {
  if (answer.status !== 'answered') return showRefusal(answer, view.screen);
  return [
    showValue(answer, view),
    ...showResponse(answer, view.screen),
    ...(view.sql && answer.sql !== null ? [showSql(answer.sql, view.screen)] : []),
    ...showEvidence(answer, view),
    showCoverage(answer, view.screen),
    ...showWarnings(answer, view.screen),
    view.screen.paint('dim', describeCost(answer)),
  ].join('\n');
}

function showRefusal(answer: Answer, screen: Screen): string {
  const refused = answer.status === 'refused';
  const heading = refused ? screen.paint('yellow', 'Not answered') : screen.paint('red', 'Failed');
  const reason = answer.reason ?? 'No reason was given.';
  const { understood = [], notUnderstood = [], nearestFields = [] } = answer.misunderstanding ?? {};
  const lines = [
    `${heading} ${oneLine(reason)}`,
    ...showParts('Understood', understood, screen),
    ...showParts('Not understood', notUnderstood, screen),
    ...showParts('Nearest fields', nearestFields, screen),
  ];
  lines.push(...showResponse(answer, screen));
  // Other words help where a grammar understands questions; a model understands any.
  if (refused && answer.coverage.withValue !== null) {
    lines.push(
      'Try it in other words, with a name that "corpuscope fields PATH" lists, or in SQL: corpuscope sql PATH "…"',
    );
  } else if (answer.sql !== null) {
    lines.push(showSql(answer.sql, screen));
  }
  return [...lines, ...showWarnings(answer, screen)].join('\n');
}

function showParts(heading: string, parts: readonly string[], screen: Screen): string[] {
  return parts.length === 0 ? [] : [`  ${screen.paint('cyan', heading)} ${parts.map(oneLine).join(' · ')}`];
}

function showValue(answer: Answer, { screen, entries }: AnswerView): string {
  const { value, rows } = answer;
  if (value === null) return screen.paint('bold', 'No value: no document states it.');
  if (!Array.isArray(value)) return screen.paint('bold', cellText(value, answer.unit));
  if (value.length === 0) return screen.paint('bold', 'None.');
  const columns = Object.keys(rows[0] ?? {});
  const body =
    columns.length > 1
      ? showRows(answer, { columns, screen, entries })
      : value
          .slice(0, entries)
          .map((entry) => screen.paint('bold', cellText(entry, answer.unit)))
          .join('\n');
  if (value.length <= entries) return body;
  return `${body}\n${screen.paint('dim', `… and ${value.length - entries} more; --json prints all of them`)}`;
}

function showRows(
  answer: Answer,
  { columns, screen, entries }: { columns: readonly string[]; screen: Screen; entries: number },
): string {
  const numeric = (column: string): boolean => answer.rows.some((row) => typeof row[column] === 'number');
  return textTable({
    columns: columns.map((header) => ({ header, align: numeric(header) ? 'right' : 'left' })),
    rows: answer.rows.slice(0, entries).map((row) => columns.map((column) => cellText(row[column] ?? null))),
    screen,
  });
}

/** Lines of what a model wrote that are shown. */
const responseLines = 20;

/** What a model wrote beyond the answer itself. */
function showResponse({ response, reason, status }: Answer, screen: Screen): string[] {
  const lines = (response ?? '').trim().split('\n');
  const saysMore = status === 'answered' ? lines.length > 1 : !(response ?? '').includes(reason ?? '');
  if (response === undefined || response.trim() === '' || !saysMore) return [];
  const shown = lines.slice(0, responseLines).map((line) => `  ${safeText(line)}`);
  const more = lines.length - shown.length;
  return [
    `\n${screen.paint('cyan', 'The model wrote')}`,
    ...shown,
    ...(more > 0 ? [screen.paint('dim', `  … and ${formatCount(more, 'more line')}; --json has all`)] : []),
  ];
}

function showSql(sql: string, screen: Screen): string {
  const lines = sql
    .trim()
    .split('\n')
    .map((line) => `  ${safeText(line)}`);
  return `\n${screen.paint('cyan', 'SQL')}\n${lines.join('\n')}`;
}

function showEvidence(answer: Answer, { screen, evidence }: AnswerView): string[] {
  const { evidenceTotal } = answer;
  if (evidenceTotal === 0) return [];
  const shown = answer.evidence.slice(0, evidence);
  // What a model was shown states no field by itself.
  const arePassages = answer.evidence.every(({ field }) => field === '');
  const what = formatCount(evidenceTotal, arePassages ? 'passage' : 'cell');
  const lines = [`\n${screen.paint('cyan', `Rests on ${what}`)}`];
  if (shown.length > 0) {
    const columns: readonly (TextColumn & { readonly of: (cell: Evidence) => string })[] = [
      { header: 'where', whole: true, of: placeOf },
      { header: 'of', of: ({ entity }) => entity },
      ...(arePassages
        ? []
        : [
            { header: 'field', of: fieldOf },
            { header: 'value', align: 'right' as const, of: ({ value }: Evidence) => cellText(value) },
          ]),
      { header: 'quote', of: ({ quote }) => quote },
    ];
    const table = textTable({
      columns,
      rows: shown.map((cell) => columns.map(({ of }) => of(cell))),
      screen,
      indent: 2,
    });
    lines.push(table);
  }
  const more = evidenceTotal - shown.length;
  if (more > 0)
    lines.push(
      screen.paint('dim', `  … and ${formatCount(more, 'more', 'more')}; --evidence all shows them`),
    );
  return lines;
}

/** `reports/a.md:12` where the place is a line, which editors and terminals can open; else `a.pdf, page 3`. */
export function placeOf({ document, location }: Pick<Evidence, 'document' | 'location'>): string {
  const line = /(?:^|, )line (\d+)\b/.exec(location)?.[1];
  if (line !== undefined) return `${document.replace(/#(?:row|message)=\d+$/, '')}:${line}`;
  return location === '' ? document : `${document}, ${location}`;
}

function fieldOf({ field, period }: Evidence): string {
  return period === null ? field : `${field} (${period})`;
}

function showCoverage({ coverage }: Answer, screen: Screen): string {
  const { documents, read, withValue, missing } = coverage;
  const unread = documents > read ? ` ${formatCount(documents - read, 'document')} could not be read.` : '';
  if (withValue === null || missing === null) {
    return `\n${screen.paint('cyan', 'Coverage')} the model saw ${formatNumber(read)} of ${formatCount(documents, 'document')}.`;
  }
  const sentence =
    missing === 0
      ? withValue === 1
        ? 'the one document asked about has the values needed.'
        : `all ${formatCount(withValue, 'document')} asked about have the values needed.`
      : `${withValue} of ${formatCount(withValue + missing, 'document')} asked about have the values needed, ${missing} do not.`;
  return `\n${screen.paint('cyan', 'Coverage')} ${sentence}${unread}`;
}

function showWarnings({ warnings }: Answer, screen: Screen): string[] {
  return warnings.map((warning) => `${screen.paint('yellow', 'Warning')} ${oneLine(warning)}`);
}

/** What the answer took: `0.2 s, no model called, no cost`. */
export function describeCost({ cost, seconds }: Pick<Answer, 'cost' | 'seconds'>): string {
  const time = formatSeconds(seconds);
  if (cost.calls === 0) return `${time}, no model called, no cost`;
  const tokens = `${formatNumber(cost.inputTokens)} tokens in, ${formatNumber(cost.outputTokens)} out`;
  return `${time}, ${formatCount(cost.calls, 'model call')}, ${tokens}, ${cost.usd.toFixed(4)} USD`;
}
