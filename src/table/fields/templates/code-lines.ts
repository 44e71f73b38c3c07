import { foldLabel, readDate, readPeriod } from '../../values/index.ts';
import type { Found } from './separate-slots.ts';
import type { Slot } from './template.ts';

const longestLine = 80;
const fewestShare = 0.1;
const fewestDocuments = 5;
const fewestDifferent = 0.95;
const mostLinesADocument = 60;
const fewestOfShape = 0.9;
const segments = /\s+[·•|–—]\s+/u;
/** "Agreement No. HM-2018-24", "Bulletin 06-1043": words, and a code behind them. */
const coded =
  /^[#*_\s]*((?:\p{L}[\p{L}&-]*\.?\s){1,3})\(?((?:\p{Lu}{1,5}[-/]?)?\d[\p{Lu}\d]*(?:[-/][\p{Lu}\d]+)+|\p{Lu}{1,5}\d{3,})\)?[*_\s]*$/u;

/** A code that stands behind words in a line, or a part of one, of a document. */
export interface CodeLine {
  readonly document: number;
  readonly label: string;
  readonly code: string;
  readonly start: number;
  readonly valueStart: number;
}

/** The lines of a text that are words and a code. */
export function findCodeLines(document: number, text: string): CodeLine[] {
  const found: CodeLine[] = [];
  let at = 0;
  for (const line of text.split('\n', mostLinesADocument)) {
    if (line.length <= longestLine && /\d/.test(line) && !line.includes(':')) {
      let from = 0;
      for (const part of line.split(segments)) {
        const place = line.indexOf(part, from);
        from = place + part.length;
        const [, words = '', code = ''] = coded.exec(part) ?? [];
        if (code === '' || readDate(code) !== null || readPeriod(code) !== null) continue;
        const start = at + place + part.indexOf(words);
        found.push({
          document,
          label: foldLabel(words),
          code,
          start,
          valueStart: at + line.indexOf(code, place),
        });
      }
    }
    at += line.length + 1;
  }
  return found;
}

/**
 * What documents are numbered by in lines of their own, where the same words come back with a code of each document's own
 * behind them; and labels that mean the same, since each document has one of them with codes made alike.
 */
export function readCodeLines(
  lines: readonly CodeLine[],
  documentCount: number,
): { found: Found[]; alike: string[][] } {
  const fewest = Math.max(fewestDocuments, documentCount * fewestShare);
  const columns = [...Map.groupBy(lines, ({ label }) => label)].flatMap(([label, own]) => {
    const documents = new Set(own.map(({ document }) => document));
    const codes = new Set(own.map(({ code }) => code));
    const isOwn = documents.size === own.length && codes.size >= own.length * fewestDifferent;
    return documents.size < fewest || !isOwn ? [] : [{ label, own, documents, shape: shapeOf(own) }];
  });
  const found = columns.flatMap(({ label, own }) => {
    const slot: Slot = { label, children: [] };
    return own.map(({ document, code, start, valueStart }): Found => {
      const span = { start, valueStart, valueEnd: valueStart + code.length, text: code };
      return { ...span, slot, label, document, typed: null, outOf: null, period: null };
    });
  });
  const alike = columns.flatMap((a, index) =>
    columns
      .slice(index + 1)
      .filter(
        ({ shape, documents }) =>
          shape !== null && shape === a.shape && documents.isDisjointFrom(a.documents),
      )
      .map((b) => [a.label, b.label]),
  );
  return { found, alike };
}

/** "06-1043" has the form "99-9999"; null where they differ. */
function shapeOf(lines: readonly CodeLine[]): string | null {
  const shapes = Map.groupBy(lines, ({ code }) => code.replaceAll(/\d/g, '9').replaceAll(/\p{Lu}/gu, 'A'));
  const [most] = [...shapes].toSorted(([, a], [, b]) => b.length - a.length);
  return most !== undefined && most[1].length >= lines.length * fewestOfShape ? most[0] : null;
}
