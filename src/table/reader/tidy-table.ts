import { readPeriod } from '../values/periods.ts';
import type { CleanText } from './clean-text.ts';
import { isPeriodText } from './period-text.ts';
import type { Column } from './table-header.ts';

type Row = readonly CleanText[];

const attributeHeader =
  /^(?:metrics?|indicators?(?: names?)?|measures?|variables?|attributes?|parameters?|propert(?:y|ies)|series(?: names?)?|line items?|kennzahl|merkmal|指标|指标名称|参数|属性)$/iu;
const valueHeader =
  /^(?:values?|amounts?|figures?|obs(?:ervation)? ?values?|wert|betrag|valeur|valor|数值|值|金额)$/iu;
const periodHeader =
  /^(?:years?|periods?|dates?|quarters?|fiscal years?|months?|jahr|année|año|年份|年度|时间|日期)$/iu;

/** The columns of a table with one value a row: what is measured, its value, and where and when. */
export interface TidyColumns {
  readonly attribute: number;
  readonly value: number;
  readonly period: number;
  /** The column of what the value is about, or -1 for the document. */
  readonly entity: number;
}

/** Recognises such a table by its header, or returns null. */
export function findTidyColumns(
  columns: readonly Column[],
  header: Row,
  body: readonly Row[],
): TidyColumns | null {
  const names = columns.map((column) => header[column.index]?.text.replaceAll('\n', ' ') ?? '');
  const attribute = names.findIndex((name) => attributeHeader.test(name));
  const value = names.findIndex((name) => valueHeader.test(name));
  if (attribute < 0 || value < 0 || names.length < 3) return null;
  const period = names.findIndex(
    (name, index) => periodHeader.test(name) && body.every((row) => isPeriodText(row[index]?.text ?? '')),
  );
  const entity = names.findIndex((name, index) => index < attribute && index !== period && name !== '');
  return period < 0 && entity < 0 ? null : { attribute, value, period, entity };
}

/** The period that a row of such a table states. */
export const tidyPeriod = (row: Row, columns: TidyColumns): string | null =>
  columns.period < 0 ? null : readPeriod(row[columns.period]?.text ?? '');
