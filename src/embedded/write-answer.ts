import type { AnswerColumn, TableReply } from '../questions/index.ts';
import type { SqlCell } from '../table/index.ts';

/**
 * An answer in the form that CorpusQA prescribes: numbers and percentages with two decimals (whole numbers without),
 * rounded half away from zero; dates as YYYY-MM; a short string or a list of strings in quotation marks. Rows of several
 * columns, which the benchmark does not have, become a list of their columns joined by ": ".
 */
export function writeAnswer({ query, result, answer }: TableReply & { status: 'answered' }): string {
  const { answerType: type, answerColumns } = query;
  const [first] = answerColumns;
  const cells = answerColumns.map(({ name }) => result.columns.indexOf(name));
  const textOf = (row: readonly SqlCell[], column: AnswerColumn, index: number): string =>
    cellText(row[cells[index] ?? -1] ?? null, column);
  if (type === 'rows') {
    return JSON.stringify(
      result.rows.map((row) => answerColumns.map((column, index) => textOf(row, column, index)).join(': ')),
    );
  }
  if (type === 'list') {
    if (first?.type === 'list') return JSON.stringify([answer.value].flat(2).map(String));
    return JSON.stringify(result.rows.flatMap((row) => (first === undefined ? [] : [textOf(row, first, 0)])));
  }
  const [row = []] = result.rows;
  const text = first === undefined ? '' : textOf(row, first, 0);
  return type === 'string' ? JSON.stringify(text) : text;
}

function cellText(cell: SqlCell, { type }: AnswerColumn): string {
  if (typeof cell === 'boolean') return cell ? 'Yes' : 'No';
  if (typeof cell === 'number') {
    const text = roundDecimal(cell, 2);
    return type === 'percentage' ? `${text}%` : text;
  }
  if (typeof cell === 'string') return type === 'date' ? cell.slice(0, 7) : cell;
  return cell === null ? '' : cell.map(String).join(', ');
}

/** What binary fractions add to a decimal number stands beyond this many digits: 0.1 + 0.2 is 0.3. */
const reliableDigits = 12;

/**
 * A number in decimal notation with the given number of decimals, rounded half away from zero on its decimal digits;
 * a whole number without any.
 */
export function roundDecimal(value: number, decimals: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  const [whole = '0', fraction = ''] = plainDigits(Math.abs(value)).split('.');
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0');
  const roundsUp = fraction.charAt(decimals) >= '5';
  const scaled = (BigInt(whole + kept) + (roundsUp ? 1n : 0n)).toString().padStart(decimals + 1, '0');
  const digits = `${scaled.slice(0, -decimals)}.${scaled.slice(-decimals)}`;
  return value < 0 && /[1-9]/.test(digits) ? `-${digits}` : digits;
}

/** Digits and a point, without an exponent. */
function plainDigits(value: number): string {
  const rounded = Number(value.toPrecision(reliableDigits));
  const text = String(rounded);
  return text.includes('e') ? rounded.toFixed(20) : text;
}
