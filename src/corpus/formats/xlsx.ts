import { read } from '@e965/xlsx';
import type { WorkBook } from '@e965/xlsx';
import { UnreadableFileError } from '../unreadable-file-error.ts';
import type { FormatParser, FormatParserInput } from './format-parser.ts';
import { workbookDocuments } from './xlsx-documents.ts';
import type { ReadSheet } from './xlsx-documents.ts';
import { sheetParts } from './xlsx-parts.ts';
import { sheetRows } from './xlsx-sheet.ts';
import { CellTexts } from './xlsx-values.ts';
import { ZipParts } from './zip-parts.ts';

/**
 * Reads a workbook. In a table of records each row is a document of `header: value` lines; a sheet that is a
 * form, or a statement with periods as columns, is one document. What a part of a sheet is, is decided by its
 * header and by how alike values are (see `sheetParts`). Hidden sheets are left out.
 */
export const parseXlsx: FormatParser = async function* (input) {
  const zip = await ZipParts.open(input);
  await zip.verify();
  const book = readWorkbook(input);
  const texts = new CellTexts({ date1904: book.Workbook?.WBProps?.date1904 === true });
  const sheets: ReadSheet[] = [];
  for (const [index, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    const isHidden = (book.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0;
    if (sheet === undefined || isHidden) continue;
    const parts = sheetParts(sheetRows(sheet, texts));
    warnOfTotals(input, name, parts);
    if (parts.length > 0) sheets.push({ name, parts });
    delete book.Sheets[name];
  }
  if (sheets.length === 0) throw new UnreadableFileError(input.path, 'empty: no sheet has any content');
  yield* workbookDocuments(sheets);
};

function readWorkbook(input: FormatParserInput): WorkBook {
  try {
    return read(input.bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellText: false,
      cellHTML: false,
      cellFormula: false,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableFileError(input.path, `damaged or incomplete (${reason})`, { cause: error });
  }
}

function warnOfTotals(input: FormatParserInput, sheet: string, parts: ReadSheet['parts']): void {
  for (const part of parts) {
    if (part.kind !== 'records' || part.totals === 0) continue;
    input.warn?.(
      `${sheet}: left out ${part.totals === 1 ? 'the row of totals' : `${part.totals} rows of totals`}`,
    );
  }
}
