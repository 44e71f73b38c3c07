import type { SourceLocation } from '../document.ts';
import type { ParsedDocument } from './format-parser.ts';
import { MarkdownWriter } from './markdown-writer.ts';
import { columnLabels, fieldLine } from './record-text.ts';
import { rowTexts } from './xlsx-parts.ts';
import type { SheetPart, SheetRecord } from './xlsx-parts.ts';
import { cellName } from './xlsx-sheet.ts';
import type { SheetRow } from './xlsx-sheet.ts';
import { SheetTextWriter } from './xlsx-sheet-text.ts';

/** A sheet of a workbook, divided into its parts. */
export interface ReadSheet {
  readonly name: string;
  readonly parts: readonly SheetPart[];
}

type RecordsPart = SheetPart & { readonly kind: 'records' };

const genericSheetName =
  /^(?:sheet|tabelle|blatt|feuil(?:le)?|hoja|foglio|planilha|blad|arkusz|лист|工作表|シート)\s?\d*$/iu;
const fewestRecordsBesideForms = 20;
const mostTitleRows = 3;
const longestHeading = 120;
const longestTitle = 200;

/** The documents of a workbook: one for each record, and one for each sheet that is no table of records. */
export function* workbookDocuments(sheets: readonly ReadSheet[]): Generator<ParsedDocument> {
  const several = sheets.length > 1;
  const hasRecords = sheets.some((sheet) => sheet.parts.some((part) => isOfDocuments(part, sheet)));
  const titles = sheets.map(sheetTitle);
  for (const sheet of sheets) {
    const name = several && !genericSheetName.test(sheet.name) ? sheet.name : null;
    const rest = sheet.parts.filter((part) => !isOfDocuments(part, sheet));
    if (rest.some((part) => part.kind !== 'text') || rest.length === sheet.parts.length) {
      const own = sheetTitle(sheet);
      const isUnique = own !== null && titles.filter((title) => title === own).length === 1;
      const writer = new MarkdownWriter();
      new SheetTextWriter({ sheet: sheet.name, writer, title: own === null ? name : null }).write(rest);
      const fragment = several || hasRecords ? sheet.name : null;
      yield { fragment, title: isUnique ? own : (name ?? own), ...writer.finish() };
    }
    yield* recordDocuments(sheet, name);
  }
}

/**
 * Whether each row of a part is a document. A small table beside forms belongs to what the sheet as a whole is
 * about.
 */
function isOfDocuments(part: SheetPart, sheet: ReadSheet): part is RecordsPart {
  if (part.kind !== 'records') return false;
  let records = 0;
  let others = 0;
  for (const each of sheet.parts) {
    if (each.kind === 'records') records += each.records.length;
    else if (each.kind !== 'text') others += each.rows.length;
  }
  return others === 0 || (records >= fewestRecordsBesideForms && records > others);
}

/** The first line of the sheet, where it is a title: alone in its row. */
function sheetTitle(sheet: ReadSheet): string | null {
  const [first] = sheet.parts;
  if (first === undefined || first.kind === 'records') return null;
  const row = first.kind === 'text' || first.kind === 'form' ? first.rows[0] : first.titles[0];
  const titleRow = first.kind === 'form' ? (first.titles[0] ?? row) : row;
  const text = titleRow?.cells.length === 1 ? oneLine(titleRow.cells[0]?.text ?? '') : '';
  return text === '' || text.length > longestTitle || /[.;:,]$/u.test(text) ? null : text;
}

function* recordDocuments(sheet: ReadSheet, sheetName: string | null): Generator<ParsedDocument> {
  let context: SheetRow[] = [];
  for (const part of sheet.parts) {
    if (part.kind === 'text') context.push(...part.rows);
    if (isOfDocuments(part, sheet)) {
      const titles = [...context, ...part.titles];
      const writeRecord = recordWriter({ sheet: sheet.name, sheetName, titles, part });
      for (const record of part.records) yield writeRecord(record);
    }
    if (part.kind !== 'text') context = [];
  }
}

/** Makes the function that writes a record under the sheet's name, the titles above its table and its group. */
function recordWriter(options: {
  readonly sheet: string;
  readonly sheetName: string | null;
  readonly titles: readonly SheetRow[];
  readonly part: RecordsPart;
}): (record: SheetRecord) => ParsedDocument {
  const { sheet, sheetName, part } = options;
  const labels = columnLabels(part.headers);
  const titles = options.titles
    .map((row) => ({ row, text: oneLine(row.cells[0]?.text ?? '') }))
    .filter(({ text }) => text !== sheetName)
    .slice(-mostTitleRows);
  return ({ row, group }) => {
    const writer = new MarkdownWriter();
    let level = 1;
    const writeHeading = (text: string, location: SourceLocation): void => {
      // What is too long for a heading is a remark.
      const isHeading = text.length <= longestHeading && !text.endsWith('.');
      if (isHeading) level += 1;
      writer.writeBlankLine();
      writer.writeLine(isHeading ? `${'#'.repeat(level)} ${text}` : text, location);
    };
    if (sheetName !== null) writeHeading(sheetName, { sheet });
    for (const title of titles) {
      writeHeading(title.text, { sheet, cell: cellName(title.row, title.row.cells[0]?.column ?? 0) });
    }
    const [heading] = group?.cells ?? [];
    if (group !== null && heading !== undefined) {
      writeHeading(oneLine(heading.text), { sheet, cell: cellName(group, heading.column) });
    }
    writer.writeBlankLine();
    const texts = rowTexts(row, part.columns);
    for (const [index, text] of texts.entries()) {
      if (text.trim() === '') continue;
      const location = { sheet, cell: cellName(row, part.columns[index] ?? 0) };
      for (const line of fieldLine(labels[index] ?? '', text).split('\n')) writer.writeLine(line, location);
    }
    const title = part.titleColumn === null ? '' : (texts[part.titleColumn] ?? '').trim();
    return { fragment: `${sheet}!${row.number}`, title: title === '' ? null : title, ...writer.finish() };
  };
}

const oneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim();
