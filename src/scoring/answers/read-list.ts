import { parseJsonLoosely } from './loose-json.ts';
import { plainCharacters } from './plain-characters.ts';
import { unwrap } from './unwrap.ts';

/** Items of a list as a text gives them. */
export interface StatedList {
  readonly items: readonly string[];
  /** Whether brackets, bullets, lines or semicolons set the items apart, so that no name is cut in two. */
  readonly isExact: boolean;
}

const bullet = /^\s*(?:[-*•·–]\s+|\(?\d{1,3}[.):、]\)?\s+|\(?[a-z][.)]\s+|\d{1,3}[、．])/iu;

/** The columns of a Markdown table as lists, without their headings; none where the text is no table. */
export function tableColumns(text: string): StatedList[] {
  const rows = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .replaceAll(/^\||\|$/gu, '')
        .split('|')
        .map(unwrap),
    );
  const rule = rows.findIndex((row) => row.every((cell) => /^:?-+:?$/u.test(cell)));
  const body = rule < 0 ? rows : rows.slice(rule + 1);
  const width = body[0]?.length ?? 0;
  return Array.from({ length: width }, (_, column) => ({
    items: body.map((row) => row[column] ?? ''),
    isExact: true,
  }));
}

/** Reads the items of a list in JSON, bullets, numbered lines, lines or a sentence. */
export function readList(text: string): StatedList {
  const plain = text.trim();
  const inJson = jsonItems(plain);
  if (inJson !== null) return { items: inJson, isExact: true };
  const inLine = enumerated(plain);
  if (inLine !== null) return inLine;
  const lines = plain
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const bullets = lines.filter((line) => bullet.test(line));
  if (bullets.length > 0 && (bullets.length > 1 || lines.length < 3)) {
    return { items: bullets.map((line) => unwrap(line.replace(bullet, ''))), isExact: true };
  }
  if (lines.length > 1 && lines.every((line) => line.length < 80 && !/[.:：。]$/u.test(line))) {
    return { items: lines.map((line) => unwrap(line.replace(/[,;，；]$/u, ''))), isExact: true };
  }
  return splitSentence(lines.join(' '));
}

const enumeration = /(?:^|\s)\(?(?<number>\d{1,2})[.)]\s+/gu;

/** `1. A 2. B 3. C` on one line. */
function enumerated(text: string): StatedList | null {
  if (text.includes('\n')) return null;
  const marks = [...text.matchAll(enumeration)];
  const isInOrder = marks.every(({ groups }, index) => groups?.['number'] === String(index + 1));
  if (marks.length < 2 || !isInOrder || marks[0]?.index !== 0) return null;
  const items = marks.map(({ index, 0: mark }, place) =>
    text.slice(index + mark.length, marks[place + 1]?.index),
  );
  return { items: items.map((item) => unwrap(item.trim().replace(/[,;，；]$/u, ''))), isExact: true };
}

function jsonItems(text: string): string[] | null {
  const open = text.indexOf('[');
  if (open < 0) return null;
  const value = parseJsonLoosely(text.slice(open));
  if (!Array.isArray(value)) return null;
  return value.map((item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item)));
}

const conjunctions = /\s*,?\s+(?:and|as well as|&)\s+|\s*(?:以及|和|及|与)\s*/u;

/** `A, B and C`, `A；B`, `甲、乙和丙`. */
function splitSentence(sentence: string): StatedList {
  const text = plainCharacters(unwrap(sentence)).replace(/[.。]+$/u, '');
  if (text === '') return { items: [], isExact: true };
  for (const separator of [/[;；]/u, /、/u, /\s[/|]\s/u]) {
    if (!separator.test(text)) continue;
    const parts = text
      .split(separator)
      .map(unwrap)
      .filter((part) => part !== '');
    const last = parts.at(-1) ?? '';
    const lastParts = separator.source.includes('、')
      ? last.split(conjunctions)
      : [last.replace(/^\s*(?:and|以及|和)\s+/u, '')];
    return { items: [...parts.slice(0, -1), ...lastParts].map(unwrap), isExact: true };
  }
  const parts = text.split(/[,，]\s*(?!\d{3}(?!\d))/u);
  const items = parts.flatMap((part, index) =>
    index === parts.length - 1 ? part.replace(/^\s*(?:and|or)\s+/u, '').split(conjunctions) : [part],
  );
  return { items: items.map(unwrap).filter((item) => item !== ''), isExact: false };
}
