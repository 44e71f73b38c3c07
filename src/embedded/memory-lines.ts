/*
 * What the embedded model keeps as its memory: one line a document, `title | field | value | field | value`, in the
 * order of reading, and at the end how many were dropped for want of room. Never sums, counts or ranks.
 */

/** A value of a field as a document states it. */
export interface RememberedValue {
  /** Headings and label, outermost first, joined by ` > `; the period in brackets where one is stated. */
  readonly field: string;
  readonly value: string;
}

export interface MemoryLine {
  readonly title: string;
  readonly values: readonly RememberedValue[];
}

/** A memory in its parts. */
export interface Remembered {
  readonly lines: readonly MemoryLine[];
  /** Lines, or values of a line, that found no room. */
  readonly dropped: number;
}

const separator = ' | ';
const droppedNote = /^\(dropped for want of room: (?<count>\d+)\)$/;

export function writeMemoryLine({ title, values }: MemoryLine): string {
  const parts = values.flatMap(({ field, value }) => [field, value]);
  return [title, ...parts].map((part) => oneLine(part).replaceAll('|', '\\|')).join(separator);
}

export function writeDroppedNote(dropped: number): string {
  return `(dropped for want of room: ${dropped})`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The memory of a text in this form; lines in another form are titles without values. */
export function readMemoryLines(memory: string): Remembered {
  const lines: MemoryLine[] = [];
  let dropped = 0;
  for (const line of memory.split('\n')) {
    const count = droppedNote.exec(line)?.groups?.['count'];
    if (count !== undefined) dropped = Number(count);
    else if (line.trim() !== '') lines.push(readMemoryLine(line));
  }
  return { lines, dropped };
}

function readMemoryLine(line: string): MemoryLine {
  const [title = '', ...parts] = line
    .split(/(?<!\\)\s*\|\s*/)
    .map((part) => part.replaceAll('\\|', '|').trim());
  const values: RememberedValue[] = [];
  for (let index = 0; index + 1 < parts.length; index += 2) {
    values.push({ field: parts[index] ?? '', value: parts[index + 1] ?? '' });
  }
  return { title, values };
}
