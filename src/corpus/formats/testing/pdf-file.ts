/** Something on a page of a test PDF; `y` counts points from the upper edge to the base line. */
export type PdfMark =
  | {
      readonly text: string;
      readonly x: number;
      readonly y: number;
      readonly size?: number;
      readonly bold?: boolean;
    }
  | { readonly line: readonly [number, number, number, number] };

const width = 595;
const height = 842;

/** A PDF of these pages, in Helvetica, for tests. */
export function pdfFile(
  pages: readonly (readonly PdfMark[])[],
  options: { readonly title?: string; readonly rotate?: number } = {},
): Uint8Array {
  const pageIds = pages.map((_, index) => 5 + index * 2);
  const kids = pageIds.map((id) => `${id} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>',
  ];
  for (const [index, marks] of pages.entries()) {
    const content = marks.map(markContent).join('\n');
    const resources = '<< /Font << /F1 3 0 R /F2 4 0 R >> >>';
    const rotate = options.rotate === undefined ? '' : ` /Rotate ${options.rotate}`;
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}]${rotate} /Resources ${resources} /Contents ${6 + index * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  objects.push(`<< /Title (${options.title ?? ''}) >>`);
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R /Info ${size - 1} 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Uint8Array.from(file, (character) => character.charCodeAt(0));
}

function markContent(mark: PdfMark): string {
  if ('line' in mark) {
    const [fromX, fromY, toX, toY] = mark.line;
    return `${fromX} ${height - fromY} m ${toX} ${height - toY} l S`;
  }
  // The places of these two in the encoding WinAnsi.
  const text = mark.text
    .replaceAll(/[\\()]/gu, '\\$&')
    .replaceAll('•', '\u0095')
    .replaceAll('–', '\u0096');
  return `BT /${mark.bold === true ? 'F2' : 'F1'} ${mark.size ?? 10} Tf ${mark.x} ${height - mark.y} Td (${text}) Tj ET`;
}
