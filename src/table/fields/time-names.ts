import type { NamedEntities, NameField } from './entity-names.ts';

const day = /^\d{4}-\d{2}(?:-\d{2})?(?:T[\d:.]+Z?)?$/;
const year = /^(?:1[5-9]|20)\d{2}$/;
const fewestRows = 3;

/**
 * Names the rows of a file that has one a day, month or year and nothing that is called otherwise: by the first field,
 * where each row states a time of its own in it.
 */
export function nameByTime(field: NameField): NamedEntities | null {
  const { values } = field;
  const stated = values.filter((value) => value !== null);
  if (values.length < fewestRows || new Set(stated).size < values.length) return null;
  const isTime = [day, year].some((pattern) => stated.every((value) => pattern.test(value)));
  return isTime
    ? {
        names: stated,
        note: `Rows are named by the field "${field.label}", of which each has its own.`,
        basis: 'field',
      }
    : null;
}
