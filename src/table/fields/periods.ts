import { BOOLEAN, INTEGER, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { createTemporaryTable } from './fill-table.ts';
import { readRows } from './result-row.ts';

/** A period as a stretch of days, so that periods of any form can be put in order. Days are `YYYYMMDD`. */
export interface PeriodBounds {
  readonly firstDay: number;
  readonly lastDay: number;
  /** Part of a year: a quarter, half or nine months. Amounts of it do not compare with those of years. */
  readonly partOfYear: boolean;
}

const wholeYear = /^(\d{4})$/;
const spanOfYears = /^(\d{4})\/(\d{4})$/;
const quarterOrHalf = /^(\d{4})-([QH])([1-4])$/;
const nineMonths = /^(\d{4})-9M$/;
const monthOrDay = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;

/** The days a canonical period covers, or null for a text that is none. Months are taken to have 31 days. */
export function periodBounds(period: string): PeriodBounds | null {
  const year = wholeYear.exec(period);
  if (year !== null) return days(Number(year[1]), [1, 12], false);
  const span = spanOfYears.exec(period);
  if (span !== null) {
    return {
      firstDay: Number(span[1]) * 10_000 + 101,
      lastDay: Number(span[2]) * 10_000 + 1231,
      partOfYear: false,
    };
  }
  const part = quarterOrHalf.exec(period);
  if (part !== null) {
    const length = part[2] === 'Q' ? 3 : 6;
    const last = Number(part[3]) * length;
    return last > 12 ? null : days(Number(part[1]), [last - length + 1, last], true);
  }
  const nine = nineMonths.exec(period);
  if (nine !== null) return days(Number(nine[1]), [1, 9], true);
  const month = monthOrDay.exec(period);
  if (month === null) return null;
  if (month[3] === undefined) return days(Number(month[1]), [Number(month[2]), Number(month[2])], false);
  const day = Number(`${month[1]}${month[2]}${month[3]}`);
  return { firstDay: day, lastDay: day, partOfYear: false };
}

function days(year: number, [first, last]: readonly [number, number], partOfYear: boolean): PeriodBounds {
  return { firstDay: year * 10_000 + first * 100 + 1, lastDay: year * 10_000 + last * 100 + 31, partOfYear };
}

/** Numbers all periods of readings and documents in `build_periods (number, period, …)`, with their bounds. */
export async function writePeriods(connection: DuckDBConnection): Promise<void> {
  const rows = await readRows(
    connection,
    `SELECT DISTINCT period FROM (SELECT period FROM store.readings UNION ALL SELECT period FROM build_documents)
     WHERE period IS NOT NULL ORDER BY period`,
  );
  const periods = rows.map((row) => row.text('period'));
  const bounds = periods.map((period) => periodBounds(period));
  await createTemporaryTable({
    connection,
    table: 'build_periods',
    columns: [
      { name: 'number', type: INTEGER, values: periods.map((_, index) => index + 1) },
      { name: 'period', type: VARCHAR, values: periods },
      { name: 'first_day', type: INTEGER, values: bounds.map((each) => each?.firstDay ?? 0) },
      { name: 'last_day', type: INTEGER, values: bounds.map((each) => each?.lastDay ?? 0) },
      { name: 'part_of_year', type: BOOLEAN, values: bounds.map((each) => each?.partOfYear ?? false) },
    ],
  });
}
