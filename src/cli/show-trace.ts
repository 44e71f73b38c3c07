import type { TraceStep } from '../strategies/strategy.ts';
import { safeText } from './terminal/display-text.ts';
import { formatNumber } from './terminal/numbers.ts';
import type { Screen } from './terminal/screen.ts';

/** Lines of one text of a step that are shown. */
const linesShown = 40;

/** One step of a strategy for reading: its name, its figures on one line, its texts and lists below. */
export function showTraceStep({ step, detail }: TraceStep, screen: Screen): string {
  const entries = Object.entries(detail);
  const figures = entries.flatMap(([name, value]) =>
    isShort(value) ? [`${wordsOf(name)} ${shortText(value)}`] : [],
  );
  const blocks = entries
    .filter(([, value]) => !isShort(value))
    .map(([name, value]) => showBlock({ name: wordsOf(name), value, screen }));
  return [`${screen.paint('cyan', `● ${step}`)}  ${figures.join(' · ')}`, ...blocks].join('\n');
}

const longestShort = 100;
/** Significant digits of a score. */
const fractionDigits = 4;

function isShort(value: unknown): value is string | number | boolean | null {
  if (typeof value === 'string') return value.length <= longestShort && !value.includes('\n');
  return value === null || typeof value === 'number' || typeof value === 'boolean';
}

function shortText(value: string | number | boolean | null): string {
  if (typeof value === 'number')
    return formatNumber(Number.isInteger(value) ? value : Number(value.toPrecision(fractionDigits)));
  return typeof value === 'string' ? safeText(value) : String(value);
}

/** `memoryTokens` as "memory tokens". */
function wordsOf(name: string): string {
  return name.replaceAll(/\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`);
}

function showBlock({ name, value, screen }: { name: string; value: unknown; screen: Screen }): string {
  const lines = Array.isArray(value)
    ? value.map(entryText)
    : (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n');
  const shown = lines.slice(0, linesShown).map((line) => `    ${safeText(line)}`);
  const more = lines.length - shown.length;
  return [
    `  ${screen.paint('dim', name)}`,
    ...shown,
    ...(more > 0 ? [screen.paint('dim', `    … and ${formatNumber(more)} more lines; --json has all`)] : []),
  ].join('\n');
}

/** An entry of a list: `document a.md · score 0.016 · words rank 1`. */
function entryText(entry: unknown): string {
  return isShort(entry) ? String(entry) : partsOf(entry, '').join(' · ');
}

/** What an object says, one part a member; members without a value say nothing. */
function partsOf(value: unknown, before: string): string[] {
  if (value === null || typeof value !== 'object') return [`${before}${String(value)}`];
  if (Array.isArray(value)) return [`${before}${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    if (member === null) return [];
    const words = `${before}${wordsOf(name)} `;
    return isShort(member) ? [`${words}${shortText(member)}`] : partsOf(member, words);
  });
}
